import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { ReadingTask } from '../../src/agent/task.ts';
import { parseModelEnv } from '../../src/config/model-env.ts';
import { parseDiff } from '../../src/domain/parse-diff.ts';
import { findIsolation } from '../../src/models/isolation.ts';
import { NO_MEMORY, UNLIMITED_DAYS } from '../../src/models/no-ledger.ts';
import { openConfiguredReader } from '../../src/models/open-configured-reader.ts';
import { BASE, FakeGitObjects, HEAD } from '../support/fake-git-objects.ts';
import { aClaim, answerWith, aVerdict } from '../support/reading-bench.ts';
import { type Script, type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts';

const head = { 'a.js': 'const x = total / count;\n' };
const code = 'const x = total / count;';
const script = answerWith({
  logic: [aClaim({ path: 'a.js', startLine: 1, code, title: 'Divides by zero' })],
  verifier: () => aVerdict({ evidence: [{ path: 'a.js', line: 1, code }] }),
});
const objects = new FakeGitObjects({}, head);

async function aTask(): Promise<ReadingTask> {
  const files = parseDiff(await objects.diff(BASE, HEAD)).map((file) => ({
    path: file.path,
    oldPath: file.oldPath,
    status: 'added' as const,
    hunks: file.hunks,
    head: head['a.js'],
  }));
  return {
    base: BASE,
    head: HEAD,
    categories: ['logic'],
    files,
    otherChanges: [],
    known: [],
    token: 'f00dfeed',
  };
}

function open(server: ScriptedModel) {
  const env = parseModelEnv({ FIRSTHAND_MODEL: 'vllm/scripted', FIRSTHAND_MODEL_URL: server.url });
  const { reader } = openConfiguredReader(env, { spend: UNLIMITED_DAYS, memory: NO_MEMORY, process: 'own' });
  if (typeof reader !== 'object') throw new Error(reader);
  return reader;
}

const signal = () => AbortSignal.timeout(60_000);

/** The process of the reader that this one has started. */
function findReader(): string {
  const pid = readdirSync('/proc').find((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      return parent === String(process.pid) && command.includes('reader-child');
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
  if (pid === undefined) throw new Error('no reader runs');
  return pid;
}

describe('a reader in a process of its own', { timeout: 90_000 }, () => {
  it('reads as one in this process does, with files from here', async () => {
    await using server = await startScriptedModel(script);
    const reading = await open(server).read(await aTask(), { source: objects, repository: '' }, signal());
    expect(reading.findings).toMatchObject([{ title: 'Divides by zero', model: 'vllm/scripted' }]);
    expect(reading.readers[0]?.inputTokens).toBe(server.served.input);
  });

  it('has no environment of ours, and no network where the machine can take it away', async () => {
    vi.stubEnv('A_SECRET_OF_OURS', 'value-of-a-secret');
    const seen: { environment: string; network: string }[] = [];
    await using server = await startScriptedModel((asked) => {
      const pid = findReader();
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      seen.push({ environment, network: readlinkSync(`/proc/${pid}/ns/net`) });
      return script(asked);
    });
    const reading = await open(server).read(await aTask(), { source: objects, repository: '' }, signal());
    vi.unstubAllEnvs();
    expect(reading.findings).toHaveLength(1);
    expect(seen[0]?.environment).not.toMatch(/SECRET|secret|FIRSTHAND|HOME=/);
    const { wrapper, description } = await findIsolation();
    expect(reading.isolation).toBe(description);
    expect(seen[0]?.network !== readlinkSync('/proc/self/ns/net')).toBe(wrapper.length > 0);
  });

  it('dies with a cancelled review, which ends with the reason', async () => {
    const controller = new AbortController();
    const hanging: Script = () => {
      controller.abort(new Error('a newer push'));
      return { hang: true };
    };
    await using server = await startScriptedModel(hanging);
    const running = open(server).read(await aTask(), { source: objects, repository: '' }, controller.signal);
    await expect(running).rejects.toThrow(/a newer push/);
  });

  it('passes on what the repository throws', async () => {
    await using server = await startScriptedModel(script);
    const source = {
      listTree: () => Promise.reject(new Error('git is away')),
      readFiles: async () => new Map(),
    };
    const running = open(server).read(
      { ...(await aTask()), categories: ['style'] },
      { source, repository: '' },
      signal(),
    );
    await expect(running).rejects.toThrow(/git is away/);
  });
});
