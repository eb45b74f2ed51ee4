import { z } from 'zod';
import { findingSchema, reviewCategorySchema } from './finding.ts';
import { stepSchema } from './flow.ts';

/** Raised when a reader of the old JSON could no longer read the new one. */
export const SCHEMA_VERSION = 1;

const common = {
  schemaVersion: z.literal(SCHEMA_VERSION),
  tool: z.strictObject({ name: z.literal('firsthand'), version: z.string() }),
  startedAt: z.iso.datetime().describe('When the run began, UTC.'),
  ms: z.number().min(0).describe('How long the run took, in milliseconds.'),
  findings: z.array(findingSchema).describe('Most severe first.'),
};

/** What the models of one reviewer did, and what that took. */
const modelUseSchema = z.strictObject({
  names: z.array(z.string()).describe('Models that were asked, provider/name.'),
  calls: z.int().min(0).describe('Requests that were answered.'),
  inputTokens: z.int().min(0).describe('As the provider counts them, cached ones included.'),
  cachedTokens: z.int().min(0).describe("Of the input, what came from the provider's cache."),
  outputTokens: z.int().min(0),
  costUsd: z.number().min(0).describe('At list prices, of the calls whose price is known.'),
  unpriced: z.array(z.string()).describe('Models whose price is not known: their calls are not in costUsd.'),
  pricesAsOf: z.string().describe('Date of the list of prices.'),
  isolation: z
    .string()
    .optional()
    .describe(
      'How the process that talked to the models was confined; absent when it was not one of its own.',
    ),
  hunksRead: z.int().min(0).describe('Hunks for which a model gave a valid receipt.'),
  hunksTotal: z.int().min(0),
  ms: z.number().min(0),
});

/** What became of one reviewer. "reviewed" with no findings and "failed" read differently everywhere. */
export const reviewerReportSchema = z.strictObject({
  category: reviewCategorySchema,
  status: z.enum(['reviewed', 'failed', 'skipped']),
  reason: z.string().optional().describe('Why it failed or was skipped, or what it could not read.'),
  engine: z.string().describe('Who did the reading, such as "oxlint 1.94.0, biome 2.6.8".'),
  findings: z.int().min(0),
  hunksRead: z.int().min(0),
  hunksTotal: z.int().min(0),
  tokens: z.int().min(0),
  costUsd: z.number().min(0),
  ms: z.number().min(0),
  model: modelUseSchema.optional().describe('Absent when no model was asked.'),
});
export type ReviewerReport = z.infer<typeof reviewerReportSchema>;

/** The document of `firsthand review`. */
export const reviewReportSchema = z.strictObject({
  kind: z.literal('review'),
  ...common,
  base: z.string().describe('Commit from which the diff is taken (the merge base).'),
  head: z.string().describe('Commit that was reviewed.'),
  reviewers: z.array(reviewerReportSchema),
  notShown: z.array(
    z.strictObject({
      finding: z.string(),
      reason: z.string(),
      detail: z.string().optional().describe('What it was, and what speaks against it.'),
    }),
  ),
  notAnalysed: z
    .array(z.strictObject({ path: z.string(), reason: z.string() }))
    .describe('Changed files that no analyser read, and why.'),
  sandbox: z.string().describe('How the analysers were confined.'),
});
export type ReviewReport = z.infer<typeof reviewReportSchema>;

/** What can keep a login from coming about. */
export const LOGIN_REASONS = [
  'refused',
  'locked',
  'captcha',
  'unknown-form',
  'origin-refused',
  'code-needed',
  'code-refused',
  'no-mail',
  'not-logged-in',
  'not-opened',
  'no-secret',
  'withheld',
] as const;

export const loginReportSchema = z.strictObject({
  kind: z.enum(['ok', 'refused', 'none', 'could-not-try']),
  why: z.string(),
  reason: z
    .enum(LOGIN_REASONS)
    .optional()
    .describe('Why the login did not come about, in one word; absent when it did or none is configured.'),
});

