import { z } from 'zod';
import { locationSchema, reviewCategorySchema, severitySchema } from '../domain/finding.ts';
import { predictionSchema } from '../domain/hypothesis.ts';

const count = z.number().min(0);

/** A finding that a model argues and that the checks let through. All texts are plain. */
const modelFindingSchema = z.strictObject({
  category: reviewCategorySchema,
  kind: z.string(),
  severity: severitySchema,
  confidence: z.number().min(0).max(1),
  title: z.string(),
  body: z.string(),
  location: locationSchema,
  /** `provider/name`. */
  model: z.string(),
  /** Replaces the location's lines; the verifier holds it for right, nobody has tried it yet. */
  replacement: z.string().optional(),
  /** What a user of the product would see: for whoever can try the product. */
  visibleInProduct: predictionSchema.optional(),
});
export type ModelFinding = z.infer<typeof modelFindingSchema>;

const rejectedSchema = z.strictObject({
  category: reviewCategorySchema,
  title: z.string(),
  path: z.string(),
  line: z.number(),
  severity: severitySchema,
  reason: z.string(),
});

/** What one reviewer's models read, and what that took. */
const readerReportSchema = z.strictObject({
  category: reviewCategorySchema,
  /** Those that were asked, `provider/name`. */
  models: z.array(z.string()),
  hunksTotal: count,
  unread: z.array(z.strictObject({ path: z.string(), hunk: z.number(), reason: z.string() })),
  /** What else was not done, one line each. */
  problems: z.array(z.string()),
  inputTokens: count,
  cachedTokens: count,
  outputTokens: count,
  calls: count,
  /** Of the calls whose price is known. */
  usd: count,
  /** Models that were asked and whose price is not known. */
  unpriced: z.array(z.string()),
  ms: count,
});
export type ReaderReport = z.infer<typeof readerReportSchema>;

/** All that comes of letting models read a change. */
export const readingSchema = z.strictObject({
  findings: z.array(modelFindingSchema),
  rejected: z.array(rejectedSchema),
  readers: z.array(readerReportSchema),
  /** How the process that talked to models was confined; absent when it was this one. */
  isolation: z.string().optional(),
});
export type Reading = z.infer<typeof readingSchema>;
