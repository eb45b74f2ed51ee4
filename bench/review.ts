import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as analysersModule from '../src/analysers/create-analysers.ts';
import type { ReviewReport } from '../src/domain/report.ts';
import type * as gitModule from '../src/git/open-local-objects.ts';
import type * as reviewModule from '../src/review/pipeline.ts';

// Measures a whole review without a model, on 10 and on 200 changed files:
//   node bench/review.ts [repository] [rounds]
// Without a repository one is made, of TypeScript modules that import each other; with one, its newest commit is the
// head, and the base is the same with the changed files as this program undoes them. Cold is `firsthand review` from
// start to end, as at a push; warm is the second review in one process. oxlint alone reads the same changed files, for a
// ratio that is comparable between machines. Memory is that of the process and its children together, sampled every
// 20 ms in a run of its own. The built product is measured (`npm run build` first). On a machine that does other work as
// well, the least of the rounds and the processor time say more than the clock: the figures are minima.

const REVIEW = fileURLToPath(import.meta.url);
const PROGRAM = fileURLToPath(new URL('../bin/firsthand.js', import.meta.url));
const SAMPLE_MS = 20;
const TIMEOUT_MS = 600_000;
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
  /** Processor time of the cold review, with that of its children. */
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly oxlintMs: number;
  readonly oxlintCpuMs: number;
  readonly findings: number;
  readonly byReviewer: Readonly<Record<string, number>>;
}

const least = (values: readonly number[]): number => Math.min(...values);
const TICK_MS = 10;

/** Processor time of the children of this process that have ended, with theirs. */
function childrenCpuMs(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
}

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

/** What a program prints. Rejects when it fails. */
async function run(words: readonly string[], look: (pid: number) => void = () => undefined): Promise<string> {
  const child = spawn(process.execPath, [...words], { stdio: ['ignore', 'pipe', 'ignore'] });
  const sampling = setInterval(() => child.pid !== undefined && look(child.pid), SAMPLE_MS);
  try {
    const ended = once(child, 'exit');
    let text = '';
    for await (const chunk of child.stdout) text += String(chunk);
    const [code] = await ended;
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`);
    return text;
  } finally {
    clearInterval(sampling);
  }
}

/** The command line over a change, once by the clock and once for its memory; then twice in one process. */
async function measure(change: Change): Promise<Omit<Figures, 'oxlintMs' | 'oxlintCpuMs'>> {
  const { folder, base, head } = change;
  const words = [PROGRAM, 'review', '--repo', folder, '--base', base, '--head', head];
  const review = [...words, '--no-model', '--format', 'json'];
  const cpuBefore = childrenCpuMs();
  const startedAt = performance.now();
  // The command line keeps to the schema that this type is inferred from.
  const report = JSON.parse(await run(review)) as ReviewReport;
  const coldMs = performance.now() - startedAt;
  const cpuMs = childrenCpuMs() - cpuBefore;
  let peakMb = 0;
  await run(review, (pid) => {
    peakMb = Math.max(peakMb, memoryOf(pid));
  });
  // Printed by `reviewTwice` below.
  const { warmMs } = JSON.parse(await run([REVIEW, '--child', JSON.stringify(change)])) as Pick<
    Figures,
    'warmMs'
  >;
  const byReviewer = Object.fromEntries(
    report.reviewers.map(({ category, ms }) => [category, Math.round(ms)]),
  );
  return { coldMs, cpuMs, peakMb, warmMs, byReviewer, findings: report.findings.length };
}

/** Reviews twice in this process, and prints how long the second time took. */
async function reviewTwice({ folder, base, head }: Change): Promise<void> {
  const { createAnalysers } = await built<typeof analysersModule>('analysers/create-analysers.js');
  const { openLocalObjects } = await built<typeof gitModule>('git/open-local-objects.js');
  const { reviewPullRequest } = await built<typeof reviewModule>('review/pipeline.js');
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const review = async (): Promise<void> => {
    const local = await openLocalObjects(folder, signal);
    try {
      await reviewPullRequest(
        {
          base,
          head,
          settings: { reviewers: ['security', 'style', 'logic'], ignore: [], maxFindings: 15 },
          startedAt: new Date(0),
          version: '0.0.0',
        },
        { objects: local.objects, ...(await createAnalysers()), onProgress: () => undefined },
        signal,
      );
    } finally {
      await local.dispose();
    }
  };
  await review();
  const startedAt = performance.now();
  await review();
  console.log(JSON.stringify({ warmMs: performance.now() - startedAt }));
}

/** A module of the built product. */
async function built<Module>(path: string): Promise<Module> {
  // What is built has the types of what it is built from.
  return (await import(join(import.meta.dirname, '../dist', path))) as Module;
}

function timeOxlint({ folder, changed }: Change): Pick<Figures, 'oxlintMs' | 'oxlintCpuMs'> {
  const program = join(dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin/oxlint');
  const cpuBefore = childrenCpuMs();
  const startedAt = performance.now();
  try {
    execFileSync(process.execPath, [program, '-f', 'json', ...changed], { cwd: folder, stdio: 'ignore' });
  } catch {
    // It ends with 1 when it finds something.
  }
  return { oxlintMs: performance.now() - startedAt, oxlintCpuMs: childrenCpuMs() - cpuBefore };
}

async function bench(title: string, make: (folder: string) => Change, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-bench-'));
  try {
    const change = make(folder);
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round++)
      figures.push({ ...(await measure(change)), ...timeOxlint(change) });
    const of = (pick: (one: Figures) => number): number => Math.round(least(figures.map(pick)));
    console.table({
      [title]: {
        'cold, ms': of(({ coldMs }) => coldMs),
        'warm, ms': of(({ warmMs }) => warmMs),
        'oxlint alone, ms': of(({ oxlintMs }) => oxlintMs),
        'cold / oxlint': (of(({ coldMs }) => coldMs) / of(({ oxlintMs }) => oxlintMs)).toFixed(1),
        'warm / oxlint': (of(({ warmMs }) => warmMs) / of(({ oxlintMs }) => oxlintMs)).toFixed(1),
        'CPU, ms': of(({ cpuMs }) => cpuMs),
        'CPU of oxlint, ms': of(({ oxlintCpuMs }) => oxlintCpuMs),
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
    await bench(`${count} changed files`, make, Number(rounds));
  }
}
