import type { Expression, LogicalExpression } from 'oxc-parser';
import type { Hit, SourceRule } from '../change-rule.ts';
import { allOf, SCRIPT, type Source } from '../source.ts';

/** `x !== 1 || x !== 2` holds for every x; `x === 1 && x === 2` for none. */
export const contradictoryComparison: SourceRule = {
  kind: 'source',
  rule: 'firsthand/contradictory-comparison',
  category: 'logic',
  text: {
    title: 'A condition always has the same outcome',
    body: 'One value is compared with two different ones in a way that {subject} is true for every value, or for none. The operator between the two comparisons is probably the wrong one.',
    severity: 'high',
    confidence: 0.97,
    topic: 'constant-condition',
  },
  bad: [
    { head: { 'a.ts': "if (kind !== 'a' || kind !== 'b') stop();\n" }, at: ['a.ts:1'] },
    { head: { 'a.ts': 'export const both = code === 1 && code === 2;\n' }, at: ['a.ts:1'] },
  ],
  good: [
    { head: { 'a.ts': "if (kind !== 'a' && kind !== 'b') stop();\n" } },
    { head: { 'a.ts': "if (kind === 'a' || kind === 'b') stop();\n" } },
    { head: { 'a.ts': "if (kind !== 'a' || other !== 'b') stop();\n" } },
    { head: { 'a.ts': 'if (kind !== a || kind !== b) stop();\n' } },
    { head: { 'a.ts': 'if (value != null || value !== undefined) stop();\n' } },
  ],
  reads: (path) => SCRIPT.test(path),
  check: (source) =>
    source.parsed === undefined
      ? []
      : allOf(source.parsed.program, 'LogicalExpression').flatMap((expression) => hitOf(source, expression)),
};

function hitOf(source: Source, { operator, left, right, start, end }: LogicalExpression): readonly Hit[] {
  const wanted = { '||': '!==', '&&': '===', '??': '' }[operator];
  const [one, two] = [comparison(source, left, wanted), comparison(source, right, wanted)];
  if (one === undefined || two === undefined) return [];
  if (one.subject !== two.subject || one.value === two.value) return [];
  return [
    {
      startLine: source.lineOf(start),
      endLine: source.lineOf(end),
      subject: source.textOf({ start, end }),
    },
  ];
}

/** A strict comparison of something without side effects with a literal. */
function comparison(
  source: Source,
  expression: Expression,
  operator: string,
): { readonly subject: string; readonly value: unknown } | undefined {
  if (expression.type !== 'BinaryExpression' || expression.operator !== operator) return undefined;
  const { left, right } = expression;
  if (right.type !== 'Literal' || (left.type !== 'Identifier' && left.type !== 'MemberExpression'))
    return undefined;
  return { subject: source.textOf(left), value: right.value };
}
