import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Measures a whole review without a model, on 10 and on 200 changed files:
//   node bench/review.ts [repository] [rounds]
// Without a repository one is made, of TypeScript modules that import each other; with one, its newest commit is the
// head, and the base is the same with the changed files as this program undoes them. Cold is a process that has just
// started; warm is the second review in one process. oxlint alone reads the same changed files, for a ratio that is
// comparable between machines. Memory is that of the process and its children together, sampled every 20 ms.

const REVIEW = fileURLToPath(import.meta.url);
const SAMPLE_MS = 20;
const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync(
    'git',
    ['-C', folder, '-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', ...args],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  ).trim();

interface Change {
  readonly folder: string;
  readonly base: string;
  readonly head: string;
  readonly changed: readonly string[];
}

interface Figures {
  readonly coldMs: number;
  readonly warmMs: number;
  readonly peakMb: number;
  readonly oxlintMs: number;
  readonly findings: number;
  readonly byReviewer: Readonly<Record<string, number>>;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** A module that uses its neighbours, in one of two versions. */
function moduleText(index: number, version: 'before' | 'after'): string {
  const [left, right] = [Math.max(0, index - 1), Math.max(0, index - 7)];
  const imports =
    index === 0
      ? ''
      : `import { total${left} } from './part-${left}.ts';\nimport type { Line${right} } from './part-${right}.ts';\n\n`;
  const use = index === 0 ? 'line.price * line.count' : `total${left}([line]) + line.price * line.count`;
  const extra =
    version === 'after'
      ? `\n/** Lines that cost something. */\nexport function paid${index}(lines: readonly Line${index}[]): readonly Line${index}[] {\n  return lines.filter(({ price }) => price > 0);\n}\n`
      : '';
  const other =
    index === 0
      ? ''
      : `\nexport const asOther${index} = (line: Line${index}): Line${right} => ({ ...line });\n`;
  const fillers = Array.from(
    { length: 8 },
    (_, at) =>
      `\nexport async function load${index}x${at}(id: string): Promise<Line${index} | undefined> {\n  const answer = await fetch(\`/lines/\${encodeURIComponent(id)}\`);\n  if (!answer.ok) return undefined;\n  const { price, count } = (await answer.json()) as Line${index};\n  return { id, price: price * ${at + 1}, count };\n}\n`,
  ).join('');
  return `${imports}export interface Line${index} {\n  readonly id: string;\n  readonly price: number;\n  readonly count: number;\n}\n\nexport function total${index}(lines: readonly Line${index}[]): number {\n  let sum = 0;\n  for (const line of lines) sum += ${use};\n  return sum;\n}\n${other}${fillers}${extra}`;
}

function makeRepository(folder: string, files: number, changed: number): Change {
  git(folder, 'init', '--quiet');
  mkdirSync(join(folder, 'src'));
  const paths = Array.from({ length: files }, (_, index) => `src/part-${index}.ts`);
  paths.forEach((path, index) => writeFileSync(join(folder, path), moduleText(index, 'before')));
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '-m', 'before');
  const base = git(folder, 'rev-parse', 'HEAD');
  const touched = paths
    .filter((_, index) => index % Math.max(1, Math.floor(files / changed)) === 0)
    .slice(0, changed);
  for (const path of touched)
    writeFileSync(join(folder, path), moduleText(Number(/\d+/.exec(path)?.[0]), 'after'));
  git(folder, 'commit', '--quiet', '-am', 'after');
  return { folder, base, head: git(folder, 'rev-parse', 'HEAD'), changed: touched };
}

