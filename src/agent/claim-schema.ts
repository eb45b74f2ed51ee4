import { z } from 'zod';
import { SEVERITIES, type Severity } from '../domain/finding.ts';
import { SYMPTOMS } from '../domain/hypothesis.ts';
import { goodOnes, readBoolean, readConfidence, readSeverity, textsIn } from './loose-values.ts';

/** Places are found by their quotes, so a number that is none costs nothing. */
const line = z.coerce.number().int().min(1).catch(1);
const text = (max: number): z.ZodType<string> => z.string().transform((value) => value.slice(0, max));
/** What is missing is judged by the checks, claim by claim, not by refusing the whole answer. */
const field = (max: number): z.ZodType<string> => text(max).catch('');
const confidence = z
  .number()
  .transform((value) => readConfidence(value) ?? 0.5)
  .catch(({ input }) => readConfidence(input) ?? 0.5);
const severityWord = z
  .string()
  .meta({ enum: [...SEVERITIES] })
  .transform(readSeverity);

/** Lines of a file that a model quotes. */
export const quoteSchema = z.object({ path: text(1000), line, code: text(2000) });
export type Quote = z.infer<typeof quoteSchema>;
/** One that is none costs only itself. */
const quotes = z.array(quoteSchema).catch(({ input }) => goodOnes(input, quoteSchema));

const rule = z.object({ path: text(1000), text: text(2000) });

/** What a model claims, in its own words: nothing of it is checked yet. */
const claimSchema = z.object({
  path: field(1000),
  startLine: line,
  endLine: line,
  side: z.enum(['new', 'old']).catch('new'),
  code: field(4000),
  kind: field(60),
  title: field(300),
  trigger: field(1500),
  mechanism: field(2000),
  consequence: field(1500),
  evidence: quotes,
  severity: severityWord.transform((word): Severity => word ?? 'medium').catch('medium'),
  confidence,
  replacement: text(4000).nullish().catch(null),
  // Where only the words are given, the file is the one in which they stand.
  rule: rule.nullish().catch(({ input }) => (typeof input === 'string' ? { path: '', text: input } : null)),
});
export type RawClaim = z.infer<typeof claimSchema>;

/** A finder's answer. */
const finderObjectSchema = z.object({
  receipts: z
    .array(z.string())
    .catch(({ input }) => textsIn(input))
    .describe('Copied from behind each passage that was read to its end.'),
  findings: z.array(claimSchema),
});
export type FinderAnswer = z.infer<typeof finderObjectSchema>;
export const finderAnswerSchema = z.preprocess(toAnswer, finderObjectSchema);

/** A list alone is one of findings; a single finding is a list of one, and null an empty one. */
function toAnswer(value: unknown): unknown {
  if (Array.isArray(value)) return { receipts: [], findings: value };
  if (typeof value !== 'object' || value === null || !('findings' in value)) return value;
  const { findings } = value;
  if (typeof findings !== 'object' || Array.isArray(findings)) return value;
  return { ...value, findings: findings === null ? [] : [findings] };
}

/** Some models report each finding by a call of its own. */
export function joinAnswers(answers: readonly FinderAnswer[]): FinderAnswer {
  return {
    receipts: answers.flatMap(({ receipts }) => receipts),
    findings: answers.flatMap(({ findings }) => findings),
  };
}

const VERDICTS = ['confirmed', 'refuted', 'undecided'] as const;

/** A verifier's answer. */
export const verdictSchema = z.object({
  verdict: z
    .string()
    .meta({ enum: [...VERDICTS] })
    .transform((word) => word.trim().toLowerCase())
    .pipe(z.enum(VERDICTS)),
  isCausedByChange: z.boolean().catch(({ input }) => readBoolean(input) ?? true),
  reason: field(1500),
  evidence: quotes,
  /** Absent when it says none: then the finder's counts. */
  severity: severityWord.catch(undefined),
  confidence,
  isReplacementRight: z
    .boolean()
    .nullish()
    .catch(({ input }) => readBoolean(input) ?? null),
  visibleInProduct: z
    .object({
      what: text(500),
      pages: z.array(z.string()).catch([]),
      controls: z.array(z.string()).catch([]),
      symptom: z.enum(SYMPTOMS).catch('other'),
    })
    .nullish()
    .catch(null),
});
export type Verdict = z.infer<typeof verdictSchema>;
