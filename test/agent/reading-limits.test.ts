import { describe, expect, it } from 'vitest';
import type { Memory } from '../../src/agent/ports.ts';
import { aClaim, answerWith, aVerdict, readFrom, readWith } from '../support/reading-bench.ts';
import { startScriptedModel } from '../support/scripted-model.ts';

const before =
  'export function mean(items) {\n  if (items.length === 0) return 0;\n  return sum(items) / items.length;\n}\n';
const after = 'export function mean(items) {\n  return sum(items) / items.length;\n}\n';
const change = {
  base: { 'src/mean.js': before, 'src/report.js': "import { mean } from './mean.js';\nshow(mean(rows));\n" },
  head: { 'src/mean.js': after, 'src/report.js': "import { mean } from './mean.js';\nshow(mean(rows));\n" },
};
const division = aClaim({
  path: 'src/mean.js',
  startLine: 2,
  code: '  return sum(items) / items.length;',
  kind: 'unhandled-case',
  title: 'The mean of no items is NaN',
});
const proof = { path: 'src/mean.js', line: 2, code: 'return sum(items) / items.length;' };
const confirm = (): unknown => aVerdict({ evidence: [proof] });

describe('the limits of a reading', () => {
  it('counts tokens and money exactly as the endpoint does', async () => {
    const { reading, served } = await readWith(
      (turn) => ({
        ...answerWith({ logic: [division], verifier: confirm })(turn),
        usage: { input: 1000 * turn.number, cached: 100, output: 7 },
      }),
      change,
    );
    const sum = (pick: (one: (typeof reading.readers)[number]) => number): number =>
      reading.readers.reduce((total, one) => total + pick(one), 0);
    expect(sum(({ inputTokens }) => inputTokens)).toBe(served.input);
    expect(sum(({ outputTokens }) => outputTokens)).toBe(served.output);
    expect(sum(({ cachedTokens }) => cachedTokens)).toBe(served.cached);
    const expected = (served.input - served.cached + served.cached * 0.1 + served.output * 4) / 1e6;
    expect(sum(({ usd }) => usd)).toBeCloseTo(expected, 9);
  });

  it('stops at its limit, keeps what is done and names the rest', async () => {
    const head = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [`src/f${n}.js`, `call(${n});\n`.repeat(150)]),
    );
    const { reading, asked } = await readWith(
      (turn) => ({ ...answerWith({})(turn), usage: { input: 8000, output: 500 } }),
      { head, categories: ['security'], settings: { limits: { usd: 100, tokens: 60_000, ms: 60_000 } } },
    );
    const [reader] = reading.readers;
    expect(asked.length).toBeGreaterThan(0);
    expect(reader?.hunksTotal).toBe(30);
    expect(reader?.unread.length).toBeGreaterThan(0);
    expect(reader?.unread.length).toBeLessThan(30);
    expect(reader?.unread.at(-1)?.reason).toContain('the limit of 60000 tokens');
  });

  it('asks nobody any more once the key is refused, and keeps what came before', async () => {
    const head = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`src/f${n}.js`, `call(${n});\n`.repeat(150)]),
    );
    const { reading, asked } = await readWith(
      (turn) => (turn.number > 3 ? { status: 401 } : answerWith({})(turn)),
      { head, categories: ['security'], settings: { concurrency: 1 } },
    );
    expect(asked).toHaveLength(4);
    const [reader] = reading.readers;
    expect(reader?.unread.length).toBeGreaterThan(0);
    expect(reader?.unread.length).toBeLessThan(40);
    expect(reader?.unread[0]?.reason).toContain('refused the key (HTTP 401)');
  });

  it('halves a packet that an endpoint refuses, so that one passage costs only itself', async () => {
    const head = Object.fromEntries(
      ['a', 'b', 'poison', 'z'].map((name) => [`src/${name}.js`, `${name}();\n`]),
    );
    const { reading } = await readWith(
      (turn) => (turn.text.includes('poison();') ? { status: 413 } : answerWith({})(turn)),
      { head, categories: ['security'] },
    );
    expect(reading.readers[0]?.unread.map(({ path }) => path)).toEqual(['src/poison.js']);
  });

  it('remembers what it read: the same change again costs nothing and says the same', async () => {
    const kept = new Map<string, unknown>();
    const memory: Memory = {
      recall: async (key) => structuredClone(kept.get(key)),
      remember: async (key, value) => {
        kept.set(key, structuredClone(value));
      },
    };
    await using server = await startScriptedModel(answerWith({ logic: [division], verifier: confirm }));
    const first = await readFrom(server, { ...change, memory });
    const count = server.asked.length;
    const second = await readFrom(server, { ...change, memory });
    expect(server.asked).toHaveLength(count);
    expect(second.findings).toEqual(first.findings);
    expect(second.readers.map(({ calls }) => calls)).toEqual([0, 0]);
  });

  it('ends with the reason of a cancellation', async () => {
    const controller = new AbortController();
    const running = readWith(
      () => {
        controller.abort(new Error('a newer push'));
        return { hang: true };
      },
      { ...change, signal: controller.signal },
    );
    await expect(running).rejects.toThrow(/a newer push/);
  });
});
