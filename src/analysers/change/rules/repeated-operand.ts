import type { LogicalExpression, Node } from 'oxc-parser';
import type { Hit, SourceRule } from '../change-rule.ts';
import { allOf, SCRIPT, type Source, walk } from '../source.ts';

/** The same test twice in one `&&` or `||` chain. */
export const repeatedOperand: SourceRule = {
  kind: 'source',
  rule: 'firsthand/repeated-operand',
  category: 'logic',
  text: {
    title: 'The same test is written twice',
    body: '{subject} stands twice in one condition, where the second has no effect. It was probably meant to test something else.',
    severity: 'medium',
    confidence: 0.92,
    topic: 'constant-condition',
  },
  bad: [
    { head: { 'a.ts': 'export const ok = a.width > 0 && a.width > 0;\n' }, at: ['a.ts:1'] },
    { head: { 'a.ts': "if (kind === 'a' || kind === 'b' ||\n  kind === 'a') go();\n" }, at: ['a.ts:1'] },
  ],
  good: [
    { head: { 'a.ts': 'export const ok = a.width > 0 && a.height > 0;\n' } },
    { head: { 'a.ts': 'export const ok = next() && next();\n' } },
    { head: { 'a.ts': 'export const ok = (a && b) || (a && c);\n' } },
  ],
  reads: (path) => SCRIPT.test(path),
  check: (source) => {
    if (source.parsed === undefined) return [];
    const inner = new Set<Node>();
    return allOf(source.parsed.program, 'LogicalExpression').flatMap((expression) => {
      const operands = chainOf(expression, inner);
      return inner.has(expression) ? [] : repeated(source, expression, operands);
    });
  },
};

/** The operands of a chain of one operator, left to right; the chain's inner links are added to `inner`. */
function chainOf(expression: LogicalExpression, inner: Set<Node>): readonly Node[] {
  const operands: Node[] = [];
  for (const side of [expression.left, expression.right]) {
    if (side.type === 'LogicalExpression' && side.operator === expression.operator) {
      inner.add(side);
      operands.push(...chainOf(side, inner));
    } else operands.push(side);
  }
  return operands;
}

function repeated(source: Source, chain: Node, operands: readonly Node[]): readonly Hit[] {
  const seen = new Set<string>();
  for (const operand of operands) {
    const text = source.textOf(operand);
    if (seen.has(text) && !hasEffect(operand)) {
      return [{ startLine: source.lineOf(chain.start), endLine: source.lineOf(chain.end), subject: text }];
    }
    seen.add(text);
  }
  return [];
}

const EFFECTS: ReadonlySet<Node['type']> = new Set([
  'CallExpression',
  'NewExpression',
  'AssignmentExpression',
  'UpdateExpression',
  'AwaitExpression',
  'YieldExpression',
  'TaggedTemplateExpression',
]);

/** Whether evaluating it twice can matter. */
function hasEffect(operand: Node): boolean {
  let found = false;
  walk(operand, (node) => {
    found ||= EFFECTS.has(node.type);
  });
  return found;
}
