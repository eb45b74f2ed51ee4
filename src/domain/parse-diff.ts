import type { DiffLine, FileDiff, Hunk } from './diff.ts';
import { parseQuotedPath } from './quoted-path.ts';

/**
 * Parses the output of `git diff` (prefixes `a/` and `b/`, no colour) into one `FileDiff` per file, in git's order.
 *
 * Hunk bodies are read by the counts in their headers, so that content which looks like a header stays content.
 * A carriage return stays part of a line's text. Throws an `Error` that names the line when the text is no git diff.
 * Form: https://git-scm.com/docs/diff-format#generate_patch_text_with_p
 */
export function parseDiff(text: string): readonly FileDiff[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const files: FileDiff[] = [];
  let at = 0;
  while (at < lines.length) {
    if (!(lines[at] ?? '').startsWith('diff --git ')) throw notADiff(at, lines[at]);
    const header = readHeader(lines, at);
    const hunks: Hunk[] = [];
    at = header.next;
    while ((lines[at] ?? '').startsWith('@@ ')) {
      const read = readHunk(lines, at);
      hunks.push(read.hunk);
      at = read.next;
    }
    files.push({ ...header.file, hunks });
  }
  return files;
}

interface Header {
  readonly file: Omit<FileDiff, 'hunks'>;
  readonly next: number;
}

/** Reads the lines from `diff --git` to the first hunk or the next file. */
function readHeader(lines: readonly string[], start: number): Header {
  let [oldPath, path] = pathsOfFirstLine(lines[start] ?? '');
  let status: FileDiff['status'] = 'modified';
  let isBinary = false;
  let at = start + 1;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith('@@ ') || line.startsWith('diff --git ')) break;
    if (line.startsWith('new file mode ')) status = 'added';
    else if (line.startsWith('deleted file mode ')) status = 'deleted';
    else if (line.startsWith('rename from ')) {
      status = 'renamed';
      oldPath = parseQuotedPath(line.slice('rename from '.length));
    } else if (line.startsWith('copy from ')) status = 'added';
    else if (/^(rename|copy) to /.test(line)) path = parseQuotedPath(line.slice(line.indexOf(' to ') + 4));
    else if (line.startsWith('--- ')) oldPath = sidePath(line.slice(4)) ?? oldPath;
    else if (line.startsWith('+++ ')) path = sidePath(line.slice(4)) ?? path;
    else if (line.startsWith('Binary files ')) isBinary = true;
    else if (line === 'GIT binary patch') {
      isBinary = true;
      at = endOfBinaryPatch(lines, at);
    } else if (!/^(old mode|new mode|similarity index|dissimilarity index|index) /.test(line)) {
      throw notADiff(at, line);
    }
  }
  if (path === undefined) path = oldPath;
  if (oldPath === undefined) oldPath = path;
  if (path === undefined || oldPath === undefined) throw notADiff(start, lines[start]);
  const names =
    status === 'added'
      ? { path, oldPath: path }
      : status === 'deleted'
        ? { path: oldPath, oldPath }
        : { path, oldPath };
  return { file: { ...names, status, isBinary }, next: at };
}

/** The old and new path of `diff --git a/… b/…`, or nothing where only later lines can tell them apart. */
function pathsOfFirstLine(line: string): [string | undefined, string | undefined] {
  const rest = line.slice('diff --git '.length);
  if (rest.startsWith('"')) {
    const end = /^"(?:[^"\\]|\\.)*"/.exec(rest)?.[0].length ?? rest.length;
    return [sidePath(rest.slice(0, end)), sidePath(rest.slice(end + 1))];
  }
  // Without quotes a blank in a path is ambiguous, but then both paths are equal: a rename has its own lines.
  const middle = (rest.length - 1) / 2;
  const same = rest.slice(0, middle).slice(2) === rest.slice(middle + 1).slice(2) && rest[middle] === ' ';
  return same ? [rest.slice(2, middle), rest.slice(middle + 3)] : [undefined, undefined];
}

/** The path of a `---` or `+++` line; `undefined` for `/dev/null`. git ends a path that has a blank with a tab. */
function sidePath(text: string): string | undefined {
  const path = parseQuotedPath(text.endsWith('\t') ? text.slice(0, -1) : text);
  return path === '/dev/null' ? undefined : path.slice(2);
}

/** The index of the last line of a `GIT binary patch`: two blocks, each of which ends with an empty line. */
function endOfBinaryPatch(lines: readonly string[], start: number): number {
  let at = start;
  while (at + 1 < lines.length && !(lines[at + 1] ?? '').startsWith('diff --git ')) at++;
  return at;
}

const HUNK_HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

function readHunk(lines: readonly string[], start: number): { readonly hunk: Hunk; readonly next: number } {
  const match = HUNK_HEADER.exec(lines[start] ?? '');
  if (match === null) throw notADiff(start, lines[start]);
  const [oldStart, oldLines, newStart, newLines] = [match[1], match[2] ?? '1', match[3], match[4] ?? '1'].map(
    Number,
  ) as [number, number, number, number];
  const body: DiffLine[] = [];
  let [oldLine, newLine] = [oldStart, newStart];
  let at = start + 1;
  while (oldLine < oldStart + oldLines || newLine < newStart + newLines) {
    const line = lines[at];
    if (line === undefined) throw notADiff(at, 'the end, in the middle of a hunk');
    const text = line.slice(1);
    if (line.startsWith('+')) body.push({ kind: 'added', text, newLine: newLine++ });
    else if (line.startsWith('-')) body.push({ kind: 'removed', text, oldLine: oldLine++ });
    else if (line.startsWith(' ') || line === '') {
      body.push({ kind: 'context', text, oldLine: oldLine++, newLine: newLine++ });
    } else if (!line.startsWith('\\')) throw notADiff(at, line);
    at++;
  }
  // "\ No newline at end of file" says nothing about lines.
  if ((lines[at] ?? '').startsWith('\\')) at++;
  return { hunk: { oldStart, oldLines, newStart, newLines, lines: body }, next: at };
}

function notADiff(index: number, line: string | undefined): Error {
  const seen = JSON.stringify((line ?? '').slice(0, 80));
  return new Error(
    `could not read line ${index + 1} of the diff: expected git's unified format, found ${seen}`,
  );
}
