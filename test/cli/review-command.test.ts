import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runCommandLine } from '../../src/cli/main.ts';
import { startCommand } from '../support/command-process.ts';
import { fakeTerminal } from '../support/fake-terminal.ts';
import { createRepository, type Repository } from '../support/git-repository.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

let repository: Repository;
const scratch = makeTemporaryFolder();

beforeAll(() => {
  repository = createRepository();
  repository.write({ 'a.js': 'const input = process.argv[2];\nconsole.log(input);\n' });
  repository.commit('base');
  repository.git('checkout', '--quiet', '-b', 'change');
  repository.write({ 'a.js': 'const input = process.argv[2];\neval(input);\n' });
  repository.commit('head');
});

afterAll(() => {
  repository.remove();
  scratch.remove();
});

async function review(...words: readonly string[]) {
  const terminal = fakeTerminal({ cwd: repository.folder, env: { PATH: process.env['PATH'] } });
  const code = await runCommandLine(['review', ...words], COMMANDS, terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

describe('firsthand review', () => {
  it('compares HEAD with the default branch of the folder that it is run in', async () => {
    const { code, out, err } = await review();
    expect(code).toBe(0);
    expect(out).toContain('a.js:2');
    expect(out).toContain('taint/code-injection');
    expect(err).toContain('1 changed file');
  });

  it('prints exactly one document, which fits the published schema', async () => {
    const { out } = await review('--format', 'json');
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const schema: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../schemas/report.schema.json'), 'utf8'),
    );
    const isValid = ajv.compile(z.record(z.string(), z.unknown()).parse(schema));
    const report: unknown = JSON.parse(out);
    isValid(report);
    expect(isValid.errors).toBeNull();
    expect(report).toMatchObject({ kind: 'review', findings: [{ source: 'taint/code-injection' }] });
    expect(isValid({ kind: 'review' })).toBe(false);
  });

  it('writes SARIF whose results name a rule of the run and a place in the repository', async () => {
    const sarif = z
      .object({
        version: z.literal('2.1.0'),
        runs: z.array(
          z.object({
            tool: z.object({
              driver: z.object({ name: z.string(), rules: z.array(z.object({ id: z.string() })) }),
            }),
            results: z.array(
              z.object({
                ruleId: z.string(),
                level: z.enum(['error', 'warning', 'note', 'none']),
                message: z.object({ text: z.string().min(1) }),
                locations: z.array(
                  z.object({
                    physicalLocation: z.object({
                      artifactLocation: z.object({ uri: z.literal('a.js') }),
                      region: z.object({ startLine: z.literal(2) }),
                    }),
                  }),
                ),
              }),
            ),
          }),
        ),
      })
      .parse(JSON.parse((await review('--format', 'sarif')).out));
    const [run] = sarif.runs;
    expect(sarif.runs).toHaveLength(1);
    expect(run?.results).toHaveLength(1);
    expect(run?.tool.driver.rules.map(({ id }) => id)).toContain(run?.results[0]?.ruleId);
  });

  it('is a gate with --fail-on, at or above the severity that it names', async () => {
    expect((await review('--fail-on', 'high')).code).toBe(1);
    expect((await review('--fail-on', 'critical')).code).toBe(0);
  });

  it('writes the result to --output and leaves stdout empty', async () => {
    const file = join(scratch.path, 'report.json');
    const { code, out } = await review('--format', 'json', '--output', file);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ kind: 'review' });
  });

  it('says that there was no diff when the head is in the base', async () => {
    const { code, err } = await review('--base', 'change', '--head', 'main');
    expect(code).toBe(0);
    expect(err).toContain('the head has no commit that the base lacks');
  });

  it.each([
    [['--format', 'xml'], /--format takes text, json, sarif, markdown; got “xml”/],
    [['--fail-on', 'severe'], /--fail-on takes critical, high, medium, low/],
    [['--reviewers', 'security,speed'], /--reviewers takes security, style, logic; got “speed”/],
    [['--model', 'x'], /--model takes PROVIDER\/NAME, with a provider of anthropic, openai,/],
    [['--model', 'ollama/x', '--no-model'], /--model and --no-model contradict each other/],
    [['--base', 'nope'], /"nope" is not a commit of .*; name a branch, a tag or a commit/],
    [['--repo', '/nonexistent'], /could not open \/nonexistent as a git repository/],
    [['--output', '/nonexistent/x'], /--output: \/nonexistent cannot be written \(ENOENT\)/],
    [['--output', '.'], /--output: .* is a folder; name a file in it/],
    [['--output', ''], /--output takes the name of a file/],
    [['--head', '-1'], /'--head' argument is ambiguous; --help lists the options/],
  ])('refuses %j in one line', async (words, message) => {
    const { code, out, err } = await review(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('names the remedy in a shallow clone, where CI systems lack the base', async () => {
    const folder = join(scratch.path, 'shallow');
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${repository.folder}`, folder]);
    const { code, err } = await review('--repo', folder, '--base', 'HEAD~1');
    expect(code).toBe(2);
    expect(err).toContain('git fetch --unshallow');
  });

  it('ends on one Ctrl-C however often it is passed on, and leaves no process and no folder', async () => {
    const big = createRepository();
    big.write({ 'README.md': 'x' });
    big.commit('base');
    big.git('checkout', '--quiet', '-b', 'change');
    big.write(
      Object.fromEntries(
        Array.from({ length: 800 }, (_, at) => [`${at}.ts`, `export const x${at} = eval('1');\n`]),
      ),
    );
    big.commit('head');
    const temporary = join(scratch.path, 'temporary');
    mkdirSync(temporary);
    const command = startCommand(['review'], { cwd: big.folder, env: { TMPDIR: temporary } });
    await command.says('security: reading');
    // The terminal and npm both pass it on; of two different signals the system may deliver either first.
    command.signal('SIGINT');
    command.signal('SIGINT');
    const { code, stdout, stderr } = await command.ended();
    big.remove();
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('firsthand review: stopped by SIGINT');
    expect(readdirSync(temporary)).toEqual([]);
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(temporary);
  });
});
