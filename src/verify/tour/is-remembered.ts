import type { Walk } from './walk.ts';

/**
 * Whether the page differs only because the servers remember what the two sides did differently before.
 *
 * Nothing has been done since the fresh start, and the page was alike when it was first opened, or something that came
 * out differently was sent to the servers since.
 */
export function isRemembered({ run, moment, hasMutated }: Walk): boolean {
  const { confirmed, alike, hasSent } = run.suspects;
  if (hasMutated || confirmed.size === 0) return false;
  return hasSent || alike.has(moment.base.url);
}

/** Notes that the page shows the same on both sides before anything was done. */
export function noteAlike({ run, moment }: Walk): void {
  run.suspects.alike.add(moment.base.url);
}
