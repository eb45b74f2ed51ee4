import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runCommandLine } from '../../src/cli/main.ts';
import { reviewReportSchema } from '../../src/domain/report.ts';
import { fakeTerminal } from '../support/fake-terminal.ts';
import { createRepository, type Repository } from '../support/git-repository.ts';
import { aClaim, answerWith, aVerdict } from '../support/reading-bench.ts';
import { startScriptedModel } from '../support/scripted-model.ts';

let repository: Repository;
beforeAll(() => {
  repository = createRepository();
  repository.write({ 'a.js': 'export const share = (total, people) => total;\n' });
  repository.commit('base');
  repository.git('checkout', '--quiet', '-b', 'change');
  repository.write({ 'a.js': 'export const share = (total, people) => total / people.length;\n' });
  repository.commit('head');
});
afterAll(() => repository.remove());

const code = 'export const share = (total, people) => total / people.length;';
const script = answerWith({
  logic: [aClaim({ path: 'a.js', startLine: 1, code, title: 'Divides by zero people' })],
  verifier: () => aVerdict({ evidence: [{ path: 'a.js', line: 1, code }] }),
});

async function review(env: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const terminal = fakeTerminal({ cwd: repository.folder, env: { PATH: process.env['PATH'], ...env } });
  const exit = await runCommandLine(['review', ...words], COMMANDS, terminal);
  return { exit, out: terminal.out(), err: terminal.err() };
}

describe('firsthand review with a model', { timeout: 90_000 }, () => {
  it('asks the model that --model names at the address from the environment, and shows what it cost', async () => {
    await using server = await startScriptedModel(script);
    const env = { FIRSTHAND_MODEL_URL: server.url, FIRSTHAND_MODEL_PRICE: '10/1/40' };
    const model = ['--model', 'openai-compatible/scripted', '--reviewers', 'logic'];
    const json = await review(env, ...model, '--format', 'json', '--fail-on', 'high');
    expect(json.exit).toBe(1);
    const report = reviewReportSchema.parse(JSON.parse(json.out));
    expect(report.findings).toMatchObject([{ title: 'Divides by zero people', evidence: 'argued' }]);
    const sum = report.reviewers.reduce((total, one) => total + one.tokens, 0);
    expect(sum).toBe(server.served.input + server.served.output);
    const { out } = await review(env, ...model);
    expect(out).toContain('330 tokens, $0.0042');
  });

  it('takes the model of the environment, and none with --no-model', async () => {
    await using server = await startScriptedModel(script);
    const env = { FIRSTHAND_MODEL: 'vllm/scripted', FIRSTHAND_MODEL_URL: server.url };
    const without = await review(env, '--no-model', '--reviewers', 'logic');
    expect(server.asked).toEqual([]);
    expect(without.out).not.toContain('Divides by zero people');
    const { out } = await review(env, '--reviewers', 'logic');
    expect(out).toContain('Divides by zero people');
    expect(out).toContain('price of vllm/scripted not known');
  });

  it('reviews without the model when its key is missing, and says so twice', async () => {
    const { exit, out, err } = await review(
      {},
      '--model',
      'anthropic/claude-haiku-4-5',
      '--reviewers',
      'logic',
    );
    expect(exit).toBe(0);
    expect(err).toContain(
      'no model reads: anthropic/claude-haiku-4-5 needs a key: ANTHROPIC_API_KEY is not set',
    );
    expect(out).toContain('without a model: anthropic/claude-haiku-4-5');
  });
});
