import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createModelMemory } from '../../src/storage/model-memory.ts';
import { createSpendLedger } from '../../src/storage/model-spend.ts';
import type { Database } from '../../src/storage/ports.ts';
import { skipEach, startBackends } from '../support/backends.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

const backends = await startBackends();
const limits = { perRepository: { usd: 10, tokens: 1000 }, all: { usd: 15, tokens: 5000 } };

describe.each(backends)('what models used and said, on $name', (backend) => {
  const logger = createSilentLogger();
  let database: Database;
  let day = '2026-01-01T10:00:00Z';
  skipEach(backend.skip);
  beforeAll(async () => {
    if (backend.skip === undefined) database = await backend.open(logger);
  });
  afterAll(async () => {
    if (backend.skip === undefined) await database.close();
  });
  const ledger = () => createSpendLedger(database, limits, () => new Date(day));

  test('gives no more in a day than the limits leave, and names the limit', async () => {
    const first = await ledger().take('Acme/Shop', { usd: 6, tokens: 300 });
    expect(first).toMatchObject({ usd: 6, tokens: 300 });
    const second = await ledger().take('acme/shop', { usd: 6, tokens: 300 });
    expect(second).toMatchObject({ usd: 4, tokens: 300 });
    expect(second.usdFrom).toBe("what is left of today's limit for acme/shop");
    expect(second.tokensFrom).toBeUndefined();
    const other = await ledger().take('acme/blog', { usd: 6, tokens: 300 });
    expect(other).toMatchObject({ usd: 5, usdFrom: "what is left of today's limit" });
    expect(await ledger().take('acme/docs', { usd: 6, tokens: 300 })).toMatchObject({ usd: 0 });
  });

  test('takes back what was not used, and begins anew the next day', async () => {
    day = '2026-01-02T10:00:00Z';
    const grant = await ledger().take('acme/shop', { usd: 10, tokens: 1000 });
    expect(grant.usd).toBe(10);
    await grant.settle({ usd: 1, tokens: 100 });
    expect(await ledger().take('acme/shop', { usd: 10, tokens: 1000 })).toMatchObject({
      usd: 9,
      tokens: 900,
    });
  });

  test('never gives the last of it twice, however many take at once', async () => {
    day = '2026-01-03T10:00:00Z';
    const grants = await Promise.all(
      Array.from({ length: 8 }, () => ledger().take('acme/shop', { usd: 3, tokens: 100 })),
    );
    expect(grants.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(10);
  });

  test('remembers what was said by its key, also what no JSON column takes', async () => {
    const memory = createModelMemory(database, logger);
    const value = { claims: [{ code: 'a \0 b' }] };
    await memory.remember('k', { claims: [] });
    await memory.remember('k', value);
    expect(await memory.recall('k')).toEqual(value);
    expect(await memory.recall('other')).toBeUndefined();
  });
});
