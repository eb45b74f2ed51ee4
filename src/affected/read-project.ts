import { type Block, blocksOf } from './blocks.ts';
import { createResolver, type Resolve } from './create-resolver.ts';
import { isRead } from './kinds-of-files.ts';
import { type Package, readPackages } from './packages.ts';
import { readPathAliases } from './path-aliases.ts';
import type { ScriptFacts, ScriptReader, ScriptSource, TrackedFiles } from './ports.ts';
import { importsByText } from './text-imports.ts';

/** The tracked files of a commit, read as text and data. */
export interface Project {
  /** Every tracked file, read or not. */
  readonly files: ReadonlySet<string>;
  /** The texts of those that may take part in what the product shows. */
  readonly texts: ReadonlyMap<string, string>;
  readonly blocks: ReadonlyMap<string, readonly Block[]>;
  readonly facts: ReadonlyMap<string, ScriptFacts>;
  readonly packages: readonly Package[];
  readonly resolve: Resolve;
  /** Why something that would have been read was not; absent when all was. */
  readonly cut?: string;
}

const MAX_FILES = 12_000;
const MAX_BYTES = 40 * 1024 * 1024;
const MAX_FILE_BYTES = 400 * 1024;
/** Longer lines are written by programs. */
const MAX_LINE = 20_000;
/** What may declare routes, or name the paths of some. */
const MAY_DECLARE =
  /\bpath\s*[:=]|<\w*Route\b|\.(?:get|post|put|patch|delete|del|all|use|route|routes|register|mount|basePath|group)\s*\(|setGlobalPrefix|@(?:Controller|Get|Post|Put|Patch|Delete|All)\b|\b(?:route|index|layout|flatRoutes|useRoutes|forChild|forRoot)\s*\(|(?:ROUTES?|PATHS?|routes?|paths?)\b[^\n]*[=:]/i;

export interface ProjectOptions {
  readonly files: TrackedFiles;
  readonly scripts: ScriptReader;
  readonly commit: string;
  /** Folders of what changed are read first, when there is more than is read at all. */
  readonly near: readonly string[];
}

/** Reads the files of a commit that may take part in what the product shows, within fixed bounds. */
export async function readProject(options: ProjectOptions, signal: AbortSignal): Promise<Project> {
  const { commit } = options;
  const tree = await options.files.listTree(commit, signal);
  const tracked = tree.filter(({ kind }) => kind === 'file');
  const candidates = tracked.filter(({ path, bytes }) => bytes <= MAX_FILE_BYTES && isRead(path));
  const chosen = choose(candidates, options.near);
  const contents = await options.files.readFiles(commit, chosen, signal);
  const texts = new Map<string, string>();
  for (const [path, bytes] of contents) {
    const text = new TextDecoder().decode(bytes);
    if (!text.includes('\0') && !hasLongLine(text)) texts.set(path, text);
  }
  const blocks = new Map([...texts].map(([path, text]) => [path, blocksOf(path, text)]));
  const facts = await readFacts(blocks, options.scripts, signal);
  const files = new Set(tracked.map(({ path }) => path));
  const packages = readPackages(texts);
  const resolve = createResolver({ files, packages, aliases: readPathAliases(texts) });
  const cut = `only ${chosen.length} of the ${candidates.length} files of the product were read`;
  return {
    files,
    texts,
    blocks,
    facts,
    packages,
    resolve,
    ...(chosen.length < candidates.length ? { cut } : {}),
  };
}

function choose(
  candidates: readonly { readonly path: string; readonly bytes: number }[],
  near: readonly string[],
): readonly string[] {
  const folders = new Set(near.flatMap(ancestors));
  const isLarge =
    candidates.length > MAX_FILES || candidates.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_BYTES;
  const sharedBy = (path: string): number => ancestors(path).filter((one) => folders.has(one)).length;
  const ranked = isLarge
    ? candidates.map((one) => ({ ...one, shared: sharedBy(one.path) })).sort((a, b) => b.shared - a.shared)
    : candidates;
  let bytes = 0;
  const chosen: string[] = [];
  for (const one of ranked) {
    bytes += one.bytes;
    if (chosen.length >= MAX_FILES || bytes > MAX_BYTES) break;
    chosen.push(one.path);
  }
  return chosen;
}

/** `a/b/c.ts` → `a`, `a/b`. */
function ancestors(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function hasLongLine(text: string): boolean {
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', start)) {
    if (at - start > MAX_LINE) return true;
    start = at + 1;
  }
  return text.length - start > MAX_LINE;
}

async function readFacts(
  blocks: ReadonlyMap<string, readonly Block[]>,
  scripts: ScriptReader,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ScriptFacts>> {
  const sources: (ScriptSource & { readonly path: string })[] = [];
  for (const [path, parts] of blocks) {
    for (const [index, { kind, text, language }] of parts.entries()) {
      if (kind !== 'script' || text.trim() === '') continue;
      const wants = { declarations: MAY_DECLARE.test(text), texts: false };
      sources.push({ id: `${index} ${path}`, path, text, language, wants });
    }
  }
  const read = await scripts.read(
    sources.map(({ id, text, language, wants }) => ({ id, text, language, wants })),
    signal,
  );
  const facts = new Map<string, ScriptFacts>();
  for (const { id, path, text } of sources) {
    const own = read.get(id) ?? { imports: importsByText(text), bindings: {}, declarations: [], texts: [] };
    const known = facts.get(path);
    facts.set(path, known === undefined ? own : join(known, own));
  }
  return facts;
}

function join(a: ScriptFacts, b: ScriptFacts): ScriptFacts {
  return {
    imports: [...a.imports, ...b.imports],
    bindings: { ...a.bindings, ...b.bindings },
    declarations: [...a.declarations, ...b.declarations],
    texts: [...a.texts, ...b.texts],
  };
}
