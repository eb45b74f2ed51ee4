import type { Hit, SourceRule } from '../change-rule.ts';
import { allOf, SCRIPT, type Source, type Span } from '../source.ts';

/** A choice that makes no difference: both branches are the same. */
export const identicalBranches: SourceRule = {
  kind: 'source',
  rule: 'firsthand/identical-branches',
  category: 'logic',
  text: {
    title: 'Both branches do the same',
    body: 'Whatever {subject} says, the same code runs. One of the branches was probably meant to differ; if not, the condition can go.',
    severity: 'medium',
    confidence: 0.93,
    topic: 'identical-branches',
  },
  bad: [
    { head: { 'a.ts': 'if (isVip) {\n  price = full;\n} else {\n  price = full;\n}\n' }, at: ['a.ts:1'] },
    { head: { 'a.ts': 'export const price = isVip ? full : full;\n' }, at: ['a.ts:1'] },
  ],
  good: [
    { head: { 'a.ts': 'if (isVip) {\n  price = low;\n} else {\n  price = full;\n}\n' } },
    { head: { 'a.ts': 'if (a) {\n  one();\n} else if (b) {\n  one();\n} else {\n  two();\n}\n' } },
    { head: { 'a.ts': 'if (a) {\n} else {\n}\n' } },
    {
      base: { 'a.ts': 'export const price = isVip ? full : full;\n' },
      head: { 'a.ts': 'export const price  = isVip ? full : full;\n' },
    },
  ],
  reads: (path) => SCRIPT.test(path),
  check: (source) => {
    if (source.parsed === undefined) return [];
    const { program } = source.parsed;
    const choices = allOf(program, 'IfStatement').flatMap(({ test, consequent, alternate }) =>
      alternate === null || alternate.type === 'IfStatement'
        ? []
        : [{ test, one: consequent, two: alternate }],
    );
    const ternaries = allOf(program, 'ConditionalExpression').map(({ test, consequent, alternate }) => ({
      test,
      one: consequent,
      two: alternate,
    }));
    return [...choices, ...ternaries].flatMap(({ test, one, two }) => hitOf(source, test, [one, two]));
  },
};

function hitOf(source: Source, test: Span, [one, two]: readonly [Span, Span]): readonly Hit[] {
  const [first, second] = [source.textOf(one), source.textOf(two)];
  if (first !== second || /^\{\s*\}$/.test(first)) return [];
  return [
    { startLine: source.lineOf(test.start), endLine: source.lineOf(two.end), subject: source.textOf(test) },
  ];
}
