import { z } from 'zod';
import { flowSchema, stepSchema } from '../domain/flow.ts';
import { isOriginPattern } from '../domain/origin.ts';

/** The name of a secret; its value never stands in the configuration. */
const secretRef = z.strictObject({
  secret: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a secret is named in capitals, such as TEST_USER'),
});
export type SecretRef = z.infer<typeof secretRef>;

export const previewSettingsSchema = z.strictObject({
  url: z
    .string()
    .default('auto')
    .describe(
      '`auto` (from deployments, check runs, statuses and comments of hosting services), or a template such as https://pr-{number}.example.dev; {sha} and {branch} work too.',
    ),
  base: z
    .string()
    .default('auto')
    .describe(
      "`auto` (the deployment of the merge base, else the base branch's newest), or an address such as https://staging.example.dev.",
    ),
  origins: z
    .array(
      z
        .string()
        .min(1)
        .refine(isOriginPattern, 'is no origin such as https://*.example.dev: scheme and host, no path'),
    )
    .default([])
    .describe(
      'Where else the browser may go, and the only other places where a credential is typed; `*` in the host.',
    ),
  headers: z
    .record(z.string(), z.union([z.string(), secretRef]))
    .default({})
    .describe("Headers sent to the preview's and the base deployment's own host only."),
  basicAuth: z
    .strictObject({
      username: secretRef.describe('Secret with the user name.'),
      password: secretRef.describe('Secret with the password.'),
    })
    .optional()
    .describe("Basic authentication, sent to the preview's and the base deployment's own host only."),
});

/** Fills the value of a secret, or the one-time code of its key, into the field that is named so. */
const secretFill = z.strictObject({
  fill: z.strictObject({
    field: z.string().min(1).describe('Label, placeholder, name or id of the field.'),
    value: z.union([secretRef, z.strictObject({ totp: secretRef.shape.secret })]),
  }),
});
/** One step of a login: a step as in flows, or one that fills a secret. */
export const loginStepSchema = z.union([secretFill, stepSchema]);
export type LoginStep = z.infer<typeof loginStepSchema>;

/** Whether a step fills what must not be seen. */
export function isSecretFill(step: LoginStep): step is z.infer<typeof secretFill> {
  return 'fill' in step && typeof step.fill.value !== 'string';
}

export const loginSettingsSchema = z
  .strictObject({
    path: z
      .string()
      .startsWith('/')
      .optional()
      .describe('Path of the login page; left out: it is found from the start page.'),
    username: secretRef.optional().describe('Secret with the name of the test account.'),
    password: secretRef
      .optional()
      .describe('Secret with its password; left out where a mailed link or code is enough.'),
    totp: secretRef
      .optional()
      .describe('Secret with the base32 key (or otpauth:// address) of its one-time codes.'),
    mail: secretRef
      .optional()
      .describe(
        'Secret with the address to which the product mails links and codes; they must reach the port that the operator opened with FIRSTHAND_SMTP_PORT.',
      ),
    state: secretRef
      .optional()
      .describe("Secret with a storage state in Playwright's JSON, to be taken instead of logging in."),
    steps: z
      .array(loginStepSchema)
      .min(1)
      .max(50)
      .optional()
      .describe(
        'Steps that log in, as in flows, for what is not found by itself; `fill` takes `{ secret: NAME }` and `{ totp: NAME }` as value.',
      ),
  })
  .refine(
    ({ username, state, steps }) => username !== undefined || state !== undefined || steps !== undefined,
    'needs username (with password or mail), state or steps',
  );
export type LoginSettings = z.infer<typeof loginSettingsSchema>;

/** Named device presets, or a size of one's own in CSS pixels. */
export const viewportSchema = z.union([
  z.enum(['desktop', 'tablet', 'mobile']),
  z.strictObject({
    name: z.string().min(1).max(40),
    width: z.int().min(200).max(4000),
    height: z.int().min(200).max(4000),
    deviceScaleFactor: z.number().min(1).max(4).default(1),
    isMobile: z.boolean().default(false),
    hasTouch: z.boolean().default(false),
  }),
]);
export type ViewportSetting = z.infer<typeof viewportSchema>;

/** One more setting of the browser in which the flows are tried, beside the default. */
export const environmentSchema = z.strictObject({
  browser: z
    .enum(['chromium', 'firefox', 'webkit'])
    .optional()
    .describe(
      'Engine, Chromium by default. Another one must be installed by Playwright: `npx playwright install firefox`.',
    ),
  colorScheme: z.enum(['light', 'dark']).optional().describe('What the system asks pages for.'),
  locale: z.string().optional().describe('Such as de-DE.'),
  timezone: z.string().optional().describe('Such as Asia/Tokyo.'),
  reducedMotion: z
    .boolean()
    .optional()
    .describe(
      'What the system asks pages for: true by default, so that pictures stand still; false is motion.',
    ),
  offline: z.boolean().optional().describe('Pages load, and then have no network.'),
  slow: z.boolean().optional().describe('A slow mobile network: 562 ms for a round trip, 1.4 Mbit/s.'),
});

export const exploreSettingsSchema = z.strictObject({
  actions: z
    .int()
    .min(1)
    .max(20_000)
    .default(1_500)
    .describe(
      'How many actions a run may perform on each side; what is done once more, to be sure, is not counted.',
    ),
  seconds: z
    .int()
    .min(5)
    .max(1800)
    .default(120)
    .describe('How long a run may drive the browser, in seconds.'),
  avoid: z.array(z.string().min(1)).default([]).describe('Accessible names that are never clicked.'),
});

/** Everything in `.github/firsthand.yml` that concerns trying the product. */
export const verifySettingsShape = {
  preview: previewSettingsSchema.prefault({}),
  login: loginSettingsSchema.optional().describe('How to log in with a test account.'),
  accounts: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'a role is named in small letters, such as admin'),
      loginSettingsSchema,
    )
    .default({})
    .describe(
      'Further test accounts by role, each with the keys of `login`; a flow is driven as one with `as: admin`.',
    ),
  flows: z.array(flowSchema).default([]).describe('User journeys to drive on both sides.'),
  viewports: z
    .array(viewportSchema)
    .min(1)
    .optional()
    .describe(
      'Window sizes to try, each with its share of the time. Left out: desktop, then the pages and flows on mobile in what is left of the time.',
    ),
  environments: z
    .array(environmentSchema)
    .default([])
    .describe(
      'Further settings of the browser in which pages and flows are tried, in the last quarter of the time at least. What only one of them shows is an environment finding.',
    ),
  explore: exploreSettingsSchema.prefault({}),
  masks: z.array(z.string().min(1)).default([]).describe('CSS selectors of regions that are not compared.'),
};
export const verifySettingsSchema = z.strictObject(verifySettingsShape);
export type VerifySettings = z.infer<typeof verifySettingsSchema>;
