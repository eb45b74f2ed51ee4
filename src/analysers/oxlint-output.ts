import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AnalysisResult, Diagnostic, Stage } from '../review/ports.ts';
import { TEST_FILE } from './change/tests.ts';
import { findGuessedFiles } from './guessed-files.ts';
import { isAboutAmbientName, isAboutViewOfBytes, standsWithoutImports, TYPE_ERRORS } from './oxlint-rules.ts';

/** Offsets and lengths are in bytes, lines are 1-based. */
const spanSchema = z.object({ offset: z.int(), length: z.int(), line: z.int().optional() });
const reportSchema = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      code: z.string().optional(),
      help: z.string().optional(),
      filename: z.string().optional(),
      labels: z.array(z.object({ span: spanSchema })).optional(),
    }),
  ),
});
type OxlintDiagnostic = z.infer<typeof reportSchema>['diagnostics'][number];

/** What the output is of. */
interface OutputOf {
  readonly isTyped: boolean;
  readonly batch: readonly string[];
}

/**
 * Reads oxlint's JSON report; `undefined` when it is none, or says that the checker did not run at all.
 *
 * oxlint gives a file that it cannot parse one diagnostic without a code and no lint results: such a file was not
 * analysed.
 */
export async function readOxlintOutput(
  text: string,
  stage: Stage,
  of: OutputOf,
): Promise<AnalysisResult | undefined> {
  const report = parseReport(text);
  if (report === undefined) return undefined;
  const wanted = new Set(of.batch);
  const ofBatch = report.flatMap((diagnostic) => {
    const path = diagnostic.filename?.replace(/^\.\//, '');
    return path !== undefined && wanted.has(path) ? [{ ...diagnostic, path }] : [];
  });
  if (report.some(({ code }) => code === 'typescript(tsconfig-error)')) return undefined;
  const unparsed = ofBatch.filter(({ code }) => code === undefined);
  const unparsedPaths = new Set(unparsed.map(({ path }) => path));
  const guessed = of.isTyped ? await findGuessedFiles(stage) : new Set<string>();
  const lineCounters = new LineCounters(stage);
  const diagnostics: Diagnostic[] = [];
  for (const diagnostic of ofBatch) {
    const { path, code } = diagnostic;
    const rule = ruleOf(code, { message: diagnostic.message, isGuessed: guessed.has(path) });
    if (rule === undefined || (of.isTyped && unparsedPaths.has(path))) continue;
    if (code === undefined && of.isTyped) continue;
    const found = await toDiagnostic(diagnostic, { path, rule, lineCounters });
    if (await isMeantInTest(found, lineCounters)) continue;
    diagnostics.push(found);
  }
  const notAnalysed = [...unparsedPaths].map((path) => ({
    path,
    reason: `does not parse: ${unparsed.find((entry) => entry.path === path)?.message ?? ''}`,
  }));
  return { diagnostics, notAnalysed };
}

/**
 * Whether a test does on purpose what is a mistake elsewhere: it makes objects that look like promises, and starts work
 * that it does not wait for. An assertion that nobody waits for is a mistake there too: the test passes without it.
 */
async function isMeantInTest({ rule, path, startLine }: Diagnostic, lines: LineCounters): Promise<boolean> {
  if (!TEST_FILE.test(path)) return false;
  if (rule === 'oxlint/no-thenable') return true;
  return (
    rule === 'oxlint/no-floating-promises' &&
    !/\b(?:expect|assert)\b/.test(await lines.textOf(path, startLine))
  );
}

function parseReport(text: string): readonly OxlintDiagnostic[] | undefined {
  try {
    return reportSchema.safeParse(JSON.parse(text)).data?.diagnostics;
  } catch {
    // Not JSON: the caller reports what was printed.
    return undefined;
  }
}

/** `typescript(TS2322)` → `TS2322`. */
function typeErrorOf(code: string | undefined): string | undefined {
  return /^typescript\((TS\d+)\)$/.exec(code ?? '')?.[1];
}

/**
 * Our name of the rule, or nothing when it is not one that we report.
 *
 * Type errors that exist only under strict null checks get a name of their own (`tsc-strict/…`): whether the
 * repository holds itself to them is to be measured on its base.
 */
function ruleOf(
  code: string | undefined,
  { message, isGuessed }: { readonly message: string; readonly isGuessed: boolean },
): string | undefined {
  if (code === undefined) return 'oxlint/parse-error';
  const typeError = typeErrorOf(code);
  if (typeError === undefined) {
    const match = /^([\w-]+)\(([\w-]+)\)$/.exec(code);
    // Of a value whose type is guessed, it is not known whether it can be awaited.
    if (match === null || (isGuessed && match[2] === 'await-thenable')) return undefined;
    return `oxlint/${match[2]}`;
  }
  const isReported = TYPE_ERRORS.has(typeError) && (!isGuessed || standsWithoutImports(typeError, message));
  if (!isReported || isAboutAmbientName(message) || isAboutViewOfBytes(message)) return undefined;
  const isStrict =
    /^TS(?:2531|2532|2454|1804[789])$/.test(typeError) || /\b(?:null|undefined)\b/.test(message);
  return `${isStrict ? 'tsc-strict' : 'tsc'}/${typeError}`;
}

interface Placed {
  readonly path: string;
  readonly rule: string;
  readonly lineCounters: LineCounters;
}

async function toDiagnostic(diagnostic: OxlintDiagnostic, placed: Placed): Promise<Diagnostic> {
  const { path, rule, lineCounters } = placed;
  const ranges: (readonly [number, number])[] = [];
  for (const { span } of diagnostic.labels ?? []) ranges.push(await lineCounters.linesOf(path, span));
  const [startLine, endLine] = ranges[0] ?? [1, 1];
  const alsoLines = ranges.slice(1).map(([line]) => line);
  return {
    rule,
    path,
    startLine,
    endLine,
    message: diagnostic.message,
    ...(diagnostic.help === undefined ? {} : { help: diagnostic.help }),
    ...(alsoLines.length === 0 ? {} : { alsoLines }),
  };
}

/** Turns byte spans into lines; reads each file once. */
class LineCounters {
  readonly #stage: Stage;
  readonly #files = new Map<string, Promise<Buffer>>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async linesOf(path: string, span: z.infer<typeof spanSchema>): Promise<readonly [number, number]> {
    const bytes = await this.#read(path);
    const start = span.line ?? countNewlines(bytes, 0, span.offset) + 1;
    return [start, start + countNewlines(bytes, span.offset, span.offset + span.length)];
  }

  /** The text of a line. */
  async textOf(path: string, line: number): Promise<string> {
    return (await this.#read(path)).toString('utf8').split('\n')[line - 1] ?? '';
  }

  #read(path: string): Promise<Buffer> {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const reading = readFile(join(this.#stage.folder, path));
    this.#files.set(path, reading);
    return reading;
  }
}

function countNewlines(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(10, start); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}
