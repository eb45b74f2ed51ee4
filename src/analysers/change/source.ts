import { type Comment, type EcmaScriptModule, type Node, type Program, parseSync } from 'oxc-parser';

/** A JavaScript or TypeScript file in one version, parsed at its first use. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  /** Absent when the file does not parse. */
  readonly parsed: Parsed | undefined;
  /** The line, 1-based, of an offset. */
  readonly lineOf: (offset: number) => number;
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

export function createSource(path: string, text: string): Source {
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
    textOf: ({ start, end }) => text.slice(start, end).replace(/\s+/g, ' '),
  };
}

function parse(path: string, text: string): Parsed | undefined {
  const result = parseSync(path, text, { preserveParens: false });
  if (result.errors.length > 0) return undefined;
  return { program: result.program, module: result.module, comments: result.comments };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** Visits a node and all below it, outermost first. `visit` may return `'skip'` to leave out what is below. */
export function walk(
  root: Node,
  visit: (node: Node, parents: readonly Node[]) => 'skip' | undefined | void,
  parents: readonly Node[] = [],
): void {
  if (visit(root, parents) === 'skip') return;
  const below = [...parents, root];
  for (const child of childrenOf(root)) walk(child, visit, below);
}

export function childrenOf(node: Node): readonly Node[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'parent') return [];
    return (Array.isArray(value) ? value : [value]).filter(isNode);
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** All nodes of one type below a node, in the order of the text. */
export function allOf<Type extends Node['type']>(root: Node, type: Type): Extract<Node, { type: Type }>[] {
  const found: Extract<Node, { type: Type }>[] = [];
  walk(root, (node) => {
    if (isOfType(node, type)) found.push(node);
  });
  return found;
}

function isOfType<Type extends Node['type']>(node: Node, type: Type): node is Extract<Node, { type: Type }> {
  return node.type === type;
}

const FUNCTIONS: ReadonlySet<Node['type']> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

export function isFunction(node: Node): boolean {
  return FUNCTIONS.has(node.type);
}
