import { describe, expect, it } from 'vitest';
import type { ModelFinding } from '../../src/agent/reading.ts';
import type { EarlierClaim } from '../../src/agent/task.ts';
import { omit } from '../../src/lib/omit.ts';
import { CHANGE, confirm, DIVISION, PROOF } from '../support/mean-change.ts';
import { answerWith, askerOf, aVerdict, readFrom, readWith } from '../support/reading-bench.ts';
import { startScriptedModel } from '../support/scripted-model.ts';

const EARLIER: EarlierClaim = {
  category: 'logic',
  severity: 'high',
  confidence: 0.9,
  title: 'The mean of nothing is not a number',
  body: 'An empty list gives NaN.',
  location: { path: 'src/mean.js', side: 'RIGHT', startLine: 2, endLine: 2 },
  model: 'openai-compatible/scripted',
  code: 'around',
};
const logic = { ...CHANGE, categories: ['logic'] as const };

function toEarlier(findings: readonly ModelFinding[]): readonly EarlierClaim[] {
  return findings.map(({ replacement, visibleInProduct, ...finding }) => ({
    ...omit(finding, 'kind'),
    code: 'kept',
    ...(replacement === undefined ? {} : { replacement }),
    ...(visibleInProduct === undefined ? {} : { visibleInProduct }),
  }));
}

describe('readChange, of what was told on an earlier head', () => {
  it('tells it as it was, and asks nobody, where nothing around it changed', async () => {
    const { reading, asked } = await readWith(answerWith({}), {
      ...logic,
      earlier: [{ ...EARLIER, code: 'kept' }],
    });
    expect(reading.findings).toMatchObject([{ title: EARLIER.title, location: EARLIER.location }]);
    expect(asked.map(askerOf)).toEqual(['logic']);
    expect(asked[0]?.text).toContain('of code that still stands');
    expect(asked[0]?.text).toContain(EARLIER.title);
  });

  it.each([
    ['confirms', () => ({ toolCalls: [{ name: 'decide', input: confirm() }] }), 1],
    [
      'cannot decide',
      () => ({ toolCalls: [{ name: 'decide', input: aVerdict({ verdict: 'undecided' }) }] }),
      1,
    ],
    ['is not reached', () => ({ status: 401 }), 1],
    [
      'refutes',
      () => ({ toolCalls: [{ name: 'decide', input: aVerdict({ verdict: 'refuted', evidence: [PROOF] }) }] }),
      0,
    ],
  ])('tells it no more only when the verifier refutes it: it %s', async (_, verify, told) => {
    const { reading, asked } = await readWith(
      (turn) => (askerOf(turn) === 'verifier' ? verify() : answerWith({})(turn)),
      { ...logic, earlier: [EARLIER] },
    );
    expect(asked.map(askerOf)).toEqual(['logic', 'verifier']);
    expect(reading.findings.map(({ title }) => title)).toEqual(told === 1 ? [EARLIER.title] : []);
    expect(reading.rejected).toHaveLength(1 - told);
  });

  it('is told once, in its own words, where a finder reports it in others', async () => {
    const { reading } = await readWith(answerWith({ logic: [DIVISION], verifier: confirm }), {
      ...logic,
      earlier: [EARLIER],
    });
    expect(reading.findings).toMatchObject([{ title: EARLIER.title }]);
  });

  it('asks the finder for it by its title where its own code changed', async () => {
    const earlier = { ...EARLIER, code: 'gone' as const };
    const silent = await readWith(answerWith({}), { ...logic, earlier: [earlier] });
    expect(silent.asked[0]?.text).toMatch(/of code that has changed since.*\n.*\n.*The mean of nothing/);
    expect(silent.reading.findings).toEqual([]);
  });

  it('shows a finder only what its own kind told', async () => {
    const { asked } = await readWith(answerWith({}), { ...CHANGE, earlier: [{ ...EARLIER, code: 'kept' }] });
    const told = asked.filter(({ text }) => text.includes(EARLIER.title)).map(askerOf);
    expect(told).toEqual(['logic']);
  });

  it('costs nothing when the same head is read again', async () => {
    const kept = new Map<string, unknown>();
    const memory = {
      recall: async (key: string) => structuredClone(kept.get(key)),
      remember: async (key: string, value: unknown) => {
        kept.set(key, structuredClone(value));
      },
    };
    await using server = await startScriptedModel(answerWith({ logic: [DIVISION], verifier: confirm }));
    const first = await readFrom(server, { ...logic, memory });
    const count = server.asked.length;
    const earlier = toEarlier(first.findings);
    const again = await readFrom(server, { ...logic, memory, earlier });
    expect(server.asked).toHaveLength(count);
    expect(again.findings.map(({ title, location }) => [title, location])).toEqual(
      first.findings.map(({ title, location }) => [title, location]),
    );
  });
});
