import type { Call } from './call.ts';
import type { BuiltIn } from './language.ts';
import { derived, fieldAt, mergeTaints, UNKNOWN, type Value } from './value.ts';

/** It escapes HTML in the text, unless it is told to leave it: https://github.com/markdown-it/markdown-it */
export const markdown: BuiltIn = (call) =>
  fieldAt(call.receiver.made?.args[0] ?? UNKNOWN, 'html')?.constant === true
    ? { ...UNKNOWN, taints: derived((call.args[0] ?? UNKNOWN).taints) }
    : UNKNOWN;

/** Copies properties into the first object, which it gives; jQuery's may be told first how deep. */
export const assigned: BuiltIn = ({ args }) => {
  const [target = UNKNOWN, ...sources] = args[0]?.constant === true ? args.slice(1) : args;
  for (const object of target.objects)
    for (const source of sources)
      for (const { fields } of source.objects)
        for (const [name, value] of fields) object.fields.set(name, value);
  return {
    ...target,
    taints: mergeTaints([target.taints, ...sources.map(({ taints }) => taints)]),
    functions: [],
  };
};

/** jQuery's methods read without a value; with one they write, and give the elements again. */
export function setsProperty({ receiver, args }: Call): Value | undefined {
  const isWrite = args.length > 1 || (args[0]?.objects.length ?? 0) > 0;
  return isWrite && isElements(receiver) ? receiver : undefined;
}

export function setsContent({ receiver, args }: Call): Value | undefined {
  return args.length > 0 && isElements(receiver) ? receiver : undefined;
}

function isElements({ name }: Value): boolean {
  return /^(?:\$|jQuery|jquery)\(\)/.test(name);
}
