import { compareText } from '../../domain/finding.ts';
import type { Target } from '../../domain/flow.ts';
import { type Difference, SEVERITY_ORDER } from '../difference.ts';
import { pathTemplate } from '../site.ts';
import { claimOf } from './claim.ts';
import { errorLine } from './error-line.ts';

/** How often a difference may be remembered by its values. */
const MAX_VALUES = 200;

/** Everything that was seen of one cause. What it holds does not depend on the order in which it was seen. */
export interface Symptoms {
  /** The one that tells the story: the gravest, then the best proved, then the one with the fewest steps. */
  readonly difference: Difference;
  /** That of `difference`. */
  readonly evidence: 'confirmed' | 'once';
  readonly count: number;
  /** Where it was seen, `difference` included. */
  readonly places: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

export function symptomsOf(difference: Difference, evidence: Symptoms['evidence']): Symptoms {
  return {
    difference,
    evidence,
    count: 1,
    places: new Set([placeOf(difference)]),
    values: new Set(difference.values),
  };
}

/** Both as one. */
export function join(a: Symptoms, b: Symptoms): Symptoms {
  const first = compareSymptoms(a, b) <= 0 ? a : b;
  return {
    difference: first.difference,
    evidence: first.evidence,
    count: a.count + b.count,
    places: union(a.places, b.places),
    values: new Set([...union(a.values, b.values)].sort().slice(0, MAX_VALUES)),
  };
}

const PROOFS: readonly Difference['proof'][] = [
  'confirmed',
  undefined,
  'cut',
  'untestable',
  'flaky',
  'rejected',
];

/** Not on the base before the others, then as `Symptoms.difference` says; equal only for equal ones. */
export function compareSymptoms(a: Symptoms, b: Symptoms): number {
  const [one, other] = [a.difference, b.difference];
  return (
    Number(one.isOnBase === true) - Number(other.isOnBase === true) ||
    SEVERITY_ORDER.indexOf(other.severity) - SEVERITY_ORDER.indexOf(one.severity) ||
    PROOFS.indexOf(one.proof) - PROOFS.indexOf(other.proof) ||
    Number(b.evidence === 'confirmed') - Number(a.evidence === 'confirmed') ||
    one.steps.length - other.steps.length ||
    compareText(sign(one), sign(other))
  );
}

function sign({ key, title, steps, url, environment, body }: Difference): string {
  return JSON.stringify([steps, key, title, url, environment, body]);
}

function union(a: Iterable<string>, b: Iterable<string>): Set<string> {
  return new Set([...a, ...b]);
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((one) => b.has(one));
}

/** The path and the environment, in words. */
export function placeOf({ url, environment }: Difference): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return `${path} (${environment})`;
}

/**
 * Joins symptoms that show the same change of the same numbers, or the same exception: directly, or by way of others.
 */
export function joinRelated(all: readonly Symptoms[]): readonly Symptoms[] {
  const groups: { readonly marks: ReadonlySet<string>; readonly symptoms: Symptoms }[] = [];
  for (const symptoms of [...all].sort(compareSymptoms)) {
    let joined = { marks: marksOf(symptoms), symptoms };
    for (let index = groups.length - 1; index >= 0; index -= 1) {
      const group = groups[index];
      if (group === undefined || !overlap(joined.marks, group.marks)) continue;
      joined = { marks: union(joined.marks, group.marks), symptoms: join(group.symptoms, joined.symptoms) };
      groups.splice(index, 1);
    }
    groups.push(joined);
  }
  return groups.map(({ symptoms }) => symptoms).sort(compareSymptoms);
}

function marksOf({ difference, values }: Symptoms): ReadonlySet<string> {
  const claim = claimOf(difference);
  const isException = claim?.kind === 'error' && claim.error.kind === 'exception';
  return new Set([...values, ...(isException ? [errorLine(claim.error)] : [])]);
}

/** What breaks a page, so that anything may follow from it. */
const BREAKING = new Set(['firsthand/exception', 'firsthand/failed-request', 'firsthand/page-hangs']);

