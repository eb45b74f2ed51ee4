import type { ChangedLine } from '../../domain/diff.ts';
import { compareAudits } from '../accessibility/compare-audits.ts';
import type { Difference } from '../difference.ts';
import { addressTemplate } from '../model/abstract-state.ts';
import type { PageModel } from '../model/page-model.ts';
import { onBoth } from '../pair.ts';
import { comparePictures, type PictureDifference } from '../pictures/compare-pictures.ts';
import { findSourceLines } from '../pictures/source-lines.ts';
import type { Observation } from '../ports.ts';
import { noteNoise } from '../run.ts';
import { accountOf, describeDivergence } from './describe-suspect.ts';
import type { Walk } from './walk.ts';

/** States of one page that are audited: one audit costs as much as several actions. */
const MAX_AUDITS_PER_PLACE = 1;
/** Places at which the same difference is counted. */
const MAX_OTHERS = 200;

/** Compares how the state looks in which a walk is; what differs is a suspect. */
export async function lookAtState(walk: Walk): Promise<void> {
  for (const difference of await comparePicturesOf(walk)) note(walk, 'picture', difference);
}

/** Compares what keeps people from using the page in which a walk is; what only the head has is a suspect. */
export async function auditState(walk: Walk): Promise<void> {
  const { audited } = walk.run.suspects;
  const place = `${walk.where.environment.name} ${addressTemplate(walk.moment.head.url)}`;
  const count = audited.get(place) ?? 0;
  if (count >= MAX_AUDITS_PER_PLACE) return;
  audited.set(place, count + 1);
  for (const difference of await compareAuditsOf(walk)) note(walk, 'audit', difference);
}

function note({ run, where, pages }: Walk, kind: 'picture' | 'audit', difference: Difference): void {
  const { states } = run.suspects;
  const known = states.get(difference.key);
  if (known === undefined) states.set(difference.key, { kind, difference, pages, where, others: [] });
  else if (known.others.length < MAX_OTHERS) known.others.push(difference);
}

/** The barriers that only the head has in this state. */
export async function compareAuditsOf(walk: Walk): Promise<readonly Difference[]> {
  if (walk.sessions.base === undefined) return [];
  const { base, head } = await onBoth(walk.sessions, (session) => session.audit());
  return compareAudits(base, head).map((one) => describeDivergence(walk, one, walk.steps));
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
  const changedLines = run.request.changedLines ?? [];
  return differences.map((one) => ({
    ...one,
    ...accountOf(where),
    body: withSourceLines(one, changedLines),
  }));
}

function withSourceLines(
  { body, elements }: PictureDifference,
  changedLines: readonly ChangedLine[],
): string {
  const lines = findSourceLines(elements, changedLines);
  if (lines.length === 0) return body;
  const listed = lines.map(({ path, line, because }) => `- \`${path}:${line}\`, which has ${because}`);
  return [body, '', 'Changed lines that speak of it:', '', ...listed].join('\n');
}

function observation({ url, title, isHung }: PageModel, screenshot: Uint8Array | undefined): Observation {
  const nothing = { snapshot: '', errors: [], dialogs: [], popups: [], blocked: [] };
  return { url, title, isHung, ...nothing, ...(screenshot === undefined ? {} : { screenshot }) };
}
