import type { ChangeRule } from '../change-rule.ts';
import { isOneSlipAway } from '../edit-distance.ts';
import { dependenciesOf, isNpmManifest, isPipRequirements } from '../manifest.ts';
import { POPULAR_NPM, POPULAR_PYPI } from '../popular-packages.ts';

const MIN_LENGTH = 5;

export const lookAlikePackage: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/look-alike-package',
  category: 'security',
  text: {
    title: 'A new dependency has almost the name of a well-known one',
    body: '{subject}: packages with such names are a common way to get foreign code installed, and installing one runs it. Check that this is the package that is meant.',
    severity: 'high',
    confidence: 0.8,
    topic: 'dependency',
  },
  bad: [
    {
      base: { 'package.json': '{\n  "dependencies": {}\n}\n' },
      head: { 'package.json': '{\n  "dependencies": {\n    "expres": "^4.0.0"\n  }\n}\n' },
      at: ['package.json:3'],
    },
    { head: { 'requirements.txt': 'numpy==2.0\nreqeusts==2.31\n' }, at: ['requirements.txt:2'] },
  ],
  good: [
    {
      head: {
        'package.json':
          '{\n  "dependencies": {\n    "express": "^4.0.0",\n    "preact": "10",\n    "@acme/expres": "1"\n  }\n}\n',
      },
    },
    {
      base: { 'package.json': '{\n  "dependencies": { "expres": "1" }\n}\n' },
      head: { 'package.json': '{\n  "dependencies": { "expres": "2" }\n}\n' },
    },
  ],
  reads: (path) => isNpmManifest(path) || isPipRequirements(path),
  check: ({ head, base, path }) => {
    const popular = isNpmManifest(path) ? POPULAR_NPM : POPULAR_PYPI;
    const before = new Set(dependenciesOf(base).map(({ name }) => name));
    return dependenciesOf(head).flatMap(({ name, line }) => {
      if (before.has(name) || popular.has(name) || name.length < MIN_LENGTH) return [];
      const meant = [...popular].find((one) => one.length >= MIN_LENGTH && isOneSlipAway(name, one));
      return meant === undefined ? [] : [{ startLine: line, subject: `${name} instead of ${meant}` }];
    });
  },
};
