import { collectHandled, type HANDLER_EVENTS } from './note-handlers.ts';

/** What the accessibility tree does not say; elements are named by their refs. */
export interface PageFacts {
  readonly url: string;
  readonly title: string;
  /** Ref of the element that has the focus; empty when none or the body has it. */
  readonly focusRef: string;
  readonly names: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, RawField>>;
  /** Left, top, width and height in the window, of everything that has a ref. */
  readonly boxes: Readonly<Record<string, readonly [x: number, y: number, width: number, height: number]>>;
  /** Of the body, which may have no ref. */
  readonly page: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Elements with the pointer of a link that the tree shows as mere text, with the ref of what contains them. */
  readonly clickables: readonly RawClickable[];
  /** Refs of small blocks that listen for clicks. */
  readonly handled: readonly string[];
  /** For each key of local and session storage a number that changes with what is stored, and tells nothing of it. */
  readonly storageDigests: Readonly<Record<string, number>>;
  readonly brokenImages: readonly string[];
  /** Colours of the page: a theme that is switched changes nothing else that is read. */
  readonly look: string;
  /** The page, or a part of it that scrolls, goes on below what is seen. */
  readonly hasMoreBelow: boolean;
}

export interface RawField {
  readonly type: string;
  readonly hint: string;
  readonly min: string;
  readonly max: string;
  readonly maxLength: number;
  readonly pattern: string;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  readonly options: readonly string[];
}

