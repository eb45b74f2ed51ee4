import { UserError } from '../domain/errors.ts';
import type { RepositoryRef } from '../domain/pull-request.ts';
import { MIN_SECRET_LENGTH } from '../lib/redact.ts';
import type { Database } from './ports.ts';
import { repositoryKey } from './repository-key.ts';
import { seal, unseal } from './seal.ts';

const NAME = /^[A-Z][A-Z0-9_]{0,99}$/;
/** In UTF-16 units. A private key in PEM has about 3,200. */
const MAX_VALUE_LENGTH = 64_000;

/** Secrets by repository and name; only the sealed form reaches the database. */
export interface Secrets {
  /** Throws `UserError` when the secret was kept with another encryption key. */
  find(repository: RepositoryRef, name: string): Promise<string | undefined>;
  /** Keeps the value, in place of an earlier one. Throws `UserError` when the name or the value cannot be one. */
  set(repository: RepositoryRef, name: string, value: string): Promise<void>;
  /** Whether there was one. */
  delete(repository: RepositoryRef, name: string): Promise<boolean>;
  /** Names in alphabetical order. */
  list(repository: RepositoryRef): Promise<readonly string[]>;
}

/** Keeps secrets in the database, encrypted with `key` (32 bytes). */
export function createSecrets(database: Database, key: Uint8Array): Secrets {
  return {
    async find(repository, name) {
      const rows = await database.query(
        'SELECT sealed FROM firsthand.secret WHERE repository = $1 AND name = $2',
        [repositoryKey(repository), name],
      );
      const sealed = rows[0]?.sealed;
      if (!(sealed instanceof Uint8Array)) return undefined;
      const value = unseal(key, contextOf(repository, name), sealed);
      if (value !== undefined) return value;
      throw new UserError(
        `the secret ${name} of ${repositoryKey(repository)} cannot be decrypted: it was kept with another encryption key. Set it again, or start with the earlier FIRSTHAND_ENCRYPTION_KEY (or the App's earlier private key, if it came from that).`,
      );
    },
    async set(repository, name, value) {
      check(name, value);
      await database.query(
        `INSERT INTO firsthand.secret (repository, name, sealed) VALUES ($1, $2, $3)
         ON CONFLICT (repository, name) DO UPDATE SET sealed = excluded.sealed, saved_at = now()`,
        [repositoryKey(repository), name, seal(key, contextOf(repository, name), value)],
      );
    },
    async delete(repository, name) {
      const rows = await database.query(
        'DELETE FROM firsthand.secret WHERE repository = $1 AND name = $2 RETURNING name',
        [repositoryKey(repository), name],
      );
      return rows.length > 0;
    },
    async list(repository) {
      const rows = await database.query(
        'SELECT name FROM firsthand.secret WHERE repository = $1 ORDER BY name COLLATE "C"',
        [repositoryKey(repository)],
      );
      return rows.map((row) => String(row.name));
    },
  };
}

/** Binds a ciphertext to its place, so that it cannot be moved to another repository or name. */
function contextOf(repository: RepositoryRef, name: string): string {
  return `firsthand/secret/1\n${repositoryKey(repository)}\n${name}`;
}

function check(name: string, value: string): void {
  if (!NAME.test(name)) {
    throw new UserError(
      `${JSON.stringify(name)} cannot name a secret: it takes capitals, digits and _, such as TEST_USER, up to 100 characters`,
    );
  }
  if (value === '') throw new UserError(`the value of ${name} is empty; to remove a secret, delete it`);
  if (value.length < MIN_SECRET_LENGTH) {
    throw new UserError(
      `the value of ${name} has fewer than ${MIN_SECRET_LENGTH} characters: values that short cannot be taken out of reports and logs, so use a longer one`,
    );
  }
  if (value.length > MAX_VALUE_LENGTH) {
    throw new UserError(
      `the value of ${name} has ${value.length} characters; the limit is ${MAX_VALUE_LENGTH}`,
    );
  }
}
