import { hkdfSync } from 'node:crypto';
import { resolve } from 'node:path';
import { type Env, normalisePrivateKey, parseEnv } from '../config/env.ts';
import { UserError } from '../domain/errors.ts';
import { type Credentials, readCredentials } from '../server/credentials.ts';

import { readTextFile } from './read-text-file.ts';

/** The operator's settings, with paths made absolute and the credentials looked up. */
export interface AppSettings {
  readonly env: Env;
  readonly dataDir: string;
  /** Where the set-up page writes the credentials. */
  readonly credentialsFile: string;
  /** Absent as long as the App is not registered; `missing` then names the variables. */
  readonly credentials: Credentials | undefined;
  readonly missing: readonly string[];
}

/** Reads the environment, and behind it the file that the set-up page wrote. Throws `UserError`. */
export async function readAppSettings(terminal: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}): Promise<AppSettings> {
  const env = parseEnv(terminal.env);
  const dataDir = resolve(terminal.cwd, env.FIRSTHAND_DATA_DIR);
  const credentialsFile = resolve(dataDir, 'credentials.env');
  const privateKey = await readPrivateKey(env, terminal.cwd);
  const given = { APP_ID: env.APP_ID, PRIVATE_KEY: privateKey, WEBHOOK_SECRET: env.WEBHOOK_SECRET };
  const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []));
  const { APP_ID: appId, WEBHOOK_SECRET: webhookSecret } = env;
  const isGiven = appId !== undefined && privateKey !== undefined && webhookSecret !== undefined;
  // Half a set of credentials in the environment is a mistake to name, not one to fill up from another App's file.
  const credentials = isGiven
    ? { appId, privateKey, webhookSecret }
    : missing.length === Object.keys(given).length
      ? await readCredentials(credentialsFile)
      : undefined;
  return { env, dataDir, credentialsFile, credentials, missing: credentials === undefined ? missing : [] };
}

/** The key for the secrets in the database: given by the operator, else derived from the App's private key. */
export function encryptionKey(settings: AppSettings): Uint8Array {
  const source = settings.env.FIRSTHAND_ENCRYPTION_KEY ?? settings.credentials?.privateKey;
  if (source === undefined) {
    throw new UserError(
      `secrets are encrypted with a key from the App's private key, and ${settings.missing.join(', ')} ${settings.missing.length === 1 ? 'is' : 'are'} not set: register the App with \`firsthand start\` first, or set FIRSTHAND_ENCRYPTION_KEY`,
    );
  }
  return new Uint8Array(hkdfSync('sha256', source, '', 'firsthand secrets v1', 32));
}

/** The key that signs what the summary comment remembers: another App cannot read it, and nobody can forge it. */
export function markerKey({ privateKey }: Pick<Credentials, 'privateKey'>): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', privateKey, '', 'firsthand ledger v1', 32));
}

async function readPrivateKey(env: Env, cwd: string): Promise<string | undefined> {
  if (env.PRIVATE_KEY !== undefined) return normalisePrivateKey(env.PRIVATE_KEY);
  if (env.PRIVATE_KEY_PATH === undefined) return undefined;
  return normalisePrivateKey(
    await readTextFile(resolve(cwd, env.PRIVATE_KEY_PATH), 'PRIVATE_KEY_PATH'),
    'PRIVATE_KEY_PATH',
  );
}
