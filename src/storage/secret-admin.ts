import { z } from 'zod';
import type { RepositoryRef } from '../domain/pull-request.ts';
import { sleep } from '../lib/sleep.ts';
import { sendRequest } from './control-socket.ts';
import { DataFolderInUse } from './data-folder.ts';
import { type DatabaseSettings, openDatabase } from './open-database.ts';
import type { SecretRequest } from './secret-requests.ts';
import { createStore } from './store.ts';

/** Sets, lists and removes secrets, whether or not a server is running on the same data. */
export interface SecretAdmin {
  /** Keeps the value, in place of an earlier one. Throws `UserError` when the name or the value cannot be one. */
  set(repository: RepositoryRef, name: string, value: string): Promise<void>;
  /** Whether there was one. */
  delete(repository: RepositoryRef, name: string): Promise<boolean>;
  /** Names in alphabetical order. */
  list(repository: RepositoryRef): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** How long a holder of the data folder may take to start or to end, in milliseconds. */
const HOLDER_LIMIT_MS = 10_000;
const HOLDER_POLL_MS = 100;

/**
 * Opens the secrets: the database itself, or, while another process holds the data folder, that process over its
 * control socket (which then encrypts with its own key). Throws as `openDatabase` does.
 */
export async function openSecretAdmin(
  settings: DatabaseSettings & { readonly encryptionKey: Uint8Array },
): Promise<SecretAdmin> {
  const deadline = performance.now() + HOLDER_LIMIT_MS;
  for (;;) {
    try {
      return await openHere(settings);
    } catch (error) {
      if (!(error instanceof DataFolderInUse)) throw error;
      if (await isAnswering(settings.dataDir)) return askHolder(settings.dataDir);
      // The holder is about to listen, or to go; or it is an older one, and then its own words are the answer.
      if (performance.now() > deadline) throw error;
    }
    await sleep(HOLDER_POLL_MS, settings.signal);
  }
}

async function openHere(
  settings: DatabaseSettings & { readonly encryptionKey: Uint8Array },
): Promise<SecretAdmin> {
  const database = await openDatabase(settings);
  const store = createStore(database, settings);
  return {
    set: (repository, name, value) => store.setSecret(repository, name, value),
    delete: (repository, name) => store.deleteSecret(repository, name),
    list: (repository) => store.listSecretNames(repository),
    close: () => database.close(),
  };
}

async function isAnswering(dataDir: string): Promise<boolean> {
  try {
    await ask(dataDir, { op: 'secret.list', repository: { owner: '', repo: '' } }, z.unknown());
    return true;
  } catch {
    // Whatever it is, the caller tries again until its limit.
    return false;
  }
}

async function ask<Result>(
  dataDir: string,
  request: SecretRequest,
  schema: z.ZodType<Result>,
): Promise<Result> {
  return schema.parse(await sendRequest(dataDir, request));
}

function askHolder(dataDir: string): SecretAdmin {
  const pick = ({ owner, repo }: RepositoryRef): { owner: string; repo: string } => ({ owner, repo });
  return {
    async set(repository, name, value) {
      await ask(dataDir, { op: 'secret.set', repository: pick(repository), name, value }, z.null());
    },
    delete: (repository, name) =>
      ask(dataDir, { op: 'secret.delete', repository: pick(repository), name }, z.boolean()),
    list: (repository) =>
      ask(dataDir, { op: 'secret.list', repository: pick(repository) }, z.array(z.string())),
    close: async () => {},
  };
}
