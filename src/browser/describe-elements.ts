import { z } from 'zod';
import type { ElementBox } from '../verify/ports.ts';

const PROPERTIES = [
  'color',
  'background-color',
  'background-image',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'line-height',
  'letter-spacing',
  'text-align',
  'text-transform',
  'text-decoration-line',
  'opacity',
  'padding',
  'margin',
  'border-width',
  'border-color',
  'border-style',
  'border-radius',
  'box-shadow',
  'display',
  'position',
  'float',
  'justify-content',
  'align-items',
  'flex-direction',
  'gap',
  'transform',
  'filter',
  'visibility',
  'z-index',
  'overflow',
  'text-overflow',
  'white-space',
];

/** What a person calls an element, by its tag. */
const ROLES: Readonly<Record<string, string>> = {
  A: 'link',
  BUTTON: 'button',
  IMG: 'image',
  TEXTAREA: 'text field',
  SELECT: 'list',
  H1: 'heading',
  H2: 'heading',
  H3: 'heading',
  H4: 'heading',
  NAV: 'navigation',
  HEADER: 'header',
  FOOTER: 'footer',
  MAIN: 'main part',
  TABLE: 'table',
  TR: 'row',
  TD: 'cell',
  TH: 'column header',
  UL: 'list',
  OL: 'list',
  LI: 'list item',
  FORM: 'form',
  P: 'paragraph',
  CANVAS: 'canvas',
  SVG: 'drawing',
  INPUT: 'field',
  LABEL: 'label',
  DIALOG: 'dialog',
};

/** The argument that `describeElements` needs: a page function sees nothing of its module. */
export function elementQuery(scale: number): ElementQuery {
  return { scale, properties: PROPERTIES, roles: ROLES, maxElements: 3_000 };
}

export interface ElementQuery {
  /** Picture pixels for each CSS pixel. */
  readonly scale: number;
  readonly properties: readonly string[];
  readonly roles: Readonly<Record<string, string>>;
  readonly maxElements: number;
}

