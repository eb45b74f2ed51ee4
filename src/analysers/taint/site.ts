import type { Machine, State } from './machine.ts';
import { codeOf } from './source-file.ts';
import { HOLE, UNKNOWN, type Value } from './value.ts';
import type { Site } from './weakness.ts';

/** A site, with what the code around it says. */
export function siteOf(
  { state }: Machine,
  kind: Site['kind'],
  about: Pick<Site, 'name' | 'args'> & {
    readonly node: { readonly start: number; readonly end: number };
    readonly spelled?: string;
    readonly receiver?: Value;
    readonly isNew?: boolean;
    readonly key?: Value;
  },
): Site {
  const { name, args, node, spelled = name, receiver = UNKNOWN, isNew = false, key } = about;
  const names = state.frames.map(({ fn }) => fn?.name ?? '');
  return {
    kind,
    name,
    spelled,
    args,
    receiver,
    isNew,
    isRepeated: state.whiles > 0,
    key,
    around: () => around(state),
    conditions: [...state.conditions],
    code: codeOf(state.file, node),
    purpose: [...names, state.purpose].filter((part) => part !== '').join(' '),
  };
}

const MAX_AROUND = 6000;

function around({ frames, file }: State): string {
  const node = frames.findLast(({ fn }) => fn?.file === file)?.fn?.node;
  const { start, end } = node ?? { start: 0, end: file.text.length };
  return file.text.slice(start, Math.min(end, start + MAX_AROUND));
}

const MAX_REGEX = 2000;

/** A pattern as a value. */
export function compileRegex(
  pattern: string,
  flags: string,
): { readonly regex?: RegExp; readonly text: string } {
  try {
    return { text: pattern, ...(pattern.length > MAX_REGEX ? {} : { regex: new RegExp(pattern, flags) }) };
  } catch {
    // Not a pattern that this version of JavaScript knows.
    return { text: HOLE };
  }
}