/** A cause with what most likely follows from it. */
export interface Cause {
  readonly symptoms: Symptoms;
  readonly consequences: readonly Symptoms[];
}

/**
 * Puts what most likely follows from a graver or equal one with it.
 *
 * Something follows from another when its steps contain the other's full reproduction, it shows at the same place, and
 * the other broke the page, speaks of the same element, or takes more than opening a page. A page that merely opened
 * differently explains nothing else on it: every reproduction there contains opening it.
 */
export function foldConsequences(all: readonly Symptoms[]): readonly Cause[] {
  const causes: { readonly symptoms: Symptoms; readonly consequences: Symptoms[] }[] = [];
  // What looks different may follow from anything, and nothing follows from it.
  const order = (a: Symptoms, b: Symptoms): number =>
    Number(isVisual(a.difference)) - Number(isVisual(b.difference)) || compareSymptoms(a, b);
  for (const symptoms of [...all].sort(order)) {
    const cause = causes.find((one) => areLinked(one.symptoms.difference, symptoms.difference));
    if (cause === undefined) causes.push({ symptoms, consequences: [] });
    else cause.consequences.push(symptoms);
  }
  return causes;
}

/** `graver` comes first in the order of symptoms. */
function areLinked(graver: Difference, other: Difference): boolean {
  if ((graver.isOnBase === true) !== (other.isOnBase === true)) return false;
  if (graver.environment !== other.environment || pageOf(graver) !== pageOf(other)) return false;
  // What looks different may have been met on another way.
  if (isVisual(other) && !isVisual(graver) && looksLike(graver, other)) return true;
  const isSame = graver.steps.length === other.steps.length;
  if (!contains(other, graver) || graver.steps.length === 0) return false;
  if (isSame && !isVisual(graver) && (BREAKING.has(graver.source) || BREAKING.has(other.source))) return true;
  if (isVisual(graver) && !isVisual(other)) return false;
  if (overlap(elementsOf(graver), elementsOf(other))) return true;
  if (isVisual(other) || isSame) return false;
  return BREAKING.has(graver.source) || graver.steps.some((step) => !('goto' in step));
}

function isVisual({ category }: Difference): boolean {
  return category === 'visual' || category === 'accessibility';
}

function pageOf({ url }: Difference): string {
  return pathTemplate(URL.canParse(url) ? new URL(url).pathname : url);
}

/** Whether the steps of `whole` hold those of `part`, in order. */
function contains({ steps: whole }: Difference, { steps: part }: Difference): boolean {
  const wanted = part.map((step) => JSON.stringify(step));
  let next = 0;
  for (const step of whole) if (JSON.stringify(step) === wanted[next]) next += 1;
  return next === wanted.length;
}

/** Whether a difference of pictures shows what another one says: the same names, or the same texts. */
function looksLike({ title, expected = '', actual = '' }: Difference, picture: Difference): boolean {
  const shown = quotesIn(picture.title);
  const said = [expected, actual].filter((text) => text.length > 2);
  return overlap(quotesIn(title), shown) || said.some((text) => [...shown].some((one) => one.includes(text)));
}

/** What a title puts in quotation marks: names of controls and texts of the page. */
function quotesIn(title: string): ReadonlySet<string> {
  return new Set([...title.matchAll(/“([^”]{3,})”/g)].map(([, quoted = '']) => quoted));
}

/** The elements that it is about, by their names. */
function elementsOf({ expect, style }: Difference): ReadonlySet<string> {
  const targets = [expect?.visible, expect?.hidden, expect?.count?.of, expect?.value?.field, style?.of];
  return new Set(targets.flatMap((target) => nameOf(target)));
}

function nameOf(target: Target | undefined): readonly string[] {
  if (target === undefined) return [];
  if (typeof target === 'string') return [target];
  return 'name' in target && target.name !== undefined && target.name !== '' ? [target.name] : [];
}
