import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/domain/errors.ts';
import { EMPTY_LEDGER } from '../../src/domain/ledger.ts';
import { reviewReportSchema, verifyReportSchema } from '../../src/domain/report.ts';
import { MAX_ARTIFACT_BYTES } from '../../src/storage/artifacts.ts';
import type { Database } from '../../src/storage/ports.ts';
import { createStore, type DatabaseStore } from '../../src/storage/store.ts';
import { skipEach, startBackends } from '../support/backends.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

const backends = await startBackends();

const head = {
  schemaVersion: 1,
  tool: { name: 'firsthand', version: '0.1.0' },
  startedAt: '2026-01-02T03:04:05Z',
  ms: 12,
  findings: [],
};
const review = reviewReportSchema.parse({
  ...head,
  kind: 'review',
  base: 'b'.repeat(40),
  head: 'a'.repeat(40),
  reviewers: [],
  notShown: [],
  // A hostile file name: PostgreSQL refuses both characters in text and JSON.
  notAnalysed: [{ path: 'nul \0 and half a pair \uD800', reason: 'binary' }],
  sandbox: 'none',
});
const verify = verifyReportSchema.parse({
  ...head,
  kind: 'verify',
  head: 'https://preview.example',
  seed: 1,
  outcome: { kind: 'no-preview', why: 'none was deployed' },
  login: { kind: 'none', why: 'not configured' },
  flows: [],
  coverage: { states: 0, transitions: 0, actions: 0, pages: [], notReached: [] },
  noise: [],
  changes: [],
  preExisting: [],
});

const pull = { owner: 'Acme', repo: 'Shop', number: 1 };
const encryptionKey = new Uint8Array(32).fill(1);

