import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/domain/errors.ts';
import { DataFolderInUse, takeDataFolder } from '../../src/storage/data-folder.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { openSecretAdmin } from '../../src/storage/secret-admin.ts';
import { createStore } from '../../src/storage/store.ts';
import { type Child, startChild } from '../support/child.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { createSilentLogger } from '../support/silent-logger.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const DATA_FOLDER = new URL('../../src/storage/data-folder.ts', import.meta.url).href;
const logger = createSilentLogger();
const encryptionKey = new Uint8Array(32).fill(7);
const repository = { owner: 'Acme', repo: 'Shop' };
let folder: ReturnType<typeof makeTemporaryFolder>;
const children: Child[] = [];

beforeEach(() => {
  folder = makeTemporaryFolder();
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
  folder.remove();
});

describe('takeDataFolder', () => {
  test('gives the folder to one and says to the others who has it and what to do', () => {
    const holder = takeDataFolder(join(folder.path, 'new'));
    const again = (): unknown => takeDataFolder(join(folder.path, 'new'));
    expect(again).toThrow(DataFolderInUse);
    expect(again).toThrow(UserError);
    for (const part of [
      join(folder.path, 'new'),
      String(process.pid),
      'FIRSTHAND_DATA_DIR',
      'DATABASE_URL',
    ]) {
      expect(again).toThrow(part);
    }
    holder.release();
    takeDataFolder(join(folder.path, 'new')).release();
  });

  test('makes a folder that only its owner can read', () => {
    takeDataFolder(join(folder.path, 'new')).release();
    expect(statSync(join(folder.path, 'new')).mode & 0o777).toBe(0o700);
  });

  test('closes a folder of its own that others could read, and leaves one with other things in it', () => {
    const modeOf = (path: string): number => statSync(path).mode & 0o777;
    const own = join(folder.path, 'own');
    mkdirSync(own);
    chmodSync(own, 0o755);
    takeDataFolder(own).release();
    expect(modeOf(own)).toBe(0o700);
    const shared = join(folder.path, 'shared');
    mkdirSync(shared);
    writeFileSync(join(shared, 'letter.txt'), '');
    chmodSync(shared, 0o755);
    takeDataFolder(shared).release();
    expect(modeOf(shared)).toBe(0o755);
  });

  // In a process of its own, for it would hang this one.
  test.runIf(process.platform === 'linux')(
    'says so at once where no folder can be made, as below /proc',
    () => {
      const code = `
      const { takeDataFolder } = await import(${JSON.stringify(DATA_FOLDER)});
      try { takeDataFolder('/proc/firsthand/data'); } catch (error) { console.log(error.message); }`;
      const said = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
        encoding: 'utf8',
        timeout: 20_000,
        killSignal: 'SIGKILL',
      });
      expect(said.stdout).toMatch(
        /could not open the data folder \/proc\/firsthand\/data: ENOENT.*FIRSTHAND_DATA_DIR/,
      );
    },
  );

  test('says what to do when the folder cannot be made', () => {
    writeFileSync(join(folder.path, 'file'), '');
    expect(() => takeDataFolder(join(folder.path, 'file', 'data'))).toThrow(UserError);
    expect(() => takeDataFolder(join(folder.path, 'file', 'data'))).toThrow('FIRSTHAND_DATA_DIR');
  });
});

/** A guard against hanging, not a measure: processes start slowly on a busy machine. */
const LIMIT_MS = 120_000;

describe('openDatabase', { timeout: LIMIT_MS }, () => {
  test('refuses a second process, and gives the folder to the next when the first was killed', async () => {
    folder.remove();
    folder = await makeDataFolder();
    const child = startChild('queue-child.ts', ['hold', folder.path]);
    children.push(child);
    await child.said('held');
    const second = openDatabase({ dataDir: folder.path, logger });
    await expect(second).rejects.toThrow(UserError);
    await expect(second).rejects.toThrow(`process ${child.pid}`);

    const admin = await openSecretAdmin({ dataDir: folder.path, encryptionKey, logger });
    await admin.set(repository, 'TEST_USER', 'anna');
    expect(await admin.list(repository)).toEqual(['TEST_USER']);
    await admin.close();

    await child.kill();
    expect(existsSync(join(folder.path, 'control.sock'))).toBe(true);
    const database = await openDatabase({ dataDir: folder.path, logger });
    // What the holder kept is there, and under the holder's key.
    const store = createStore(database, { encryptionKey: new Uint8Array(32), logger });
    expect(await store.secrets(repository).find('TEST_USER')).toBe('anna');
    await database.close();
    expect(existsSync(join(folder.path, 'control.sock'))).toBe(false);
    await database.close();
  });

  test('says so when the files of the database cannot be read, and lets the folder go', async () => {
    mkdirSync(join(folder.path, 'database'));
    writeFileSync(join(folder.path, 'database', 'PG_VERSION'), '3\n');
    const opened = openDatabase({ dataDir: folder.path, logger });
    await expect(opened).rejects.toThrow(UserError);
    await expect(opened).rejects.toThrow(join(folder.path, 'database'));
    takeDataFolder(folder.path).release();
  });

  test('names the server that it could not reach, and never the password', async () => {
    const databaseUrl = 'postgres://someone:hunter2%2Fsecret@127.0.0.1:1/firsthand';
    const opened = openDatabase({ databaseUrl, dataDir: folder.path, logger });
    await expect(opened).rejects.toThrow(UserError);
    await expect(opened).rejects.toThrow('127.0.0.1:1/firsthand');
    await expect(opened).rejects.toThrow('DATABASE_URL');
    await expect(opened).rejects.not.toThrow('hunter2');
  });

  test.each(['not a url', 'mysql://root:hunter2@localhost/x'])(
    'refuses %s as an address',
    async (databaseUrl) => {
      const opened = openDatabase({ databaseUrl, dataDir: folder.path, logger });
      await expect(opened).rejects.toThrow(UserError);
      await expect(opened).rejects.not.toThrow('hunter2');
    },
  );

  test('does nothing when it is told to stop before it began', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(openDatabase({ dataDir: join(folder.path, 'x'), logger, signal })).rejects.toThrow('enough');
    expect(existsSync(join(folder.path, 'x'))).toBe(false);
  });
});

describe('openSecretAdmin', { timeout: LIMIT_MS }, () => {
  test('works on the database itself when nobody has it, and through the holder otherwise', async () => {
    // Longer than the path of a Unix socket may be.
    const dataDir = join(folder.path, 'a'.repeat(120));
    renameSync((await makeDataFolder()).path, dataDir);
    const alone = await openSecretAdmin({ dataDir, encryptionKey, logger });
    await alone.set(repository, 'ONE', 'the first');
    await alone.close();

    const database = await openDatabase({ dataDir, logger });
    const store = createStore(database, { encryptionKey, logger });
    expect(statSync(join(dataDir, 'control.sock')).mode & 0o777).toBe(0o600);
    const admin = await openSecretAdmin({ dataDir, encryptionKey, logger });
    await admin.set(repository, 'TWO', 'two\nlines “and” more');
    expect(await admin.list({ owner: 'acme', repo: 'SHOP' })).toEqual(['ONE', 'TWO']);
    expect(await store.secrets(repository).find('TWO')).toBe('two\nlines “and” more');
    await expect(admin.set(repository, 'not a name', 'some value')).rejects.toThrow(UserError);
    expect(await admin.delete(repository, 'ONE')).toBe(true);
    expect(await admin.delete(repository, 'ONE')).toBe(false);
    await admin.close();
    await database.close();
  });
});
