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

const elementsSchema = z.array(
  z.object({
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
    styles: z.record(z.string(), z.string()),
  }),
);

/** Reads what `describeElements` wrote; none when the page has meddled with it. */
export function readElements(json: string | undefined): readonly ElementBox[] {
  try {
    return elementsSchema.safeParse(JSON.parse(json ?? '[]')).data ?? [];
  } catch {
    // Not JSON: the page replaced `JSON.stringify`.
    return [];
  }
}

/**
 * Runs in the page: the visible elements in document order, with what is needed to say what changed about them.
 *
 * As one text, because Playwright copies a deep value field by field.
 */
export function describeElements({ scale, properties, roles, maxElements }: ElementQuery): string {
  const skipped = new Set(['SCRIPT', 'STYLE', 'LINK', 'META', 'TEMPLATE', 'NOSCRIPT', 'BR', 'OPTION']);
  const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const paths = new Map<Element, string>();
  const pathOf = (element: Element): string => {
    const tag = element.tagName.toLowerCase();
    // Generated ids change from load to load and would hide that it is the same element.
    const id = element.id !== '' && !/\d/.test(element.id) ? `#${element.id}` : '';
    const parent = element.parentElement;
    const path = `${parent === null ? '' : `${paths.get(parent) ?? ''}>`}${tag}${id}`;
    paths.set(element, path);
    return path;
  };
  const result: ElementBox[] = [];
  const scroller = document.scrollingElement ?? document.documentElement;
  const body = document.body;
  for (const element of body === null ? [] : [body, ...body.getElementsByTagName('*')]) {
    if (result.length >= maxElements) break;
    const key = pathOf(element);
    if (skipped.has(element.tagName) || element.parentElement?.closest('svg')) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const computed = getComputedStyle(element);
    if (computed.visibility === 'hidden') continue;
    const ownText = fold(
      [...element.childNodes].map((node) => (node.nodeType === 3 ? (node.nodeValue ?? '') : '')).join(' '),
    );
    const input = element instanceof HTMLInputElement ? element : undefined;
    const button = input !== undefined && ['submit', 'button', 'reset'].includes(input.type);
    const name =
      element.getAttribute('aria-label') ??
      element.getAttribute('alt') ??
      (button ? input.value : undefined) ??
      input?.labels?.[0]?.textContent ??
      input?.placeholder ??
      (ownText === '' && (element.textContent ?? '').length < 200 ? element.textContent : ownText) ??
      '';
    result.push({
      key,
      tag: element.tagName.toLowerCase(),
      role:
        element.getAttribute('role') ?? (button ? 'button' : (roles[element.tagName.toUpperCase()] ?? '')),
      name: fold(name).slice(0, 80),
      text: (button ? input.value : ownText).slice(0, 200),
      isInteractive:
        element.matches(
          'a[href], button, input, select, textarea, summary, [role="button"], [role="link"]',
        ) && !element.matches(':disabled'),
      x: Math.round((box.left + scroller.scrollLeft) * scale),
      y: Math.round((box.top + scroller.scrollTop) * scale),
      width: Math.round(box.width * scale),
      height: Math.round(box.height * scale),
      styles: Object.fromEntries(
        properties.map((property) => [property, computed.getPropertyValue(property)]),
      ),
    });
  }
  return JSON.stringify(result);
}
