import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { createAnalysers } from '../src/analysers/create-analysers.ts';
import { type Finding, reviewCategorySchema } from '../src/domain/finding.ts';
import type { Analyser, Diagnostic, Stager } from '../src/review/ports.ts';
import { isTest, type ReviewedCommit, reviewHistory } from './analysers/history.ts';
import { type Label, readLabels } from './analysers/labels.ts';
import { type Hit, matchLabels, row, score, table } from './analysers/score.ts';

/*
 * Scores the security analysers on a labelled corpus (`// ruleid: id` and `// ok: id` above the line that they speak
 * of) and counts their findings on trees that are taken for clean. The corpus is never part of this project.
 *
 *   npm run eval:analysers -- --corpus DIR [--clean DIR]... [--only NAME]... [--part tune|held] [--list]
 *   npm run eval:analysers -- --history DIR [--under src] [--commits N] [--newest N] [--reviewers logic,style] [--list]
 *
 * `--part` takes two thirds or the remaining third of the corpus' files, by a hash of their names, so that rules can
 * be written with one part and judged by the other. `--list` also prints every label that was missed or flagged.
 *
 * `--history` counts what the reviewers would have said of commits that were merged, for each 1,000 lines that these add.
 */
const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    clean: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', multiple: true, default: [] },
    part: { type: 'string' },
    list: { type: 'boolean', default: false },
    history: { type: 'string' },
    under: { type: 'string', default: 'src' },
    commits: { type: 'string', default: '60' },
    newest: { type: 'string', default: '600' },
    reviewers: { type: 'string', default: 'logic,style' },
  },
});

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx|py)$/;
const TEST =
  /(?:^|\/)(?:__tests__|__fixtures__|__mocks__|tests?|fixtures)\/|[._-](?:test|spec)\.[cm]?[jt]sx?$/;

const { analysers, stager } = await createAnalysers();
const chosen = analysers.filter(
  ({ name, category }) =>
    category === 'security' && (values.only.length === 0 || values.only.some((one) => name.startsWith(one))),
);

if (values.corpus !== undefined) await scoreCorpus(values.corpus);
for (const folder of values.clean) await countNoise(folder);
if (values.history !== undefined) await countNoiseOfHistory(values.history);

