/** A rectangle in CSS pixels, relative to the window's top left corner. */
export interface NodeBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the document says about a form control. */
export interface FieldFacts {
  /** `text`, `email`, `number`, `date`, `checkbox`, `select`, `textarea`, … */
  readonly type: string;
  /** `name`, `id`, `autocomplete` and placeholder in one text, to guess what the field means. */
  readonly hint: string;
  readonly min?: string;
  readonly max?: string;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  /** Of a select: what its options show, in order, at most 50. */
  readonly options?: readonly string[];
}

/** State flags of a node, as the accessibility tree has them; absent when they do not apply. */
export interface NodeStates {
  readonly checked?: boolean | 'mixed';
  readonly disabled?: boolean;
  readonly expanded?: boolean;
  readonly invalid?: boolean | string;
  readonly level?: number;
  readonly pressed?: boolean | 'mixed';
  readonly selected?: boolean;
}

/** One node of the accessibility tree. Loose text between elements is a node of role `text`. */
export interface PageNode {
  readonly role: string;
  /** Accessible name as Playwright's `getByRole` knows it; empty when there is none. */
  readonly name: string;
  /** Own text, or the value of a field; empty when there is none. A password field's value is never read: `•••`. */
  readonly text: string;
  readonly states: NodeStates;
  /** Where a link leads, as written; absent for other roles. */
  readonly url?: string;
  readonly placeholder?: string;
  /** The pointer turns into a hand over it. */
  readonly isClickable: boolean;
  /** It listens for clicks itself, whatever it looks like; absent when it does not or when that is not known. */
  readonly isHandled?: boolean;
  /** Names the element until the next `read`; absent when it cannot be acted upon. */
  readonly ref?: string;
  readonly box?: NodeBox;
  readonly field?: FieldFacts;
  readonly children: readonly PageNode[];
}

/** Whether a node looks as if it could be clicked, or listens for clicks. */
export function takesClicks({ isClickable, isHandled }: PageNode): boolean {
  return isClickable || isHandled === true;
}

/** Something that went wrong in a page, as the browser reported it. */
export interface PageError {
  readonly kind: 'exception' | 'console' | 'request';
  /** The message; for a request its method and address, such as `GET https://a.dev/api/cart`. */
  readonly message: string;
  /** HTTP status of a failed request; absent when it had no answer. */
  readonly status?: number;
  /** Where an exception was thrown, as far as its stack tells. */
  readonly at?: { readonly url: string; readonly line: number };
}

/** A request that a page sent by script (fetch, XHR, beacon) or by a form. */
export interface PageRequest {
  readonly method: string;
  /** Absolute address. */
  readonly url: string;
  readonly status?: number;
  /** `fetch`, `document`, `image`, `script`, … as the browser names it. */
  readonly resource: string;
}

/** What a settled page shows and did since the last `read`: everything that is compared but for the picture. */
export interface PageModel {
  readonly url: string;
  readonly title: string;
  readonly nodes: readonly PageNode[];
  /** Role and name of the element that has the focus; absent when none or the body has it. */
  readonly focus?: { readonly role: string; readonly name: string };
  /** Keys in cookies, local and session storage, such as `local:cart`, sorted. No values. */
  readonly storageKeys: readonly string[];
  /** For each key of local and session storage a number that changes with its value; absent when it is not known. */
  readonly storageDigests?: Readonly<Record<string, number>>;
  /** The page, or a part of it, goes on below what is seen; absent when it does not, or it is not known. */
  readonly hasMoreBelow?: boolean;
  /** The visible images that did not load, by their address. */
  readonly brokenImages: readonly string[];
  /** Colours of the page as a whole, which a switch of its theme changes; absent when they were not read. */
  readonly look?: string;
  readonly errors: readonly PageError[];
  readonly requests: readonly PageRequest[];
  readonly dialogs: readonly { readonly kind: string; readonly message: string }[];
  readonly popups: readonly string[];
  /** Names of files that the page offered for download. */
  readonly downloads: readonly string[];
  readonly blocked: readonly {
    readonly url: string;
    readonly why: string;
    readonly kind: 'navigation' | 'request';
  }[];
  /** Milliseconds of the page's own clock from the last action until the document last changed. */
  readonly busyMs: number;
  /** The page did not answer within the limit; nodes are empty then. */
  readonly isHung: boolean;
}

/** A page that shows nothing and did nothing. */
export const EMPTY_PAGE: PageModel = {
  url: 'about:blank',
  title: '',
  nodes: [],
  storageKeys: [],
  brokenImages: [],
  errors: [],
  requests: [],
  dialogs: [],
  popups: [],
  downloads: [],
  blocked: [],
  busyMs: 0,
  isHung: false,
};

/** Every node in document order, parents before children. */
export function* walkNodes(nodes: readonly PageNode[]): Generator<PageNode> {
  for (const node of nodes) {
    yield node;
    yield* walkNodes(node.children);
  }
}

/** The nodes of the main document: what its frames show cannot be acted upon. */
export function* walkDocument(nodes: readonly PageNode[]): Generator<PageNode> {
  for (const node of nodes) {
    yield node;
    if (node.role !== 'iframe') yield* walkDocument(node.children);
  }
}
