import type { ArrowFunctionExpression, Function as FunctionNode, Node, VariableDeclarator } from 'oxc-parser';
import type { Hit, SourceRule } from '../change-rule.ts';
import { allOf, functionsOf, SCRIPT, type Source, type Span } from '../source.ts';

/** What opens a resource, and what gives it back. */
const RESOURCES: readonly { readonly opens: RegExp; readonly releases: (name: string) => RegExp }[] = [
  {
    opens: /^await [\w.]*pool\.(?:connect|getConnection|acquire)\(\)$/i,
    releases: (name) => new RegExp(`\\b${name}\\.(?:release|end|destroy)\\(`),
  },
  { opens: /^(?:fs\.)?openSync\(/, releases: (name) => new RegExp(`\\bcloseSync\\(${name}\\b`) },
  {
    opens: /^await (?:fs|fsPromises|fsp|fs\.promises)\.open\(/,
    releases: (name) => new RegExp(`\\b${name}\\.close\\(`),
  },
];

/** Something opened that a path leaves without giving it back. */
export const unreleasedResource: SourceRule = {
  kind: 'source',
  rule: 'firsthand/unreleased-resource',
  category: 'logic',
  text: {
    title: 'What is opened here is not given back on every path',
    body: '{subject} is released on no path, or only when nothing fails: an error on the way leaves it open, and after enough of them there are none left. Release it in a `finally`.',
    severity: 'high',
    confidence: 0.9,
  },
  bad: [
    {
      head: {
        'a.ts':
          'export async function f() {\n  const client = await pool.connect();\n  const rows = await client.query("SELECT 1");\n  client.release();\n  return rows;\n}\n',
      },
      at: ['a.ts:2'],
    },
    {
      head: {
        'a.ts': 'export function f() {\n  const fd = fs.openSync("x");\n  fs.writeSync(fd, "y");\n}\n',
      },
      at: ['a.ts:2'],
    },
  ],
  good: [
    {
      head: {
        'a.ts':
          'export async function f() {\n  const client = await pool.connect();\n  try {\n    return await client.query("SELECT 1");\n  } finally {\n    client.release();\n  }\n}\n',
      },
    },
    {
      head: {
        'a.ts': 'export async function f() {\n  const client = await pool.connect();\n  return client;\n}\n',
      },
    },
    {
      head: {
        'a.ts':
          'export async function f() {\n  await using client = await pool.connect();\n  return await client.query("x");\n}\n',
      },
    },
    { head: { 'a.ts': 'export function f() {\n  const fd = fs.openSync("x");\n  fs.closeSync(fd);\n}\n' } },
    {
      head: {
        'a.ts':
          'export async function f() {\n  const client = await pool.connect();\n  return wrap(client);\n}\n',
      },
    },
  ],
  reads: (path) => SCRIPT.test(path),
  check: (source) => {
    if (source.parsed === undefined) return [];
    const { program } = source.parsed;
    return allOf(program, 'VariableDeclaration')
      .filter(({ kind }) => kind === 'const' || kind === 'let')
      .flatMap(({ declarations }) => declarations)
      .filter(({ init }) => init !== null && RESOURCES.some(({ opens }) => opens.test(source.textOf(init))))
      .flatMap((declarator) => {
        const around = functionsOf(source)
          .filter(({ start, end }) => start <= declarator.start && declarator.end <= end)
          .sort((a, b) => b.start - a.start)[0];
        return around === undefined ? [] : hitOf(source, declarator, around);
      });
  },
};

function hitOf(
  source: Source,
  { id, init, end }: VariableDeclarator,
  around: FunctionNode | ArrowFunctionExpression,
): readonly Hit[] {
  if (id.type !== 'Identifier' || init === null || around.body === null) return [];
  const text = source.textOf(init);
  const resource = RESOURCES.find(({ opens }) => opens.test(text));
  if (resource === undefined) return [];
  const after = { start: end, end: around.body.end };
  const pattern = resource.releases(id.name);
  const finallies = allOf(around, 'TryStatement').flatMap(({ finalizer }) => finalizer ?? []);
  if (finallies.some((block) => pattern.test(source.textOf(block)))) return [];
  if (escapes(source, around, id.name)) return [];
  const release = pattern.exec(source.text.slice(after.start, after.end));
  const between = { start: after.start, end: after.start + (release?.index ?? 0) };
  if (release !== null && !canLeave(source, around, between)) return [];
  return [{ startLine: source.lineOf(init.start), subject: `${id.name} = ${text}` }];
}

/** Whether something between may throw or return: it waits for other work, or leaves. */
function canLeave(source: Source, around: Node, { start, end }: Span): boolean {
  const leaving = [
    ...allOf(around, 'AwaitExpression'),
    ...allOf(around, 'ReturnStatement'),
    ...allOf(around, 'ThrowStatement'),
  ].filter((node) => node.start >= start && node.end <= end);
  // An error that is caught on the way is taken to be handled together with the resource.
  return leaving.length > 0 && !/\bcatch\b/.test(source.textOf({ start, end }));
}

/** Whether it is handed to someone else, who may release it: returned, stored, passed on, used by an inner function. */
function escapes(source: Source, around: Node, name: string): boolean {
  const text = source.textOf(around);
  const passed = allOf(around, 'CallExpression').some(
    ({ callee, arguments: given }) =>
      !/\b(?:read|write|fstat|fsync|ftruncate)(?:v)?Sync$/.test(source.textOf(callee)) &&
      given.some((one) => source.textOf(one) === name),
  );
  const handedOn = new RegExp(`\\breturn ${name}\\b(?!\\.)|[=:[,{(]\\s*${name}\\s*[,;}\\])]`);
  return passed
    ? !/closeSync/.test(text)
    : handedOn.test(text.replace(/\b(?:read|write|fstat|fsync)\w*\([^)]*\)/g, ''));
}
