import type { Files } from '../support/affected-by.ts';

/** A small repository of one framework, and the routes that a change to one of its files affects, nearest first. */
export interface Example {
  readonly framework: string;
  readonly files: Files;
  /** Every route of a person's, in any order. */
  readonly pages: readonly string[];
  /** Every route for scripts, with its method. */
  readonly endpoints?: readonly string[];
  readonly leaf: readonly [path: string, routes: readonly string[]];
  readonly shared: readonly [path: string, routes: readonly string[]];
  readonly style: readonly [path: string, routes: readonly string[]];
  /** The style sheet belongs to every page. */
  readonly isStyleEverywhere?: boolean;
}

/** A manifest that depends on packages. */
export const manifest = (...names: readonly string[]): string =>
  JSON.stringify({ name: 'shop', dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) });
export const lock = { 'package-lock.json': '{ "lockfileVersion": 3 }\n' };
