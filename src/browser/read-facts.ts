/** What the accessibility tree does not say; elements are named by their refs. */
export interface PageFacts {
  readonly url: string;
  readonly title: string;
  /** Ref of the element that has the focus; empty when none or the body has it. */
  readonly focusRef: string;
  readonly names: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, RawField>>;
  /** Elements with the pointer of a link that the tree shows as mere text, with the ref of what contains them. */
  readonly clickables: readonly RawClickable[];
  readonly storageKeys: readonly string[];
  readonly brokenImages: readonly string[];
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
}

/** Runs in Playwright's own world of the page, right after `ariaSnapshotJSON`. */
export function readFacts(query: FactsQuery): PageFacts {
  const cut = (text: unknown): string => String(text ?? '').slice(0, query.maxText);
  const fold = (text: unknown): string =>
    cut(
      String(text ?? '')
        .replace(/\s+/g, ' ')
        .trim(),
    );
  const nameless = new Set(query.nameless);
  const elements = new Map<string, Element>();
  const names: Record<string, string> = {};
  const fields: Record<string, RawField> = {};
  const clickables: RawClickable[] = [];
  const brokenImages: string[] = [];
  let left = query.maxElements;

  const readField = (element: Element): RawField | undefined => {
    const isSelect = element instanceof HTMLSelectElement;
    const isInput = element instanceof HTMLInputElement;
    if (!isInput && !isSelect && !(element instanceof HTMLTextAreaElement)) return undefined;
    const attribute = (name: string): string => fold(element.getAttribute(name));
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
      options: isSelect ? [...element.options].slice(0, 50).map((option) => fold(option.label)) : [],
    };
  };
  const readClickable = (element: Element, inside: string): void => {
    const [only] = element.childNodes;
    if (clickables.length >= query.maxFound || only?.nodeType !== 3 || element.childNodes.length !== 1)
      return;
    const parent = element.parentElement;
    if (getComputedStyle(element).cursor !== 'pointer') return;
    if (parent !== null && getComputedStyle(parent).cursor === 'pointer') return;
    const { x, y, width, height } = element.getBoundingClientRect();
    const text = fold(element.textContent);
    if (width < 1 || height < 1 || text === '') return;
    const ref = `x${clickables.length + 1}`;
    elements.set(ref, element);
    clickables.push({ ref, inside, text, box: { x, y, width, height } });
  };
  const refOf = (element: Element): string => {
    const known: unknown = Reflect.get(element, '_ariaRef');
    const ref: unknown = typeof known === 'object' && known !== null ? Reflect.get(known, 'ref') : undefined;
    return typeof ref === 'string' ? ref : '';
  };
  const visit = (root: ParentNode, outer: string, depth: number): void => {
    for (let element = root.firstElementChild; element !== null; element = element.nextElementSibling) {
      if (left-- <= 0 || depth > 1_000) return;
      const ref = refOf(element);
      const inside = ref === '' ? outer : ref;
      if (ref !== '') {
        elements.set(ref, element);
        if (nameless.has(ref)) names[ref] = fold(Reflect.get(Reflect.get(element, '_ariaRef'), 'name'));
        const field = readField(element);
        if (field !== undefined) fields[ref] = field;
      } else if (element instanceof HTMLElement) readClickable(element, inside);
      if (element instanceof HTMLImageElement && brokenImages.length < query.maxFound) {
        const isShown = element.getClientRects().length > 0;
        if (isShown && element.complete && element.naturalWidth === 0 && element.currentSrc !== '')
          brokenImages.push(cut(element.currentSrc));
      }
      if (element.shadowRoot !== null) visit(element.shadowRoot, inside, depth + 1);
      visit(element, inside, depth + 1);
    }
  };
  const keysOf = (prefix: string, storage: () => Storage): string[] => {
    try {
      return Object.keys(storage())
        .slice(0, query.maxFound)
        .map((key) => cut(`${prefix}:${key}`));
    } catch {
      // The document may have no storage at all.
      return [];
    }
  };
  visit(document, '', 0);
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  Reflect.set(globalThis, query.elements, elements);
  return {
    url: location.href,
    title: fold(document.title),
    focusRef: focused === null || focused === document.body ? '' : refOf(focused),
    names,
    fields,
    clickables,
    storageKeys: [...keysOf('local', () => localStorage), ...keysOf('session', () => sessionStorage)],
    brokenImages,
  };
}
