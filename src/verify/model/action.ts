import type { Step } from '../../domain/flow.ts';
import { pathTemplate } from '../site.ts';

/** One thing that a person could do in a state. */
export interface Action {
  /** One step, or a few that belong together, such as filling a form and sending it. */
  readonly steps: readonly Step[];
  readonly kind: 'click' | 'type' | 'submit' | 'select' | 'key' | 'double' | 'hover' | 'history';
  /** What is acted upon and how, on whichever page: equal for another item of the same list and for another value. */
  readonly sort: string;
  /** The `sort` on this page; what stands on every page, such as a menu, is the same everywhere. */
  readonly control: string;
  /** The `control` with the class of the value that is typed or chosen. */
  readonly key: string;
  /** A value that hardly anyone would type, to see whether it is dealt with. */
  readonly isOdd: boolean;
}

/** What is known of an action before its names are made. */
export interface Draft extends Pick<Action, 'steps' | 'kind'> {
  /** Without the kind and the group. */
  readonly what: string;
  /** As in `NodePlace`. */
  readonly group: string;
  readonly value?: string;
  readonly isOdd?: boolean;
}

/** What stands on every page of a product. */
const SITE_WIDE = /^\/(?:banner|navigation|contentinfo):/;

/** Names an action on the page at `url`. */
export function toAction({ steps, kind, what, group, value, isOdd }: Draft, url: string): Action {
  const sort = `${kind}|${what}|${group}`;
  const control = kind === 'history' || SITE_WIDE.test(group) ? sort : `${pageOf(url)} ${sort}`;
  return {
    steps,
    kind,
    sort,
    control,
    key: value === undefined ? control : `${control}|${value}`,
    isOdd: isOdd ?? false,
  };
}

/** The path without ids and without its query: searching and sorting do not make another page. */
function pageOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const { pathname, hash } = new URL(address);
  return (
    pathTemplate(pathname) +
    (/^#!?\//.test(hash) ? `#${pathTemplate(hash.slice(1).split('?')[0] ?? '')}` : '')
  );
}
