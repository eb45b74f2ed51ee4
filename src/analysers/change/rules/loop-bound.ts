import type { ForStatement, Node } from 'oxc-parser';
import type { Hit, SourceRule } from '../change-rule.ts';
import { allOf, SCRIPT, type Source } from '../source.ts';

/** A loop over an array that reads one element past its end. */
export const loopBound: SourceRule = {
  kind: 'source',
  rule: 'firsthand/loop-bound',
  category: 'logic',
  text: {
    title: 'The loop reads one element past the end',
    body: '{subject} is `undefined` in one of the rounds: the last index is one less than the length. Compare with `<`, or start at `length - 1`.',
    severity: 'high',
    confidence: 0.95,
  },
  bad: [
    {
      head: { 'a.ts': 'for (let i = 0; i <= list.length; i++) {\n  show(list[i]);\n}\n' },
      at: ['a.ts:1'],
      fix: 'for (let i = 0; i < list.length; i++) {',
    },
    {
      head: { 'a.ts': 'for (let i = list.length; i >= 0; i--) {\n  show(list[i].name);\n}\n' },
      at: ['a.ts:1'],
    },
  ],
  good: [
    { head: { 'a.ts': 'for (let i = 0; i < list.length; i++) {\n  show(list[i]);\n}\n' } },
    { head: { 'a.ts': 'for (let i = 1; i <= list.length; i++) {\n  show(list[i - 1]);\n}\n' } },
    {
      head: {
        'a.ts': 'for (let i = 0; i <= list.length; i++) {\n  if (i === list.length || list[i]) go();\n}\n',
      },
    },
    { head: { 'a.ts': 'for (let i = 0; i <= list.length; i++) {\n  const x = list[i] ?? last;\n}\n' } },
    { head: { 'a.ts': 'for (let i = list.length; i > 0; i--) {\n  list[i] = list[i - 1];\n}\n' } },
    {
      head: {
        'a.ts':
          'for (let i = 0; i <= text.length; i++) {\n  const c = text[i];\n  if (c === undefined) end();\n}\n',
      },
    },
  ],
  reads: (path) => SCRIPT.test(path),
  check: (source) =>
    source.parsed === undefined
      ? []
      : allOf(source.parsed.program, 'ForStatement').flatMap((loop) => hitOf(source, loop)),
};

function hitOf(source: Source, loop: ForStatement): readonly Hit[] {
  const text = source.textOf({ start: loop.start, end: loop.body.start });
  const bound =
    /^for \((?:let|var) (\w+) = 0; \1 <= ([\w.]+)\.length; (?:\1\+\+|\+\+\1|\1 \+= 1)\)/.exec(text) ??
    /^for \((?:let|var) (\w+) = ([\w.]+)\.length; \1 >= 0; (?:\1--|--\1|\1 -= 1)\)/.exec(text);
  const [, index = '', list = ''] = bound ?? [];
  if (bound === null || mindsTheEnd(source.textOf(loop.body), { index, list })) return [];
  const reads = allOf(loop.body, 'MemberExpression').filter(
    (node) => node.computed && source.textOf(node.object) === list && source.textOf(node.property) === index,
  );
  const written = new Set(allOf(loop.body, 'AssignmentExpression').map(({ left }): Node => left));
  if (reads.length === 0 || reads.some((read) => written.has(read))) return [];
  const startLine = source.lineOf(loop.start);
  const line = source.lines[startLine - 1] ?? '';
  const replacement = line.replace(`${index} <= ${list}.length`, `${index} < ${list}.length`);
  return [{ startLine, subject: `${list}[${index}]`, ...(replacement === line ? {} : { replacement }) }];
}

/** Whether the body has a test for the round past the end, or for what is not there. */
function mindsTheEnd(
  body: string,
  { index, list }: { readonly index: string; readonly list: string },
): boolean {
  const ends = new RegExp(
    `\\b${index}\\b\\s*[!=<>]=*\\s*\\S*${escape(list)}\\.length|${escape(list)}\\.length[^;]{0,20}[!=<>]=*\\s*${index}\\b`,
  );
  return (
    ends.test(body) ||
    /\?\?|\?\.|undefined|\bnull\b|\bisNaN\b|charCodeAt|\|\|/.test(body) ||
    body.includes(`!${list}[${index}]`)
  );
}

function escape(text: string): string {
  return text.replace(/[.$]/g, '\\$&');
}
