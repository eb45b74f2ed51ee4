import { UserError } from '../domain/errors.ts';
import type { RunArtifacts } from '../jobs/ports.ts';
import { invariant } from '../lib/invariant.ts';
import type { Database } from './ports.ts';

const MIB = 1024 * 1024;
/** Most that one file may have, in bytes. */
export const MAX_ARTIFACT_BYTES = 10 * MIB;
/** Most that the files of one run may have together, in bytes. */
const MAX_RUN_BYTES = 100 * MIB;

/** A relative path whose parts do not begin with a dot. */
const NAME = /^(?!\/)(?:\/?[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

/** Keeps a run's files in the database. `write` throws `UserError` over the limits. */
export function createArtifacts(database: Database, runId: string): RunArtifacts {
  return {
    async write(name, bytes) {
      invariant(NAME.test(name) && name.length <= 300, `${JSON.stringify(name)} can name an artifact`);
      if (bytes.length > MAX_ARTIFACT_BYTES) {
        throw new UserError(
          `${name} has ${inMib(bytes.length)}, and one file of a run may have ${inMib(MAX_ARTIFACT_BYTES)}: take a smaller viewport`,
        );
      }
      // Check and insert in one statement. Two writes at the same moment may still go over together, by one file.
      const rows = await database.query(
        `INSERT INTO firsthand.artifact (run_id, name, size, content)
         SELECT $1, $2, $3::integer, $4
         WHERE $3::integer + coalesce((SELECT sum(size) FROM firsthand.artifact WHERE run_id = $1 AND name <> $2), 0)
           <= $5::integer
         ON CONFLICT (run_id, name)
         DO UPDATE SET size = excluded.size, content = excluded.content, saved_at = now()
         RETURNING name`,
        [runId, name, bytes.length, bytes, MAX_RUN_BYTES],
      );
      if (rows.length === 0) {
        throw new UserError(
          `the files of this run have over ${inMib(MAX_RUN_BYTES)} with ${name}: take fewer flows, viewports or environments`,
        );
      }
    },
    async read(name) {
      const rows = await database.query(
        'SELECT content FROM firsthand.artifact WHERE run_id = $1 AND name = $2',
        [runId, name],
      );
      const content = rows[0]?.content;
      return content instanceof Uint8Array ? content : undefined;
    },
  };
}

function inMib(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
