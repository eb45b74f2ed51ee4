import pg from 'pg';
import { UserError } from '../../src/domain/errors.ts';
import { startPostgres } from '../../test/support/postgres.ts';

/** Databases of this run's own PostgreSQL server. */
export interface Databases {
  /** An empty one; returns its address. */
  create(): Promise<string>;
  /** A copy of one that nobody is connected to; returns its address. */
  copy(of: string): Promise<string>;
  drop(url: string): Promise<void>;
  /** Ends the server and removes its files. */
  close(): Promise<void>;
}

/** Starts a server, never as root. Throws a `UserError` that says what was tried when there is none to be had. */
export async function openDatabases(): Promise<Databases> {
  const server = await startPostgres().catch((error: unknown) => ({ skip: String(error) }));
  if ('skip' in server) {
    throw new UserError(
      `${server.skip}\nInstall PostgreSQL (Debian: apt-get install postgresql) or the development packages (npm ci), which bring one.`,
    );
  }
  let copies = 0;
  return {
    create: () => server.createDatabase(),
    async copy(of) {
      copies += 1;
      const url = new URL(of);
      const name = `copy_${copies}`;
      await withClient(beside(of), (client) =>
        client.query(`CREATE DATABASE ${name} TEMPLATE ${pg.escapeIdentifier(url.pathname.slice(1))}`),
      );
      url.pathname = `/${name}`;
      return url.href;
    },
    drop: async (url) => {
      const name = pg.escapeIdentifier(new URL(url).pathname.slice(1));
      await withClient(beside(url), (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
    close: () => server.stop(),
  };
}

/** The database that every server has, which is where others are made and dropped from. */
function beside(url: string): string {
  return new URL('/postgres', url).href;
}

/** Connects, does `work`, disconnects. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** How the shop is told where its database is. */
export function databaseEnvironment(url: string): Readonly<Record<string, string>> {
  const { hostname, port, pathname, username, password } = new URL(url);
  return {
    DB_HOST: hostname,
    DB_PORT: port,
    DB_NAME: pathname.slice(1),
    DB_USER: username,
    // The server trusts whoever reaches it; the shop insists on something.
    DB_PASSWORD: password === '' ? 'none' : password,
    DB_SSLMODE: 'disable',
  };
}
