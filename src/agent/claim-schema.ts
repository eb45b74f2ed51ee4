import { z } from 'zod';
import { SEVERITIES, type Severity } from '../domain/finding.ts';

const line = z.coerce.number().int().min(1);
const text = (max: number): z.ZodType<string> => z.string().transform((value) => value.slice(0, max));
/** Models write 0.8, 80 and "0.8". */
const confidence = z.coerce
  .number()
  .transform((value) => Math.min(1, Math.max(0, value > 1 ? value / 100 : value)))
  .catch(0.5);
const severity = z
  .string()
  .transform((word) => SEVERITIES.find((known) => known === word.toLowerCase()) ?? ('medium' as Severity));

/** Lines of a file that a model quotes. */
export const quoteSchema = z.object({ path: text(1000), line, code: text(2000) });
export type Quote = z.infer<typeof quoteSchema>;

/** What a model claims, in its own words: nothing of it is checked yet. */
const claimSchema = z.object({
  path: text(1000),
  startLine: line,
  endLine: line,
  side: z.enum(['new', 'old']).catch('new'),
  code: text(4000),
  kind: text(60),
  title: text(300),
  trigger: text(1500),
  mechanism: text(2000),
  consequence: text(1500),
  evidence: z.array(quoteSchema).catch([]),
  severity,
  confidence,
  replacement: text(4000).nullish(),
  rule: z
    .object({ path: text(1000), text: text(2000) })
    .nullish()
    .catch(null),
});
export type RawClaim = z.infer<typeof claimSchema>;

/** A finder's answer. */
export const finderAnswerSchema = z.object({
  receipts: z.array(z.string()).describe('Copied from behind each passage that was read to its end.'),
  findings: z.array(claimSchema),
});

/** A verifier's answer. */
export const verdictSchema = z.object({
  verdict: z.enum(['confirmed', 'refuted', 'undecided']),
  isCausedByChange: z.boolean().catch(true),
  reason: text(1500),
  evidence: z.array(quoteSchema).catch([]),
  severity,
  confidence,
  isReplacementRight: z.boolean().nullish().catch(null),
  visibleInProduct: text(500).nullish().catch(null),
});
export type Verdict = z.infer<typeof verdictSchema>;
