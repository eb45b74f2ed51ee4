import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Confinement, probeConfinement, type Rung } from '../../src/analysers/confinement.ts';
import { type ConfinedResult, runConfined } from '../../src/analysers/run-confined.ts';
import { invariant } from '../../src/lib/invariant.ts';

const RUNGS: readonly Rung[] = [
  'bubblewrap',
  'network namespace',
  'process limits only',
  'process group only',
];
const available: Confinement[] = [];
for (const rung of RUNGS) {
  const confinement = await probeConfinement([rung]);
  if (confinement.rung === rung) available.push(confinement);
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firsthand-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(
  script: string,
  confinement: Confinement,
  more: {
    readonly timeoutMs?: number;
    readonly maxCpuSeconds?: number;
    readonly maxOutputBytes?: number;
    readonly maxDataBytes?: number;
    readonly signal?: AbortSignal;
  } = {},
): Promise<ConfinedResult> {
  const { signal = new AbortController().signal, ...rest } = more;
  return runConfined(
    {
      program: process.execPath,
      args: ['-e', script],
      readable: [folder, process.execPath],
      cwd: folder,
      env: { GIVEN: 'yes' },
      timeoutMs: 30_000,
      maxMemoryBytes: 8_000_000_000,
      ...rest,
    },
    confinement,
    signal,
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie that nobody has collected yet is dead.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe.each(available)('with $rung', (confinement) => {
  test.runIf(confinement.hasLimits)('memory outside of the heap has a limit, too', async () => {
    const script = 'Buffer.allocUnsafe(700_000_000); process.stdout.write("had it")';
    const enough = await run(script, confinement, { maxDataBytes: 2_000_000_000 });
    expect(enough).toMatchObject({ kind: 'exited', code: 0, stdout: 'had it' });
    const tooMuch = await run(script, confinement, { maxDataBytes: 1_000_000_000 });
    expect(JSON.stringify(tooMuch)).not.toContain('had it');
    expect(tooMuch).not.toMatchObject({ kind: 'exited', code: 0 });
  });

  test('a program gets its input and no environment but its own', async () => {
    process.env['FIRSTHAND_TEST_SECRET'] = 'hush';
    const result = await run('process.stdout.write(JSON.stringify(process.env))', confinement);
    delete process.env['FIRSTHAND_TEST_SECRET'];
    expect(result).toMatchObject({
      kind: 'exited',
      code: 0,
      stdout: expect.stringContaining('"GIVEN":"yes"'),
    });
    expect(JSON.stringify(result)).not.toContain('hush');
  });

  test('a hanging program is ended', async () => {
    const result = await run('setInterval(() => {}, 1000)', confinement, { timeoutMs: 700 });
    expect(result).toMatchObject({ kind: 'timed-out', afterMs: 700 });
  });

  test('an aborted run rejects with the reason', async () => {
    const aborting = new AbortController();
    const running = run('setInterval(() => {}, 1000)', confinement, { signal: aborting.signal });
    aborting.abort(new Error('superseded'));
    await expect(running).rejects.toThrow('superseded');
  });

  test('a crash is told from an exit', async () => {
    expect(await run('process.abort()', confinement)).toMatchObject({ kind: 'crashed' });
    expect(await run('process.exit(3)', confinement)).toMatchObject({ kind: 'exited', code: 3 });
  });

  test('a program that prints without end is ended', async () => {
    const script = 'for (;;) require("node:fs").writeSync(1, "x".repeat(65536));';
    expect(await run(script, confinement, { maxOutputBytes: 1_000_000 })).toEqual({
      kind: 'too-much-output',
    });
  });
});

test.skipIf(available[0]?.hasLimits !== true)(
  'a program that takes more processor time than it may is ended, however long the clock would let it',
  async () => {
    const [confinement] = available;
    invariant(confinement !== undefined, 'one of them works everywhere');
    const result = await run('for (;;);', confinement, { maxCpuSeconds: 1 });
    expect(result).toMatchObject({ kind: 'timed-out', afterMs: 1000 });
  },
);

// In a namespace of its own a number means nothing here; there the whole namespace ends.
const numbered = available.filter(({ rung }) => rung.startsWith('process'));
describe.each(numbered)('with $rung', (confinement) => {
  test('what a hanging program started is ended with it', async () => {
    const pidFile = join(folder, confinement.rung);
    const script = `const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
      setInterval(() => {}, 1000);`;
    await run(script, confinement, { timeoutMs: 1500 });
    const pid = Number(readFileSync(pidFile, 'utf8'));
    for (let wait = 0; wait < 50 && isRunning(pid); wait++) await setTimeout(20);
    expect(isRunning(pid)).toBe(false);
  });
});

const walled = available.filter(({ rung }) => rung === 'bubblewrap' || rung === 'network namespace');
describe.each(walled)('with $rung', (confinement) => {
  test('a program reaches no network, not even this machine', async () => {
    const server = createServer((_, response) => response.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const script = `fetch('http://127.0.0.1:${port}/').then((r) => r.text(), () => 'unreachable').then(console.log)`;
    const result = await run(script, confinement);
    server.close();
    expect(result).toMatchObject({ kind: 'exited', stdout: 'unreachable\n' });
  });
});

describe.each(available.filter(({ rung }) => rung === 'bubblewrap'))('with $rung', (confinement) => {
  test('a program sees only what it was given, and can change nothing', async () => {
    const secret = join(tmpdir(), `firsthand-test-secret-${process.pid}`);
    writeFileSync(secret, 'hush');
    const script = `const fs = require('node:fs');
      const attempt = (work) => { try { work(); return 'could'; } catch (error) { return error.code; } };
      console.log([
        attempt(() => fs.readFileSync('/etc/passwd')),
        attempt(() => fs.readFileSync(${JSON.stringify(secret)})),
        attempt(() => fs.readFileSync(${JSON.stringify(join(process.cwd(), 'package.json'))})),
        attempt(() => fs.writeFileSync(${JSON.stringify(join(folder, 'new'))}, '')),
      ].join(' '));`;
    const result = await run(script, confinement);
    rmSync(secret);
    expect(result).toMatchObject({ kind: 'exited', stdout: 'ENOENT ENOENT ENOENT EROFS\n' });
  });
});
