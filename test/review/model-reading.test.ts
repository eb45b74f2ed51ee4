import { describe, expect, it } from 'vitest';
import { ReaderBroken } from '../../src/agent/reader-broken.ts';
import { parseModelEnv } from '../../src/config/model-env.ts';
import type { ReviewReport } from '../../src/domain/report.ts';
import { reviewReportSchema } from '../../src/domain/report.ts';
import { NO_MEMORY, UNLIMITED_DAYS } from '../../src/models/no-ledger.ts';
import { openConfiguredReader } from '../../src/models/open-configured-reader.ts';
import { reviewPullRequest } from '../../src/review/pipeline.ts';
import type { Analyser } from '../../src/review/ports.ts';
import type { ReviewRequest } from '../../src/review/request.ts';
import { FakeStager, wordAnalyser } from '../support/fake-analysers.ts';
import { BASE, FakeGitObjects, HEAD } from '../support/fake-git-objects.ts';
import { aClaim, answerWith, askerOf, aVerdict } from '../support/reading-bench.ts';
import { type AskedTurn, type Script, startScriptedModel } from '../support/scripted-model.ts';

const KEY = 'sk-live-abcdef0123456789';
const base = { 'src/a.ts': 'start();\n', 'go/b.go': 'package b\n' };
const head = {
  'src/a.ts': 'start();\nconst x = total / count;\nBUG();\n',
  'go/b.go': 'package b\nvar z = 1 / n\n',
};
const claim = aClaim({
  path: 'src/a.ts',
  startLine: 2,
  code: 'const x = total / count;',
  title: 'Divides by zero',
});
const verdict = aVerdict({ evidence: [{ path: 'src/a.ts', line: 2, code: 'const x = total / count;' }] });

async function review(
  script: Script,
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly analysers?: (stager: FakeStager) => readonly Analyser[];
    readonly request?: Partial<ReviewRequest>;
    readonly base?: Readonly<Record<string, string>>;
  } = {},
): Promise<{ readonly report: ReviewReport; readonly asked: readonly AskedTurn[] }> {
  await using server = await startScriptedModel(script);
  const env = options.env ?? {
    FIRSTHAND_MODEL: 'openai-compatible/scripted',
    FIRSTHAND_MODEL_URL: server.url,
    FIRSTHAND_MODEL_KEY: KEY,
    FIRSTHAND_MODEL_PRICE: '1/0.1/4',
  };
  const { reader } = openConfiguredReader(parseModelEnv(env), {
    spend: UNLIMITED_DAYS,
    memory: NO_MEMORY,
    process: 'this',
  });
  const stager = new FakeStager();
  const report = await reviewPullRequest(
    {
      base: BASE,
      head: HEAD,
      settings: { reviewers: ['security', 'logic'], ignore: [], maxFindings: 15 },
      startedAt: new Date(0),
      version: '1.2.3',
      ...options.request,
    },
    {
      objects: new FakeGitObjects({ ...base, ...options.base }, head),
      stager,
      analysers: (options.analysers ?? tools)(stager),
      changeAnalysers: [],
      sandbox: 'none, it is a fake',
      ...(reader === undefined ? {} : { reader }),
      onProgress: () => undefined,
    },
    AbortSignal.timeout(20_000),
  );
  expect([...stager.open]).toEqual([]);
  return { report: reviewReportSchema.parse(report), asked: server.asked };
}

function tools(stager: FakeStager): readonly Analyser[] {
  return [
    wordAnalyser(stager, { word: 'BUG', rule: 'tool/bug', category: 'logic' }),
    wordAnalyser(stager, { word: 'SECRET', rule: 'tool/secret', category: 'security' }),
  ];
}

const reviewer = (report: ReviewReport, category: string) =>
  report.reviewers.find((one) => one.category === category);

