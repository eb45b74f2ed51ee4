import type { ElementBox } from '../ports.ts';

/** Contrast of a text with what lies behind it, from 1 (the same colour) to 21 (black on white). */
export interface ContrastChange {
  readonly base: number;
  readonly head: number;
  /** The element whose text it is. */
  readonly element: ElementBox;
}

/** Large text needs 3:1 (WCAG 2.2, criterion 1.4.3); below that no text is easy to read. */
const READABLE = 3;

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/**
 * Finds the texts that could be read on the base and hardly on the head, by the head's element.
 *
 * Backgrounds are looked for among the element's ancestors. Where a picture, a gradient or transparency lies behind the
 * text nothing is claimed.
 */
export function findUnreadable(
  base: readonly ElementBox[],
  head: readonly ElementBox[],
  pairs: ReadonlyMap<ElementBox, ElementBox>,
): ReadonlyMap<ElementBox, ContrastChange> {
  const [onBase, onHead] = [readContrasts(base), readContrasts(head)];
  const found = new Map<ElementBox, ContrastChange>();
  for (const [element, old] of pairs) {
    const [before, after] = [onBase.get(old), onHead.get(element)];
    if (before === undefined || after === undefined) continue;
    if (after < READABLE && before >= READABLE && after < before * 0.8) {
      found.set(element, { base: before, head: after, element });
    }
  }
  return found;
}

/** The contrast of every element that has a text of its own and a plain background. */
function readContrasts(elements: readonly ElementBox[]): ReadonlyMap<ElementBox, number> {
  const contrasts = new Map<ElementBox, number>();
  // Elements come in document order: the latest one with a key is the ancestor that the key means.
  const backgrounds = new Map<string, Colour | undefined>();
  for (const element of elements) {
    const behind = backgroundAround(element.key, backgrounds);
    const own = ownBackground(element, behind);
    backgrounds.set(element.key, own);
    const colour = readColour(element.styles['color']);
    if (element.text === '' || own === undefined || colour === undefined) continue;
    contrasts.set(element, contrastRatio(over(colour, own), own));
  }
  return contrasts;
}

const WHITE: Colour = [255, 255, 255, 1];

function backgroundAround(
  key: string,
  backgrounds: ReadonlyMap<string, Colour | undefined>,
): Colour | undefined {
  for (let end = key.lastIndexOf('>'); end > 0; end = key.lastIndexOf('>', end - 1)) {
    const parent = key.slice(0, end);
    if (backgrounds.has(parent)) return backgrounds.get(parent);
  }
  return WHITE;
}

function ownBackground({ styles }: ElementBox, behind: Colour | undefined): Colour | undefined {
  const image = styles['background-image'];
  if ((image !== undefined && image !== 'none') || Number(styles['opacity'] ?? 1) < 1) return undefined;
  const colour = readColour(styles['background-color'] ?? 'rgba(0, 0, 0, 0)');
  if (colour === undefined) return undefined;
  if (colour[3] === 1) return colour;
  return behind === undefined ? undefined : over(colour, behind);
}

/** Reads what `getComputedStyle` gives for plain colours; undefined for the others. */
function readColour(text: string | undefined): Colour | undefined {
  const parts = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(text ?? '');
  if (parts === null) return undefined;
  return [Number(parts[1]), Number(parts[2]), Number(parts[3]), Number(parts[4] ?? 1)];
}

/** `colour` painted on an opaque ground. */
function over([red, green, blue, alpha]: Colour, ground: Colour): Colour {
  const mix = (top: number, below: number): number => top * alpha + below * (1 - alpha);
  return [mix(red, ground[0]), mix(green, ground[1]), mix(blue, ground[2]), 1];
}

/** WCAG 2.2: relative luminance and contrast ratio. */
export function contrastRatio(first: Colour, second: Colour): number {
  const channel = (value: number): number => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ([red, green, blue]: Colour): number =>
    0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const [a, b] = [luminance(first), luminance(second)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
