import { matchSelector } from '../match-selectors.ts';
import { pathOn } from '../site.ts';
import type { Walk } from './walk.ts';

/** States whose elements are looked at for styles that the diff changes: each costs a reading of the whole page. */
const MAX_LOOKED = 150;

/** Notes what of the changed parts the state shows in which a walk is: routes, texts, and styles by their selectors. */
export async function noteShown({ run, sessions, moment, steps, keys }: Walk): Promise<void> {
  const { exercised } = run;
  exercised.note(moment.head, steps);
  const selectors = exercised.unmatched();
  const key = keys.at(-1) ?? '';
  if (selectors.length === 0 || run.looked.has(key) || run.looked.size >= MAX_LOOKED) return;
  run.looked.add(key);
  const path = pathOn(run.sites.head, moment.head.url);
  if (path === undefined) return;
  const elements = await sessions.head.describeElements();
  const matched: string[] = [];
  const targets: string[] = [];
  for (const selector of selectors) {
    const found = matchSelector(selector, elements) ?? [];
    if (found.length === 0) continue;
    matched.push(selector);
    targets.push(...found.map(({ role, name }) => `${role}|${name}`));
  }
  exercised.noteStyles(path.split('?')[0] ?? path, matched, targets);
}