const elementSchema = z.object({
  key: z.string(),
  tag: z.string(),
  role: z.string(),
  name: z.string(),
  text: z.string(),
  isInteractive: z.boolean(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  style: z.number(),
  classes: z.string(),
  parent: z.number().exactOptional(),
  overflow: z.object({ x: z.number(), y: z.number() }).exactOptional(),
  coveredBy: z.string().exactOptional(),
  isBroken: z.boolean().exactOptional(),
});

const elementsSchema = z.object({
  elements: z.array(elementSchema),
  /** Values of the properties, in their order; most elements share theirs with others. */
  styles: z.array(z.array(z.string())),
});

type Described = z.infer<typeof elementSchema>;

/** Reads what `describeElements` wrote; none when the page has meddled with it. */
export function readElements(json: string | undefined): readonly ElementBox[] {
  let data: z.infer<typeof elementsSchema> | undefined;
  try {
    data = elementsSchema.safeParse(JSON.parse(json ?? 'null')).data;
  } catch {
    // Not JSON: the page replaced `JSON.stringify`.
  }
  if (data === undefined) return [];
  const styles = data.styles.map((values) =>
    Object.fromEntries(PROPERTIES.map((property, index) => [property, values[index] ?? ''])),
  );
  return data.elements.map(({ style, ...element }) => ({ ...element, styles: styles[style] ?? {} }));
}

/**
 * Runs in the page: the visible elements in document order, with what is needed to say what changed about them, and
 * controls without a size.
 *
 * As one text, because Playwright copies a deep value field by field.
 */
// oxlint-disable-next-line eslint/max-lines-per-function -- a page function sees nothing of its module
export function describeElements({ scale, properties, roles, maxElements }: ElementQuery): string {
  const skipped = new Set(['SCRIPT', 'STYLE', 'LINK', 'META', 'TEMPLATE', 'NOSCRIPT', 'BR', 'OPTION']);
  const buttons = new Set(['submit', 'button', 'reset']);
  const controls = 'a[href], button, input, select, textarea, summary, [role="button"], [role="link"]';
  const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const paths = new Map<Element, string>();
  const places = new Map<Element, number>();
  const styles = new Map<string, number>();
  const result: Described[] = [];
  const described: Element[] = [];
  const scroller = document.scrollingElement ?? document.documentElement;
  const [scrollX, scrollY] = [scroller.scrollLeft, scroller.scrollTop];
  const px = (length: number): number => Math.round(length * scale);

  const nameOf = (element: Element, ownText: string): string => {
    const input = element instanceof HTMLInputElement ? element : undefined;
    if (input !== undefined && buttons.has(input.type)) return input.value;
    const inside = (): string => {
      const text = ownText === '' ? (element.textContent ?? '') : ownText;
      return text.length < 200 ? text : ownText;
    };
    return fold(
      element.getAttribute('aria-label') ??
        element.getAttribute('alt') ??
        input?.labels?.[0]?.textContent ??
        input?.placeholder ??
        inside(),
    );
  };
  const textOf = (element: Element): string => {
    let text = '';
    for (let node = element.firstChild; node !== null; node = node.nextSibling) {
      if (node.nodeType === 3) text += ` ${node.nodeValue ?? ''}`;
    }
    return text === '' ? '' : fold(text);
  };
  const styleOf = (computed: CSSStyleDeclaration): number => {
    const values = JSON.stringify(properties.map((property) => computed.getPropertyValue(property)));
    const known = styles.get(values) ?? styles.size;
    styles.set(values, known);
    return known;
  };
  const overflowOf = (element: Element): Described['overflow'] => {
    const x = element.clientWidth === 0 ? 0 : px(element.scrollWidth - element.clientWidth);
    const y = element.clientHeight === 0 ? 0 : px(element.scrollHeight - element.clientHeight);
    return x > 1 || y > 1 ? { x: Math.max(0, x), y: Math.max(0, y) } : undefined;
  };

  const body = document.body;
  for (const element of body === null ? [] : [body, ...body.getElementsByTagName('*')]) {
    if (result.length >= maxElements) break;
    const parent = element.parentElement;
    // Generated ids change from load to load and would hide that it is the same element.
    const id = element.id !== '' && !/\d/.test(element.id) ? `#${element.id}` : '';
    const tag = element.tagName.toLowerCase();
    const parentPath = parent === null ? undefined : paths.get(parent);
    const key = `${parentPath === undefined ? '' : `${parentPath}>`}${tag}${id}`;
    paths.set(element, key);
    const parentPlace = parent === null ? undefined : places.get(parent);
    if (parentPlace !== undefined) places.set(element, parentPlace);
    if (skipped.has(element.tagName)) continue;
    if (element instanceof SVGElement && element.ownerSVGElement !== null) continue;
    const box = element.getBoundingClientRect();
    const isControl = element.matches(controls);
    if (box.width === 0 || box.height === 0) {
      if (!isControl || element.getClientRects().length === 0) continue;
    }
    const computed = getComputedStyle(element);
    if (computed.visibility === 'hidden') continue;
    const ownText = textOf(element);
    const name = nameOf(element, ownText);
    const isButton = element instanceof HTMLInputElement && buttons.has(element.type);
    const overflow = overflowOf(element);
    places.set(element, result.length);
    described.push(element);
    result.push({
      key,
      tag,
      role:
        element.getAttribute('role') ?? (isButton ? 'button' : (roles[element.tagName.toUpperCase()] ?? '')),
      name: name.slice(0, 80),
      text: (isButton ? name : ownText).slice(0, 200),
      isInteractive: isControl && !element.matches(':disabled'),
      x: px(box.left + scrollX),
      y: px(box.top + scrollY),
      width: px(box.width),
      height: px(box.height),
      style: styleOf(computed),
      classes: (element.getAttribute('class') ?? '').slice(0, 200),
      ...(parentPlace === undefined ? {} : { parent: parentPlace }),
      ...(overflow === undefined ? {} : { overflow }),
      ...(element instanceof HTMLImageElement && element.complete && element.naturalWidth === 0
        ? { isBroken: true }
        : {}),
    });
  }

  /** What a person who clicks on the middle of a control would hit, when it is something else. */
  const coverOf = (element: Element, index: number): string | undefined => {
    const box = element.getBoundingClientRect();
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (hit === null || hit === element || element.contains(hit) || hit.contains(element)) return undefined;
    // A label and its field are one control; a dialog is meant to lie over the page.
    const label = hit.closest('label');
    if (label !== null && (label.contains(element) || label.control === element)) return undefined;
    if (hit.closest('dialog, [role="dialog"], [role="alertdialog"], [aria-modal="true"]') !== null)
      return undefined;
    const place = places.get(hit);
    const name = place === undefined || place === index ? '' : (result[place]?.name ?? '');
    return `${hit.tagName.toLowerCase()}${name === '' ? '' : ` “${name.slice(0, 40)}”`}`;
  };
  const height = window.innerHeight;
  const last = Math.max(0, scroller.scrollHeight - height);
  const waiting = result.flatMap((element, index) =>
    element.isInteractive && element.width > 0 && element.height > 0 ? [index] : [],
  );
  const middle = (index: number): number => {
    const element = result[index];
    return element === undefined ? 0 : (element.y + element.height / 2) / scale;
  };
  // Controls are hit where they can be scrolled to the middle of the window: there nothing that is stuck to its edges
  // is in the way. The place is put back before the page could notice.
  waiting.sort((a, b) => middle(a) - middle(b));
  let at = -1;
  for (const index of waiting) {
    const element = described[index];
    const found = result[index];
    if (element === undefined || found === undefined) continue;
    const seen = middle(index) - at;
    if (at < 0 || (seen > height * 0.7 && at < last)) {
      at = Math.max(0, Math.min(last, Math.round(middle(index) - height * 0.3)));
      scroller.scrollTo({ left: 0, top: at, behavior: 'instant' });
    }
    const cover = coverOf(element, index);
    if (cover !== undefined) found.coveredBy = cover;
  }
  if (scroller.scrollTop !== scrollY || scroller.scrollLeft !== scrollX) {
    scroller.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
  }
  return JSON.stringify({
    elements: result,
    styles: [...styles.keys()].map((values) => JSON.parse(values) as unknown),
  });
}
