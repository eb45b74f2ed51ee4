import { compareFindings, type Finding } from '../domain/finding.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Difference } from './difference.ts';
import { withEnvironmentCause } from './environment-cause.ts';
import { encodePng } from './pictures/encode-png.ts';
import type { Image } from './pictures/image.ts';
import { looksOf } from './pictures/look-of.ts';
import type { Environment } from './plan.ts';
import type { ArtifactStore } from './ports.ts';
import type { LoginSettings } from './settings.ts';
import {
  type Cause,
  foldConsequences,
  join,
  joinRelated,
  placeOf,
  type Symptoms,
  symptomsOf,
} from './shrink/symptoms.ts';
import { type WitnessOptions, writeWitness } from './shrink/write-witness.ts';
import type { Site } from './site.ts';

/** What follows from a cause is named up to this many times. */
const MAX_ALSO = 5;

/** How a role has logged in; undefined when it has not. */
export type LoginOf = (role: string | undefined) => LoginSettings | undefined;

/** What a run has found so far: one entry for each cause. */
export interface Ledger {
  /** Adds a difference, or counts it where its cause is known. */
  add(difference: Difference, evidence: 'confirmed' | 'once'): void;
  has(key: string): boolean;
  /** Causes that are findings of the head alone. */
  count(): number;
  /**
   * Writes pictures and witnesses, and returns the findings, most severe first. They do not depend on the order in which
   * differences were added. A witness opens the window that `environments` has under the name of the difference's, and logs in
   * as whoever was logged in.
   */
  publish(
    artifacts: ArtifactStore,
    loginOf?: LoginOf,
    environments?: readonly Environment[],
  ): Promise<{
    readonly findings: readonly Finding[];
    /** What looks different and looks intended. */
    readonly changes: readonly Finding[];
    readonly preExisting: readonly Finding[];
  }>;
}

/** `head` is where the pages of the preview hang below. */
export function createLedger(head?: Site): Ledger {
  const entries = new Map<string, Symptoms>();
  /** Everything that was added, by its cause: where else a change shows, it may look otherwise. */
  const seen = new Map<string, Difference[]>();
  let causes: readonly Cause[] | undefined;
  const current = (): readonly Cause[] => {
    causes ??= foldConsequences(joinRelated([...entries.values()]));
    return causes;
  };
  return {
    has: (key) => entries.has(key),
    count: () =>
      current().filter(
        ({ symptoms }) =>
          symptoms.difference.isOnBase !== true && symptoms.difference.intent !== 'looks-intended',
      ).length,
    add(given, evidence) {
      const difference = withEnvironmentCause(given);
      const symptoms = symptomsOf(difference, evidence);
      const known = entries.get(difference.key);
      entries.set(difference.key, known === undefined ? symptoms : join(known, symptoms));
      if (difference.category === 'visual') {
        const places = seen.get(difference.key);
        if (places === undefined) seen.set(difference.key, [difference]);
        else places.push(difference);
      }
      causes = undefined;
    },
    async publish(artifacts, loginOf, environments = []) {
      const findings: Finding[] = [];
      const intended = new Set<Finding>();
      const unusable = namesOfUnusable([...entries.values()]);
      for (const cause of current()) {
        const { difference } = cause.symptoms;
        if (showsOneOf(difference, unusable)) continue;
        const environment = environments.find(({ name }) => name === difference.environment);
        const told = [cause.symptoms, ...cause.consequences].map((one) => one.difference);
        const looks = isApprovable(told)
          ? looksOf(
              told.flatMap((one) => seen.get(one.key) ?? [one]),
              head,
            )
          : undefined;
        const { account } = difference;
        const login = account === undefined ? undefined : loginOf?.(account.role);
        const finding = await toFinding(cause, artifacts, { login, environment });
        const shown = looks === undefined ? finding : { ...finding, looks };
        findings.push(shown);
        if (difference.intent === 'looks-intended') intended.add(shown);
      }
      findings.sort(compareFindings);
      return {
        findings: findings.filter((finding) => finding.onBase !== true && !intended.has(finding)),
        changes: findings.filter((finding) => finding.onBase !== true && intended.has(finding)),
        preExisting: findings.filter((finding) => finding.onBase === true),
      };
    },
  };
}

/** What both sides have, or what is no finding, needs nobody's word. */
function isApprovable([first]: readonly Difference[]): boolean {
  return first?.isOnBase !== true && first?.hasNoBase !== true && first?.intent !== 'looks-intended';
}

