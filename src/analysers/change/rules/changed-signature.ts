import type { CallExpression } from 'oxc-parser';
import type { ChangeRule, Hit } from '../change-rule.ts';
import { importsOf } from '../exports.ts';
import { type NamedFunction, type Parameter, topLevelFunctions } from '../functions.ts';
import type { ChangedSource, Project } from '../project.ts';
import { allOf, functionsOf, SCRIPT, type Source } from '../source.ts';

/** A function takes other arguments now, and callers that the change leaves alone still pass the old ones. */
export const changedSignature: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/changed-signature',
  category: 'logic',
  text: {
    title: 'Callers were not changed with the function',
    body: '{subject} takes other arguments than before, and calls that the change leaves as they are still pass what the old one took. Change them too, or make the new parameter optional.',
    severity: 'high',
    confidence: 0.92,
    topic: 'arguments',
  },
  bad: [
    {
      base: {
        'tax.js': 'export function tax(amount) {\n  return amount;\n}\n',
        'cart.js': 'import { tax } from "./tax.js";\nexport const a = tax(1);\n',
      },
      head: {
        'tax.js': 'export function tax(amount, country) {\n  return amount;\n}\n',
        'cart.js': 'import { tax } from "./tax.js";\nexport const a = tax(1);\n',
      },
      at: ['tax.js:1'],
    },
    {
      base: { 'a.ts': 'const move = (from: string, to: string) => [from, to];\nmove(x, y);\n' },
      head: { 'a.ts': 'const move = (to: string, from: string) => [from, to];\nmove(x, y);\n' },
      at: ['a.ts:1'],
    },
    {
      base: {
        'a.ts':
          'export default function area(width: number, height: number) {\n  return width * height;\n}\n',
        'b.ts': 'import size from "./a.js";\nexport const b = size(1, 2);\n',
      },
      head: {
        'a.ts': 'export default function area(width: number) {\n  return width * width;\n}\n',
        'b.ts': 'import size from "./a.js";\nexport const b = size(1, 2);\n',
      },
      at: ['a.ts:1'],
    },
  ],
  good: [
    {
      base: {
        'tax.ts': 'export function tax(amount: number) {\n  return amount;\n}\n',
        'cart.ts': 'import { tax } from "./tax";\nexport const a = tax(1);\n',
      },
      head: {
        'tax.ts': 'export function tax(amount: number, country?: string, rate = 1) {\n  return amount;\n}\n',
        'cart.ts': 'import { tax } from "./tax";\nexport const a = tax(1);\n',
      },
    },
    {
      base: {
        'tax.ts': 'export function tax(amount: number) {\n  return amount;\n}\n',
        'cart.ts': 'import { tax } from "./tax";\nexport const a = tax(1);\n',
      },
      head: {
        'tax.ts': 'export function tax(amount: number, country: string) {\n  return amount;\n}\n',
        'cart.ts': 'import { tax } from "./tax";\nexport const a = tax(1, "DE");\n',
      },
    },
    {
      base: { 'a.js': 'export function f(a) {}\n', 'b.js': 'import { f } from "./a.js";\nf(...all);\n' },
      head: { 'a.js': 'export function f(a, b) {}\n', 'b.js': 'import { f } from "./a.js";\nf(...all);\n' },
    },
    {
      base: {
        'a.js': 'export function f(a) {}\n',
        'b.js': 'import { f } from "./a.js";\nexport const g = (f) => f(1);\n',
      },
      head: {
        'a.js': 'export function f(a, b) {}\n',
        'b.js': 'import { f } from "./a.js";\nexport const g = (f) => f(1);\n',
      },
    },
  ],
  reads: (path) => SCRIPT.test(path),
  check: (file, project) => {
    if (file.head?.parsed === undefined || file.base?.parsed === undefined) return [];
    const before = topLevelFunctions(file.base);
    const after = [...topLevelFunctions(file.head).values()];
    const changed = after.flatMap((now) => {
      const was = before.get(now.name);
      return was === undefined || sameParameters(was, now) ? [] : [{ was, now }];
    });
    return changed.flatMap((pair) => hitOf(file, pair, project));
  },
};

interface Versions {
  readonly was: NamedFunction;
  readonly now: NamedFunction;
}

function sameParameters({ parameters: one }: NamedFunction, { parameters: two }: NamedFunction): boolean {
  return JSON.stringify(one) === JSON.stringify(two);
}

