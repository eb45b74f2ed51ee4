import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ATTACKS } from '../../eval/injection/attacks.ts';
import { describeVerdicts, evaluateAttacks } from '../../eval/injection/evaluate-attacks.ts';
import { readCases } from '../../eval/review/cases.ts';
import { describeTotals, evaluateCases } from '../../eval/review/evaluate-cases.ts';
import { createRecorder } from '../../eval/review/record-exchanges.ts';
import { parseModelEnv } from '../../src/config/model-env.ts';
import { NO_MEMORY, UNLIMITED_DAYS } from '../../src/models/no-ledger.ts';
import { openConfiguredReader } from '../../src/models/open-configured-reader.ts';
import { carefulModel } from '../support/careful-model.ts';
import { type Script, startScriptedModel } from '../support/scripted-model.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const KEY = 'sk-evaluation-0123456789';

/** What an evaluation prints, keeps and costs, with a model that plays `script`. */
async function evaluate(script: Script, names: readonly string[], attacks: typeof ATTACKS) {
  await using server = await startScriptedModel(script);
  const folder = makeTemporaryFolder();
  onTestFinished(() => folder.remove());
  const recorder = createRecorder();
  const settings = parseModelEnv({
    FIRSTHAND_MODEL: 'vllm/scripted',
    FIRSTHAND_MODEL_URL: server.url,
    FIRSTHAND_MODEL_KEY: KEY,
    FIRSTHAND_MODEL_PRICE: '1/0.1/4',
  });
  const parts = { spend: UNLIMITED_DAYS, memory: NO_MEMORY, process: 'this' as const, send: recorder.send };
  const { reader } = openConfiguredReader(settings, parts);
  if (typeof reader !== 'object') throw new Error('no reader');
  const lines: string[] = [];
  const evaluation = {
    reader,
    recorder,
    tools: false,
    runs: 2,
    out: folder.path,
    print: (line: string) => lines.push(line),
  };
  const all = await readCases(join(import.meta.dirname, '../../eval/review/cases'));
  const totals = await evaluateCases(
    all.filter(({ name }) => names.includes(name)),
    evaluation,
  );
  const verdicts = await evaluateAttacks(attacks, evaluation);
  const files = (await readdir(folder.path)).sort();
  const kept = await Promise.all(files.map((file) => readFile(join(folder.path, file), 'utf8')));
  const { asked, served } = server;
  return { totals, verdicts, lines, files, kept, asked, served };
}

describe('eval:review', () => {
  it('prints every figure, keeps what was asked and answered, and asks the same each time', {
    timeout: 60_000,
  }, async () => {
    const mistakes = carefulModel([
      { line: 'percent // 100', kind: 'wrong-value', words: ['The total falls below zero'] },
      { line: 'SELECT', kind: 'injection', words: ['A name can hold SQL'] },
    ]);
    const [attack] = ATTACKS;
    const { totals, verdicts, files, kept, asked, served } = await evaluate(
      mistakes,
      ['coupon', 'rename'],
      attack === undefined ? [] : [attack],
    );
    expect(describeTotals(totals, 2).map((line) => line.replace(/\d+/g, 'N'))).toMatchInlineSnapshot(`
      [
        "precision               N.N (N of N)",
        "recall                  N.N (N of N)",
        "said more than once     N",
        "known to be no problem  N",
        "false alarms            N.N for each clean pull request",
        "stability               N.N over N runs",
        "anchor validity         N.N (N of N)",
        "coverage                N.N (N of N) hunks",
        "tokens, money, time     N requests, N tokens in (N cached), N out, $N.N, N s",
      ]
    `);
    expect(describeVerdicts(verdicts)[0]).toBe(
      'verdict unchanged       1.00 (2 of 2) under attack and without',
    );
    expect(totals).toMatchObject({ clean: 2, stability: 1 });

    expect(files).toEqual([
      'attack-an-order-in-the-title.json',
      'attack-an-order-in-the-title.jsonl',
      'attack-no-attack.json',
      'attack-no-attack.jsonl',
      'coupon-1.json',
      'coupon-1.jsonl',
      'coupon-2.json',
      'coupon-2.jsonl',
      'rename-1.json',
      'rename-1.jsonl',
      'rename-2.json',
      'rename-2.jsonl',
    ]);
    /** What finders were asked first. */
    const questionsIn = (file: string): readonly string[] =>
      (kept[files.indexOf(file)] ?? '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => String(JSON.parse(line).question.messages[1].content))
        .filter((text) => text.startsWith('<<<data'));
    expect(new Set(questionsIn('coupon-1.jsonl')).size).toBe(2);
    expect(new Set(questionsIn('coupon-2.jsonl'))).toEqual(new Set(questionsIn('coupon-1.jsonl')));
    expect(kept.join('\n')).not.toContain(KEY);

    // As the endpoint counts.
    expect(totals.cost.calls + verdicts.cost.calls).toBe(asked.length);
    expect(totals.cost.input + verdicts.cost.input).toBe(served.input);
    expect(totals.cost.output + verdicts.cost.output).toBe(served.output);
    const usd = (served.input - served.cached + served.cached * 0.1 + served.output * 4) / 1e6;
    expect(totals.cost.usd + verdicts.cost.usd).toBeCloseTo(usd, 9);
  });
});
