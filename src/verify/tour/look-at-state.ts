import type { Difference } from '../difference.ts';
import type { PageModel } from '../model/page-model.ts';
import { onBoth } from '../pair.ts';
import { comparePictures } from '../pictures/compare-pictures.ts';
import type { Observation } from '../ports.ts';
import { noteNoise } from '../run.ts';
import type { Walk } from './walk.ts';

/** Places at which the same difference is counted. */
const MAX_OTHERS = 200;

/** Compares the pictures of the state in which a walk is; what differs is a suspect. */
export async function lookAtState(walk: Walk): Promise<void> {
  const { pictures } = walk.run.suspects;
  for (const difference of await comparePicturesOf(walk)) {
    const known = pictures.get(difference.key);
    if (known === undefined) pictures.set(difference.key, { difference, where: walk.where, others: [] });
    else if (known.others.length < MAX_OTHERS) known.others.push(difference);
  }
}

/** What differs between the pictures of this state and does not move by itself. */
export async function comparePicturesOf({
  run,
  sessions,
  steps,
  moment,
  where,
}: Walk): Promise<readonly Difference[]> {
  const { base, head } = sessions;
  if (base === undefined) return [];
  const shots = await onBoth(sessions, (session) => session.capture());
  const { differences, volatile } = await comparePictures(
    {
      base: { session: base, observation: observation(moment.base, shots.base) },
      head: { session: head, observation: observation(moment.head, shots.head) },
    },
    { steps, environment: where.environment.name, path: moment.head.url },
    run.pictures,
  );
  for (const what of volatile) {
    noteNoise(run, {
      what,
      where: moment.head.url,
      how: 'it changed between two captures of the same state',
    });
  }
  return differences;
}

function observation({ url, title, isHung }: PageModel, screenshot: Uint8Array | undefined): Observation {
  const nothing = { snapshot: '', errors: [], dialogs: [], popups: [], blocked: [] };
  return { url, title, isHung, ...nothing, ...(screenshot === undefined ? {} : { screenshot }) };
}
