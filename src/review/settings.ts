import { z } from 'zod';
import { REVIEW_CATEGORIES, reviewCategorySchema } from '../domain/finding.ts';

/** `review:` in `.github/firsthand.yml`. */
export const reviewSettingsSchema = z.strictObject({
  reviewers: z
    .array(reviewCategorySchema)
    .default([...REVIEW_CATEGORIES])
    .describe('Which reviewers read the diff.'),
  ignore: z.array(z.string().min(1)).default([]).describe('Globs of files that no reviewer reads.'),
  maxFindings: z
    .int()
    .min(0)
    .max(50)
    .default(15)
    .describe('How many findings may stand open as inline comments; the rest is folded in the summary.'),
  useModel: z
    .boolean()
    .optional()
    .describe('`false` keeps models away from this repository; they read where the operator has set one up.'),
  maxModelUsd: z
    .number()
    .min(0)
    .optional()
    .describe("Most that models may cost in one review, in US dollars; the operator's limits hold besides."),
});
export type ReviewSettings = z.infer<typeof reviewSettingsSchema>;
