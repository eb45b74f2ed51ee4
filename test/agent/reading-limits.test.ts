import { describe, expect, it } from 'vitest';
import type { Memory } from '../../src/agent/ports.ts';
import { CHANGE, confirm, DIVISION } from '../support/mean-change.ts';
import { aClaim, answerWith, aVerdict, readFrom, readWith, receiptsIn } from '../support/reading-bench.ts';
import { type AskedTurn, startScriptedModel } from '../support/scripted-model.ts';

/** All receipts that were in questions that were answered. */
function receiptsOf(asked: readonly AskedTurn[]): ReadonlySet<string> {
  return new Set(asked.flatMap(receiptsIn));
}

describe('the limits of a reading', () => {
  it('counts tokens and money exactly as the endpoint does', async () => {
    const { reading, served } = await readWith(
      (turn) => ({
        ...answerWith({ logic: [DIVISION], verifier: confirm })(turn),
        usage: { input: 1000 * turn.number, cached: 100, output: 7 },
      }),
      CHANGE,
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

  it('has verified and tells what it found before the key was removed, and names the rest', async () => {
    const head = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`src/f${n}.js`, `${'call();\n'.repeat(150)}fail(${n});\n`]),
    );
    const { reading } = await readWith(
      (turn) => {
        if (turn.number > 15) return { status: 401 };
        const own = [...turn.text.matchAll(/^file: "(\S+)"[\s\S]*?^ *(\d+)\+\|(fail\(\d+\);)$/gm)];
        const findings = own.map(([, path = '', line, code = '']) =>
          aClaim({ path, startLine: Number(line), code }),
        );
        const proof = { path: /about: "(\S+)"/.exec(turn.text)?.[1], line: 151, code: 'fail(' };
        const code = /code:\n(\S+)/.exec(turn.text)?.[1];
        return answerWith({
          security: findings,
          verifier: () => aVerdict({ evidence: [{ ...proof, code }] }),
        })(turn);
      },
      { head, categories: ['security'] },
    );
    const [reader] = reading.readers;
    const told = reading.findings.filter(({ body }) => !body.includes('Not confirmed'));
    expect(told.length).toBeGreaterThan(0);
    expect(reader?.unread.length).toBeGreaterThan(0);
    expect(reader?.unread.at(-1)?.reason).toContain('refused the key (HTTP 401)');
    // What was told is of files that were read.
    const unread = new Set(reader?.unread.map(({ path }) => path));
    expect(told.filter(({ location }) => unread.has(location.path))).toEqual([]);
  });

  it('asks a model no more that never answers in the form, and the others all the same', async () => {
    const head = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`src/f${n}.js`, `call(${n});\n`.repeat(150)]),
    );
    const { reading, asked } = await readWith(
      (turn) => (turn.model === 'mute' ? { text: 'I would rather not.' } : answerWith({})(turn)),
      { head, categories: ['security', 'logic'], models: { security: 'mute' } },
    );
    expect(asked.filter(({ model }) => model === 'mute').length).toBeLessThan(80);
    expect(reading.readers).toMatchObject([{ category: 'security' }, { category: 'logic', unread: [] }]);
    expect(reading.readers[0]?.unread).toHaveLength(60);
    expect(reading.readers[0]?.unread.at(-1)?.reason).toContain('openai-compatible/mute gave no answer');
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
    await using server = await startScriptedModel(answerWith({ logic: [DIVISION], verifier: confirm }));
    const first = await readFrom(server, { ...CHANGE, memory });
    const count = server.asked.length;
    const second = await readFrom(server, { ...CHANGE, memory });
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
      { ...CHANGE, signal: controller.signal },
    );
    await expect(running).rejects.toThrow(/a newer push/);
  });

  it('assigns every hunk of 400 files and takes a receipt for each, or names it when the budget ends', async () => {
    const head = Object.fromEntries(
      Array.from({ length: 400 }, (_, file) => [
        `src/file-${file}.js`,
        `export const value${file} = ${file};\n`,
      ]),
    );
    const whole = await readWith(answerWith({}), { head, categories: ['logic'] });
    expect(whole.reading.readers[0]).toMatchObject({ hunksTotal: 400, unread: [] });
    const usage = { input: 4000, output: 1000 };
    const cut = await readWith((turn) => ({ ...answerWith({})(turn), usage }), {
      head,
      categories: ['logic'],
      settings: { limits: { usd: 100, tokens: 120_000, ms: 60_000 }, concurrency: 1 },
    });
    const unread = cut.reading.readers[0]?.unread ?? [];
    const read = receiptsOf(cut.asked).size;
    expect(unread.length).toBeGreaterThan(0);
    expect(read).toBeGreaterThan(0);
    expect(unread.length + read).toBe(400);
    expect(unread.filter(({ reason }) => !reason.includes('the limit of 120000 tokens'))).toEqual([]);
    expect(cut.served.input + cut.served.output).toBeLessThanOrEqual(120_000);
  });
});
