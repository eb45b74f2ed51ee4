import type { Argument, CallExpression } from 'oxc-parser';
import type { Hit, SourceRule } from '../change-rule.ts';
import { allOf, SCRIPT, type Source } from '../source.ts';

/** Methods that test what the callback returns, which of an async one is a promise and so always true. */
const TESTING: ReadonlySet<string> = new Set(['filter', 'some', 'every', 'find', 'findIndex', 'findLast']);

/** An async callback where its result is tested, and is always true. */
export const asyncCallback: SourceRule = {
  kind: 'source',
  rule: 'firsthand/async-callback',
  category: 'logic',
  text: {
    title: 'An async callback always counts as true',
    body: 'The callback of {subject} returns a promise, and a promise is truthy whatever it resolves to, so every element passes. Await the answers first, with `Promise.all`, and test those.',
    severity: 'high',
    confidence: 0.95,
    topic: 'promise-condition',
  },
  bad: [
    {
      head: { 'a.ts': 'export const open = shops.filter(async (shop) => await isOpen(shop));\n' },
      at: ['a.ts:1'],
    },
    {
      head: { 'a.js': 'if (list.some(async function (x) { return x; })) go();\n' },
      at: ['a.js:1'],
    },
  ],
  good: [
    { head: { 'a.ts': 'export const open = shops.map(async (shop) => await isOpen(shop));\n' } },
    { head: { 'a.ts': 'export const open = await db.find(async (shop) => isOpen(shop));\n' } },
    { head: { 'a.ts': 'export const open = Bluebird.filter(shops, async (shop) => isOpen(shop));\n' } },
  ],
  reads: (path) => SCRIPT.test(path),
  check: (source) => {
    if (source.parsed === undefined) return [];
    const { program } = source.parsed;
    const awaited = new Set(allOf(program, 'AwaitExpression').map(({ argument }) => argument.start));
    return allOf(program, 'CallExpression')
      .filter(({ start }) => !awaited.has(start))
      .flatMap((call) => hitOf(source, call));
  },
};

function hitOf(source: Source, { callee, arguments: [first], start }: CallExpression): readonly Hit[] {
  if (callee.type !== 'MemberExpression' || callee.computed || first === undefined) return [];
  if (!TESTING.has(callee.property.name) || !isAsyncFunction(first)) return [];
  const line = source.lineOf(callee.property.start);
  return [{ startLine: line, subject: `${source.textOf({ start, end: callee.end })}(async …)` }];
}

function isAsyncFunction(argument: Argument): boolean {
  return (
    (argument.type === 'ArrowFunctionExpression' || argument.type === 'FunctionExpression') && argument.async
  );
}
