import type { ChangeRule } from '../change-rule.ts';
import { exportsOf } from '../exports.ts';
import type { ChangedSource, Project } from '../project.ts';
import { isTestScript, type TestCase, testsOf } from '../tests.ts';

/** How much of a removed test's words another new one must have to be taken for the same test, rewritten. */
const SAME_TEST = 0.5;

/** A test that is gone although everything that it tests is still there. */
export const removedTest: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/removed-test',
  category: 'logic',
  text: {
    title: 'A test is gone, and what it tests is still there',
    body: 'The test {subject} was removed; the code that it calls stays and is exported as before. Keep the test, or say in the description why what it checks no longer matters.',
    severity: 'medium',
    confidence: 0.8,
  },
  bad: [
    {
      base: {
        'cart.js': 'export const add = (a, b) => a + b;\n',
        'cart.test.js':
          "import { add } from './cart.js';\nit('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\nit('takes text', () => {\n  expect(add('a', 'b')).toBe('ab');\n});\n",
      },
      head: {
        'cart.js': 'export const add = (a, b) => Number(a) + b;\n',
        'cart.test.js':
          "import { add } from './cart.js';\nit('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\n",
      },
      at: ['cart.test.js:-5'],
    },
  ],
  good: [
    {
      base: {
        'cart.js': 'export const add = (a, b) => a + b;\nexport const sub = (a, b) => a - b;\n',
        'cart.test.js':
          "import { add, sub } from './cart.js';\nit('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\nit('takes away', () => {\n  expect(sub(1, 2)).toBe(-1);\n});\n",
      },
      head: {
        'cart.js': 'export const add = (a, b) => a + b;\n',
        'cart.test.js':
          "import { add } from './cart.js';\nit('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\n",
      },
    },
    {
      base: {
        'cart.js': 'export const add = (a, b) => a + b;\n',
        'cart.test.js':
          "import { add } from './cart.js';\nit('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\n",
      },
      head: {
        'cart.js': 'export const add = (a, b) => a + b;\n',
        'cart.test.js':
          "import { add } from './cart.js';\nit('adds numbers', () => {\n  expect(add(1, 2)).toBe(3);\n  expect(add(2, 2)).toBe(4);\n});\n",
      },
    },
    {
      base: {
        'cart.js': 'export const add = (a, b) => a + b;\n',
        'cart.test.js':
          "import { add } from './cart.js';\nit('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\n",
      },
      head: {
        'cart.js': 'export const add = (a, b) => a + b;\n',
        'sum.test.js':
          "import { add } from './cart.js';\nit('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\n",
      },
    },
  ],
  reads: isTestScript,
  check: (file, project) => {
    const { base } = file;
    if (base?.parsed === undefined) return [];
    const kept = project.files.flatMap(({ head }) => [...testsOf(head).values()]);
    const before = new Set(project.files.flatMap((one) => [...testsOf(one.base).keys()]));
    const added = kept.filter(({ title }) => !before.has(title));
    const titles = new Set(kept.map(({ title }) => ownTitle(title)));
    return [...testsOf(base).values()]
      .filter(
        ({ title, isSkipped, assertions }) =>
          !isSkipped && assertions.length > 0 && !titles.has(ownTitle(title)),
      )
      .filter((test) => !test.isGroup && !added.some((other) => overlap(test, other) >= SAME_TEST))
      .filter((test) => whatItTestsStays(test, file, project))
      .map(({ title, call }) => ({
        startLine: base.lineOf(call.start),
        endLine: base.lineOf(call.end),
        side: 'LEFT' as const,
        subject: title,
      }));
  },
};

function ownTitle(title: string): string {
  return title.slice(title.lastIndexOf(' › ') + 1);
}

/** The share of a test's different words that another one has too. */
function overlap(test: TestCase, other: TestCase): number {
  const [words, others] = [test, other].map(({ body }) => new Set(body.match(/\w+/g)));
  if (words === undefined || others === undefined || words.size === 0) return 0;
  return [...words].filter((word) => others.has(word)).length / words.size;
}

/** Whether every name that it imports from this repository is exported as before, and there is one. */
function whatItTestsStays(test: TestCase, { base, oldPath }: ChangedSource, project: Project): boolean {
  const used = (base?.parsed?.module.staticImports ?? []).flatMap(({ moduleRequest, entries }) =>
    entries
      .filter(({ localName }) => new RegExp(`\\b${localName.value.replace(/\$/g, '\\$')}\\b`).test(test.body))
      .map(({ importName }) => ({ from: moduleRequest.value, name: importName.name ?? 'default' })),
  );
  const own = used.filter(({ from }) => from.startsWith('.'));
  return (
    own.length > 0 &&
    own.every(({ from, name }) => {
      const target = project.resolve(oldPath, from);
      if (target === undefined) return false;
      return exportsOf(project.head(target), { project, side: 'head' }).names.has(name);
    })
  );
}
