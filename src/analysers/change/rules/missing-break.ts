import type { Statement, SwitchCase, SwitchStatement } from 'oxc-parser';
import type { Hit, SourceRule } from '../change-rule.ts';
import { allOf, SCRIPT, type Source } from '../source.ts';

const LEAVES: ReadonlySet<Statement['type']> = new Set([
  'BreakStatement',
  'ReturnStatement',
  'ThrowStatement',
  'ContinueStatement',
]);

/** A case that runs on into the next one, where all others end. */
export const missingBreak: SourceRule = {
  kind: 'source',
  rule: 'firsthand/missing-break',
  category: 'logic',
  text: {
    title: 'A case runs on into the next one',
    body: 'Nothing ends {subject}, so the code of the next case runs too; all other cases of this switch end. Add a `break`, or say in a comment that it falls through on purpose.',
    severity: 'high',
    confidence: 0.93,
  },
  bad: [
    {
      base: {
        'a.ts':
          'switch (x) {\n  case 1:\n    one();\n    break;\n  case 2:\n    two();\n    break;\n  default:\n    other();\n}\n',
      },
      head: {
        'a.ts':
          'switch (x) {\n  case 1:\n    one();\n    break;\n  case 3:\n    three();\n  case 2:\n    two();\n    break;\n  default:\n    other();\n}\n',
      },
      at: ['a.ts:5'],
    },
  ],
  good: [
    {
      head: {
        'a.ts':
          'switch (x) {\n  case 1:\n    one();\n    break;\n  case 3:\n    three();\n  // falls through\n  case 2:\n    two();\n    break;\n  default:\n    other();\n}\n',
      },
    },
    {
      head: {
        'a.ts':
          'switch (x) {\n  case 1:\n  case 2:\n    two();\n    break;\n  case 3:\n    three();\n    break;\n}\n',
      },
    },
    {
      head: {
        'a.ts':
          'switch (x) {\n  case 1:\n    if (a) return 1;\n    else return 2;\n  case 2: {\n    return 3;\n  }\n  case 3:\n    three();\n    break;\n}\n',
      },
    },
  ],
  reads: (path) => SCRIPT.test(path),
  check: (source) =>
    source.parsed === undefined
      ? []
      : allOf(source.parsed.program, 'SwitchStatement').flatMap((statement) => hitOf(source, statement)),
};

function hitOf(source: Source, { cases }: SwitchStatement): readonly Hit[] {
  const full = cases.filter(({ consequent }) => consequent.length > 0);
  const open = full.slice(0, -1).filter(({ consequent }) => !leaves(consequent.at(-1)));
  const [only] = open;
  if (only === undefined || open.length > 1 || full.length < 3 || saysSo(source, only, cases)) return [];
  return [
    { startLine: source.lineOf(only.start), endLine: source.lineOf(only.end), subject: headOf(source, only) },
  ];
}

function headOf(source: Source, { test }: SwitchCase): string {
  return test === null ? 'default' : `case ${source.textOf(test)}`;
}

function leaves(statement: Statement | undefined): boolean {
  if (statement === undefined) return false;
  if (LEAVES.has(statement.type)) return true;
  if (statement.type === 'BlockStatement') return leaves(statement.body.at(-1));
  if (statement.type === 'IfStatement')
    return leaves(statement.consequent) && leaves(statement.alternate ?? undefined);
  if (statement.type === 'TryStatement')
    return (
      leaves(statement.finalizer ?? undefined) || (leaves(statement.block) && leaves(statement.handler?.body))
    );
  // Loops without an end, calls that never return and nested switches are not looked into.
  return /^(?:For|While|DoWhile|Switch|Labeled)/.test(statement.type) || endsProcess(statement);
}

function endsProcess(statement: Statement): boolean {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression')
    return false;
  const { callee } = statement.expression;
  const name = callee.type === 'MemberExpression' && !callee.computed ? callee.property.name : '';
  return (
    /^(?:exit|abort|fail)$/.test(name) ||
    (callee.type === 'Identifier' && /^(?:fail|assertNever|unreachable|panic|exit)$/i.test(callee.name))
  );
}

/** A comment between this case and the next one. */
function saysSo(source: Source, one: SwitchCase, cases: readonly SwitchCase[]): boolean {
  const next = cases[cases.indexOf(one) + 1];
  const last = one.consequent.at(-1);
  if (next === undefined || last === undefined) return true;
  const comments = source.parsed?.comments ?? [];
  return comments.some(({ start, end }) => start >= last.start && end <= next.start);
}
