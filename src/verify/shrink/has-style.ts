import type { Target } from '../../domain/flow.ts';
import type { Difference } from '../difference.ts';
import type { ElementBox, Session } from '../ports.ts';

const COUNT_MS = 1_000;

/**
 * Whether the one element that a style is claimed of has it. `unclear`: the page shows none of that name, or several, so
 * that a test could not tell which one is meant.
 */
export async function hasStyle(
  session: Session,
  { of, property, value }: NonNullable<Difference['style']>,
): Promise<'so' | 'another' | 'unclear'> {
  const name = typeof of === 'object' && 'name' in of ? of.name : undefined;
  const counted = await session.perform({ expect: { count: { of, is: 1 } } }, COUNT_MS);
  if (name === undefined || counted.kind === 'impossible') return 'unclear';
  const [element, ...others] = named(await session.describeElements(), name);
  const style = element?.styles[property];
  if (style === undefined || others.length > 0) return 'unclear';
  return style === value ? 'so' : 'another';
}

/** How a test finds an element of a picture: by its own text, when no other element shows the same one. */
export function styleTarget(element: ElementBox, elements: readonly ElementBox[]): Target | undefined {
  const { text } = element;
  return text !== '' && text.length < 80 && named(elements, text).length === 1 ? { name: text } : undefined;
}

function named(elements: readonly ElementBox[], name: string): readonly ElementBox[] {
  return elements.filter(({ text }) => text === name);
}
