import { onBoth } from '../pair.ts';
import { pathOn } from '../site.ts';
import type { Walk } from '../tour/walk.ts';
import { describeLast, withRoute } from '../where-shown.ts';

/** The part of a run’s time that asking what has run may take; a step costs some milliseconds. */
const MAX_SHARE = 0.04;
/** What is always there for it: the scripts of the first pages are read once. */
const FREE_MS = 4_000;

/** Notes which changed code the last step of a walk has run, on each side. */
export async function noteRan({ run, sessions, moment, steps }: Walk): Promise<void> {
  const { ran, ports, watching, sites } = run;
  const startedAt = ports.elapsedMs();
  if (watching.ms > FREE_MS + startedAt * MAX_SHARE) {
    // What runs meanwhile is told of later, and must not be taken for the doing of a later step.
    watching.hasSkipped = true;
    return;
  }
  const { hasSkipped } = watching;
  watching.hasSkipped = false;
  await onBoth(sessions, async (session, side) => {
    if (!ran.isWanted(side)) return;
    const { url } = moment[side];
    const path = pathOn(sites[side] ?? sites.head, url);
    const page = path === undefined ? 'another site' : withRoute(path, url);
    const last = hasSkipped ? ', or on the way there' : describeLast(steps);
    await ran.note(side, session, { path: page, what: `${page}${last}` });
  });
  watching.ms += ports.elapsedMs() - startedAt;
}
