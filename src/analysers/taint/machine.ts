import type { AssignmentTargetMaybeDefault, BindingPattern, Expression, Statement } from 'oxc-parser';
import type { Call } from './call.ts';
import type { RuleIndex } from './rule-index.ts';
import type { SourceFile } from './source-file.ts';
import type { FunctionValue, Origin, Scope, Step, Taint, Value, Variables } from './value.ts';
import type { Site } from './weakness.ts';

/** A weakness at a place, with the way that the data took, source first. */
export interface Flow {
  readonly weakness: string;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Who chose the data; `undefined` when the place is wrong in itself, or nothing is known of the data. */
  readonly origin: Origin | undefined;
  readonly strength: number;
  /** It is a text put together with data, which may or may not be used where it does harm. */
  readonly isText: boolean;
  readonly steps: readonly Omit<Step, 'before'>[];
}

/** That data read from `key` has something proven about it, for as long as the entry is on the list. */
export interface Fact {
  readonly key: string;
  readonly assures: readonly string[];
}

/** A function that is being followed. */
export interface Frame {
  readonly fn: FunctionValue | undefined;
  readonly returns: Value[];
  /** The call that the function was handed to, when that code calls it. */
  readonly handedTo: Registration | undefined;
  /** How many `try` blocks were around when it was entered. */
  readonly tries: number;
}

/** The call that a function is handed to. */
export interface Registration {
  /** What else it was given, which an error handed to the function may say. */
  readonly given: readonly Value[];
  readonly name: string;
  readonly spelled: string;
}

/** What changes while a program is followed. */
export interface State {
  file: SourceFile;
  /** Branches entered and not left. */
  depth: number;
  /** What variables held before the branches that were entered and not left, for those that were assigned to. */
  readonly branches: Variables[];
  /** What the exceptions may say that the `try` blocks around catch, innermost last. */
  readonly thrown: Taint[][];
  /** The code of the conditions of the branches that were entered. */
  readonly conditions: string[];
  readonly facts: Fact[];
  readonly frames: Frame[];
  /** Functions seen so far, by file; those that nobody called are followed at the end. */
  readonly pending: Map<string, FunctionValue[]>;
  /** How often each function of the code was followed, whichever its variables. */
  readonly runs: Map<FunctionValue['node'], number>;
  readonly flows: Map<string, Flow>;
  /** Places on the way of data that reached where it could do harm, and was harmless there. */
  readonly settled: Set<string>;
  steps: number;
  /** Loops entered and not left. */
  loops: number;
  /** Those of them that are a `while`. */
  whiles: number;
  /** The call that the function being followed was handed to. */
  registration: Registration | undefined;
  /** The name that the value being made is going to have. */
  purpose: string;
}

/** Follows a program, keeping track of what each value may hold. Its parts call each other through this. */
export interface Machine {
  readonly rules: RuleIndex;
  readonly state: State;
  evaluate(node: Expression, scope: Scope): Value;
  /** Runs statements; true when the end of them is not reached, as after a return. */
  execute(statements: readonly Statement[], scope: Scope): boolean;
  /** Gives the parts of a value to the variables of a pattern. */
  bind(
    pattern: BindingPattern | AssignmentTargetMaybeDefault,
    value: Value,
    scope: Scope,
    how: 'declare' | 'declare var' | 'assign',
  ): void;
  /** What a call to a function or method of the language gives; `undefined` when it is none. */
  builtIn(call: Call): Value | undefined;
  call(fn: FunctionValue, args: readonly Value[], self?: Value): Value;
  /** What a module exports, by the specifier that the current file uses; `undefined` when it cannot be followed. */
  importModule(specifier: string): Value | undefined;
  report(site: Site, node: { readonly start: number; readonly end: number }): void;
}

/** Does some work with facts that hold only meanwhile. */
export function withFacts<Result>(
  { state: { facts } }: Machine,
  more: readonly Fact[],
  work: () => Result,
): Result {
  const before = facts.length;
  facts.push(...more);
  try {
    return work();
  } finally {
    facts.length = before;
  }
}