/** Names of the controls that a broken flow could not use. */
function namesOfUnusable(entries: readonly Symptoms[]): readonly string[] {
  return entries.flatMap(({ difference }) => {
    const step = difference.source === 'firsthand/step-impossible' ? difference.steps.at(-1) : undefined;
    if (step === undefined) return [];
    const target =
      'click' in step
        ? step.click
        : 'fill' in step
          ? step.fill.field
          : 'select' in step
            ? step.select.field
            : undefined;
    if (typeof target === 'string') return [target];
    return target !== undefined && 'name' in target && target.name !== undefined ? [target.name] : [];
  });
}

/** A control that cannot be used looks different too, or is gone from the picture: that is the same fact. */
function showsOneOf({ category, title }: Difference, names: readonly string[]): boolean {
  return category === 'visual' && names.some((name) => title.includes(`“${name}”`));
}

async function toFinding(
  { symptoms, consequences }: Cause,
  artifacts: ArtifactStore,
  options: WitnessOptions,
): Promise<Finding> {
  const { difference, evidence } = symptoms;
  const id = fingerprint(difference.category, difference.source, difference.key);
  const screenshots = await writePictures(id, difference, artifacts);
  const witness = isProved(symptoms) ? writeWitness(difference, options) : undefined;
  const witnessName = `witness/${id}.spec.ts`;
  if (witness !== undefined) await artifacts.write(witnessName, Buffer.from(witness));
  return {
    id,
    category: difference.category,
    severity: difference.severity,
    evidence: 'reproduced',
    confidence: difference.proof === 'flaky' ? 0.5 : evidence === 'confirmed' ? 0.95 : 0.6,
    title: difference.title,
    body: notesOn(symptoms, consequences).join('\n\n'),
    source: difference.source,
    steps: [...difference.steps],
    ...(difference.expected === undefined ? {} : { expected: difference.expected }),
    ...(difference.actual === undefined ? {} : { actual: difference.actual }),
    ...(difference.hasNoBase === true ? {} : { onBase: difference.isOnBase === true }),
    url: difference.url,
    viewport: difference.environment,
    ...(screenshots === undefined ? {} : { screenshots }),
    ...(witness === undefined ? {} : { witness: witnessName }),
  };
}

/** A test that may pass on the head, or fail on the base, proves nothing. */
function isProved({ difference, evidence }: Symptoms): boolean {
  if (difference.isOnBase === true) return false;
  return difference.proof === 'confirmed' || (difference.proof === undefined && evidence === 'confirmed');
}

function notesOn(
  { difference, evidence, places, count }: Symptoms,
  consequences: readonly Symptoms[],
): readonly string[] {
  const elsewhere = [...places].filter((place) => place !== placeOf(difference)).sort();
  return [
    difference.body,
    ...(elsewhere.length > 0 ? [alsoOn(elsewhere)] : []),
    ...(count > elsewhere.length + 1 ? [`Seen ${count} times in this run.`] : []),
    ...(consequences.length > 0 ? [alsoSeen(consequences)] : []),
    ...(difference.proof === 'flaky' ? ['It showed in some of three attempts only.'] : []),
    ...(evidence === 'once' ? ['Seen once: the budget ended before a second run.'] : []),
    ...(difference.hasNoBase === true ? ['There was no base deployment to compare with.'] : []),
  ];
}

function alsoSeen(consequences: readonly Symptoms[]): string {
  const shown = consequences.slice(0, MAX_ALSO).map(({ difference }) => `- ${difference.title}`);
  const rest = consequences.length - shown.length;
  return [
    'Also seen, most likely for the same reason:',
    '',
    ...shown,
    ...(rest > 0 ? [`- and ${rest} more`] : []),
  ].join('\n');
}

function alsoOn(places: readonly string[]): string {
  const shown = places.slice(0, 3).join(', ');
  const rest = places.length > 3 ? ` and ${places.length - 3} more` : '';
  return `The same on ${places.length} other ${places.length === 1 ? 'page' : 'pages'}: ${shown}${rest}.`;
}

async function writePictures(
  id: string,
  difference: Difference,
  artifacts: ArtifactStore,
): Promise<Finding['screenshots']> {
  const evidence = difference.evidence?.();
  if (evidence === undefined) return undefined;
  const pictures: [kind: 'expected' | 'actual' | 'diff' | 'annotated', image: Image | undefined][] = [
    ['expected', evidence.expected],
    ['actual', evidence.actual],
    ['diff', evidence.diff],
    ['annotated', evidence.annotated],
  ];
  const names: Partial<Record<'expected' | 'actual' | 'diff' | 'annotated', string>> = {};
  for (const [kind, image] of pictures) {
    if (image === undefined) continue;
    const name = `${id}-${kind}.png`;
    await artifacts.write(name, encodePng(image));
    names[kind] = name;
  }
  return names;
}
