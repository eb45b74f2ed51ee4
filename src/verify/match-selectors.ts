import type { ElementBox } from './ports.ts';

/** Tag, id, classes and parts of the class attribute that one element must have. */
interface Compound {
  readonly tag: string | undefined;
  readonly id: string | undefined;
  readonly classes: readonly string[];
  readonly classParts: readonly string[];
  /** How it stands to the one before: inside of it, or right inside. */
  readonly combinator: ' ' | '>';
}

const COMPOUND = /^([a-zA-Z][\w-]*|\*)?((?:#[\w-]+|\.-?[_a-zA-Z][\w-]*|\[class\*="[^"]+"\])*)$/;
const MAX_COMPOUNDS = 12;

/**
 * The visible elements that each selector matches; `undefined` for a selector that says more than tags, ids, classes and
 * what lies inside of what.
 */
export function matchSelector(
  selector: string,
  elements: readonly ElementBox[],
): readonly ElementBox[] | undefined {
  const compounds = parse(selector);
  const last = compounds?.at(-1);
  if (compounds === undefined || last === undefined) return undefined;
  return elements.filter((element) => fits(element, last) && hasAncestors(element, compounds, elements));
}

function parse(selector: string): readonly Compound[] | undefined {
  const parts = selector.replace(/\s*>\s*/g, ' >').split(/\s+/);
  if (parts.length > MAX_COMPOUNDS) return undefined;
  const compounds = parts.map((part): Compound | undefined => {
    const isChild = part.startsWith('>');
    const [, tag, rest = ''] = COMPOUND.exec(isChild ? part.slice(1) : part) ?? [];
    if (tag === undefined && rest === '') return undefined;
    return {
      tag: tag === '*' ? undefined : tag?.toLowerCase(),
      id: /#([\w-]+)/.exec(rest)?.[1],
      classes: [...rest.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].map(([, name = '']) => name),
      classParts: [...rest.matchAll(/\[class\*="([^"]+)"\]/g)].map(([, name = '']) => name),
      combinator: isChild ? '>' : ' ',
    };
  });
  const known = compounds.filter((one) => one !== undefined);
  return known.length === compounds.length ? known : undefined;
}

function fits({ tag, classes = '', key }: ElementBox, wanted: Compound): boolean {
  const own = classes.split(/\s+/);
  return (
    (wanted.tag === undefined || wanted.tag === tag.toLowerCase()) &&
    (wanted.id === undefined || lastPart(key).includes(`#${wanted.id}`)) &&
    wanted.classes.every((name) => own.includes(name)) &&
    wanted.classParts.every((part) => classes.includes(part))
  );
}

/** The key is a path of tags with their ids; its last part is the element's own. */
function lastPart(key: string): string {
  return key.split(/[>/ ]/).at(-1) ?? key;
}

/** From the inside out, each as near as it can be; that is right for all but rare mixes of both combinators. */
function hasAncestors(
  element: ElementBox,
  compounds: readonly Compound[],
  elements: readonly ElementBox[],
): boolean {
  let at: ElementBox | undefined = element;
  for (let index = compounds.length - 2; index >= 0; index--) {
    const wanted = compounds[index];
    const isDirect = compounds[index + 1]?.combinator === '>';
    do at = at?.parent === undefined ? undefined : elements[at.parent];
    while (!isDirect && at !== undefined && wanted !== undefined && !fits(at, wanted));
    if (at === undefined || wanted === undefined || !fits(at, wanted)) return false;
  }
  return true;
}