function hitOf(file: ChangedSource, versions: Versions, project: Project): readonly Hit[] {
  const { head } = file;
  if (head === undefined) return [];
  const { name, head: span } = versions.now;
  const own = name === 'default' ? [] : callsOf(head, name, 'declared here');
  const others = importsOf(project, file.path, exportedAs(head, name)).flatMap(({ path, local }) => {
    const source = project.head(path);
    return local === undefined || source === undefined ? [] : callsOf(source, local, 'imported');
  });
  const stale = [...own, ...others].filter(
    ({ path, line, call }) => isUnchanged(project, path, line) && isStale(call, versions),
  );
  if (stale.length === 0) return [];
  const parameters = head.textOf(span).replace(/^[^(]*/, '');
  return [
    {
      startLine: head.lineOf(span.start),
      endLine: head.lineOf(span.end),
      subject: `${name}${parameters.startsWith('(') ? `${parameters.replace(/\)$/, '')})` : ''}`,
      places: stale.map(({ path, line }) => ({ path, line })),
    },
  ];
}

/** The name under which a function leaves its file; its own when it does not. */
function exportedAs({ parsed }: Source, name: string): string {
  for (const { entries } of parsed?.module.staticExports ?? [])
    for (const { localName, exportName, moduleRequest } of entries)
      if (moduleRequest === null && localName.name === name) return exportName.name ?? 'default';
  return name;
}

interface Call {
  readonly path: string;
  readonly line: number;
  readonly call: CallExpression;
}

/** The calls of a name, unless something else of that name is declared in the file. */
function callsOf(source: Source, name: string, where: 'declared here' | 'imported'): readonly Call[] {
  if (source.parsed === undefined) return [];
  const { program } = source.parsed;
  const allowed = where === 'declared here' ? 1 : 0;
  if (countBindings(source, name) > allowed) return [];
  return allOf(program, 'CallExpression')
    .filter(({ callee }) => callee.type === 'Identifier' && callee.name === name)
    .map((call) => ({ path: source.path, line: source.lineOf(call.start), call }));
}

/** How many parameters, variables and functions of the file have this name. */
function countBindings(source: Source, name: string): number {
  const { parsed } = source;
  if (parsed === undefined) return 0;
  const { program } = parsed;
  const isNamed = (node: { readonly type: string } | null): boolean =>
    node !== null && node.type === 'Identifier' && 'name' in node && node.name === name;
  const inPatterns = allOf(program, 'ObjectPattern').flatMap(({ properties }) =>
    properties.map((property) => ('value' in property ? property.value : property.argument)),
  );
  const targets = [
    ...functionsOf(source).flatMap(({ id, params }) => [id, ...params.map(bound)]),
    ...allOf(program, 'VariableDeclarator').map(({ id }) => id),
    ...inPatterns.map(bound),
  ];
  return targets.filter(isNamed).length;
}

function bound(node: { readonly type: string } | null): { readonly type: string } | null {
  if (node === null) return null;
  if ('left' in node && typeof node.left === 'object') return node.left as { readonly type: string } | null;
  if ('argument' in node && typeof node.argument === 'object')
    return node.argument as { readonly type: string } | null;
  return node;
}

function isUnchanged(project: Project, path: string, line: number): boolean {
  return project.files.find((file) => file.path === path)?.added.includes(line) !== true;
}

/** Whether a call fitted the old parameters and does not fit the new ones. */
function isStale({ arguments: given }: CallExpression, { was, now }: Versions): boolean {
  if (given.some(({ type }) => type === 'SpreadElement')) return false;
  if (!fits(given.length, was.parameters)) return false;
  return !fits(given.length, now.parameters) || isReordered(was.parameters, now.parameters, given.length);
}

function fits(count: number, parameters: readonly Parameter[]): boolean {
  const required = parameters.filter(({ kind }) => kind === 'required').length;
  const hasRest = parameters.some(({ kind }) => kind === 'rest');
  return count >= required && (hasRest || count <= parameters.length);
}

/** The same names, of which those that the call fills stand in another order. */
function isReordered(was: readonly Parameter[], now: readonly Parameter[], count: number): boolean {
  const [before, after] = [was, now].map((list) => list.slice(0, count).map(({ name }) => name));
  if (before === undefined || after === undefined || before.includes(undefined)) return false;
  const isSame = before.join() === after.join();
  return !isSame && before.every((name) => after.includes(name));
}
