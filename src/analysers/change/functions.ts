import type { ArrowFunctionExpression, Expression, Function as FunctionNode, ParamPattern } from 'oxc-parser';
import type { Source, Span } from './source.ts';

/** A function at the top of a module, under a name. */
export interface NamedFunction {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly isAsync: boolean;
  /** From the name to the end of the parameters. */
  readonly head: Span;
}

export interface Parameter {
  /** Absent for a pattern. */
  readonly name: string | undefined;
  readonly kind: 'required' | 'optional' | 'rest';
}

/**
 * The functions that a file declares at its top, by name; `default` for the default export.
 *
 * Left out are those whose parameters do not say what a call must give: overloads, and bodies that use `arguments`.
 */
export function topLevelFunctions(source: Source): ReadonlyMap<string, NamedFunction> {
  const found = new Map<string, NamedFunction>();
  const overloaded = new Set<string>();
  const add = (name: string, node: FunctionNode | ArrowFunctionExpression, start: number): void => {
    if (node.type === 'TSDeclareFunction') overloaded.add(name);
    const body = node.body === null ? '' : source.text.slice(node.body.start, node.body.end);
    if (/\barguments\b/.test(body)) return;
    found.set(name, {
      name,
      parameters: node.params.filter((one) => !isThis(one)).map(parameterOf),
      isAsync: node.async,
      head: { start, end: node.params.at(-1)?.end ?? node.body?.start ?? node.end },
    });
  };
  for (const statement of source.parsed?.program.body ?? []) {
    const inner = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (inner === null) continue;
    if (statement.type === 'ExportDefaultDeclaration') {
      const { declaration } = statement;
      if (isFunctionNode(declaration)) add('default', declaration, statement.start);
    } else if (inner.type === 'FunctionDeclaration' || inner.type === 'TSDeclareFunction') {
      if (inner.id !== null) add(inner.id.name, inner, inner.start);
    } else if (inner.type === 'VariableDeclaration') {
      for (const { id, init } of inner.declarations) {
        // A declared type says what a call may give, not the function.
        const isTyped = (id.typeAnnotation ?? null) !== null;
        if (id.type === 'Identifier' && init !== null && isFunctionNode(init) && !isTyped)
          add(id.name, init, id.start);
      }
    }
  }
  return new Map([...found].filter(([name]) => !overloaded.has(name)));
}

function isFunctionNode(node: { readonly type: string }): node is FunctionNode | ArrowFunctionExpression {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

function isThis(parameter: ParamPattern): boolean {
  return parameter.type === 'Identifier' && parameter.name === 'this';
}

function parameterOf(parameter: ParamPattern): Parameter {
  if (parameter.type === 'RestElement') return { name: undefined, kind: 'rest' };
  if (parameter.type === 'AssignmentPattern') {
    const { left } = parameter;
    return { name: left.type === 'Identifier' ? left.name : undefined, kind: 'optional' };
  }
  // The parser's types say that a binding is never optional; it says so of `country?: string`.
  const { optional: isOptional = false } = parameter as { readonly optional?: boolean };
  return {
    name: parameter.type === 'Identifier' ? parameter.name : undefined,
    kind: isOptional ? 'optional' : 'required',
  };
}

/** The innermost name that a call goes by: `a.b.c()` → `c`, `f()` → `f`. */
export function calledName(callee: Expression | { readonly type: 'Super' }): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier')
    return callee.property.name;
  if (callee.type === 'ChainExpression') return undefined;
  return undefined;
}
