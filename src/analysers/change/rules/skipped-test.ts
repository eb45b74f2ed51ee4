import type { ChangeRule } from '../change-rule.ts';
import { isTestScript, testsOf } from '../tests.ts';

/** A test that ran on the base and is skipped on the head. */
export const skippedTest: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/skipped-test',
  category: 'logic',
  text: {
    title: 'A test that ran before is skipped',
    body: 'The test {subject} does not run any more, so nobody learns when what it checks breaks. Repair it or what it found, or say beside it why it waits and for what.',
    severity: 'medium',
    confidence: 0.95,
    topic: 'skipped-test',
  },
  bad: [
    {
      base: {
        'a.test.ts': "describe('cart', () => {\n  it('adds', () => {\n    expect(1).toBe(1);\n  });\n});\n",
      },
      head: {
        'a.test.ts':
          "describe('cart', () => {\n  it.skip('adds', () => {\n    expect(1).toBe(1);\n  });\n});\n",
      },
      at: ['a.test.ts:2'],
    },
    {
      base: { 'test/a.js': "describe('cart', function () {\n  it('adds', () => {});\n});\n" },
      head: { 'test/a.js': "xdescribe('cart', function () {\n  it('adds', () => {});\n});\n" },
      at: ['test/a.js:1'],
    },
  ],
  good: [
    {
      base: { 'a.test.ts': "it('adds', () => {});\n" },
      head: { 'a.test.ts': "it('adds', () => {});\nit.skip('will subtract', () => {});\n" },
    },
    {
      base: { 'a.test.ts': "it.skip('adds', () => {});\n" },
      head: { 'a.test.ts': "test.skip('adds', () => {});\n" },
    },
  ],
  reads: isTestScript,
  check: ({ head, base }) => {
    if (head === undefined || base === undefined) return [];
    const before = testsOf(base);
    return [...testsOf(head).values()]
      .filter(({ title, isSkipped }) => isSkipped && before.get(title)?.isSkipped === false)
      .map(({ title, call }) => ({ startLine: head.lineOf(call.start), subject: title }));
  },
};
