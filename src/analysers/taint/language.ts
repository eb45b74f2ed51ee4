import type { Call } from './call.ts';
import type { Machine } from './machine.ts';
import type { Value } from './value.ts';
import type { Vocabulary } from './weakness.ts';

/** What a function or method of a language does with its arguments; `undefined` when the call is none of it. */
export type BuiltIn = (call: Call, machine: Machine) => Value | undefined;

/** A language whose programs are followed, once they are parsed. */
export interface Language extends Vocabulary {
  readonly functions: Readonly<Record<string, BuiltIn>>;
  readonly methods: Readonly<Record<string, BuiltIn>>;
  /** What `then` does; a table with that name in it would itself be taken for a promise. */
  readonly whenSettled?: BuiltIn;
  /** A module gives all that it declares, and not only what it exports. */
  readonly exportsAll: boolean;
  /** The file that a specifier names, among those that are known to be there. */
  resolve(from: string, specifier: string, has: (path: string) => boolean): string | undefined;
}