export interface RawClickable {
  readonly ref: string;
  readonly inside: string;
  readonly text: string;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Name of the global, in our world, that holds the elements by their refs. */
export const ELEMENTS = 'firsthandElements';

export interface FactsQuery {
  /** The refs that are named in the tree without their names. */
  readonly nameless: readonly string[];
  readonly elements: typeof ELEMENTS;
  readonly maxElements: number;
  readonly maxFound: number;
  readonly maxText: number;
  /** Characters of what is stored that go into its digest. */
  readonly maxStored: number;
  readonly handlers: typeof HANDLER_EVENTS;
}

const PARTS = {
  cutText,
  readField,
  readClickable,
  readDigests,
  goesOn,
  boxOf,
  knownAs,
  isBroken,
  readLook,
  focusedElement,
  collectHandled,
};

/** Source of a function that takes a `FactsQuery` and returns `PageFacts`; runs right after `ariaSnapshotJSON`. */
export const READ_FACTS = `(query) => (${String(readFacts)})(query, {${Object.entries(PARTS)
  .map(([name, part]) => `${name}: ${String(part)}`)
  .join(',\n')}})`;

/** Runs in Playwright's own world of the page. */
function readFacts(query: FactsQuery, parts: typeof PARTS): PageFacts {
  const cut = (text: string): string => parts.cutText(text, query.maxText);
  const nameless = new Set(query.nameless);
  const elements = new Map<string, Element>();
  const names: Record<string, string> = {};
  const fields: Record<string, RawField> = {};
  const boxes: Record<string, [number, number, number, number]> = {};
  const clickables: RawClickable[] = [];
  const brokenImages: string[] = [];
  let left = query.maxElements;
  const { scrollingElement } = document;
  let hasMoreBelow = scrollingElement !== null && parts.goesOn(scrollingElement);
  const visit = (root: ParentNode, outer: string, depth: number): void => {
    for (let element = root.firstElementChild; element !== null; element = element.nextElementSibling) {
      if (left-- <= 0 || depth > 1_000) return;
      const ref = parts.knownAs(element, 'ref');
      const inside = ref === '' ? outer : ref;
      if (ref !== '') {
        elements.set(ref, element);
        const { x, y, width, height } = parts.boxOf(element);
        boxes[ref] = [x, y, width, height];
        if (nameless.has(ref)) names[ref] = cut(parts.knownAs(element, 'name'));
        const field = parts.readField(element, cut);
        if (field !== undefined) fields[ref] = field;
      } else if (element instanceof HTMLElement && clickables.length < query.maxFound) {
        const found = parts.readClickable(element, cut);
        if (found !== undefined) {
          clickables.push({ ...found, ref: `x${clickables.length + 1}`, inside });
          elements.set(`x${clickables.length}`, element);
        }
      }
      if (brokenImages.length < query.maxFound && parts.isBroken(element))
        brokenImages.push(cut(element.currentSrc));
      if (!hasMoreBelow && element !== scrollingElement && parts.goesOn(element))
        hasMoreBelow = /auto|scroll/.test(getComputedStyle(element).overflowY);
      if (element.shadowRoot !== null) visit(element.shadowRoot, inside, depth + 1);
      visit(element, inside, depth + 1);
    }
  };
  visit(document, '', 0);
  Reflect.set(globalThis, query.elements, elements);
  const focused = parts.focusedElement();
  const listening = parts.collectHandled(query.handlers, query.maxFound);
  return {
    url: location.href,
    title: cut(document.title),
    focusRef: focused === undefined ? '' : parts.knownAs(focused, 'ref'),
    names,
    fields,
    boxes,
    page: parts.boxOf(document.body ?? document.documentElement),
    clickables,
    handled: Array.from(listening, (one) => parts.knownAs(one, 'ref')),
    storageDigests: parts.readDigests(query, cut),
    brokenImages,
    look: parts.readLook(),
    hasMoreBelow,
  };
}

function boxOf(element: Element): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

function isBroken(element: Element): element is HTMLImageElement {
  if (!(element instanceof HTMLImageElement) || element.getClientRects().length === 0) return false;
  return element.complete && element.naturalWidth === 0 && element.currentSrc !== '';
}

function focusedElement(): Element | undefined {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused === null || focused === document.body ? undefined : focused;
}

function readLook(): string {
  const of = (element: Element): string => {
    const { backgroundColor, color, colorScheme } = getComputedStyle(element);
    return `${backgroundColor} ${color} ${colorScheme}`;
  };
  const { body, documentElement } = document;
  return body === null ? of(documentElement) : `${of(documentElement)}, ${of(body)}`;
}

/** What `ariaSnapshotJSON` called an element. */
function knownAs(element: Element, what: 'ref' | 'name'): string {
  const called: unknown = Reflect.get(element, '_ariaRef');
  const value: unknown =
    typeof called === 'object' && called !== null ? Reflect.get(called, what) : undefined;
  return typeof value === 'string' ? value : '';
}

/** Whether a good part of what an element holds lies below what it shows. */
function goesOn({ clientHeight, scrollHeight, scrollTop }: Element): boolean {
  return clientHeight > 0 && scrollHeight - scrollTop - clientHeight > 60;
}

function cutText(text: string, length: number): string {
  return text
    .slice(0, length * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, length);
}

function readField(element: Element, cut: (text: string) => string): RawField | undefined {
  const isSelect = element instanceof HTMLSelectElement;
  const isInput = element instanceof HTMLInputElement;
  if (!isInput && !isSelect && !(element instanceof HTMLTextAreaElement)) return undefined;
  const attribute = (name: string): string => cut(element.getAttribute(name) ?? '');
  const hints = ['name', 'id', 'autocomplete', 'placeholder'].map(attribute);
  return {
    type: isInput ? element.type : isSelect ? 'select' : 'textarea',
    hint: cut(hints.filter((hint) => hint !== '').join(' ')),
    min: attribute('min'),
    max: attribute('max'),
    maxLength: isSelect ? -1 : element.maxLength,
    pattern: attribute('pattern'),
    isRequired: element.required,
    isReadOnly: !isSelect && element.readOnly,
    options: isSelect ? [...element.options].slice(0, 50).map((option) => cut(option.label)) : [],
  };
}

/** An element of nothing but text over which the pointer becomes a hand, where it is none around it. */
function readClickable(
  element: HTMLElement,
  cut: (text: string) => string,
): Pick<RawClickable, 'text' | 'box'> | undefined {
  if (element.childNodes.length !== 1 || element.firstChild?.nodeType !== 3) return undefined;
  if (getComputedStyle(element).cursor !== 'pointer') return undefined;
  const parent = element.parentElement;
  if (parent !== null && getComputedStyle(parent).cursor === 'pointer') return undefined;
  const { x, y, width, height } = element.getBoundingClientRect();
  const text = cut(element.textContent ?? '');
  return width < 1 || height < 1 || text === '' ? undefined : { text, box: { x, y, width, height } };
}

/** FNV-1a of each entry of local and session storage, by keys such as `local:cart`. */
function readDigests(
  { maxFound, maxStored }: FactsQuery,
  cut: (text: string) => string,
): Record<string, number> {
  const digests: Record<string, number> = {};
  let left = maxStored;
  for (const prefix of ['local', 'session'] as const) {
    try {
      const storage = prefix === 'local' ? localStorage : sessionStorage;
      for (const key of Object.keys(storage).slice(0, maxFound)) {
        const entry = (storage.getItem(key) ?? '').slice(0, left);
        left -= entry.length;
        let hash = 0x811c9dc5;
        for (let at = 0; at < entry.length; at += 1)
          hash = Math.imul(hash ^ entry.charCodeAt(at), 0x01000193);
        digests[cut(`${prefix}:${key}`)] = hash >>> 0;
      }
    } catch {
      // The document may have no storage at all.
    }
  }
  return digests;
}
