import pg from 'pg';
import { TransientError, UserError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { createRedactor } from '../lib/redact.ts';
import { createClosers } from './closers.ts';
import type { PostgresDatabase, Row } from './ports.ts';

const CONNECT_LIMIT_MS = 10_000;
const MAX_CONNECTIONS = 4;

/** Classes of SQLSTATE that may pass: connection, transaction rollback, resources, operator intervention, system. */
const TRANSIENT_CLASSES = new Set(['08', '40', '53', '57', '58']);

/** Connects to the server. Throws `UserError`, without the password, when that does not work. */
export async function openPostgresDatabase(
  url: string,
  logger: Logger,
  signal?: AbortSignal,
): Promise<PostgresDatabase> {
  const target = describeTarget(url);
  const closers = createClosers(logger);
  const pool = new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    application_name: 'firsthand',
  });
  // Without a listener, an idle connection that breaks would end the process.
  pool.on('error', (error) => logger.warn('an idle database connection broke', { error: error.message }));
  closers.add(() => pool.end());
  try {
    await pool.query('SELECT 1');
    signal?.throwIfAborted();
  } catch (error) {
    await closers.close();
    signal?.throwIfAborted();
    throw new UserError(
      `could not connect to PostgreSQL at ${target.name}: ${target.redact(reasonOf(error))}. Check DATABASE_URL, and that the server runs and lets this machine in.`,
    );
  }
  const run = async (text: string, values?: readonly unknown[]): Promise<Row[]> => {
    try {
      const result = await pool.query<Record<string, unknown>>(text, values === undefined ? [] : [...values]);
      return result.rows;
    } catch (error) {
      if (!isTransient(error)) throw error;
      throw new TransientError(`the database at ${target.name} did not answer`, { cause: error });
    }
  };
  return {
    kind: 'postgres',
    url,
    query: run,
    // Without values this goes by the simple protocol, in which several statements are one transaction.
    script: async (text) => {
      await run(text);
    },
    onClose: (action) => closers.add(action),
    close: () => closers.close(),
  };
}

/** An error without an SQLSTATE is the connection's, not the server's. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return true;
  return TRANSIENT_CLASSES.has(error.code.slice(0, 2));
}

/** A refused connection to a name with two addresses comes as an `AggregateError` with an empty message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map((each) => reasonOf(each)).join('; ');
  return error instanceof Error ? error.message : String(error);
}

function describeTarget(url: string): { readonly name: string; readonly redact: (text: string) => string } {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new UserError('DATABASE_URL is not a URL; it looks like postgres://user:password@host:5432/name');
  }
  if (!/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new UserError(`DATABASE_URL begins with ${parsed.protocol}//, but must begin with postgres://`);
  }
  const host = parsed.searchParams.get('host') ?? (parsed.hostname === '' ? 'localhost' : parsed.hostname);
  const port = parsed.port === '' ? '5432' : parsed.port;
  const name = `${host}:${port}${parsed.pathname}`;
  const secrets = [parsed.password, decode(parsed.password), parsed.searchParams.get('password') ?? ''];
  return { name, redact: createRedactor(secrets) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
