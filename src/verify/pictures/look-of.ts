import { isSameLook } from '../../domain/approval.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import type { Look } from '../../domain/look.ts';
import type { Difference } from '../difference.ts';
import { foldVolatile } from '../model/template-text.ts';
import { pathOn, pathTemplate, type Site } from '../site.ts';
import { digestPicture } from './digest-picture.ts';
import type { Image } from './image.ts';
import type { PictureCause } from './picture-causes.ts';

/** Elements whose names take part where many show the same. */
const MAX_NAMES = 20;
/** What tells what people can do, and not how it looks: no approval may cover it. */
const BEHAVIOUR = /^(?:disabled|covered|no-size|broken-image)\|/;

/** What a cause looks like on the head; undefined when it is about what can be used. */
export function lookOfCause(cause: PictureCause, head: Image): Difference['look'] {
  const [box] = cause.boxes;
  if (box === undefined || BEHAVIOUR.test(cause.key)) return undefined;
  return { what: [cause.key, ...describeElements(cause)].join('\n'), picture: digestPicture(head, box) };
}

/** Of one element its role and name; of many that show the same, the names only of those that people use. */
function describeElements({ elements }: PictureCause): readonly string[] {
  const words = elements.slice(0, MAX_NAMES).map(({ role, tag, name, isInteractive }) => {
    const isNamed = elements.length === 1 || isInteractive;
    return `${role === '' ? tag : role} ${isNamed ? foldVolatile(name) : ''}`.trim();
  });
  return [...new Set(words)].sort();
}

/**
 * The looks of differences that are told as one finding, each once. Undefined when one of them is no matter of looks
 * alone, or has no picture: then nobody can approve the finding.
 */
export function looksOf(
  differences: readonly Difference[],
  site: Site | undefined,
): readonly Look[] | undefined {
  const looks: Look[] = [];
  for (const difference of differences.flatMap((one) => [one, ...(one.toldWith ?? [])])) {
    const { look, url, environment, category } = difference;
    if (look === undefined || category !== 'visual') return undefined;
    const path = site === undefined ? undefined : pathOn(site, url);
    const page = pathTemplate(path ?? (URL.canParse(url) ? new URL(url).pathname : url));
    const placed = { place: fingerprint('look', look.what, page, environment), picture: look.picture };
    if (!looks.some((known) => isSameLook(known, placed))) looks.push(placed);
  }
  return looks.length === 0 ? undefined : looks;
}
