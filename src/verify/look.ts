import { sleep } from '../lib/sleep.ts';
import { compareBehaviour } from './compare-behaviour.ts';
import type { Difference } from './difference.ts';
import { onBoth, type Pair } from './pair.ts';
import { comparePictures, type StateContext } from './pictures/compare-pictures.ts';
import { drawEvidence } from './pictures/evidence.ts';
import type { Observation, Session } from './ports.ts';
import { noteNoise, type Run } from './run.ts';
import { pathOn, pathTemplate } from './site.ts';

/** How long the slower side may take to show what the other shows already. */
const GRACE_MS = 400;

/** One state as both sides show it. */
export interface Look {
  readonly observed: Pair<Observation>;
  /** Differences in behaviour first; pictures are compared only where behaviour is the same. */
  readonly differences: readonly Difference[];
}

/** Observes both sides without comparing them. */
export async function observeBoth(
  run: Run,
  sessions: Pair<Session>,
  context: StateContext,
): Promise<Pair<Observation>> {
  const observed = await onBoth(sessions, (session) => session.observe());
  noteState(run, observed.head, context);
  return observed;
}

/**
 * Observes both sides and compares them.
 *
 * When they differ they are looked at once more after a moment, so that the slower one is not taken for a wrong one. A
 * difference that has outlasted the moment before needs no second one.
 */
export async function lookAtBoth(run: Run, sessions: Pair<Session>, context: StateContext): Promise<Look> {
  let observed = await onBoth(sessions, (session) => session.observe());
  const difference = differenceOf(observed);
  if (difference !== undefined && !run.lasting.has(difference)) {
    await sleep(GRACE_MS, run.signal);
    const again = await onBoth(sessions, (session) => session.observe());
    observed = {
      base:
        observed.base === undefined || again.base === undefined
          ? undefined
          : merge(observed.base, again.base),
      head: merge(observed.head, again.head),
    };
    const lasting = differenceOf(observed);
    if (lasting !== undefined) run.lasting.add(lasting);
  }
  noteState(run, observed.head, context);
  const { base, head } = observed;
  if (base === undefined || sessions.base === undefined) return { observed, differences: [] };
  const behaviour = compareBehaviour({ base, head }, run.sites, context);
  if (behaviour.length > 0)
    return { observed, differences: behaviour.map((one) => withPictures(one, base, head)) };
  const pictures = await comparePictures(
    {
      base: { session: sessions.base, observation: base },
      head: { session: sessions.head, observation: head },
    },
    context,
    run.pictures,
  );
  for (const what of pictures.volatile) {
    noteNoise(run, { what, where: context.path, how: 'it changed between two captures of the same state' });
  }
  return { observed, differences: pictures.differences };
}

/** The lines that only one side shows, in order; undefined when both show the same. */
function differenceOf({ base, head }: Pair<Observation>): string | undefined {
  if (base === undefined) return undefined;
  const linesOf = ({ isHung, title, snapshot }: Observation): readonly string[] => [
    `${isHung} ${title}`,
    ...snapshot.split('\n'),
  ];
  const [first, second] = [linesOf(base), linesOf(head)];
  const [inFirst, inSecond] = [new Set(first), new Set(second)];
  const difference = [
    first.filter((line) => !inSecond.has(line)).join('\n'),
    second.filter((line) => !inFirst.has(line)).join('\n'),
  ];
  if (difference.every((lines) => lines === '')) {
    // The same lines in another order or number are rare enough to be looked at again each time.
    return base.snapshot === head.snapshot ? undefined : JSON.stringify([base.snapshot, head.snapshot]);
  }
  return JSON.stringify(difference);
}

/** The newer observation with everything that happened in both. */
function merge(first: Observation, second: Observation): Observation {
  return {
    ...second,
    errors: [...first.errors, ...second.errors],
    dialogs: [...first.dialogs, ...second.dialogs],
    popups: [...first.popups, ...second.popups],
    blocked: [...first.blocked, ...second.blocked],
  };
}

function noteState(run: Run, head: Observation, context: StateContext): void {
  const path = pathOn(run.sites.head, head.url) ?? head.url;
  const roles = head.snapshot.replace(/"(?:[^"\\]|\\.)*"|\d+|: .*$/gm, '');
  run.coverage.states.add(`${pathTemplate(path)}\n${roles}`);
  run.coverage.transitions.add(JSON.stringify([context.steps.at(-1) ?? '', pathTemplate(path)]));
  run.coverage.pages.add(path.split('?')[0] ?? path);
  noteRefused(run, head);
}

/** Names the origins that our own policy kept the page from. */
export function noteRefused(run: Run, head: Observation): void {
  for (const { url: address, why, kind } of head.blocked) {
    const origin = URL.canParse(address) ? new URL(address).origin : address;
    run.coverage.notReached.set(origin, `Firsthand refused it: ${why}`);
    // What the page loads belongs to what is compared; where it leads to does not.
    if (kind === 'request' && run.coverage.refused.size < 50) run.coverage.refused.add(origin);
  }
}

/** Shows a difference in behaviour: the part of the page that looks different, or the top of the page. */
export function withPictures(
  difference: Difference,
  base: Observation | undefined,
  head: Observation,
): Difference {
  const picture = head.screenshot;
  if (picture === undefined) return difference;
  return { ...difference, evidence: () => drawEvidence({ base: base?.screenshot, head: picture }) };
}
