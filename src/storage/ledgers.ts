import { ledgerSchema } from '../domain/ledger.ts';
import type { Logger } from '../domain/logger.ts';
import type { LedgerStore } from '../jobs/ports.ts';
import type { Database } from './ports.ts';
import { repositoryKey } from './repository-key.ts';

/** Keeps ledgers in the database. One that this version cannot read has a revision only, and the log says so. */
export function createLedgers(database: Database, logger: Logger): LedgerStore {
  return {
    async load(pull) {
      const [row] = await database.query(
        'SELECT revision, document FROM firsthand.ledger WHERE repository = $1 AND number = $2',
        [repositoryKey(pull), pull.number],
      );
      if (row === undefined) return undefined;
      const revision = Number(row.revision);
      try {
        return { revision, ledger: ledgerSchema.parse(JSON.parse(String(row.document))) };
      } catch (error) {
        const where = `${repositoryKey(pull)}#${pull.number}`;
        logger.warn(`the stored ledger of ${where} cannot be read and counts as absent`, {
          error: String(error),
        });
        return { revision };
      }
    },
    async save(pull, ledger, expected) {
      const values = [repositoryKey(pull), pull.number, ledger.revision, JSON.stringify(ledger)];
      const rows =
        expected === undefined
          ? await database.query(
              `INSERT INTO firsthand.ledger (repository, number, revision, document) VALUES ($1, $2, $3, $4)
               ON CONFLICT (repository, number) DO NOTHING RETURNING revision`,
              values,
            )
          : await database.query(
              `UPDATE firsthand.ledger SET revision = $3, document = $4, saved_at = now()
               WHERE repository = $1 AND number = $2 AND revision = $5 RETURNING revision`,
              [...values, expected],
            );
      return rows.length > 0;
    },
  };
}
