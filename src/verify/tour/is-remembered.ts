import { placeOf } from '../compare/judge-place.ts';
import type { Walk } from './walk.ts';

/**
 * Whether the page differs only because the servers remember what the two sides did differently before.
 *
 * Nothing has been done since the fresh start, and the page was alike when it was first opened, or it was not opened
 * before something that came out differently was sent to the servers. Two pages, where there should be one, are no such
 * thing.
 */
export function isRemembered(walk: Walk): boolean {
  const { confirmed, alike, unlike, hasSent } = walk.run.suspects;
  if (walk.hasMutated || (confirmed.size === 0 && !hasSent)) return false;
  if (isElsewhere(walk)) return false;
  const page = pageOf(walk);
  return alike.has(page) || (hasSent && !unlike.has(page));
}

/** Notes whether the page shows the same on both sides before anything was done. */
export function noteFirstLook(walk: Walk): void {
  const { alike, unlike } = walk.run.suspects;
  (walk.isAlike ? alike : unlike).add(pageOf(walk));
}

function isElsewhere({ run: { sites }, moment: { base, head } }: Walk): boolean {
  return placeOf(sites.base ?? sites.head, base.url) !== placeOf(sites.head, head.url);
}

function pageOf({ where, moment }: Walk): string {
  return `${where.environment.name} ${moment.base.url}`;
}
