import type { ChangeRule } from '../change-rule.ts';
import { installScripts, isNpmManifest } from '../manifest.ts';

export const installScript: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/install-script',
  category: 'security',
  text: {
    title: 'A script runs on every machine that installs this',
    body: '{subject} is run by npm without asking, on developers’ machines and in CI, with their rights. Make it a step that somebody starts, if it can be one.',
    severity: 'medium',
    confidence: 0.8,
    topic: 'dependency',
  },
  bad: [
    {
      base: { 'package.json': '{\n  "scripts": {\n    "test": "vitest"\n  }\n}\n' },
      head: {
        'package.json':
          '{\n  "scripts": {\n    "test": "vitest",\n    "postinstall": "node fetch.js"\n  }\n}\n',
      },
      at: ['package.json:4'],
    },
  ],
  good: [
    {
      base: { 'package.json': '{\n  "scripts": {\n    "postinstall": "patch-package"\n  }\n}\n' },
      head: {
        'package.json':
          '{\n  "scripts": {\n    "postinstall": "patch-package",\n    "prepare": "husky"\n  }\n}\n',
      },
    },
    { head: { 'package.json': '{\n  "scripts": {\n    "postinstall": "husky"\n  }\n}\n' } },
  ],
  reads: isNpmManifest,
  check: ({ head, base }) => {
    const before = installScripts(base);
    return [...installScripts(head)].flatMap(([name, { text, line }]) =>
      before.get(name)?.text === text || HARMLESS.test(text)
        ? []
        : [{ startLine: line, subject: `${name}: ${text}` }],
    );
  },
};

/** What many projects run there, and which only touches the project itself. */
const HARMLESS =
  /^(?:npx )?(?:husky(?: install)?|patch-package|lefthook install|simple-git-hooks|prisma generate|nuxt prepare|nuxi prepare|svelte-kit sync|ngcc|electron-builder install-app-deps|npm run (?:build|prepare|postinstall:\w+))$/;
