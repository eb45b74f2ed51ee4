import type { ChangeRule } from '../change-rule.ts';
import { dependenciesOf, isNpmManifest, isPipRequirements } from '../manifest.ts';

export const newDependency: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/new-dependency',
  category: 'security',
  text: {
    title: 'The program depends on more code of others',
    body: 'New: {subject}. It will run with the rights of this program, and so will every later version that fits the range. Worth a look: who keeps it, under which licence, and whether its few lines could be written here.',
    severity: 'low',
    confidence: 0.95,
    topic: 'dependency',
  },
  bad: [
    {
      base: { 'package.json': '{\n  "dependencies": {\n    "zod": "^4.0.0"\n  }\n}\n' },
      head: {
        'package.json':
          '{\n  "dependencies": {\n    "got": "^14.0.0",\n    "left-pad": "1.3.0",\n    "zod": "^4.0.0"\n  }\n}\n',
      },
      at: ['package.json:3'],
    },
  ],
  good: [
    {
      base: { 'package.json': '{\n  "dependencies": {\n    "zod": "^4.0.0"\n  }\n}\n' },
      head: {
        'package.json':
          '{\n  "dependencies": {\n    "zod": "^4.1.0"\n  },\n  "devDependencies": {\n    "got": "1"\n  }\n}\n',
      },
    },
    { head: { 'package.json': '{\n  "dependencies": {\n    "zod": "^4.0.0"\n  }\n}\n' } },
    {
      base: { 'package.json': '{\n  "devDependencies": {\n    "zod": "^4.0.0"\n  }\n}\n' },
      head: { 'package.json': '{\n  "dependencies": {\n    "zod": "^4.0.0"\n  }\n}\n' },
    },
  ],
  reads: (path) => isNpmManifest(path) || isPipRequirements(path),
  check: ({ head, base }) => {
    if (base === undefined) return [];
    const before = new Set(dependenciesOf(base).map(({ name }) => name));
    const fresh = dependenciesOf(head).filter(
      ({ name, kind, version }) =>
        kind === 'runtime' && !before.has(name) && !/^(?:workspace|file|link):/.test(version),
    );
    const [first] = fresh;
    if (first === undefined) return [];
    return [{ startLine: first.line, subject: fresh.map(({ name }) => name).join(', ') }];
  },
};
