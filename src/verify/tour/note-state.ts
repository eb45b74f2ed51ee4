import { pathOn } from '../site.ts';
import type { Walk } from './walk.ts';

/** Counts the state in which a walk is as seen, and names what our own policy kept its page from. */
export function noteState({ run, keys, moment }: Walk): void {
  const { coverage, sites } = run;
  const { head } = moment;
  coverage.states.add(keys.at(-1) ?? '');
  const [from, to] = keys.slice(-2);
  if (from !== undefined && to !== undefined) coverage.transitions.add(`${from}→${to}`);
  const path = pathOn(sites.head, head.url);
  if (path !== undefined) coverage.pages.add(path.split('?')[0] ?? path);
  for (const { url, why, kind } of head.blocked) {
    const origin = URL.canParse(url) ? new URL(url).origin : url;
    coverage.notReached.set(origin, `Firsthand refused it: ${why}`);
    // What the page loads belongs to what is compared; where it leads to does not.
    if (kind === 'request' && coverage.refused.size < 50) coverage.refused.add(origin);
  }
}
