import { NAMED_ARGUMENTS } from '../../named-arguments.ts';
import { equals } from '../../rules/conditions.ts';
import { field, HOLE, isConstant, knownText, type Value } from '../../value.ts';
import type { Site } from '../../weakness.ts';

/** An argument that is given by its name. */
export function named({ args }: Pick<Site, 'args'>, name: string): Value | undefined {
  const last = args.at(-1);
  return last?.made?.by === NAMED_ARGUMENTS ? field(last, name) : undefined;
}

/** An argument that is given at its place or by its name. */
export function argument(site: Pick<Site, 'args'>, index: number, name = ''): Value | undefined {
  const value = site.args[index];
  return value === undefined || value.made?.by === NAMED_ARGUMENTS ? named(site, name) : value;
}

export const namedIs = (
  site: Pick<Site, 'args'>,
  name: string,
  to: string | number | boolean | null,
): boolean => {
  const value = named(site, name);
  return value !== undefined && equals(value, to);
};

/** The text of an argument as far as it is known. */
export const textOfArgument = (site: Pick<Site, 'args'>, index: number, name = ''): string =>
  argument(site, index, name)?.text ?? '';

export const isWritten = (value: Value | undefined): boolean =>
  value !== undefined && (knownText(value) ?? '') !== '';

/** A text of which a part is not known. */
export const isComposed = (value: Value): boolean =>
  value.text?.includes(HOLE) === true && !isConstant(value) && value.text.length > 1;
