import { onBoth } from '../pair.ts';
import { comparePictures } from '../pictures/compare-pictures.ts';
import type { Observation, Session } from '../ports.ts';
import { noteNoise } from '../run.ts';
import type { StateGraph, StateNode } from './state-graph.ts';
import type { Walk } from './walk.ts';

/** States of one page whose pictures are compared: those that come later look much like them. */
const MAX_PICTURES_PER_PLACE = 12;

/** Compares the pictures of a state that behaves alike on both sides, the first time that it is entered. */
export async function lookAtState(walk: Walk, graph: StateGraph, state: StateNode): Promise<void> {
  const { run, sessions, steps, moment, where } = walk;
  if (sessions.base === undefined) return;
  const alike = [...graph.states.values()].filter(({ place }) => place === state.place);
  if (alike.length > MAX_PICTURES_PER_PLACE) return;
  const shots = await onBoth(sessions, (session) => session.capture());
  const observed = (session: Session, model: Walk['moment']['head'], screenshot: Uint8Array | undefined) => ({
    session,
    observation: {
      url: model.url,
      title: model.title,
      snapshot: '',
      errors: [],
      dialogs: [],
      popups: [],
      blocked: [],
      isHung: model.isHung,
      ...(screenshot === undefined ? {} : { screenshot }),
    } satisfies Observation,
  });
  const { differences, volatile } = await comparePictures(
    {
      base: observed(sessions.base, moment.base, shots.base),
      head: observed(sessions.head, moment.head, shots.head),
    },
    { steps, environment: where.environment.name, path: state.place },
    run.pictures,
  );
  for (const what of volatile) {
    noteNoise(run, { what, where: state.place, how: 'it changed between two captures of the same state' });
  }
  for (const difference of differences) run.ledger.add(difference, 'once');
}
