import { compareFindings, type Finding } from '../domain/finding.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { type Difference, graver } from './difference.ts';
import { encodePng } from './pictures/encode-png.ts';
import type { Image } from './pictures/image.ts';
import type { ArtifactStore } from './ports.ts';
import type { LoginSettings } from './settings.ts';
import { writeWitness } from './shrink/write-witness.ts';

interface Entry {
  readonly difference: Difference;
  readonly evidence: 'confirmed' | 'once';
  /** Where else the same was seen. */
  readonly elsewhere: ReadonlySet<string>;
}

/** What a run has found so far: one entry for each cause. */
export interface Ledger {
  /** Adds a difference, or counts it where its cause is known. */
  add(difference: Difference, evidence: 'confirmed' | 'once'): void;
  has(key: string): boolean;
  /** Whether the cause is known to be equally true of the base. */
  isOnBase(key: string): boolean;
  count(): number;
  /** Writes pictures and witnesses, and returns the findings, most severe first. */
  publish(
    artifacts: ArtifactStore,
    login?: LoginSettings,
  ): Promise<{
    readonly findings: readonly Finding[];
    readonly preExisting: readonly Finding[];
  }>;
}

export function createLedger(): Ledger {
  const entries = new Map<string, Entry>();
  return {
    has: (key) => entries.has(key),
    isOnBase: (key) => entries.get(key)?.difference.isOnBase === true,
    count: () => [...entries.values()].filter(({ difference }) => difference.isOnBase !== true).length,
    add(difference, evidence) {
      const key = sameCause(entries, difference) ?? difference.key;
      const known = entries.get(key);
      if (known === undefined) {
        entries.set(key, { difference, evidence, elsewhere: new Set() });
        return;
      }
      const isGraver = graver(difference.severity, known.difference.severity) !== known.difference.severity;
      const place = placeOf(difference);
      const elsewhere = new Set(known.elsewhere);
      if (place !== placeOf(known.difference)) elsewhere.add(place);
      entries.set(key, {
        // The graver one tells the story: a negative total matters most where the customer pays it.
        difference: isGraver ? difference : known.difference,
        evidence: known.evidence === 'confirmed' ? 'confirmed' : evidence,
        elsewhere,
      });
    },
    async publish(artifacts, login) {
      const findings: Finding[] = [];
      const unusable = namesOfUnusable(entries);
      for (const entry of entries.values()) {
        if (showsOneOf(entry.difference, unusable)) continue;
        findings.push(await toFinding(entry, artifacts, login));
      }
      findings.sort(compareFindings);
      return {
        findings: findings.filter((finding) => finding.onBase !== true),
        preExisting: findings.filter((finding) => finding.onBase === true),
      };
    },
  };
}

/** Names of the controls that a broken flow could not use. */
function namesOfUnusable(entries: ReadonlyMap<string, Entry>): readonly string[] {
  return [...entries.values()].flatMap(({ difference }) => {
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

/** The key of an entry that shows the same change of the same numbers. */
function sameCause(entries: ReadonlyMap<string, Entry>, difference: Difference): string | undefined {
  if (difference.values === undefined || entries.has(difference.key)) return undefined;
  for (const [key, { difference: known }] of entries) {
    if (known.values?.some((value) => difference.values?.includes(value)) === true) return key;
  }
  return undefined;
}

function placeOf({ url, environment }: Difference): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return `${path} (${environment})`;
}

async function toFinding(
  { difference, evidence, elsewhere }: Entry,
  artifacts: ArtifactStore,
  login?: LoginSettings,
): Promise<Finding> {
  const id = fingerprint(difference.category, difference.source, difference.key);
  const notes = [difference.body];
  if (elsewhere.size > 0) notes.push(alsoOn([...elsewhere]));
  if (evidence === 'once') notes.push('Seen once: the budget ended before a second run.');
  if (difference.hasNoBase === true) notes.push('There was no base deployment to compare with.');
  const screenshots = await writePictures(id, difference, artifacts);
  const witness = difference.isOnBase === true ? undefined : writeWitness(difference, { login });
  const witnessName = `witness/${id}.spec.ts`;
  if (witness !== undefined) await artifacts.write(witnessName, Buffer.from(witness));
  return {
    id,
    category: difference.category,
    severity: difference.severity,
    evidence: 'reproduced',
    confidence: evidence === 'confirmed' ? 0.95 : 0.6,
    title: difference.title,
    body: notes.join('\n\n'),
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