/** A copy of a repository's head, and a base in which every seventh line of the changed files is another one. */
function changeRepository(from: string, folder: string, changed: number): Change {
  const tar = execFileSync('git', ['-C', from, 'archive', 'HEAD'], { maxBuffer: 1 << 28 });
  execFileSync('tar', ['-x', '-C', folder], { input: tar });
  const all = git(from, 'ls-tree', '-r', '--name-only', 'HEAD').split('\n');
  const scripts = all.filter(
    (path) => /^(?:src|lib)\/.*\.ts$/.test(path) && !/\.(?:d|test|spec)\.ts$/.test(path),
  );
  const touched = scripts.slice(0, changed);
  git(folder, 'init', '--quiet');
  const now = new Map(touched.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
  for (const [path, text] of now) {
    // Only comments are taken away, so that the base parses and type checks as the head does.
    const lines = text
      .split('\n')
      .filter((line, index) => !(index % 7 === 0 && /^\s*(?:\/\/|\*\s)/.test(line)));
    writeFileSync(join(folder, path), `// before\n${lines.join('\n')}`);
  }
  git(folder, 'add', '--all', '--force');
  git(folder, 'commit', '--quiet', '-m', 'before');
  const base = git(folder, 'rev-parse', 'HEAD');
  for (const [path, text] of now) writeFileSync(join(folder, path), text);
  git(folder, 'commit', '--quiet', '-am', 'after');
  return { folder, base, head: git(folder, 'rev-parse', 'HEAD'), changed: touched };
}

/** Resident memory of a process and all below it, in MB. */
function memoryOf(root: number): number {
  const parents = new Map<number, number>();
  const resident = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      parents.set(Number(name), Number(fields[1]));
      resident.set(Number(name), Number(fields[21]) * 4096);
    } catch {
      // It has ended in between.
    }
  }
  const isBelow = (pid: number): boolean => pid === root || (pid > 1 && isBelow(parents.get(pid) ?? 0));
  return [...resident].reduce((sum, [pid, bytes]) => sum + (isBelow(pid) ? bytes : 0), 0) / 1_000_000;
}

/** Runs the child below and measures it from outside. */
async function measure(change: Change): Promise<Omit<Figures, 'oxlintMs'>> {
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, [REVIEW, '--child', JSON.stringify(change)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peakMb = 0;
  const sampling = setInterval(() => {
    if (child.pid !== undefined) peakMb = Math.max(peakMb, memoryOf(child.pid));
  }, SAMPLE_MS);
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  clearInterval(sampling);
  // The child is this program itself, and prints just this.
  const told = JSON.parse(text) as Omit<Figures, 'oxlintMs' | 'peakMb'>;
  return { ...told, peakMb };
}

/** Reviews twice in this process, and prints the figures. */
async function reviewTwice({ folder, base, head }: Change): Promise<void> {
  const startedAt = performance.timeOrigin;
  const { reviewCommits } = await import('../test/support/review-commits.ts');
  const report = await reviewCommits(folder, { base, head });
  const coldMs = performance.timeOrigin + performance.now() - startedAt;
  const again = performance.now();
  await reviewCommits(folder, { base, head });
  const byReviewer = Object.fromEntries(
    report.reviewers.map(({ category, ms }) => [category, Math.round(ms)]),
  );
  console.log(
    JSON.stringify({
      coldMs,
      warmMs: performance.now() - again,
      findings: report.findings.length,
      byReviewer,
    }),
  );
}

function timeOxlint({ folder, changed }: Change): number {
  const program = join(dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin/oxlint');
  const startedAt = performance.now();
  try {
    execFileSync(process.execPath, [program, '-f', 'json', ...changed], { cwd: folder, stdio: 'ignore' });
  } catch {
    // It ends with 1 when it finds something.
  }
  return performance.now() - startedAt;
}

async function run(title: string, make: (folder: string) => Change, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-bench-'));
  try {
    const change = make(folder);
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round++)
      figures.push({ ...(await measure(change)), oxlintMs: timeOxlint(change) });
    const of = (pick: (one: Figures) => number): number => Math.round(median(figures.map(pick)));
    console.table({
      [title]: {
        'cold, ms': of(({ coldMs }) => coldMs),
        'warm, ms': of(({ warmMs }) => warmMs),
        'oxlint alone, ms': of(({ oxlintMs }) => oxlintMs),
        'cold / oxlint': (of(({ coldMs }) => coldMs) / of(({ oxlintMs }) => oxlintMs)).toFixed(1),
        'warm / oxlint': (of(({ warmMs }) => warmMs) / of(({ oxlintMs }) => oxlintMs)).toFixed(1),
        'peak memory, MB': of(({ peakMb }) => peakMb),
        findings: of(({ findings }) => findings),
        ...figures[0]?.byReviewer,
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === '--child') {
  // Written by `measure` above.
  await reviewTwice(JSON.parse(process.argv[3] ?? '') as Change);
} else {
  const [repository, rounds = '3'] = /^\d*$/.test(process.argv[2] ?? '')
    ? [undefined, process.argv[2]]
    : process.argv.slice(2);
  for (const count of [10, 200]) {
    const make = (folder: string): Change =>
      repository === undefined
        ? makeRepository(folder, 300, count)
        : changeRepository(repository, folder, count);
    await run(`${count} changed files`, make, Number(rounds));
  }
}
