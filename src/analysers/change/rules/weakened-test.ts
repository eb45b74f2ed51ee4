import type { ChangeRule, Hit } from '../change-rule.ts';
import type { Source } from '../source.ts';
import { type Assertion, isTestScript, type TestCase, testsOf } from '../tests.ts';

/** Matchers that only ask whether something is there. */
const VAGUE: ReadonlySet<string> = new Set([
  'toBeTruthy',
  'toBeDefined',
  'toHaveBeenCalled',
  'toBeCalled',
  'ok',
]);
/** Matchers that name the value. */
const EXACT: ReadonlySet<string> = new Set([
  'toBe',
  'toEqual',
  'toStrictEqual',
  'toMatchObject',
  'toContain',
  'toContainEqual',
  'toHaveLength',
  'toMatch',
  'toHaveProperty',
  'toBeCloseTo',
  'toHaveBeenCalledWith',
  'toHaveBeenCalledTimes',
  'toHaveBeenCalledOnce',
  'equal',
  'strictEqual',
  'deepEqual',
  'deepStrictEqual',
  'match',
]);

/** A test of the same title that asks for less than before. */
export const weakenedTest: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/weakened-test',
  category: 'logic',
  text: {
    title: 'A test asks for less than before',
    body: '{subject}: what the test demanded before may now be wrong without anybody noticing. Keep the exact expectation, or correct it to what is right today.',
    severity: 'medium',
    confidence: 0.88,
  },
  bad: [
    {
      base: { 'a.test.ts': "it('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\n" },
      head: { 'a.test.ts': "it('adds', () => {\n  expect(add(1, 2)).toBeDefined();\n});\n" },
      at: ['a.test.ts:2'],
    },
    {
      base: {
        'a.test.ts': "it('adds', () => {\n  expect(add(1, 2)).toBe(3);\n  expect(add(0, 0)).toBe(0);\n});\n",
      },
      head: {
        'a.test.ts':
          "it('adds', () => {\n  expect(add(1, 2)).toBe(3);\n  // expect(add(0, 0)).toBe(0);\n});\n",
      },
      at: ['a.test.ts:-3'],
    },
    {
      base: { 'a.test.ts': "it('throws', () => {\n  expect(run).toThrow(/no such file/);\n});\n" },
      head: { 'a.test.ts': "it('throws', () => {\n  expect(run).toThrow();\n});\n" },
      at: ['a.test.ts:2'],
    },
  ],
  good: [
    {
      base: {
        'a.test.ts':
          "describe('cart', () => {\n  it('adds', () => {\n    expect(a).toBe(1);\n  });\n  it('takes', () => {\n    expect(b).toBe(1);\n  });\n});\n",
      },
      head: {
        'a.test.ts': "describe('cart', () => {\n  it('adds', () => {\n    expect(a).toBe(1);\n  });\n});\n",
      },
    },
    {
      base: { 'a.test.ts': "it('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\n" },
      head: { 'a.test.ts': "it('adds', () => {\n  expect(add(1, 2)).toBe(4);\n});\n" },
    },
    {
      base: { 'a.test.ts': "it('adds', () => {\n  expect(a).toBe(1);\n  expect(b).toBe(2);\n});\n" },
      head: { 'a.test.ts': "it('adds', () => {\n  expect([a, b]).toEqual([1, 2]);\n});\n" },
    },
    {
      base: { 'a.test.ts': "it('is true', () => {\n  expect(a).toBe(true);\n});\n" },
      head: { 'a.test.ts': "it('is true', () => {\n  expect(a).toBeTruthy();\n});\n" },
    },
    {
      base: { 'a.test.ts': "it('adds', () => {\n  expect(a).toBe(1);\n  expect(b).toBe(2);\n});\n" },
      head: { 'a.test.ts': "it('adds', () => {\n  expect(a).toBe(1);\n  expectTwo(b);\n});\n" },
    },
    {
      base: { 'a.test.ts': "it('adds', () => {\n  expect(a).toBe(1);\n  expect(a).toBe(1);\n});\n" },
      head: { 'a.test.ts': "it('adds', () => {\n  expect(a).toBe(1);\n});\n" },
    },
  ],
  reads: isTestScript,
  check: ({ head, base, added }) => {
    if (head === undefined || base === undefined) return [];
    const before = testsOf(base);
    const fresh = new Set(added);
    return [...testsOf(head).values()].flatMap((now) => {
      const then = before.get(now.title);
      if (then === undefined || now.isGroup || then.body === now.body) return [];
      return [...loosened(then, now), ...dropped(then, now, { head, added: fresh })];
    });
  },
};

function loosened(then: TestCase, now: TestCase): readonly Hit[] {
  return now.assertions.flatMap((assertion) => {
    if (then.assertions.some(({ text }) => text === assertion.text)) return [];
    // The same subject may still be held to the exact value beside.
    if (now.assertions.some((other) => other.subject === assertion.subject && other !== assertion)) return [];
    const old = then.assertions.find((one) => one.subject === assertion.subject && isLooser(assertion, one));
    if (old === undefined) return [];
    const change = `${shown(old)} became ${shown(assertion)}`;
    return [{ startLine: assertion.line, subject: change }];
  });
}

function isLooser(now: Assertion, then: Assertion): boolean {
  if (now.isNegated || then.isNegated) return false;
  if (now.matcher === then.matcher)
    return now.matcher.startsWith('toThrow') && now.given === '' && then.given !== '';
  if (/^(?:true|false|undefined|null|)$/.test(then.given)) return false;
  return VAGUE.has(now.matcher) && EXACT.has(then.matcher);
}

/** Assertions that are gone from a test to which nothing was added. */
function dropped(
  then: TestCase,
  now: TestCase,
  { head, added }: { readonly head: Source; readonly added: ReadonlySet<number> },
): readonly Hit[] {
  const kept = new Set(now.assertions.map(({ text }) => text));
  const gone = then.assertions.filter(({ text }) => !kept.has(text));
  const [first] = gone;
  const [start, end] = [head.lineOf(now.call.start), head.lineOf(now.call.end)];
  const code = head.lines
    .slice(start - 1, end)
    .filter((line, index) => added.has(start + index) && !/^\s*(?:\/\/|\*|\/\*|$)/.test(line));
  if (first === undefined || code.length > 0) return [];
  const subject = gone.length === 1 ? `${first.text} is gone` : `${gone.length} assertions are gone`;
  return [{ startLine: first.line, side: 'LEFT', subject }];
}

function shown({ matcher, given }: Assertion): string {
  return `${matcher}(${given.length > 40 ? '…' : given})`;
}
