import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BOMBS } from '../test/support/bombs.ts';
import { reviewCommits } from '../test/support/review-commits.ts';

// Reviews each bomb alone in a pull request of 20 good files, and prints how many of the good ones were analysed,
// whether the bomb is named, and how much longer it took than without it, by the clock and in processor time, which is
// what can be compared on a machine that does other work as well:
//   node bench/review-bombs.ts [part of a name]

const GOOD = 20;
const good = (index: number): readonly [string, string] => [
  `src/good${index}.ts`,
  `export const f${index} = (x: string): unknown => {\n  return eval(x + ${index});\n};\n`,
];

interface Outcome {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly analysed: number;
  readonly named: string;
}

const TICKS_PER_SECOND = 100;

/** Processor time of this process and of its children that have ended, with theirs. */
function cpuSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const times = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15);
  return times.reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
}

async function review(bomb?: { readonly path: string; readonly text: string }): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-bench-'));
  const git = (...args: readonly string[]): string =>
    execFileSync(
      'git',
      ['-C', folder, '-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', ...args],
      {
        encoding: 'utf8',
      },
    ).trim();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  try {
    git('init', '--quiet');
    write('README.md', 'x\n');
    git('add', '--all');
    git('commit', '--quiet', '-m', 'base');
    const base = git('rev-parse', 'HEAD');
    for (let index = 0; index < GOOD; index++) write(...good(index));
    if (bomb !== undefined) write(bomb.path, bomb.text);
    git('add', '--all', '--force');
    git('commit', '--quiet', '-m', 'head');
    const startedAt = performance.now();
    const cpuBefore = cpuSeconds();
    const report = await reviewCommits(folder, { base, head: git('rev-parse', 'HEAD') });
    const found = new Set(report.findings.map(({ location }) => location?.path));
    const unread = new Map(report.notAnalysed.map(({ path, reason }) => [path, reason]));
    const analysed = Array.from({ length: GOOD }, (_, index) => good(index)[0]).filter(
      (path) => found.has(path) && !unread.has(path),
    );
    return {
      seconds: (performance.now() - startedAt) / 1000,
      cpuSeconds: cpuSeconds() - cpuBefore,
      analysed: analysed.length,
      named: (bomb === undefined ? undefined : unread.get(bomb.path)) ?? 'read whole',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await review();
const without = await review();
console.log(`without a bomb: ${without.seconds.toFixed(1)} s, processor ${without.cpuSeconds.toFixed(1)} s`);
for (const [name, { path, text }] of Object.entries(BOMBS)) {
  if (!name.includes(process.argv[2] ?? '')) continue;
  const { seconds, cpuSeconds: cpu, analysed, named } = await review({ path, text: text() });
  const more = `${(seconds - without.seconds).toFixed(1)} s more`;
  const cpuMore = `processor ${(cpu - without.cpuSeconds).toFixed(1)} s more`;
  console.log(
    `${name.padEnd(42)} ${analysed} of ${GOOD} ${more.padStart(12)} ${cpuMore.padStart(22)}  ${named.slice(0, 160)}`,
  );
}
