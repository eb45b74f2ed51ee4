import { dirname } from 'node:path/posix';
import type { Change, ChangedFile } from '../collect-change.ts';
import type { Diagnostic } from '../ports.ts';
import { editorconfigRules } from './editorconfig-rules.ts';
import { phraseRules } from './phrases.ts';
import type { WrittenRule } from './written-rule.ts';

/** How many unchanged files have to keep to a rule before it is asked of the change, and how many are looked at. */
const MIN_SAMPLE = 3;
const MAX_SAMPLE = 40;
const MAX_BYTES = 128 * 1024;
const SHARED = /^(?:\.github|docs?)$/i;

/** Reads files of the base. */
export type ReadBase = (paths: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;

/**
 * Added lines that break what the repository has written down: in `.editorconfig`, and in the documents for those who
 * contribute. `documents` are of the base, by path.
 *
 * A rule counts where the file kept to it before and so do the nearest unchanged files of its kind: what nobody keeps
 * to is not asked of anyone.
 */
export async function findBrokenRules(
  change: Pick<Change, 'files' | 'tree' | 'diff' | 'isIgnored'>,
  documents: ReadonlyMap<string, string>,
  readBase: ReadBase,
): Promise<readonly Diagnostic[]> {
  const configs = new Map([...documents].filter(([path]) => path.endsWith('.editorconfig')));
  const phrases = [...documents].filter(([path]) => !configs.has(path)).flatMap((one) => phraseRules(...one));
  const broken = change.files
    .filter(({ setAside, path }) => setAside === undefined && !change.isIgnored(path))
    .flatMap((file) =>
      [...editorconfigRules(file.path, configs), ...phrases]
        .filter((rule) => rule.concerns(file.path) && speaksOf(rule, file.path))
        .flatMap((rule) => {
          const [line] = rule.broken(file.path, textOf(file.head)).filter((at) => file.added.has(at));
          return line === undefined || !keptBefore(rule, file) ? [] : [{ rule, file, line }];
        }),
    );
  const kept = new Map<string, boolean>();
  const found: Diagnostic[] = [];
  for (const { rule, file, line } of broken) {
    const key = JSON.stringify([rule.id, rule.document, rule.concerns(file.path), endingOf(file.path)]);
    const isKept = kept.get(key) ?? (await isKeptAround(rule, file, change, readBase));
    kept.set(key, isKept);
    if (isKept) found.push(toDiagnostic(rule, file.path, line));
  }
  return found;
}

function keptBefore(rule: WrittenRule, { path, base }: ChangedFile): boolean {
  return base === undefined || rule.broken(path, textOf(base)).length === 0;
}

/** A document in a folder speaks of what is in it; one in the root, in .github or in docs of everything. */
function speaksOf({ document }: WrittenRule, path: string): boolean {
  const folder = dirname(document);
  return folder === '.' || SHARED.test(folder) || path.startsWith(`${folder}/`);
}

async function isKeptAround(
  rule: WrittenRule,
  file: ChangedFile,
  { tree, diff }: Pick<Change, 'tree' | 'diff'>,
  readBase: ReadBase,
): Promise<boolean> {
  const changed = new Set(diff.flatMap(({ path, oldPath }) => [path, oldPath]));
  const folder = `${dirname(file.path)}/`;
  const alike = tree
    .filter(
      ({ path, kind, bytes }) =>
        kind === 'file' &&
        bytes <= MAX_BYTES &&
        bytes > 0 &&
        !changed.has(path) &&
        endingOf(path) === endingOf(file.path) &&
        rule.concerns(path) &&
        speaksOf(rule, path),
    )
    .map(({ path }) => path)
    .sort((a, b) => Number(b.startsWith(folder)) - Number(a.startsWith(folder)))
    .slice(0, MAX_SAMPLE);
  if (alike.length < MIN_SAMPLE) return false;
  const texts = await readBase(alike);
  return [...texts].every(([path, bytes]) => rule.broken(path, textOf(bytes)).length === 0);
}

function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.slice(Math.max(0, name.lastIndexOf('.')));
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function toDiagnostic(
  { id, document, quote, title, topic }: WrittenRule,
  path: string,
  line: number,
): Diagnostic {
  return {
    rule: `firsthand/written-${id}`,
    path,
    startLine: line,
    endLine: line,
    message: `${document}: ${quote}`,
    text: {
      title,
      body: 'The repository’s own rule, which the code around keeps to: {subject}',
      severity: 'low',
      confidence: 0.86,
      ...(topic === undefined ? {} : { topic }),
    },
  };
}