export const flowReportSchema = z.strictObject({
  name: z.string(),
  viewport: z.string(),
  status: z.enum(['passed', 'failed', 'could-not-run']),
  why: z.string().optional(),
  steps: z.array(
    z.strictObject({
      step: stepSchema,
      base: z.enum(['done', 'impossible', 'not-run']),
      head: z.enum(['done', 'impossible', 'not-run']),
      why: z.string().optional(),
    }),
  ),
});

/** The document of `firsthand verify`. */
export const verifyReportSchema = z.strictObject({
  kind: z.literal('verify'),
  ...common,
  head: z.string().describe('URL of the preview.'),
  base: z
    .string()
    .optional()
    .describe('URL of the base deployment; absent when there was none to compare with.'),
  baseReason: z
    .string()
    .optional()
    .describe('How the base deployment was chosen and how old it is, or why there is none.'),
  search: z
    .strictObject({
      taken: z.string().optional().describe('How the preview was found; absent when none was.'),
      rejected: z
        .array(z.strictObject({ what: z.string(), why: z.string() }))
        .describe('What looked like a preview and was not taken, and why.'),
    })
    .optional()
    .describe('How the preview was looked for; absent when its address was given.'),
  others: z
    .array(
      z.strictObject({
        name: z.string(),
        head: z.string(),
        base: z.string().optional(),
        baseReason: z.string().optional(),
        outcome: z.string(),
      }),
    )
    .optional()
    .describe(
      'Previews of other projects of the same commit, tried after the first: what was found, the coverage and the outcome are of all.',
    ),
  seed: z.int(),
  outcome: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('verified') }),
      z.strictObject({ kind: z.literal('partly-verified'), why: z.string() }),
      z.strictObject({ kind: z.literal('no-preview'), why: z.string() }),
      z.strictObject({ kind: z.literal('preview-not-ready'), why: z.string() }),
      z.strictObject({ kind: z.literal('login-refused'), why: z.string() }),
    ])
    .describe('How far the run got. Only "verified" may be shown as a success.'),
  browser: z
    .strictObject({
      name: z.string(),
      replaced: z.int().min(0).describe('How often it ended by itself and the run went on in another one.'),
    })
    .optional()
    .describe('What drove both deployments.'),
  login: loginReportSchema,
  flows: z.array(flowReportSchema),
  coverage: z.strictObject({
    states: z.int().min(0),
    transitions: z.int().min(0),
    actions: z.int().min(0),
    pages: z.array(z.string()).describe('Paths that were compared.'),
    notReached: z.array(z.strictObject({ what: z.string(), why: z.string() })),
  }),
  exercised: z
    .array(
      z.strictObject({
        path: z.string(),
        startLine: z.int().min(1).describe('Line of the head, 1-based.'),
        endLine: z.int().min(1).describe('Inclusive.'),
        by: z
          .array(z.string())
          .describe('Pages, texts and styles by which it was seen; empty when it was not.'),
        why: z.string().optional().describe('Why it was not seen.'),
        code: z
          .strictObject({
            kind: z.enum(['ran', 'partly-ran', 'not-run', 'unknown']),
            why: z.string().describe('How much of it ran, on which side, or why that is not known.'),
          })
          .optional()
          .describe('Whether a browser ran its code, by its functions; absent when it has none.'),
      }),
    )
    .optional()
    .describe(
      'Every changed part of the diff and how it was seen at work; absent when the diff is not known.',
    ),
  noise: z.array(
    z
      .strictObject({ what: z.string(), where: z.string(), how: z.string() })
      .describe('What was masked as volatile.'),
  ),
  changes: z
    .array(findingSchema)
    .default([])
    .describe('What looks different and looks intended, such as another wording or a new part: no findings.'),
  preExisting: z.array(findingSchema).describe('Equally true of the base: reported apart, never blocking.'),
});
export type VerifyReport = z.infer<typeof verifyReportSchema>;

/** The one document that `--format json` prints. */
export const reportSchema = z.discriminatedUnion('kind', [reviewReportSchema, verifyReportSchema]);
