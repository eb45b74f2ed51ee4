import { UserError } from '../domain/errors.ts';
import type { Database } from './ports.ts';

/**
 * What was ever done to our own tables, oldest first; its version is the place in the list, counted from 1. Append
 * only. JSON is kept as text, because `jsonb` refuses the character U+0000 and half surrogate pairs, which a hostile
 * page can put into a report.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE firsthand.step (
    job_id uuid NOT NULL,
    name text NOT NULL,
    result text,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (job_id, name)
  );
  CREATE TABLE firsthand.report (
    repository text NOT NULL,
    number integer NOT NULL,
    head_sha text NOT NULL,
    kind text NOT NULL,
    document text NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (repository, number, head_sha, kind)
  );
  CREATE TABLE firsthand.artifact (
    run_id text NOT NULL,
    name text NOT NULL,
    size integer NOT NULL,
    content bytea NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run_id, name)
  );
  CREATE TABLE firsthand.secret (
    repository text NOT NULL,
    name text NOT NULL,
    sealed bytea NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (repository, name)
  );
  CREATE INDEX step_saved_at ON firsthand.step (saved_at);
  CREATE INDEX report_saved_at ON firsthand.report (saved_at);
  CREATE INDEX artifact_saved_at ON firsthand.artifact (saved_at);
  `,
  `
  CREATE TABLE firsthand.ledger (
    repository text NOT NULL,
    number integer NOT NULL,
    revision integer NOT NULL,
    document text NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (repository, number)
  );
  CREATE INDEX ledger_saved_at ON firsthand.ledger (saved_at);
  `,
  `
  CREATE TABLE firsthand.model_spend (
    scope text NOT NULL,
    day date NOT NULL,
    usd double precision NOT NULL,
    tokens double precision NOT NULL,
    taken_usd double precision NOT NULL,
    taken_tokens double precision NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (scope, day)
  );
  CREATE TABLE firsthand.model_memory (
    key text PRIMARY KEY,
    value text NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX model_spend_saved_at ON firsthand.model_spend (saved_at);
  CREATE INDEX model_memory_saved_at ON firsthand.model_memory (saved_at);
  `,
  `
  CREATE TABLE firsthand.approval (
    repository text NOT NULL,
    branch text NOT NULL,
    place text NOT NULL,
    picture text NOT NULL,
    approved_by text NOT NULL,
    pull integer,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (repository, branch, place, picture)
  );
  CREATE INDEX approval_saved_at ON firsthand.approval (saved_at);
  `,
];

/** Any number that no other application on the same server takes for its advisory lock. */
const LOCK = 4_920_817_332;

/**
 * Brings our tables to this version. Safe to call again, and by several processes at once: the first does the work,
 * the others wait. Throws `UserError` when a newer Firsthand has been here.
 */
export async function migrate(database: Database): Promise<void> {
  const steps = MIGRATIONS.map(
    (statements, index) => `
      IF NOT EXISTS (SELECT FROM firsthand.migration WHERE version = ${index + 1}) THEN
        ${statements}
        INSERT INTO firsthand.migration (version) VALUES (${index + 1});
      END IF;`,
  );
  await database.script(`
    SELECT pg_advisory_xact_lock(${LOCK});
    CREATE SCHEMA IF NOT EXISTS firsthand;
    CREATE TABLE IF NOT EXISTS firsthand.migration (
      version integer PRIMARY KEY,
      applied_at timestamptz NOT NULL DEFAULT now()
    );
    DO $migrations$ BEGIN ${steps.join('\n')} END $migrations$;
  `);
  const [row] = await database.query('SELECT max(version) AS version FROM firsthand.migration');
  const version = Number(row?.version);
  if (version > MIGRATIONS.length) {
    throw new UserError(
      `the database has been used by a newer Firsthand (tables of version ${version}; this one knows ${MIGRATIONS.length}). Start the newer one, or give this one a database of its own.`,
    );
  }
}