async function scoreCorpus(folder: string): Promise<void> {
  const files = readFiles(folder, (path) => isInPart(path, values.part));
  const labels = [...files].flatMap(([path, text]) => readLabels(path, text));
  const { findings, unread } = await analyse(files);
  const hits = matchLabels(labels, findings);
  const groups = [...Map.groupBy(hits, ({ label }) => dirname(label.path))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const head = ['folder', 'found', 'recall', 'flagged', 'of safe', 'precision'];
  console.log(
    table(head, [...groups.map(([name, group]) => row(name, score(group))), row('all', score(hits))]),
  );
  const kinds = [...Map.groupBy(hits.flatMap(byRule), ({ rule }) => rule)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const counts = kinds.map(([rule, group]) => {
    const right = group.filter(({ kind }) => kind === 'vulnerable').length;
    return [rule, String(right), String(group.length - right)];
  });
  console.log(`\n${table(['rule', 'right', 'at safe lines'], counts)}`);
  for (const { path, reason } of unread) console.log(`not analysed: ${path}: ${reason}`);
  if (values.list) for (const hit of hits) printMistake(hit);
}

function byRule({
  label,
  findings,
}: Hit): readonly { readonly rule: string; readonly kind: Label['kind'] }[] {
  return [...new Set(findings.map(({ rule }) => rule))].map((rule) => ({ rule, kind: label.kind }));
}

function printMistake({ label, findings }: Hit): void {
  const place = `${label.path}:${label.line}`;
  if (label.kind === 'vulnerable' && findings.length === 0)
    console.log(`missed  ${place} ${label.rules.join()}`);
  if (label.kind === 'safe' && findings.length > 0) {
    console.log(`flagged ${place} ${label.rules.join()}: ${findings.map(({ rule }) => rule).join()}`);
  }
}

async function countNoise(folder: string): Promise<void> {
  const files = readFiles(folder, (path) => !TEST.test(path));
  const { findings, unread } = await analyse(files);
  const lines = [...files.values()].reduce((sum, text) => sum + text.split('\n').length, 0);
  const per = ((1000 * findings.length) / lines).toFixed(2);
  console.log(
    `\n${basename(folder)}: ${findings.length} findings in ${lines} lines: ${per} per 1,000; ${unread.length} files not analysed`,
  );
  if (values.list) {
    for (const { path, startLine, rule } of findings)
      console.log(`noise   ${join(folder, path)}:${startLine} ${rule}`);
  }
}

async function countNoiseOfHistory(repository: string): Promise<void> {
  const reviewers = values.reviewers.split(',').map((name) => reviewCategorySchema.parse(name));
  const options = {
    under: `${values.under}/`,
    commits: Number(values.commits),
    newest: Number(values.newest),
    reviewers,
  };
  const reviewed: ReviewedCommit[] = [];
  for await (const one of reviewHistory(repository, options)) {
    reviewed.push(one);
    if (values.list) for (const finding of one.findings) printFinding(one.commit, finding);
  }
  const sum = (of: (one: ReviewedCommit) => number): number =>
    reviewed.reduce((before, one) => before + of(one), 0);
  const findings = reviewed.flatMap((one) => one.findings);
  const [inTests, inProduct] = [true, false].map((wanted) =>
    findings.filter(({ location }) => isTest(location?.path ?? '') === wanted),
  );
  const read = `${sum((one) => one.hunksRead)} of ${sum((one) => one.hunksTotal)} hunks read`;
  console.log(`\n${reviewed.length} commits, ${reviewers.join(' and ')}: ${read}`);
  printNoise(
    'of the product',
    inProduct ?? [],
    sum(({ lines }) => lines),
  );
  printNoise(
    'of tests',
    inTests ?? [],
    sum(({ testLines }) => testLines),
  );
}

function printFinding(commit: string, { location, source, title, body, includes = [] }: Finding): void {
  const more = includes.length > 1 ? ` (${includes.length} places)` : '';
  console.log(
    `noise   ${commit.slice(0, 10)} ${location?.path}:${location?.startLine} ${source}${more}: ${title}`,
  );
  console.log(`        ${body.replaceAll('\n', '\n        ')}`);
}

function printNoise(whose: string, findings: readonly Finding[], lines: number): void {
  const counts = [...Map.groupBy(findings, ({ category }) => category)].map(
    ([category, group]) => `${category} ${group.length}`,
  );
  const per = ((1000 * findings.length) / lines).toFixed(2);
  console.log(`${lines} added lines ${whose}: ${counts.join(', ') || 'nothing'}: ${per} findings per 1,000`);
}

async function analyse(files: ReadonlyMap<string, string>): Promise<{
  readonly findings: readonly Diagnostic[];
  readonly unread: readonly { path: string; reason: string }[];
}> {
  const findings: Diagnostic[] = [];
  const unread: { path: string; reason: string }[] = [];
  for (const analyser of chosen) {
    const result = await runOne(analyser, { stager }, files);
    findings.push(...result.diagnostics);
    unread.push(...result.notAnalysed);
  }
  return { findings, unread };
}

async function runOne(
  analyser: Analyser,
  { stager: from }: { readonly stager: Stager },
  files: ReadonlyMap<string, string>,
) {
  const read = new Map(
    [...files].filter(([path]) => analyser.reads(path)).map(([path, text]) => [path, Buffer.from(text)]),
  );
  if (read.size === 0) return { diagnostics: [], notAnalysed: [] };
  const staged = await from.stage(read);
  try {
    return await analyser.analyse(staged, staged.paths, new AbortController().signal);
  } finally {
    await staged.dispose();
  }
}

function readFiles(folder: string, isWanted: (path: string) => boolean): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('node_modules') && isWanted(path))
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** The files of one rule stay together: those of a folder whose names begin alike. */
function isInPart(path: string, part: string | undefined): boolean {
  if (part === undefined) return true;
  const rule = path.replace(/\.[^/]*$/, '');
  const isHeld = (createHash('sha256').update(rule).digest()[0] ?? 0) % 3 === 0;
  return part === 'held' ? isHeld : !isHeld;
}
