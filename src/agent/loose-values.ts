import type { z } from 'zod';
import type { Severity } from '../domain/finding.ts';

/** What other reviewers, scanners and trackers call a severity; the longer lists of models' own words. */
const SEVERITY_WORDS: ReadonlyMap<string, Severity> = new Map(
  Object.entries({
    critical: ['critical', 'blocker', 'severe', 'fatal', 'p0', 'sev0', 'sev1'],
    high: ['high', 'major', 'important', 'serious', 'error', 'p1', 'sev2'],
    medium: ['medium', 'moderate', 'normal', 'warning', 'p2', 'sev3'],
    low: ['low', 'minor', 'trivial', 'info', 'informational', 'nit', 'note', 'p3', 'p4', 'sev4'],
  } satisfies Record<Severity, string[]>).flatMap(([severity, words]) =>
    words.map((word) => [word, severity as Severity] as const),
  ),
);

/** The severity that a model means; undefined when it says none that is known. */
export function readSeverity(value: unknown): Severity | undefined {
  return typeof value === 'string' ? SEVERITY_WORDS.get(value.trim().toLowerCase()) : undefined;
}

const CONFIDENCE_WORDS: ReadonlyMap<string, number> = new Map([
  ['certain', 0.95],
  ['very high', 0.95],
  ['high', 0.85],
  ['medium', 0.6],
  ['moderate', 0.6],
  ['low', 0.3],
  ['very low', 0.1],
]);

/** From 0 to 1. Models write 0.8, 8 of 10, 80, "80 %" and "high"; undefined for anything else. */
export function readConfidence(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const text = String(value).trim().toLowerCase();
  const [, digits, percent] = /^(-?\d+(?:\.\d+)?)\s*(%|\/\s*100)?(?:\s*\/\s*10)?$/.exec(text) ?? [];
  if (digits === undefined) return CONFIDENCE_WORDS.get(text);
  const number = Number(digits);
  const share = percent !== undefined || number > 10 ? number / 100 : number > 1 ? number / 10 : number;
  return Math.min(1, Math.max(0, share));
}

/** A truth value, also as a word; undefined for anything else. */
export function readBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return { true: true, yes: true, false: false, no: false }[word];
}

/** Of a list, what fits; also of a single one that should have been a list. */
export function goodOnes<Schema extends z.ZodType>(value: unknown, schema: Schema): z.infer<Schema>[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.flatMap((one) => {
    const parsed = schema.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}

/** All texts in lists and objects, keys and values of an object joined as `key:value` too. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    typeof one === 'string' ? [one, `${key}:${one}`] : textsIn(one),
  );
}
