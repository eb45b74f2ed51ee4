import type {
  ArrowFunctionExpression,
  Comment,
  EcmaScriptModule,
  Function as FunctionNode,
  Node,
  Program,
} from 'oxc-parser';

/** A JavaScript or TypeScript file in one version, parsed at its first use. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  /** Absent when the file does not parse. */
  readonly parsed: Parsed | undefined;
  /** The line, 1-based, of an offset. */
  readonly lineOf: (offset: number) => number;
  /** The same file with another text. */
  readonly withText: (text: string) => Source;
  /** The text of a node, white space folded. */
  readonly textOf: (node: Span) => string;
}

export interface Parsed {
  readonly program: Program;
  readonly module: EcmaScriptModule;
  readonly comments: readonly Comment[];
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/i;

/** Parses a script; `undefined` when it does not parse. Only a child process has one: a parser can crash. */
export type ParseScript = (path: string, text: string) => Parsed | undefined;

export function createSource(path: string, text: string, parse: ParseScript): Source {
  const starts = lineStarts(text);
  let parsed: Parsed | undefined | 'not yet' = 'not yet';
  return {
    path,
    text,
    lines: text.split('\n'),
    get parsed() {
      if (parsed === 'not yet') parsed = SCRIPT.test(path) ? parse(path, text) : undefined;
      return parsed;
    },
    lineOf: (offset) => lineAt(starts, offset),
    withText: (other) => createSource(path, other, parse),
    textOf: ({ start, end }) => text.slice(start, end).replace(/\s+/g, ' '),
  };
}

export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

export function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/**
 * Visits a node and all below it, outermost first. `visit` may return `'skip'` to leave out what is below. `parents`
 * are those of the node, outermost first, and change after the call.
 */
export function walk(
  root: Node,
  visit: (node: Node, parents: readonly Node[]) => 'skip' | undefined | void,
): void {
  const parents: Node[] = [];
  const enter = (node: Node): void => {
    if (visit(node, parents) === 'skip') return;
    parents.push(node);
    for (const [key, value] of Object.entries(node) as readonly (readonly [string, unknown])[]) {
      if (key === 'parent' || typeof value !== 'object') continue;
      if (Array.isArray(value)) value.filter(isNode).forEach(enter);
      else if (isNode(value)) enter(value);
    }
    parents.pop();
  };
  enter(root);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

const indexes = new WeakMap<Program, ReadonlyMap<Node['type'], readonly Node[]>>();

/** All nodes of one type below a node, in the order of the text. */
export function allOf<Type extends Node['type']>(
  root: Node,
  type: Type,
): readonly Extract<Node, { type: Type }>[] {
  if (root.type === 'Program') {
    const nodes = indexOf(root).get(type) ?? [];
    return nodes.filter((node) => isOfType(node, type));
  }
  const found: Extract<Node, { type: Type }>[] = [];
  walk(root, (node) => {
    if (isOfType(node, type)) found.push(node);
  });
  return found;
}

/** The nodes of a file by type; every rule asks for some, so a file is walked once. */
function indexOf(program: Program): ReadonlyMap<Node['type'], readonly Node[]> {
  const known = indexes.get(program);
  if (known !== undefined) return known;
  const index = new Map<Node['type'], Node[]>();
  walk(program, (node) => {
    const nodes = index.get(node.type);
    if (nodes === undefined) index.set(node.type, [node]);
    else nodes.push(node);
  });
  indexes.set(program, index);
  return index;
}

function isOfType<Type extends Node['type']>(node: Node, type: Type): node is Extract<Node, { type: Type }> {
  return node.type === type;
}

/** The functions of a file, whatever their form. */
export function functionsOf({ parsed }: Source): readonly (FunctionNode | ArrowFunctionExpression)[] {
  if (parsed === undefined) return [];
  return [
    ...allOf(parsed.program, 'FunctionDeclaration'),
    ...allOf(parsed.program, 'FunctionExpression'),
    ...allOf(parsed.program, 'ArrowFunctionExpression'),
  ];
}
