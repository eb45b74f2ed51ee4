import { z } from 'zod';
import { approverSchema } from './approval.ts';
import { stepSchema } from './flow.ts';
import { hypothesisSchema } from './hypothesis.ts';
import { lookSchema } from './look.ts';

/** The three reviewers' categories. */
export const REVIEW_CATEGORIES = ['security', 'style', 'logic'] as const;
/** What trying the product can show. */
export const VERIFY_CATEGORIES = ['visual', 'flow', 'state', 'environment', 'accessibility'] as const;
/** Most severe first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
/** Best proven first. */
const EVIDENCE = ['reproduced', 'checked', 'argued'] as const;

export const reviewCategorySchema = z.enum(REVIEW_CATEGORIES);
export const severitySchema = z.enum(SEVERITIES);
export const categorySchema = z.enum([...REVIEW_CATEGORIES, ...VERIFY_CATEGORIES]);
export type ReviewCategory = z.infer<typeof reviewCategorySchema>;
export type Severity = z.infer<typeof severitySchema>;

/** Lines of a file on one side of the diff: 1-based, both ends included. */
export const locationSchema = z
  .strictObject({
    path: z.string().min(1),
    side: z.enum(['LEFT', 'RIGHT']),
    startLine: z.int().min(1),
    endLine: z.int().min(1),
  })
  .readonly();
export type Location = z.infer<typeof locationSchema>;

/** Pictures that belong to a finding: file names relative to the run's output folder. */
export const screenshotsSchema = z
  .strictObject({
    expected: z.string().optional(),
    actual: z.string().optional(),
    diff: z.string().optional(),
    annotated: z.string().optional(),
  })
  .readonly();

/** One claim about one place, in the same shape whichever pipeline made it. */
export const findingSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[0-9a-f]{12}$/)
      .describe('Identity across pushes: 12 hexadecimal digits.'),
    category: categorySchema,
    severity: severitySchema,
    evidence: z
      .enum(EVIDENCE)
      .describe('reproduced in a browser or test run; checked by a deterministic tool; argued by a model.'),
    confidence: z.number().min(0).max(1),
    title: z.string().min(1).max(200),
    body: z.string().describe('Markdown, without raw HTML.'),
    source: z.string().describe('Who says so, such as oxlint/no-dupe-keys.'),
    location: locationSchema.optional(),
    suggestion: z.string().optional().describe("Replaces the location's lines."),
    includes: z
      .array(z.string())
      .readonly()
      .optional()
      .describe('Ids of everything that it stands for, when it stands for several.'),
    inProduct: hypothesisSchema
      .optional()
      .describe('What it predicts for the running product, and whether the preview showed it.'),
    predictedBy: z
      .array(z.string())
      .readonly()
      .optional()
      .describe('Ids of findings of the diff that predicted it.'),
    steps: z.array(stepSchema).readonly().optional(),
    expected: z.string().optional(),
    actual: z.string().optional(),
    onBase: z.boolean().optional().describe('The same is true of the base.'),
    url: z.string().optional(),
    viewport: z.string().optional(),
    screenshots: screenshotsSchema.optional(),
    witness: z
      .string()
      .optional()
      .describe('Path of a Playwright test that fails on head and passes on base.'),
    looks: z
      .array(lookSchema)
      .readonly()
      .optional()
      .describe('Of a visual change that people may approve: all that it looks like, on every page.'),
    approved: approverSchema.optional().describe('Who accepted that it looks so.'),
  })
  .readonly();
export type Finding = z.infer<typeof findingSchema>;
export type Category = Finding['category'];

/**
 * Orders findings most severe first, then the best proven, then the surest, then by place, so that the order is the same
 * in every run.
 */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    EVIDENCE.indexOf(a.evidence) - EVIDENCE.indexOf(b.evidence) ||
    b.confidence - a.confidence ||
    compareText(a.location?.path ?? '', b.location?.path ?? '') ||
    (a.location?.startLine ?? 0) - (b.location?.startLine ?? 0) ||
    compareText(a.id, b.id)
  );
}

/** Whether `severity` is as bad as `threshold`, or worse. */
export function isAtOrAbove(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** Orders texts by their code units, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
