import type { Logger } from '../domain/logger.ts';
import type { RepositoryRef } from '../domain/pull-request.ts';
import type { Store } from '../jobs/ports.ts';
import { invariant } from '../lib/invariant.ts';
import { createApprovals } from './approvals.ts';
import { createArtifacts } from './artifacts.ts';
import { createLedgers } from './ledgers.ts';
import type { Database } from './ports.ts';
import { createReports } from './reports.ts';
import { answerSecretRequests } from './secret-requests.ts';
import { createSecrets } from './secrets.ts';

/** Pictures and tests are published by then. */
const ARTIFACT_DAYS = 7;
/** A job is long finished, and its key forgotten. */
const STEP_DAYS = 14;
/** A pull request that slept longer is reviewed anew. */
const REPORT_DAYS = 180;
/** The base deployment has long been built anew, and looks so itself. */
const APPROVAL_DAYS = 180;

/** Daily limits look at today. */
const SPEND_DAYS = 35;
/** The next push to a pull request comes sooner, or is read anew. */
const MEMORY_DAYS = 30;

/** The store, with what its owner does beside the jobs. */
export interface DatabaseStore extends Store {
  /** Keeps a secret encrypted. Throws `UserError` when the name or the value cannot be one. */
  setSecret(repository: RepositoryRef, name: string, value: string): Promise<void>;
  /** Whether there was one. */
  deleteSecret(repository: RepositoryRef, name: string): Promise<boolean>;
  /** Names in alphabetical order. */
  listSecretNames(repository: RepositoryRef): Promise<readonly string[]>;
  /** Deletes artifacts over 7 days old, steps of jobs over 14, reports, ledgers and approvals over 180. To be called daily. */
  pruneOld(now: Date): Promise<void>;
}

/**
 * Makes the store on an open database. `encryptionKey` has 32 bytes. On an embedded database it also answers what
 * other processes ask about secrets.
 */
export function createStore(
  database: Database,
  options: { readonly encryptionKey: Uint8Array; readonly logger: Logger },
): DatabaseStore {
  const { encryptionKey, logger } = options;
  invariant(encryptionKey.length === 32, 'the encryption key has 32 bytes');
  const secrets = createSecrets(database, encryptionKey);
  if (database.kind === 'embedded') database.answer(answerSecretRequests(secrets));
  return {
    reports: createReports(database, logger),
    ledgers: createLedgers(database, logger),
    approvals: createApprovals(database),
    artifacts: (runId) => createArtifacts(database, runId),
    secrets: (repository) => ({ find: (name) => secrets.find(repository, name) }),
    setSecret: (repository, name, value) => secrets.set(repository, name, value),
    deleteSecret: (repository, name) => secrets.delete(repository, name),
    listSecretNames: (repository) => secrets.list(repository),
    async pruneOld(now) {
      const limits = [
        ['artifact', ARTIFACT_DAYS],
        ['step', STEP_DAYS],
        ['report', REPORT_DAYS],
        ['ledger', REPORT_DAYS],
        ['approval', APPROVAL_DAYS],
        ['model_spend', SPEND_DAYS],
        ['model_memory', MEMORY_DAYS],
      ] as const;
      for (const [table, days] of limits) {
        const before = new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
        await database.query(`DELETE FROM firsthand.${table} WHERE saved_at < $1`, [before]);
      }
    },
  };
}
