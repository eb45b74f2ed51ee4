import type { Node } from 'oxc-parser';
import type { ChangeRule } from '../change-rule.ts';
import { calledName, topLevelFunctions } from '../functions.ts';
import type { Project } from '../project.ts';
import { allOf, functionsOf, SCRIPT, type Source } from '../source.ts';

/** A call that the base awaited and the head does not wait for. */
export const droppedAwait: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/dropped-await',
  category: 'logic',
  text: {
    title: 'A call is no longer awaited',
    body: 'Before, the code waited for {subject}; now it goes on before the work is done, and a failure is handled by nobody. Put the `await` back, or say why not to wait.',
    severity: 'high',
    confidence: 0.88,
    topic: 'promise',
  },
  bad: [
    {
      base: { 'a.js': 'export async function f() {\n  await save(order);\n  done();\n}\n' },
      head: { 'a.js': 'export async function f() {\n  save(order);\n  done();\n}\n' },
      at: ['a.js:2'],
      fix: '  await save(order);',
    },
  ],
  good: [
    {
      base: { 'a.js': 'export async function f() {\n  await save(order);\n}\n' },
      head: { 'a.js': 'export async function f() {\n  return save(order);\n}\n' },
    },
    {
      base: { 'a.js': 'async function save() {}\nexport async function f() {\n  await save(order);\n}\n' },
      head: { 'a.js': 'function save() {}\nexport async function f() {\n  save(order);\n}\n' },
    },
    {
      base: { 'a.js': 'export async function f() {\n  await save(order);\n}\n' },
      head: { 'a.js': 'export async function f() {\n  void save(order);\n}\n' },
    },
    {
      base: { 'a.js': 'export async function f() {\n  await save(order);\n}\n' },
      head: { 'a.js': 'export function f() {\n  save(order);\n}\n' },
    },
  ],
  reads: (path) => SCRIPT.test(path),
  check: ({ head, base, added, removed }, project) => {
    if (head === undefined || base === undefined) return [];
    const gone = new Set(removed);
    if (!base.text.includes('await')) return [];
    const awaited = new Set(
      statements(base)
        .filter(({ node, line }) => node.type === 'AwaitExpression' && gone.has(line))
        .map(({ node }) => base.textOf(node).replace(/^await\s+/, '')),
    );
    if (awaited.size === 0) return [];
    const here = new Set(added);
    return statements(head)
      .filter(({ node, line }) => here.has(line) && awaited.has(head.textOf(node)))
      .filter(({ node, isInAsync }) => isInAsync && !becameSynchronous(node, project))
      .map(({ node, line }) => ({
        startLine: line,
        subject: head.textOf(node),
        replacement: (head.lines[line - 1] ?? '').replace(/\S/, 'await $&'),
      }));
  },
};

interface StatementOf {
  readonly node: Node;
  readonly line: number;
  readonly isInAsync: boolean;
}

/** The expressions that are statements of their own. */
function statements(source: Source): readonly StatementOf[] {
  if (source.parsed === undefined) return [];
  const { program } = source.parsed;
  const functions = functionsOf(source);
  return allOf(program, 'ExpressionStatement').map(({ expression, start, end }) => {
    const innermost = functions
      .filter((one) => one.start <= start && end <= one.end)
      .sort((a, b) => b.start - a.start)[0];
    return { node: expression, line: source.lineOf(start), isInAsync: innermost?.async === true };
  });
}

/** Whether the change itself makes the called function one that returns no promise. */
function becameSynchronous(node: Node, project: Project): boolean {
  const name = node.type === 'CallExpression' ? calledName(node.callee) : undefined;
  if (name === undefined) return true;
  return project.files.some(({ head, base }) => {
    if (head === undefined) return false;
    const now = topLevelFunctions(head).get(name);
    if (now !== undefined) return !now.isAsync;
    // A method is not followed: that its name became one without async anywhere is doubt enough.
    const method = new RegExp(`\\basync\\s+${name.replace(/[$]/g, '\\$')}\\s*[(<]`);
    return base !== undefined && method.test(base.text) && !method.test(head.text);
  });
}
