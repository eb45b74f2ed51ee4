import type { Step } from '../../domain/flow.ts';
import { pathTemplate } from '../site.ts';
import { type PageModel, type PageNode, walkNodes } from './page-model.ts';
import { templateText } from './template-text.ts';

/** How something is used; `submit` is a field and its Enter key, `form` all that a button sends. */
export type ActionKind =
  | 'click'
  | 'type'
  | 'submit'
  | 'form'
  | 'select'
  | 'key'
  | 'double'
  | 'hover'
  | 'scroll'
  | 'history';

/** One thing that a person could do in a state. */
export interface Action {
  /** One step, or a few that belong together, such as filling a form and sending it. */
  readonly steps: readonly Step[];
  readonly kind: ActionKind;
  /** What is acted upon and how, wherever in a list it stands and in whichever of several lists, panels or columns. */
  readonly family: string;
  /** What is acted upon and how, on whichever page: equal for another item of the same list and for another value. */
  readonly sort: string;
  /** The `sort` on pages of this kind, such as all orders; what stands on every page is the same everywhere. */
  readonly control: string;
  /** The `sort` on this very page and under its heading: the steps of a wizard are not alike. */
  readonly spot: string;
  /** The `spot` with the class of the value that is typed or chosen. An odd value is tried once on pages of a kind. */
  readonly key: string;
  /** A value that hardly anyone would type, to see whether it is dealt with. */
  readonly isOdd: boolean;
  /** Which way a button leads by its name: on, such as “Book”, or out of what one is in, such as “Back”. */
  readonly leads?: 'on' | 'out';
}

/** What is known of an action before its names are made. */
export interface Draft extends Pick<Action, 'steps' | 'kind' | 'leads'> {
  /** Without the kind and the group. */
  readonly what: string;
  /** As in `NodePlace`. */
  readonly group: string;
  readonly value?: string;
  readonly isOdd?: boolean;
}

/** What the last of several controls with one name is called. */
export const LAST = '|last';
const LAST_OF_MANY = /\|last$/;
const FIELDS = new Set(['textbox', 'searchbox', 'spinbutton', 'combobox']);
const LISTS = new Set(['list', 'table', 'grid', 'rowgroup']);
const MAX_FORM = 200;
/** What stands on every page of a product. */
const SITE_WIDE = /^\/(?:banner|navigation|contentinfo):/;

/** Names an action of a page. */
export function toAction(draft: Draft, page: Page): Action {
  const { steps, kind, what, group, value, isOdd = false, leads } = draft;
  const sort = `${kind}|${what}|${group}`;
  const family = `${kind}|${what.replace(LAST_OF_MANY, '')}|${group.replace(/:[^/]*/g, '')}`;
  const isSame = kind === 'history' || SITE_WIDE.test(group);
  const control = isSame ? sort : `${page.kind} ${sort}`;
  // The steps of a wizard may have one heading.
  const form = leads === 'on' ? `${page.form} ` : '';
  const spot = isSame ? sort : `${page.self} ${form}${sort}`;
  const key = isOdd ? control : spot;
  return {
    steps,
    kind,
    family,
    sort,
    control,
    spot,
    key: value === undefined ? key : `${key}|${value}`,
    isOdd,
    ...(leads === undefined ? {} : { leads }),
  };
}

/** How a page is told from others. */
export interface Page {
  /** Its path without ids and without its query: searching and sorting do not make another page. */
  readonly kind: string;
  /** Its path and its heading. */
  readonly self: string;
  /** What can be filled in on it, outside of lists. */
  readonly form: string;
}

export function pageOf({ url, nodes }: PageModel): Page {
  const heading = headingOf(nodes);
  const form = fieldsOf(nodes).join(',').slice(0, MAX_FORM);
  if (!URL.canParse(url)) return { kind: url, self: `${url} ${heading}`, form };
  const { pathname, hash } = new URL(url);
  const route = /^#!?\//.test(hash) ? (hash.slice(1).split('?')[0] ?? '') : '';
  return {
    kind: [pathname, route]
      .filter((path) => path !== '')
      .map(pathTemplate)
      .join('#'),
    self: `${pathname}#${route} ${heading}`,
    form,
  };
}

function fieldsOf(nodes: readonly PageNode[]): readonly string[] {
  return nodes.flatMap((node) => [
    ...(FIELDS.has(node.role) ? [templateText(node.name)] : []),
    ...(LISTS.has(node.role) ? [] : fieldsOf(node.children)),
  ]);
}

/** The first heading of the main part, else of the page, without its numbers. */
function headingOf(nodes: readonly PageNode[]): string {
  const all = [...walkNodes(nodes)];
  const main = all.find(({ role }) => role === 'main');
  const inMain = main === undefined ? undefined : [...walkNodes([main])].find(isHeading);
  return templateText((inMain ?? all.find(isHeading))?.name ?? '');
}

function isHeading({ role }: PageNode): boolean {
  return role === 'heading';
}
