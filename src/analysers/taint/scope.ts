import type { Scope, Value } from './value.ts';

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
