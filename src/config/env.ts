import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../domain/errors.ts';
import { modelEnvShape } from './model-env.ts';

const wholeNumber = (min: number, max: number): z.ZodType<number> => {
  const error = `takes a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};
const webAddress = z
  .url({ protocol: /^https?$/, error: 'takes an address that begins with http:// or https://' })
  .transform((url) => url.replace(/\/+$/, ''));

/**
 * The operator's settings, one environment variable each. The description is the text of docs/configuration.md.
 */
export const envSchema = z.object({
  APP_ID: wholeNumber(1, Number.MAX_SAFE_INTEGER)
    .optional()
    .describe("The App's id at GitHub. Written by the set-up page."),
  PRIVATE_KEY: z
    .string()
    .min(1)
    .optional()
    .describe("The App's private key, PEM; `\\n` for line ends, or base64."),
  PRIVATE_KEY_PATH: z
    .string()
    .min(1)
    .optional()
    .describe('File with the private key, instead of PRIVATE_KEY.'),
  WEBHOOK_SECRET: z.string().optional().describe('Secret with which GitHub signs webhooks.'),
  HOST: z.string().min(1).default('localhost').describe('Address to listen on; 0.0.0.0 in a container.'),
  PORT: wholeNumber(0, 65_535).default(3000).describe('Port to listen on.'),
  FIRSTHAND_PUBLIC_URL: webAddress
    .optional()
    .describe(
      'Address under which GitHub reaches this server; needed by the set-up page for the webhook address.',
    ),
  FIRSTHAND_DATA_DIR: z
    .string()
    .min(1)
    .default('.firsthand')
    .describe('Folder for credentials, the embedded database and the git cache.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'takes postgres://user:password@host:port/database' })
    .optional()
    .describe('PostgreSQL to use instead of the embedded database; needed for several workers.'),
  FIRSTHAND_CONCURRENCY: wholeNumber(1, 64)
    .default(2)
    .describe('Pull requests worked on at a time in this process.'),
  FIRSTHAND_ENCRYPTION_KEY: z
    .string()
    .min(16)
    .optional()
    .describe(
      "Key for the secrets in the database; left out, it is derived from the App's private key, and a new private key then makes the stored secrets unreadable.",
    ),
  ...modelEnvShape,
  FIRSTHAND_BROWSER_PATH: z.string().min(1).optional().describe('Chromium or Chrome to use.'),
  FIRSTHAND_BROWSER_WS: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter((address) => address !== ''))
    .refine(
      (list) => list.every((address) => /^wss?:$/.test(URL.parse(address)?.protocol ?? '')),
      'takes addresses that begin with ws:// or wss://',
    )
    .describe(
      'WebSocket addresses of Playwright servers to use instead of a browser of this machine, balanced by their running contexts; one that does not answer is left out for half a minute. They need the same Playwright version.',
    ),
  FIRSTHAND_BROWSER_PROXY_HOST: z
    .string()
    .regex(/^[\w.-]+$/, 'takes a host name or an IPv4 address')
    .optional()
    .describe(
      'Name or address of this machine under which the servers of FIRSTHAND_BROWSER_WS reach its filtering proxy, on ports that the system chooses; needed unless they run on this machine. A server that does not reach it is refused: nothing goes unfiltered.',
    ),
  FIRSTHAND_ALLOW_PRIVATE_HOSTS: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter((host) => host !== ''))
    .describe('`host:port` list of private or loopback addresses that previews may live on. Empty: none.'),
  FIRSTHAND_SMTP_PORT: wholeNumber(1, 65_535)
    .optional()
    .describe(
      'Port on HOST that receives what products mail to test accounts (`login.mail`): links and codes, only while a run expects them. Left out: none is opened.',
    ),
  GITHUB_API_URL: webAddress
    .default('https://api.github.com')
    .describe("GitHub's REST API; /api/v3 on Enterprise."),
  GITHUB_SERVER_URL: webAddress
    .default('https://github.com')
    .describe("GitHub's web address, for git and links."),
  FIRSTHAND_THROTTLE: z
    .enum(['true', 'false'])
    .default('true')
    .transform((word) => word === 'true')
    .describe(
      'Space writes to GitHub a second apart, as GitHub asks. `false` is for a server that is not GitHub.',
    ),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('What is logged.'),
});
export type Env = z.infer<typeof envSchema>;

/** Parses the environment; empty variables count as absent. Throws `UserError` that lists every bad variable. */
export function parseEnv(environment: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = envSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new UserError(`the environment has settings that cannot be used\n${problems.join('\n')}`);
}

/** The private key as PEM, from the forms in which people keep it in one variable. Throws `UserError`. */
export function normalisePrivateKey(value: string, variable = 'PRIVATE_KEY'): string {
  const text = value.includes('-----BEGIN') ? value : Buffer.from(value, 'base64').toString('utf8');
  const pem = text.replaceAll('\\n', '\n').trim();
  if (!isPrivateKey(pem)) {
    throw new UserError(
      `${variable} is not a PEM private key: give the contents of the .pem file that GitHub made, with \\n for line ends, or base64 of it`,
    );
  }
  return `${pem}\n`;
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).type === 'private';
  } catch {
    // Why it cannot be read is in its bytes, which are not for a message.
    return false;
  }
}
