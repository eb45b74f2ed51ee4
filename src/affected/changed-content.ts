import type { ChangedCode } from '../domain/affected.ts';
import type { FileDiff, Hunk } from '../domain/diff.ts';
import { changedSelectors } from './changed-selectors.ts';
import { changedTexts, scriptsOf } from './changed-texts.ts';
import { codeLines } from './code-lines.ts';
import { kindOfFile } from './kinds-of-files.ts';
import type { ScriptReader, ScriptText, TrackedFiles } from './ports.ts';

/** What the hunks of a changed file say. */
export interface ChangedContent {
  readonly hunks: readonly {
    readonly startLine: number;
    readonly endLine: number;
    readonly selectors: readonly string[];
    readonly texts: readonly string[];
    readonly code?: ChangedCode;
  }[];
}

const MAX_FILES = 300;
const MAX_BYTES = 400 * 1024;

interface Side {
  readonly texts: ReadonlyMap<string, string>;
  readonly scripts: ReadonlyMap<string, readonly ScriptText[]>;
}

/** Reads both versions of the changed files for the selectors and texts of their hunks. */
export async function readChangedContent(
  { base, head, diff }: { readonly base: string; readonly head: string; readonly diff: readonly FileDiff[] },
  ports: { readonly files: TrackedFiles; readonly scripts: ScriptReader },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ChangedContent>> {
  const wanted = diff
    .filter(({ path, isBinary }) => !isBinary && kindOfFile(path) === 'source')
    .slice(0, MAX_FILES);
  const before = await readSide(
    base,
    wanted.filter(({ status }) => status !== 'added').map(({ oldPath }) => oldPath),
    ports,
    signal,
  );
  const after = await readSide(
    head,
    wanted.filter(({ status }) => status !== 'deleted').map(({ path }) => path),
    ports,
    signal,
  );
  return new Map(
    diff.map((file) => [
      file.path,
      {
        hunks: file.isBinary
          ? [{ startLine: 1, endLine: 1, selectors: [], texts: [] }]
          : file.hunks.map((hunk) => contentOf(file, hunk, { before, after })),
      },
    ]),
  );
}

async function readSide(
  commit: string,
  paths: readonly string[],
  { files, scripts }: { readonly files: TrackedFiles; readonly scripts: ScriptReader },
  signal: AbortSignal,
): Promise<Side> {
  const bytes = await files.readFiles(commit, paths, signal);
  const texts = new Map(
    [...bytes]
      .filter(([, one]) => one.length <= MAX_BYTES)
      .map(([path, one]) => [path, new TextDecoder().decode(one)] as const),
  );
  const read = await scripts.read(
    [...texts].flatMap(([path, text]) => scriptsOf(path, text)),
    signal,
  );
  const found = new Map<string, ScriptText[]>();
  for (const [id, facts] of read) {
    const space = id.indexOf(' ');
    const path = id.slice(space + 1);
    const shifted = facts.texts.map(({ line, text }) => ({ line: line + Number(id.slice(0, space)), text }));
    found.set(path, [...(found.get(path) ?? []), ...shifted]);
  }
  return { texts, scripts: found };
}

function contentOf(
  file: FileDiff,
  hunk: Hunk,
  { before, after }: { readonly before: Side; readonly after: Side },
): ChangedContent['hunks'][number] {
  const added = hunk.lines.flatMap(({ kind, newLine }) =>
    kind === 'added' && newLine !== undefined ? [newLine] : [],
  );
  const removed = hunk.lines.flatMap(({ kind, oldLine }) =>
    kind === 'removed' && oldLine !== undefined ? [oldLine] : [],
  );
  const sides = [
    { side: before, path: file.oldPath, lines: new Set(removed) },
    { side: after, path: file.path, lines: new Set(added) },
  ];
  const selectors: string[] = [];
  const texts: string[] = [];
  for (const { side, path, lines } of sides) {
    const text = side.texts.get(path);
    if (text === undefined || lines.size === 0) continue;
    selectors.push(...changedSelectors(path, text, lines));
    texts.push(...changedTexts({ path, text, scripts: side.scripts.get(path) ?? [] }, lines));
  }
  const code = codeLines(file, hunk);
  return {
    ...placeOf(hunk, added),
    selectors: [...new Set(selectors)],
    texts: [...new Set(texts)],
    ...(code === undefined ? {} : { code }),
  };
}

/** From the first to the last added line; where nothing was added, the lines around what was removed. */
function placeOf(
  hunk: Hunk,
  added: readonly number[],
): { readonly startLine: number; readonly endLine: number } {
  const [first] = added;
  if (first !== undefined) return { startLine: first, endLine: added.at(-1) ?? first };
  const at = hunk.lines.findIndex(({ kind }) => kind === 'removed');
  const before = hunk.lines.slice(0, at).findLast(({ newLine }) => newLine !== undefined)?.newLine;
  const after = hunk.lines.slice(at).find(({ newLine }) => newLine !== undefined)?.newLine;
  const startLine = Math.max(1, before ?? after ?? hunk.newStart);
  return { startLine, endLine: Math.max(startLine, after ?? startLine) };
}
