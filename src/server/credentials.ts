import { access, constants, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { UserError } from '../domain/errors.ts';
import { makeFolder } from '../lib/make-folder.ts';

/** What the app logs in with, as GitHub made it. */
export interface Credentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

const fileSchema = z.object({
  APP_ID: z.coerce.number().int().positive(),
  PRIVATE_KEY: z.string().startsWith('-----BEGIN'),
  WEBHOOK_SECRET: z.string().min(1),
});

/** Makes the folder of the file; throws `UserError` when it cannot be written to. */
export async function prepareCredentialsFile(file: string): Promise<void> {
  const folder = dirname(file);
  try {
    makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`could not write the app's credentials into ${folder} (${code ?? 'unknown error'})`, {
      cause: error,
    });
  }
}

/** Writes the credentials as an environment file that only its owner can read, whole or not at all. */
export async function writeCredentials(file: string, credentials: Credentials): Promise<void> {
  const { appId, privateKey, webhookSecret } = credentials;
  const lines = [
    '# Written by the set-up page of Firsthand. Whoever reads this can act as the app.',
    `APP_ID=${appId}`,
    `WEBHOOK_SECRET=${quote(webhookSecret)}`,
    `PRIVATE_KEY=${quote(privateKey)}`,
    '',
  ];
  const unfinished = `${file}.new`;
  await prepareCredentialsFile(file);
  // A left-over of an earlier attempt would keep its own mode.
  await rm(unfinished, { force: true });
  await writeFile(unfinished, lines.join('\n'), { mode: 0o600, flag: 'wx' });
  await rename(unfinished, file);
}

/** Reads the credentials; undefined when there is no such file. Throws `UserError` when it is not one of ours. */
export async function readCredentials(file: string): Promise<Credentials | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new UserError(`could not read the app's credentials from ${file} (${code ?? 'unknown error'})`, {
      cause: error,
    });
  }
  const parsed = fileSchema.safeParse(parseEnv(text));
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
    throw new UserError(`${file} lacks a good ${names.join(', ')}: delete it and set the app up again.`);
  }
  const { APP_ID, PRIVATE_KEY, WEBHOOK_SECRET } = parsed.data;
  return { appId: APP_ID, privateKey: PRIVATE_KEY, webhookSecret: WEBHOOK_SECRET };
}

/** In double quotes, `parseEnv` of Node reads `\n` as a line end and nothing else as special but the quote. */
function quote(value: string): string {
  if (value.includes('"')) throw new UserError('GitHub sent credentials with a quotation mark in them.');
  return `"${value.replaceAll('\r', '').replaceAll('\n', '\\n')}"`;
}
