import type { ChangeRule } from '../change-rule.ts';
import { dependenciesOf, isNpmManifest, isPipRequirements } from '../manifest.ts';

const ELSEWHERE =
  /^(?:git(?:\+\w+)?:|git@|https?:|github:|gitlab:|bitbucket:|[\w.-]+\/[\w.-]+(?:#|$))|^@\s*(?:git\+|https?:)/;
/** A commit, or an archive with its checksum, is always the same. */
const FIXED = /[#@][0-9a-f]{40}\b|#sha(?:256|512)=/;

export const unregisteredSource: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/unregistered-source',
  category: 'security',
  text: {
    title: 'A dependency comes from an address instead of the registry',
    body: '{subject}: whoever controls that place can change what is installed at any time, and no advisory database knows it. Take it from the registry, or name a commit.',
    severity: 'medium',
    confidence: 0.88,
    topic: 'dependency',
  },
  bad: [
    {
      base: { 'package.json': '{\n  "dependencies": {}\n}\n' },
      head: {
        'package.json':
          '{\n  "dependencies": {\n    "left": "git+https://git.example.com/left.git"\n  }\n}\n',
      },
      at: ['package.json:3'],
    },
    {
      head: { 'requirements.txt': 'left @ git+https://git.example.com/left.git\n' },
      at: ['requirements.txt:1'],
    },
  ],
  good: [
    {
      head: {
        'package.json':
          '{\n  "dependencies": {\n    "a": "^1.0.0",\n    "b": "workspace:*",\n    "c": "file:../c",\n    "d": "npm:e@1"\n  }\n}\n',
      },
    },
    {
      head: {
        'package.json': `{\n  "dependencies": {\n    "a": "github:acme/a#${'0a'.repeat(20)}"\n  }\n}\n`,
      },
    },
  ],
  reads: (path) => isNpmManifest(path) || isPipRequirements(path),
  check: ({ head, base }) => {
    const before = new Map(dependenciesOf(base).map(({ name, version }) => [name, version]));
    return dependenciesOf(head)
      .filter(
        ({ name, version }) =>
          ELSEWHERE.test(version) && !FIXED.test(version) && before.get(name) !== version,
      )
      .map(({ name, version, line }) => ({
        startLine: line,
        subject: `${name}: ${version.replace(/\/\/[^/@\s]*@/, '//')}`,
      }));
  },
};