describe('a review with models', () => {
  it('has what models argue beside what tools check, each with its source, and the cost', async () => {
    const { report, asked } = await review(answerWith({ logic: [claim], verifier: () => verdict }));
    expect(report.findings.map(({ source, evidence }) => [source, evidence])).toEqual([
      ['openai-compatible/scripted', 'argued'],
      ['tool/bug', 'checked'],
    ]);
    expect(reviewer(report, 'logic')).toMatchObject({
      status: 'reviewed',
      engine: 'tool 1.0.0, openai-compatible/scripted',
      findings: 2,
      hunksRead: 2,
      hunksTotal: 2,
      tokens: 330,
      model: { calls: 3, inputTokens: 300, outputTokens: 30, unpriced: [] },
    });
    expect(reviewer(report, 'logic')?.costUsd).toBeCloseTo((300 + 30 * 4) / 1e6);
    // The tool's finding is evidence, in the words of its rule.
    expect(asked.find((turn) => askerOf(turn) === 'logic')?.text).toContain('line 3: logic:');
    // A model reads every language.
    expect(report.notAnalysed).toEqual([]);
  });

  it('stays as it is without a model, and is not asked where the repository says no', async () => {
    const without = await review(answerWith({}), { env: {} });
    const switchedOff = await review(answerWith({}), {
      request: {
        settings: { reviewers: ['security', 'logic'], ignore: [], maxFindings: 15, useModel: false },
      },
    });
    for (const { report, asked } of [without, switchedOff]) {
      expect(asked).toEqual([]);
      expect(report.findings.map(({ source }) => source)).toEqual(['tool/bug']);
      expect(report.reviewers.map(({ model, reason }) => [model, reason])).toEqual([
        [undefined, undefined],
        [undefined, undefined],
      ]);
      expect(report.notAnalysed.map(({ path }) => path)).toEqual(['go/b.go']);
    }
  });

  it('falls back to the tools where a key is missing, and says so', async () => {
    const { report } = await review(answerWith({}), {
      env: { FIRSTHAND_MODEL: 'anthropic/claude-haiku-4-5' },
    });
    expect(report.findings.map(({ source }) => source)).toEqual(['tool/bug']);
    expect(reviewer(report, 'logic')).toMatchObject({
      status: 'reviewed',
      reason: expect.stringContaining(
        'without a model: anthropic/claude-haiku-4-5 needs a key: ANTHROPIC_API_KEY is not set',
      ),
    });
  });

  it('falls back to the tools where the key is refused, and says so', async () => {
    const { report } = await review(() => ({ status: 401 }));
    expect(report.findings.map(({ source }) => source)).toEqual(['tool/bug']);
    expect(reviewer(report, 'logic')).toMatchObject({
      status: 'reviewed',
      hunksRead: 1,
      hunksTotal: 1,
      reason: expect.stringContaining('refused the key (HTTP 401)'),
    });
    expect(reviewer(report, 'logic')?.model).toBeUndefined();
  });

  it('keeps what the tools found when the reading itself breaks', async () => {
    const stager = new FakeStager();
    const report = await reviewPullRequest(
      {
        base: BASE,
        head: HEAD,
        settings: { reviewers: ['logic'], ignore: [], maxFindings: 15 },
        startedAt: new Date(0),
        version: '1.2.3',
      },
      {
        objects: new FakeGitObjects(base, head),
        stager,
        analysers: tools(stager),
        changeAnalysers: [],
        sandbox: 'none, it is a fake',
        reader: {
          pricesAsOf: '',
          read: () => Promise.reject(new ReaderBroken('the reading process ended early')),
        },
        onProgress: () => undefined,
      },
      AbortSignal.timeout(20_000),
    );
    expect(report.findings.map(({ source }) => source)).toEqual(['tool/bug']);
    expect(report.reviewers[0]?.reason).toContain('without a model: the reading process ended early');
  });

  it('names hunks that no model has read, and counts them as unread', async () => {
    const { report } = await review((turn) =>
      askerOf(turn) === 'logic'
        ? {
            toolCalls: [
              { name: 'report', input: { receipts: [/H1:\S+/.exec(turn.text)?.[0] ?? ''], findings: [] } },
            ],
          }
        : answerWith({})(turn),
    );
    expect(reviewer(report, 'logic')).toMatchObject({ hunksRead: 1, hunksTotal: 2 });
    expect(report.notAnalysed).toContainEqual({
      path: 'src/a.ts',
      reason: expect.stringContaining('logic model: no receipt was given for it'),
    });
  });

  it('lets models read deleted files too, and names those that are too long', async () => {
    const long = 'drop(user);\n'.repeat(1501);
    const { asked, report } = await review(answerWith({}), {
      base: { 'src/guard.ts': 'check(user);\n', 'src/long.ts': long },
      request: { intent: { title: 'Remove the old guard', description: '' } },
    });
    const asking = (word: string) => [
      ...new Set(asked.filter(({ text }) => text.includes(word)).map(askerOf)),
    ];
    expect(asking('check(user);').sort()).toEqual(['logic', 'security']);
    expect(asking('drop(user);')).toEqual([]);
    expect(asking('src/long.ts (deleted)')).toEqual(['intent']);
    expect(report.notAnalysed).toContainEqual({
      path: 'src/long.ts',
      reason: 'deleted, and longer than 1500 lines: no model read it',
    });
  });

  it('names a grave claim that was refuted where people look', async () => {
    const refuted = aVerdict({ ...verdict, verdict: 'refuted' });
    const { report } = await review(
      answerWith({ security: [{ ...claim, severity: 'critical' }], verifier: () => refuted }),
    );
    expect(report.findings.map(({ title }) => title)).not.toContain('Divides by zero');
    expect(report.notShown[0]?.reason).toMatch(/^a model's claim, critical: Divides by zero .*refuted it/);
  });

  it('lists what was held back, with what speaks against it', async () => {
    const { report } = await review(
      answerWith({
        security: [{ ...claim, severity: 'critical', kind: 'injection' }],
        verifier: () => ({ ...verdict, verdict: 'refuted', reason: 'The count is never zero there.' }),
      }),
    );
    expect(report.notShown).toMatchObject([
      {
        reason: expect.stringMatching(/critical: Divides by zero \(src\/a\.ts:2\).*refuted/),
        detail: expect.stringContaining('The count is never zero there.'),
      },
    ]);
  });

  it('offers a replacement only after the tools took it and the verifier too', async () => {
    const good = { ...claim, replacement: 'const x = count === 0 ? 0 : total / count;' };
    const offer = async (replacement: string, isReplacementRight: boolean): Promise<string | undefined> => {
      const { report } = await review(
        answerWith({
          logic: [{ ...good, replacement }],
          verifier: () => ({ ...verdict, isReplacementRight }),
        }),
      );
      return report.findings.find(({ evidence }) => evidence === 'argued')?.suggestion;
    };
    expect(await offer(good.replacement, true)).toBe(good.replacement);
    expect(await offer(good.replacement, false)).toBeUndefined();
    // The tool says more of this one than before.
    expect(await offer('const x = BUG(count);', true)).toBeUndefined();
    expect(await offer('const x  =  total / count;', true)).toBeUndefined();
  });

  it('gives no known secret to a model and lets none out, whole, in pieces or encoded', async () => {
    const secret = 'correct-horse-battery-9371';
    const told = [
      `It prints ${secret}`,
      `the first part is correct-horse and the next battery 9371`,
      `encoded ${Buffer.from(secret).toString('base64')} or ${Buffer.from(secret).toString('hex')}`,
    ];
    const { report, asked } = await review(
      answerWith({
        logic: [{ ...claim, trigger: told[0], mechanism: told[1], consequence: told[2] }],
        verifier: () => verdict,
      }),
      {
        request: {
          secrets: [secret],
          intent: { title: `Rotate ${secret}`, description: `It was ${secret} until now.` },
        },
      },
    );
    // What the script itself says comes back to it; all the rest is ours.
    const ours = asked.filter((turn) => turn.messages.length === 1 && askerOf(turn) !== 'verifier');
    expect(ours.map(askerOf)).toContain('intent');
    expect(ours.filter(({ text }) => text.includes(secret)).map(askerOf)).toEqual([]);
    expect(ours.find((turn) => askerOf(turn) === 'intent')?.text).toContain('title: Rotate [redacted]');
    const text = report.findings.find(({ evidence }) => evidence === 'argued')?.body ?? '';
    expect(text).toContain('[redacted]');
    for (const piece of ['correct-horse', 'battery', 'Y29ycmVj', '636f7272'])
      expect(text).not.toContain(piece);
  });

  it('does not tell the key to anybody', async () => {
    const { report, asked } = await review(answerWith({ logic: [claim], verifier: () => verdict }));
    expect(JSON.stringify([report, asked.map(({ body }) => body)])).not.toContain(KEY);
  });

  it('gives a finding the same identity in every run, whatever the model calls it', async () => {
    const run = async (words: object): Promise<string | undefined> => {
      const { report } = await review(
        answerWith({ logic: [{ ...claim, ...words }], verifier: () => verdict }),
      );
      return report.findings.find(({ evidence }) => evidence === 'argued')?.id;
    };
    expect(await run({ title: 'Divides by zero', kind: 'wrong-value' })).toBe(
      await run({ title: 'Not a number for no items', kind: 'unhandled-case' }),
    );
  });
});
