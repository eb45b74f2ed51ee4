import type { Call } from './call.ts';
import type { BuiltIn } from './language.ts';
import { nameValue } from './take.ts';
import { clear, derived, knownText, objectValue, UNKNOWN, type Value } from './value.ts';

const cleared = (value: Value, assures: readonly string[]): Value => ({
  ...UNKNOWN,
  taints: derived(value.taints).map((taint) => clear(taint, assures)),
});

/** `path.parse`: the base, the name and the extension hold no slash. */
export const parsePath: BuiltIn = ({ args }) => {
  const [path = UNKNOWN] = args;
  const parts = objectValue();
  for (const name of ['base', 'name', 'ext']) parts.fields.set(name, cleared(path, ['base-name', 'no-dots']));
  for (const name of ['dir', 'root']) parts.fields.set(name, cleared(path, []));
  return { ...UNKNOWN, objects: [parts] };
};

/** What `text.split(separator)` was given, when it made the value. */
export function separatorOf({ made }: Value): string | undefined {
  const isSplit = made !== undefined && /(?:^|\.)split$/.test(made.by) && made.args[0] !== undefined;
  return isSplit ? knownText(made.args[0] ?? UNKNOWN) : undefined;
}

/** The last piece of a path that is split at its slashes is the name of a file. */
export function lastPiece({ receiver }: Call): Value | undefined {
  const isPath = separatorOf(receiver) === '/' || receiver.made?.args[0]?.name === 'path.sep';
  return isPath && receiver.objects.length === 0 ? cleared(receiver, ['base-name', 'no-dots']) : undefined;
}

/** `new URL(location)` reads the address of the page. */
export const readUrl: BuiltIn = ({ args, node }, machine) => {
  const [address] = args;
  if (address === undefined || !/^(?:document\.)?location$/.test(address.name)) return undefined;
  const name = 'location.href';
  return { ...nameValue(machine, UNKNOWN, { name, spelled: name, node }), name: 'URL()' };
};
