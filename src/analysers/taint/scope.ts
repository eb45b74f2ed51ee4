import { join, type Scope, UNDEFINED, type Value } from './value.ts';

export function openScope(
  parent: Scope | undefined,
  {
    isFunction = false,
    depth = 0,
    self,
  }: { readonly isFunction?: boolean; readonly depth?: number; readonly self?: Value } = {},
): Scope {
  const inherited = self ?? parent?.self;
  return {
    ...(parent === undefined ? {} : { parent }),
    isFunction,
    bindings: new Map(),
    depth,
    ...(inherited === undefined ? {} : { self: inherited }),
  };
}

export function lookUp(scope: Scope, name: string): Value | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const value = at.bindings.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Declares a variable; `var` belongs to the function around it. */
export function declare(scope: Scope, name: string, value: Value, isVar = false): void {
  let at = scope;
  while (isVar && !at.isFunction && at.parent !== undefined) at = at.parent;
  at.bindings.set(name, value);
}

/** Assigns to a variable. In a branch that may not be taken, the value that it had before stays possible. */
export function assign(
  scope: Scope,
  name: string,
  { value, depth }: { readonly value: Value; readonly depth: number },
): void {
  let at: Scope = scope;
  while (!at.bindings.has(name) && at.parent !== undefined) at = at.parent;
  const old = at.bindings.get(name);
  // A variable without a value yet adds nothing.
  const isKept = old !== undefined && old !== UNDEFINED && depth > at.depth;
  at.bindings.set(name, isKept ? join([value, old]) : value);
}
