import type { Machine } from './machine.ts';
import { codeOf } from './source-file.ts';
import { UNKNOWN, type Value } from './value.ts';
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
  },
): Site {
  const { name, args, node, spelled = name, receiver = UNKNOWN, isNew = false } = about;
  const names = state.frames.map(({ fn }) => fn?.name ?? '');
  return {
    kind,
    name,
    spelled,
    args,
    receiver,
    isNew,
    code: codeOf(state.file, node),
    purpose: [...names, state.purpose].filter((part) => part !== '').join(' '),
  };
}
