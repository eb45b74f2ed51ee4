import type { CodeSource } from './ports.ts';

const MAX_FILE_BYTES = 512 * 1024;
const MAX_SEARCHED_FILES = 3000;
const MAX_SEARCHED_BYTES = 24 * 1024 * 1024;

/** Files of the head, read once and kept for the run. */
export interface CodeReader {
  /** Paths of plain files of a readable size, sorted as git does. */
  list(signal: AbortSignal): Promise<readonly string[]>;
  /** The file as text; undefined when it is not a plain text file of the head. */
  read(path: string, signal: AbortSignal): Promise<string | undefined>;
  /** Lines that contain `text`, nearest files to `near` first. */
  search(
    text: string,
    options: { readonly near: string; readonly isWord: boolean; readonly max: number },
    signal: AbortSignal,
  ): Promise<readonly { readonly path: string; readonly line: number; readonly text: string }[]>;
}

/** Reads the head's files through a port; what is not listed in its tree does not exist. */
export function createCodeReader(source: CodeSource, commit: string): CodeReader {
  let listing: Promise<ReadonlyMap<string, number>> | undefined;
  let searched: Promise<ReadonlyMap<string, string>> | undefined;
  const kept = new Map<string, string | undefined>();

  const list = (signal: AbortSignal): Promise<ReadonlyMap<string, number>> => {
    listing ??= source
      .listTree(commit, signal)
      .then(
        (entries) =>
          new Map(
            entries
              .filter(({ kind, bytes }) => kind === 'file' && bytes <= MAX_FILE_BYTES)
              .map(({ path, bytes }) => [path, bytes]),
          ),
      );
    return listing;
  };

  const readAll = async (signal: AbortSignal): Promise<ReadonlyMap<string, string>> => {
    let bytes = 0;
    const chosen = [...(await list(signal))]
      .filter(([path]) => SEARCHED.test(path) && !NOT_SEARCHED.test(path))
      .slice(0, MAX_SEARCHED_FILES)
      .filter(([, size]) => {
        bytes += size;
        return bytes <= MAX_SEARCHED_BYTES;
      });
    const files = await source.readFiles(
      commit,
      chosen.map(([path]) => path),
      signal,
    );
    return new Map([...files].map(([path, content]) => [path, toText(content) ?? '']));
  };

  return {
    list: async (signal) => [...(await list(signal)).keys()],
    async read(path, signal) {
      if (kept.has(path)) return kept.get(path);
      if (!(await list(signal)).has(path)) return undefined;
      const content = (await source.readFiles(commit, [path], signal)).get(path);
      const text = content === undefined ? undefined : toText(content);
      kept.set(path, text);
      return text;
    },
    async search(text, { near, isWord, max }, signal) {
      searched ??= readAll(signal);
      const files = await searched;
      const matches = isWord ? wordMatcher(text) : (line: string): boolean => line.includes(text);
      const found: { path: string; line: number; text: string }[] = [];
      for (const path of [...files.keys()].sort((a, b) => sharedStart(b, near) - sharedStart(a, near))) {
        const content = files.get(path) ?? '';
        if (!content.includes(text)) continue;
        for (const [index, line] of content.split('\n').entries()) {
          if (matches(line)) found.push({ path, line: index + 1, text: line });
          if (found.length >= max) return found;
        }
      }
      return found;
    },
  };
}

/** Code and what configures it; the rest only costs time to search. */
const SEARCHED =
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kts?|scala|cs|fs|vb|swift|php|c|h|cc|cpp|hpp|m|mm|dart|ex|exs|erl|hs|ml|lua|pl|r|sh|bash|sql|vue|svelte|astro|html?|ejs|hbs|j2|tf|ya?ml|toml|json|graphql|proto|prisma)$/i;
const NOT_SEARCHED =
  /(?:^|\/)(?:node_modules|vendor|dist|build|out|coverage)\/|\.min\.js$|(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml)$/i;

function toText(bytes: Uint8Array): string | undefined {
  return bytes.includes(0) ? undefined : Buffer.from(bytes).toString('utf8');
}

function wordMatcher(word: string): (line: string) => boolean {
  const escaped = word.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  const pattern = new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`);
  return (line) => pattern.test(line.slice(0, 2000));
}

function sharedStart(path: string, near: string): number {
  const [a, b] = [path.split('/'), near.split('/')];
  let shared = 0;
  while (shared < a.length - 1 && a[shared] === b[shared]) shared += 1;
  return path === near ? shared + 1 : shared;
}
