import { runGit } from './run-git.ts';

export interface DiffHunk {
  /** The line that begins with `@@`, and the hunk's lines. */
  readonly text: string;
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
}

export interface ChangedFile {
  readonly path: string;
  readonly previousPath: string | undefined;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  /** Of the blob on the head, or on the base for a removed file. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** The hunks as git prints them; absent for a binary file and for a change of mode or name only. */
  readonly patch: string | undefined;
  readonly hunks: readonly DiffHunk[];
}

const OPTIONS = ['--no-ext-diff', '--no-textconv', '--no-color', '-M', '-U3'];

/** The unified diff between two commits, as git prints it. */
export async function readDiff(gitDir: string, from: string, to: string): Promise<string> {
  const text = await runGit(gitDir, ['diff', ...OPTIONS, from, to]);
  return text === '' ? '' : `${text}\n`;
}

/** A mail per commit, oldest first, as GitHub's patch media type. */
export async function readPatchSeries(gitDir: string, from: string, to: string): Promise<string> {
  return await runGit(gitDir, ['format-patch', '--stdout', `${from}..${to}`]);
}

/** What changed from one commit (or tree) to another, file by file, in git's order. */
export async function listChangedFiles(
  gitDir: string,
  from: string,
  to: string,
): Promise<readonly ChangedFile[]> {
  const output = await runGit(gitDir, [
    'diff',
    ...OPTIONS,
    '--patch-with-raw',
    '--abbrev=40',
    '-z',
    from,
    to,
  ]);
  // The list of files ends with an empty field; the patch follows.
  const end = output.indexOf('\0\0');
  const fields = output.slice(0, end).split('\0');
  const patches = splitPatch(output.slice(end + 2));
  const files: ChangedFile[] = [];
  for (let at = 0; at < fields.length && fields[at]?.startsWith(':') === true; ) {
    const [, , oldSha = '', newSha = '', letter = ''] = fields[at]?.split(' ') ?? [];
    const hasTwoNames = /^[RC]/.test(letter);
    const first = fields[at + 1] ?? '';
    const path = hasTwoNames ? (fields[at + 2] ?? '') : first;
    const hunks = patches[files.length] ?? [];
    files.push({
      path,
      previousPath: hasTwoNames ? first : undefined,
      status: statusOf(letter),
      sha: letter === 'D' ? oldSha : newSha,
      ...countLines(hunks),
      patch: hunks.length === 0 ? undefined : hunks.map((hunk) => hunk.text).join('\n'),
      hunks,
    });
    at += hasTwoNames ? 3 : 2;
  }
  return files;
}

function statusOf(letter: string): ChangedFile['status'] {
  switch (letter.charAt(0)) {
    case 'A':
      return 'added';
    case 'D':
      return 'removed';
    case 'R':
      return 'renamed';
    case 'C':
      return 'copied';
    case 'T':
      return 'changed';
    default:
      return 'modified';
  }
}

function countLines(hunks: readonly DiffHunk[]): { readonly additions: number; readonly deletions: number } {
  const lines = hunks.flatMap((hunk) => hunk.text.split('\n').slice(1));
  return {
    additions: lines.filter((line) => line.startsWith('+')).length,
    deletions: lines.filter((line) => line.startsWith('-')).length,
  };
}

/** The hunks of each file of a unified diff, in order; a file without hunks has an empty list. */
function splitPatch(diff: string): readonly (readonly DiffHunk[])[] {
  const files: DiffHunk[][] = [];
  let hunk: { header: RegExpExecArray; lines: string[]; oldLeft: number; newLeft: number } | undefined;
  const finish = (): void => {
    if (hunk !== undefined) files.at(-1)?.push(toHunk(hunk.header, hunk.lines));
    hunk = undefined;
  };
  for (const line of diff.split('\n')) {
    if (hunk !== undefined && (hunk.oldLeft > 0 || hunk.newLeft > 0 || line.startsWith('\\'))) {
      // Counted, because a removed line may itself look like a header.
      if (line.startsWith('-') || line.startsWith(' ')) hunk.oldLeft -= 1;
      if (line.startsWith('+') || line.startsWith(' ')) hunk.newLeft -= 1;
      hunk.lines.push(line);
      continue;
    }
    finish();
    if (line.startsWith('diff --git ')) files.push([]);
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (header === null) continue;
    hunk = { header, lines: [line], oldLeft: Number(header[2] ?? 1), newLeft: Number(header[4] ?? 1) };
  }
  finish();
  return files;
}

function toHunk(header: RegExpExecArray, lines: readonly string[]): DiffHunk {
  return {
    text: lines.join('\n'),
    oldStart: Number(header[1]),
    oldLines: Number(header[2] ?? 1),
    newStart: Number(header[3]),
    newLines: Number(header[4] ?? 1),
  };
}
