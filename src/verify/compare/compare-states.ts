import { SEVERITIES } from '../../domain/finding.ts';
import type { Pair } from '../pair.ts';
import type { Site } from '../site.ts';
import { readAtoms } from './atoms.ts';
import type { Divergence, DivergenceKind } from './divergence.ts';
import { judgeAdded } from './judge-added.ts';
import { judgeChanged } from './judge-changed.ts';
import { judgeEffects } from './judge-effects.ts';
import { judgeEnvironment } from './judge-environment.ts';
import { errorKeys, judgeErrors } from './judge-errors.ts';
import { judgeLinks, linkPath } from './judge-links.ts';
import { judgeMoved } from './judge-moved.ts';
import { judgePlace, placeOf } from './judge-place.ts';
import { judgeRemoved } from './judge-removed.ts';
import { judgeStates } from './judge-states.ts';
import { judgeSurroundings } from './judge-surroundings.ts';
import { type Knowledge, learn, learnTarget } from './knowledge.ts';
import { diverge, matchMoment, type Scene } from './scene.ts';
import type { Moment, Transition } from './transition.ts';

/** The gravest of one step; more would tell the same again. */
const MAX_DIVERGENCES = 5;
const IMPORTANCE: readonly DivergenceKind[] = [
  'hang',
  'place',
  'error',
  'request',
  'missing',
  'number',
  'count',
  'extra',
  'value',
  'state',
  'text',
  'order',
  'dialog',
  'popup',
  'download',
  'image',
  'invariant',
  'slow',
  'storage',
  'title',
  'focus',
];

/**
 * Judges whether base and head behave alike at one step: what differs after it and did not before, the gravest first,
 * each cause once, at most five.
 *
 * Other wording, other markup and new things are no divergence. `knowledge` grows: it learns what both sides show and
 * how the head words it, so it must be the same in a whole run. Without a base there is nothing to compare.
 */
export function compareStates(
  transition: Transition,
  knowledge: Knowledge,
  sites: Pair<Site>,
): readonly Divergence[] {
  if (sites.base === undefined) return [];
  const pair = { base: sites.base, head: sites.head };
  learnAll(knowledge, transition, pair);
  const scene = setScene(transition, knowledge, pair);
  const found = judge(scene).filter(({ cause }) => !knowledge.volatile.has(cause));
  const causes = new Map<string, Divergence>();
  for (const one of found) if (!causes.has(one.cause)) causes.set(one.cause, one);
  return [...causes.values()]
    .sort(
      (a, b) =>
        IMPORTANCE.indexOf(a.kind) - IMPORTANCE.indexOf(b.kind) ||
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
    )
    .slice(0, MAX_DIVERGENCES);
}

function learnAll(knowledge: Knowledge, { before, step, after }: Transition, sites: Scene['sites']): void {
  if ('fill' in step && step.fill.value !== '') knowledge.inputs.add(step.fill.value);
  for (const moment of before === undefined ? [after] : [before, after]) {
    learn(knowledge, moment);
    for (const side of ['base', 'head'] as const) {
      const { paths, errors } = knowledge[side];
      paths.add(placeOf(sites[side], moment[side].url));
      for (const { node } of readAtoms(moment[side])) {
        if (node.url !== undefined) paths.add(linkPath(sites[side], node.url).split(/[?#]/)[0] ?? '');
      }
      for (const key of errorKeys(moment[side], sites[side])) errors.add(key);
    }
  }
}

function setScene({ before, step, after }: Transition, knowledge: Knowledge, sites: Scene['sites']): Scene {
  const matching = matchMoment(after, knowledge);
  for (const { base, head } of matching.same) learnTarget(knowledge, base, head);
  return {
    step,
    after,
    knowledge,
    sites,
    matching,
    isFresh: before === undefined || isOtherPage(before, after, sites),
    ...(before === undefined ? {} : { before, matchingBefore: matchMoment(before, knowledge) }),
  };
}

/** Both sides went to another page, by address or by showing little of what they showed. */
function isOtherPage(before: Moment, after: Moment, sites: Scene['sites']): boolean {
  if (placeOf(sites.base, before.base.url) !== placeOf(sites.base, after.base.url)) return true;
  return (['base', 'head'] as const).every((side) => {
    const then = new Set(readAtoms(before[side]).map(({ kind, text }) => `${kind}|${text}`));
    const now = readAtoms(after[side]);
    const kept = now.filter(({ kind, text }) => then.has(`${kind}|${text}`)).length;
    return now.length >= 6 && kept < 0.25 * now.length;
  });
}

function judge(scene: Scene): readonly Divergence[] {
  const { base, head } = scene.after;
  if (base.isHung) return [];
  if (head.isHung) return [hang(scene)];
  const signals = [...judgeErrors(scene), ...judgeEnvironment(scene)];
  const place = judgePlace(scene);
  if (place !== undefined) return [place, ...signals];
  if (readAtoms(head).length === 0 && readAtoms(base).length > 2) return [...signals, blank(scene)];
  return [
    ...signals,
    ...judgeRemoved(scene),
    ...judgeChanged(scene),
    ...judgeStates(scene),
    ...judgeAdded(scene),
    ...judgeMoved(scene),
    ...judgeLinks(scene),
    ...judgeEffects(scene),
    ...judgeSurroundings(scene),
  ];
}

function hang({ after }: Scene): Divergence {
  const note = after.head.dialogs.length >= 10 ? `, opening ${after.head.dialogs.length} dialogs` : '';
  return diverge({
    kind: 'hang',
    about: 'page',
    category: 'flow',
    severity: 'high',
    source: 'page-hangs',
    what: `the page stops answering${note}`,
    expected: 'a page that answers',
    actual: 'a page that hangs',
  });
}

function blank(scene: Scene): Divergence {
  const first = readAtoms(scene.after.base).find(({ kind }) => kind === 'words');
  return diverge({
    kind: 'missing',
    about: 'page',
    category: 'flow',
    severity: 'critical',
    source: 'empty-page',
    what: 'the page is empty',
    expected: 'a page with content',
    actual: 'nothing',
    ...(first === undefined ? {} : { expect: { text: first.text.slice(0, 120) } }),
  });
}
