import type { CodeSource } from './ports.ts';
import type { ReadableFile } from './task.ts';

/** Where projects write their rules down, by name; in the root, in .github and docs, and above the changed files. */
const NAMES =
  /(?:^|\/)(?:AGENTS|CLAUDE|CONTRIBUTING|REVIEW|STYLE|STYLE[-_]?GUIDE|CODE[-_]?STYLE|CONVENTIONS|GUIDELINES)\.(?:md|mdx|txt|rst)$|(?:^|\/)\.editorconfig$|^\.cursorrules$|^\.github\/copilot-instructions\.md$/i;
const SHARED_FOLDERS = /^(?:\.github|docs?)(?:\/|$)/i;
const MAX_FILE = 24_000;
const MAX_ALL = 40_000;

/** The written rules of the base that hold for the changed files, by path; those nearest to the root first. */
export async function readWrittenRules(
  files: readonly Pick<ReadableFile, 'path'>[],
  { source, base }: { readonly source: CodeSource; readonly base: string },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const folders = new Set(files.flatMap(({ path }) => foldersAbove(path)));
  const paths = (await source.listTree(base, signal))
    .filter(({ path, kind }) => kind === 'file' && NAMES.test(path))
    .filter(({ path }) => folders.has(folderOf(path)) || SHARED_FOLDERS.test(folderOf(path)))
    .map(({ path }) => path)
    .sort((a, b) => a.split('/').length - b.split('/').length);
  const contents = await source.readFiles(base, paths, signal);
  const rules = new Map<string, string>();
  let room = MAX_ALL;
  for (const path of paths) {
    const bytes = contents.get(path);
    if (bytes === undefined || bytes.includes(0)) continue;
    const text = Buffer.from(bytes).toString('utf8').slice(0, Math.min(MAX_FILE, room));
    if (text.trim() === '') continue;
    rules.set(path, text);
    room -= text.length;
  }
  return rules;
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** `a/b/c.ts` → '', 'a', 'a/b'. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}
