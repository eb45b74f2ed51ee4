import type { Machine, State } from './machine.ts';
import { join, type Scope, UNDEFINED, type Value, type Variables } from './value.ts';

/** Assigns to a variable; what it held before the innermost branch stays known, for when the branch is left. */
export function assign({ branches }: State, scope: Scope, name: string, value: Value): void {
  let at: Scope = scope;
  while (!at.bindings.has(name) && at.parent !== undefined) at = at.parent;
  const old = at.bindings.get(name);
  const before = branches.at(-1);
  if (before !== undefined && old !== undefined && before.get(at)?.has(name) !== true)
    put(before, at, name, old);
  at.bindings.set(name, value);
}

/** Runs what may not happen, and puts back what the variables held; gives what it left in them. */
export function runBranch<Result>(
  { state }: Machine,
  work: () => Result,
): { readonly result: Result; readonly left: Variables } {
  const before: Variables = new Map();
  state.branches.push(before);
  state.depth += 1;
  const left: Variables = new Map();
  try {
    return { result: work(), left };
  } finally {
    state.depth -= 1;
    state.branches.pop();
    for (const [scope, values] of before) {
      for (const [name, old] of values) {
        put(left, scope, name, scope.bindings.get(name) ?? old);
        scope.bindings.set(name, old);
      }
    }
  }
}

/** Goes on after branches of which one was taken: each variable may hold what any of them left in it. */
export function mergeBranches({ state }: Machine, branches: readonly Variables[]): void {
  const names = branches.flatMap((left) =>
    [...left].flatMap(([scope, values]) => [...values.keys()].map((name) => ({ scope, name }))),
  );
  for (const { scope, name } of names) {
    const old = scope.bindings.get(name);
    const values = branches.flatMap((left) => left.get(scope)?.get(name) ?? old ?? []);
    // A variable without a value yet adds nothing.
    const held = values.filter((value) => value !== UNDEFINED);
    assign(state, scope, name, join(held.length === 0 ? values : held));
  }
}

/** Does some work that may not happen when the program runs. */
export function inBranch<Result>(machine: Machine, work: () => Result): Result {
  const { result, left } = runBranch(machine, work);
  mergeBranches(machine, [left, new Map()]);
  return result;
}

function put(variables: Variables, scope: Scope, name: string, value: Value): void {
  const values = variables.get(scope);
  if (values === undefined) variables.set(scope, new Map([[name, value]]));
  else values.set(name, value);
}