describe.each(backends)('the store on $name', (backend) => {
  const logger = createSilentLogger();
  let database: Database;
  let store: DatabaseStore;

  skipEach(backend.skip);
  beforeAll(async () => {
    if (backend.skip !== undefined) return;
    database = await backend.open(logger);
    store = createStore(database, { encryptionKey, logger });
  });
  afterAll(async () => {
    if (backend.skip === undefined) await database.close();
  });
  beforeEach(async () => {
    await database.script(
      'DELETE FROM firsthand.ledger; DELETE FROM firsthand.report; DELETE FROM firsthand.artifact; DELETE FROM firsthand.secret; DELETE FROM firsthand.step;',
    );
  });

  describe('ledgers', () => {
    const ledger = { ...EMPTY_LEDGER, revision: 1 };

    test('keeps the newest per pull request, whatever the case of the name', async () => {
      expect(await store.ledgers.load(pull)).toBeUndefined();
      expect(await store.ledgers.save(pull, ledger, undefined)).toBe(true);
      expect(await store.ledgers.load({ ...pull, repo: 'SHOP' })).toEqual({ revision: 1, ledger });
      expect(await store.ledgers.save(pull, { ...ledger, revision: 2 }, 1)).toBe(true);
      expect((await store.ledgers.load(pull))?.revision).toBe(2);
      expect(await store.ledgers.load({ ...pull, number: 2 })).toBeUndefined();
    });

    test('refuses a change that was made on what is not the newest any more', async () => {
      await store.ledgers.save(pull, { ...ledger, revision: 2 }, undefined);
      expect(await store.ledgers.save(pull, { ...ledger, revision: 2 }, 1)).toBe(false);
      expect(await store.ledgers.save(pull, ledger, undefined)).toBe(false);
      const both = [3, 3].map((revision) => store.ledgers.save(pull, { ...ledger, revision }, 2));
      expect(new Set(await Promise.all(both))).toEqual(new Set([false, true]));
    });

    test('says of one that it cannot read, and lets it be replaced', async () => {
      await database.query(
        `INSERT INTO firsthand.ledger (repository, number, revision, document) VALUES ('acme/shop', 1, 7, '{"entries":1}')`,
      );
      expect(await store.ledgers.load(pull)).toEqual({ revision: 7 });
      expect(await store.ledgers.save(pull, { ...ledger, revision: 8 }, 7)).toBe(true);
      expect((await store.ledgers.load(pull))?.ledger).toBeDefined();
    });
  });

  describe('approvals', () => {
    const look = { place: 'a'.repeat(12), picture: `10x10:${'A'.repeat(288)}` };
    const other = { ...look, place: 'b'.repeat(12), pull: 7 };

    test('keeps each look once per branch, however many hand it over at once', async () => {
      const keep = (branch: string, by: string) =>
        store.approvals.keep(pull, branch, [
          { ...look, by },
          { ...other, by },
        ]);
      await keep('main', 'mona');
      await Promise.all([keep('main', 'hubot'), keep('Main', 'hubot')]);
      const kept = await store.approvals.ofBranch({ ...pull, repo: 'SHOP' }, 'main');
      expect(kept).toHaveLength(2);
      expect(kept).toEqual(
        expect.arrayContaining([
          { ...look, by: 'mona' },
          { ...other, by: 'mona' },
        ]),
      );
      expect(await store.approvals.ofBranch(pull, 'next')).toEqual([]);
    });
  });

  describe('reports', () => {
    test('keeps both kinds apart, per head commit, whatever the case of the name', async () => {
      expect(await store.reports.load(pull, 'sha')).toEqual({});
      await store.reports.save(pull, 'sha', review);
      expect(await store.reports.load({ ...pull, owner: 'ACME' }, 'sha')).toEqual({ review });
      await store.reports.save(pull, 'sha', verify);
      await store.reports.save(pull, 'sha', { ...review, ms: 99 });
      expect(await store.reports.load(pull, 'sha')).toEqual({ review: { ...review, ms: 99 }, verify });
      expect(await store.reports.load(pull, 'other')).toEqual({});
      expect(await store.reports.load({ ...pull, number: 2 }, 'sha')).toEqual({});
    });

    test.each(['{"kind":"review"}', '{"kind":', 'null'])(
      'counts %s as absent and logs it',
      async (document) => {
        await store.reports.save(pull, 'sha', review);
        await store.reports.save(pull, 'sha', verify);
        await database.query("UPDATE firsthand.report SET document = $1 WHERE kind = 'review'", [document]);
        expect(await store.reports.load(pull, 'sha')).toEqual({ verify });
        expect(logger.lines.at(-1)).toMatchObject({
          level: 'warn',
          message: expect.stringContaining('acme/shop#1 at sha'),
        });
      },
    );
  });

  describe('artifacts', () => {
    test('keeps bytes by run and name, and overwrites', async () => {
      const artifacts = store.artifacts('run-1');
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      expect(await artifacts.read('a/b-1.png')).toBeUndefined();
      await artifacts.write('a/b-1.png', Uint8Array.of(1));
      await artifacts.write('a/b-1.png', bytes);
      expect(Buffer.from((await artifacts.read('a/b-1.png')) ?? [])).toEqual(Buffer.from(bytes));
      expect(await store.artifacts('run-2').read('a/b-1.png')).toBeUndefined();
      await artifacts.write('empty', new Uint8Array());
      expect(await artifacts.read('empty')).toHaveLength(0);
    });

    test.each(['../x', '/x', 'a/../b', '.x', 'a//b', '', 'ü.png'])('refuses the name %j', async (name) => {
      await expect(store.artifacts('run').write(name, Uint8Array.of(1))).rejects.toThrow('artifact');
    });

    test('refuses a file that is too large, and one too many', async () => {
      const artifacts = store.artifacts('run');
      const large = artifacts.write('huge.png', new Uint8Array(MAX_ARTIFACT_BYTES + 1));
      await expect(large).rejects.toThrow(UserError);
      await expect(large).rejects.toThrow('huge.png has 10.0 MiB');
      // As if nine files of the largest size were there, and most of a tenth.
      await database.query(
        `INSERT INTO firsthand.artifact (run_id, name, size, content) VALUES ('run', 'rest', $1, '')`,
        [10 * MAX_ARTIFACT_BYTES - 5],
      );
      await artifacts.write('five', new Uint8Array(5));
      await artifacts.write('five', new Uint8Array(5));
      await expect(artifacts.write('one', new Uint8Array(1))).rejects.toThrow('100.0 MiB with one');
      await store.artifacts('other run').write('one', new Uint8Array(1));
    });
  });

  describe('secrets', () => {
    test('gives back what it was given, whatever the case of the repository', async () => {
      await store.setSecret(pull, 'TEST_PASSWORD', 'pässword "1"');
      await store.setSecret(pull, 'TEST_PASSWORD', 'pässword "2"');
      await store.setSecret(pull, 'A', 'some value');
      const lower = { owner: 'acme', repo: 'SHOP' };
      expect(await store.secrets(lower).find('TEST_PASSWORD')).toBe('pässword "2"');
      expect(await store.listSecretNames(lower)).toEqual(['A', 'TEST_PASSWORD']);
      expect(await store.secrets({ owner: 'acme', repo: 'other' }).find('TEST_PASSWORD')).toBeUndefined();
      expect(await store.deleteSecret(lower, 'A')).toBe(true);
      expect(await store.deleteSecret(lower, 'A')).toBe(false);
      expect(await store.secrets(pull).find('A')).toBeUndefined();
    });

    test('keeps nothing readable in the table, and never the same bytes twice', async () => {
      await store.setSecret(pull, 'ONE', 'correct horse');
      await store.setSecret(pull, 'TWO', 'correct horse');
      const rows = await database.query('SELECT * FROM firsthand.secret');
      expect(rows).toHaveLength(2);
      const sealed = rows.map((row) => Buffer.from(row.sealed as Uint8Array));
      expect(sealed[0]?.equals(sealed[1] ?? Buffer.alloc(0))).toBe(false);
      for (const bytes of sealed) expect(bytes.includes('horse')).toBe(false);
    });

    test('says which secret it cannot decrypt with another key', async () => {
      await store.setSecret(pull, 'TEST_PASSWORD', 'some value');
      const other = createStore(database, { encryptionKey: new Uint8Array(32).fill(2), logger });
      const found = other.secrets(pull).find('TEST_PASSWORD');
      await expect(found).rejects.toThrow(UserError);
      await expect(found).rejects.toThrow('TEST_PASSWORD of acme/shop');
    });

    test.each([
      ["UPDATE firsthand.secret SET name = 'B'", pull, 'B'],
      ["UPDATE firsthand.secret SET repository = 'evil/fork'", { owner: 'evil', repo: 'fork' }, 'A'],
      ['UPDATE firsthand.secret SET sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1)', pull, 'A'],
      ["UPDATE firsthand.secret SET sealed = ''", pull, 'A'],
    ])('refuses a ciphertext after %s', async (tampering, repository, name) => {
      await store.setSecret(pull, 'A', 'some value');
      await database.query(tampering);
      await expect(store.secrets(repository).find(name)).rejects.toThrow(UserError);
    });

    test.each([
      ['lower', 'some value'],
      ['1A', 'some value'],
      ['A-B', 'some value'],
      ['', 'some value'],
      ['A', ''],
      ['A', 'abc'],
      ['A', 'x'.repeat(64_001)],
    ])('refuses the name %j or its value', async (name, value) => {
      await expect(store.setSecret(pull, name, value)).rejects.toThrow(UserError);
    });
  });

  test('forgets what is old, and nothing else', async () => {
    await store.reports.save(pull, 'sha', review);
    await store.artifacts('run').write('x', Uint8Array.of(1));
    await store.setSecret(pull, 'A', 'some value');
    await database.query('INSERT INTO firsthand.step (job_id, name) VALUES (gen_random_uuid(), $1)', ['one']);
    const counts = async (): Promise<unknown> =>
      (
        await database.query(`SELECT (SELECT count(*) FROM firsthand.report)::integer AS reports,
          (SELECT count(*) FROM firsthand.artifact)::integer AS artifacts,
          (SELECT count(*) FROM firsthand.step)::integer AS steps,
          (SELECT count(*) FROM firsthand.secret)::integer AS secrets`)
      )[0];
    const inDays = (days: number): Date => new Date(Date.now() + days * 24 * 60 * 60 * 1000);
    await store.pruneOld(inDays(6));
    expect(await counts()).toEqual({ reports: 1, artifacts: 1, steps: 1, secrets: 1 });
    await store.pruneOld(inDays(8));
    expect(await counts()).toEqual({ reports: 1, artifacts: 0, steps: 1, secrets: 1 });
    await store.pruneOld(inDays(15));
    expect(await counts()).toEqual({ reports: 1, artifacts: 0, steps: 0, secrets: 1 });
    await store.pruneOld(inDays(181));
    expect(await counts()).toEqual({ reports: 0, artifacts: 0, steps: 0, secrets: 1 });
  });
});
