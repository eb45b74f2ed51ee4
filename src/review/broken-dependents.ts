import type { FileDiff } from '../domain/diff.ts';
import type { Change, ChangedFile } from './collect-change.ts';
import { createImporters } from './find-dependents.ts';
import { createImports } from './import-closure.ts';
import { linesOf } from './new-diagnostics.ts';
import type { Diagnostic } from './ports.ts';
import type { RuleText } from './rules/rule-text.ts';

/** The rule under which it is told; it takes the place of the tool's own. */
export const BREAKS_DEPENDENTS = 'firsthand/breaks-dependents';

const TEXT: RuleText = {
  title: 'Code that uses this is broken by the change',
  body: 'Files that the change leaves as they are no longer fit what they import from here. The first one: {subject}',
  severity: 'high',
  confidence: 0.88,
};
/** More are not checked: they are the nearest ones, and one that breaks is enough to look at the rest. */
const MAX_DEPENDENTS = 40;
const COMMENT_OR_BLANK = /^\s*(?:\/\/|\/?\*|$)/;
/** What a change to the exported names does is found without types, too, and told by that rule. */
const TOLD_ELSEWHERE = new Set(['tsc/TS2305', 'tsc/TS2614', 'tsc/TS2724']);

/** The unchanged files that import a changed one in which more than comments changed, nearest first. */
export function findBreakable(
  diff: readonly FileDiff[],
  files: readonly ChangedFile[],
  context: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, Uint8Array> {
  const read = new Set(files.map(({ path }) => path));
  const changed = diff.filter(
    ({ path, status, hunks }) =>
      status !== 'added' &&
      read.has(path) &&
      hunks.some(({ lines }) =>
        lines.some(({ kind, text }) => kind !== 'context' && !COMMENT_OR_BLANK.test(text)),
      ),
  );
  if (changed.length === 0) return new Map();
  const importersOf = createImporters([...context.keys(), ...read], context);
  const found = importersOf(new Set(changed.map(({ path }) => path)));
  return new Map(found.slice(0, MAX_DEPENDENTS).map((path) => [path, context.get(path) ?? new Uint8Array()]));
}

/**
 * Tells of new diagnostics in unchanged files at the changed lines that they come from: one for each changed file, at
 * the first changed line that has a word of a broken line.
 *
 * An error that exists only under strict null checks counts where none of the files had one before.
 */
export function tellOfDependents(
  broken: readonly Diagnostic[],
  onBase: readonly Diagnostic[],
  { change, dependents }: { readonly change: Change; readonly dependents: ReadonlyMap<string, Uint8Array> },
): readonly Diagnostic[] {
  const isStrict = ({ rule }: Diagnostic): boolean => rule.startsWith('tsc-strict/');
  const wasStrict = onBase.some(isStrict);
  const counted = broken.filter((one) => !TOLD_ELSEWHERE.has(one.rule) && !(wasStrict && isStrict(one)));
  if (counted.length === 0) return [];
  const imports = createImports([...dependents.keys(), ...change.files.map(({ path }) => path)]);
  const lines = linesOf(dependents);
  const imported = new Map(
    [...new Set(counted.map(({ path }) => path))].map((path) => [
      path,
      new Set(imports(path, Buffer.from(dependents.get(path) ?? []).toString('utf8'))),
    ]),
  );
  return change.diff.flatMap((file): readonly Diagnostic[] => {
    const mine = counted.filter(({ path }) => imported.get(path)?.has(file.path) === true);
    const words = new Set(
      mine.flatMap(({ path, startLine }) => lines(path, startLine).match(/\w{3,}/g) ?? []),
    );
    const place = placeOf(file, words);
    const [first] = mine;
    if (first === undefined || place === undefined) return [];
    const places = mine.map(({ path, startLine }) => ({ path, line: startLine }));
    return [
      { rule: BREAKS_DEPENDENTS, path: file.path, ...place, message: first.message, places, text: TEXT },
    ];
  });
}

/** The changed line that shares a word with a broken one, else the first that is code; an added one where there is. */
function placeOf(
  { hunks }: FileDiff,
  words: ReadonlySet<string>,
): Pick<Diagnostic, 'startLine' | 'endLine' | 'side'> | undefined {
  const changed = hunks
    .flatMap((hunk) => hunk.lines)
    .filter(({ kind, text }) => kind !== 'context' && !COMMENT_OR_BLANK.test(text));
  const sharing = changed.filter(({ text }) => text.match(/\w{3,}/g)?.some((word) => words.has(word)));
  for (const candidates of [sharing, changed]) {
    const added = candidates.find(({ kind, newLine }) => kind === 'added' && newLine !== undefined);
    if (added?.newLine !== undefined) return { startLine: added.newLine, endLine: added.newLine };
    const removed = candidates.find(({ kind, oldLine }) => kind === 'removed' && oldLine !== undefined);
    if (removed?.oldLine !== undefined)
      return { startLine: removed.oldLine, endLine: removed.oldLine, side: 'LEFT' };
  }
  return undefined;
}

/** Leaves out of the places that are told what another rule names as broken already, and what then names none. */
export function withoutPlacesToldElsewhere(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const told = new Set(
    diagnostics
      .filter(({ rule }) => rule !== BREAKS_DEPENDENTS)
      .flatMap(({ places = [] }) => places.map(({ path, line }) => `${line} ${path}`)),
  );
  return diagnostics.flatMap((one) => {
    if (one.rule !== BREAKS_DEPENDENTS) return [one];
    const places = (one.places ?? []).filter(({ path, line }) => !told.has(`${line} ${path}`));
    return places.length === 0 ? [] : [{ ...one, places }];
  });
}
