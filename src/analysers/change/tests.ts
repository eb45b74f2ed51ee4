import type { CallExpression, Expression, Node } from 'oxc-parser';
import { allOf, SCRIPT, type Source, walk } from './source.ts';

/** One test, or a group of tests, as the common runners of JavaScript declare them. */
export interface TestCase {
  /** Titles of the groups around it and its own. */
  readonly title: string;
  readonly isSkipped: boolean;
  /** It holds tests, and no expectation of its own. */
  readonly isGroup: boolean;
  readonly call: CallExpression;
  /** The text of its function, white space folded. */
  readonly body: string;
  readonly assertions: readonly Assertion[];
}

/** `expect(subject).matcher(given)`, or a call of `assert`. */
export interface Assertion {
  readonly subject: string;
  readonly matcher: string;
  readonly isNegated: boolean;
  readonly given: string;
  readonly text: string;
  readonly line: number;
  readonly at: number;
}

export const TEST_FILE = /(?:^|\/)(?:tests?|__tests__|spec)\/|[._-](?:test|spec)\.[cm]?[jt]sx?$/i;

export function isTestScript(path: string): boolean {
  return SCRIPT.test(path) && TEST_FILE.test(path);
}

const NAMES: ReadonlySet<string> = new Set(['it', 'test', 'specify', 'describe', 'suite', 'context']);
const GROUPS = /^x?(?:describe|suite|context)$/;
const SKIPPING: ReadonlySet<string> = new Set(['xit', 'xtest', 'xdescribe', 'xspecify', 'xcontext']);

const known = new WeakMap<Source, ReadonlyMap<string, TestCase>>();

/** The tests of a file by title, outermost first; of tests with one title, the first. */
export function testsOf(source: Source | undefined): ReadonlyMap<string, TestCase> {
  if (source?.parsed === undefined) return new Map();
  const found = known.get(source) ?? findTests(source, source.parsed.program);
  known.set(source, found);
  return found;
}

function findTests(source: Source, program: Node): ReadonlyMap<string, TestCase> {
  const found = new Map<string, TestCase>();
  const assertions = assertionsOf(source, program);
  const groups: { readonly title: string; readonly end: number }[] = [];
  walk(program, (node) => {
    const declared = declaration(node);
    if (declared === undefined) return;
    const { call, body, isSkipped, isGroup } = declared;
    while ((groups.at(-1)?.end ?? Infinity) < call.start) groups.pop();
    const title = [...groups.map((group) => group.title), declared.title].join(' › ');
    groups.push({ title: declared.title, end: call.end });
    if (found.has(title)) return;
    found.set(title, {
      title,
      isSkipped,
      isGroup,
      call,
      body: source.textOf(body),
      assertions: assertions.filter(({ at }) => body.start <= at && at < body.end),
    });
  });
  return found;
}

interface Declaration {
  readonly title: string;
  readonly isSkipped: boolean;
  readonly isGroup: boolean;
  readonly call: CallExpression;
  readonly body: Node;
}

/** `it('…', () => …)`, `test.skip('…', …)`, `describe.each(table)('…', …)`. */
function declaration(node: Node): Declaration | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const [title, ...rest] = node.arguments;
  const body = rest.find(({ type }) => type === 'ArrowFunctionExpression' || type === 'FunctionExpression');
  const names = namesOf(node.callee);
  const root = names[0] ?? '';
  if (body === undefined || !(NAMES.has(root) || SKIPPING.has(root))) return undefined;
  const text =
    title?.type === 'Literal' && typeof title.value === 'string'
      ? title.value
      : title?.type === 'TemplateLiteral' && title.expressions.length === 0
        ? title.quasis[0]?.value.cooked
        : undefined;
  if (text === undefined || text === null) return undefined;
  return {
    title: text,
    isSkipped: SKIPPING.has(root) || names.includes('skip'),
    isGroup: GROUPS.test(root),
    call: node,
    body,
  };
}

/** `a.b.c` → a, b, c; calls on the way are left out. */
function namesOf(callee: Expression | { readonly type: 'Super' }): readonly string[] {
  if (callee.type === 'Identifier') return [callee.name];
  if (callee.type === 'CallExpression') return namesOf(callee.callee);
  if (callee.type === 'TaggedTemplateExpression') return namesOf(callee.tag);
  if (callee.type !== 'MemberExpression' || callee.computed) return [];
  return [...namesOf(callee.object), callee.property.name];
}

function assertionsOf(source: Source, body: Node): readonly Assertion[] {
  const calls = allOf(body, 'CallExpression');
  return calls.flatMap((call) => {
    const names = namesOf(call.callee);
    const isExpect = names[0] === 'expect' && names.length > 1;
    const isAssert = names[0] === 'assert' && names.length < 3;
    if (!isExpect && !isAssert) return [];
    const subject = isExpect ? innermost(call) : call.arguments[0];
    const given = isExpect ? call.arguments : call.arguments.slice(1);
    return [
      {
        subject: subject === undefined ? '' : source.textOf(subject),
        matcher: isAssert && names.length === 1 ? 'ok' : (names.at(-1) ?? ''),
        isNegated: names.includes('not'),
        given: given.map((one) => source.textOf(one)).join(', '),
        text: source.textOf(call),
        line: source.lineOf(call.start),
        at: call.start,
      },
    ];
  });
}

/** What `expect` is given in `expect(x).not.toBe(y)`. */
function innermost(call: CallExpression): Node | undefined {
  let at: Node = call.callee;
  while (at.type === 'MemberExpression' || at.type === 'CallExpression') {
    if (at.type === 'MemberExpression') at = at.object;
    else if (at.callee.type === 'Identifier') return at.arguments[0];
    else at = at.callee;
  }
  return undefined;
}
