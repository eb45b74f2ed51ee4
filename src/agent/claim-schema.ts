import { z } from 'zod';
import { SEVERITIES, type Severity } from '../domain/finding.ts';
import { SYMPTOMS } from '../domain/hypothesis.ts';

/** Places are found by their quotes, so a number that is none costs nothing. */
const line = z.coerce.number().int().min(1).catch(1);
const text = (max: number): z.ZodType<string> => z.string().transform((value) => value.slice(0, max));
/** What is missing is judged by the checks, claim by claim, not by refusing the whole answer. */
const field = (max: number): z.ZodType<string> => text(max).catch('');
/** Models write 0.8, 80 and "0.8". */
const confidence = z.coerce
  .number()
  .transform((value) => Math.min(1, Math.max(0, value > 1 ? value / 100 : value)))
  .catch(0.5);
const severity = z
  .string()
  .meta({ enum: [...SEVERITIES] })
  .transform(
    (word) => SEVERITIES.find((known) => known === word.trim().toLowerCase()) ?? ('medium' as Severity),
  )
  .catch('medium');

/** Lines of a file that a model quotes. */
export const quoteSchema = z.object({ path: text(1000), line, code: text(2000) });
export type Quote = z.infer<typeof quoteSchema>;

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
  evidence: z.array(quoteSchema).catch([]),
  severity,
  confidence,
  replacement: text(4000).nullish().catch(null),
  rule: z
    .object({ path: text(1000), text: text(2000) })
    .nullish()
    .catch(null),
});
export type RawClaim = z.infer<typeof claimSchema>;

/** A finder's answer. */
export const finderAnswerSchema = z.object({
  receipts: z
    .array(z.string())
    .catch([])
    .describe('Copied from behind each passage that was read to its end.'),
  findings: z.array(claimSchema),
});

const VERDICTS = ['confirmed', 'refuted', 'undecided'] as const;

/** A verifier's answer. */
export const verdictSchema = z.object({
  verdict: z
    .string()
    .meta({ enum: [...VERDICTS] })
    .transform((word) => word.trim().toLowerCase())
    .pipe(z.enum(VERDICTS)),
  isCausedByChange: z.boolean().catch(true),
  reason: field(1500),
  evidence: z.array(quoteSchema).catch([]),
  severity,
  confidence,
  isReplacementRight: z.boolean().nullish().catch(null),
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
