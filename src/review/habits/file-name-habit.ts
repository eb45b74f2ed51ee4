import { basename, dirname } from 'node:path/posix';
import type { FileDiff } from '../../domain/diff.ts';
import type { Diagnostic, TreeEntry } from '../ports.ts';
import type { RuleText } from '../rules/rule-text.ts';

const TEXT: RuleText = {
  title: 'The file’s name is written in another way than its neighbours’',
  body: 'All comparable files in this folder are named in {subject}; this new one is not, so people will look for it in the wrong place.',
  severity: 'low',
  confidence: 0.85,
};
/** Fewer neighbours show no habit. */
const MIN_NEIGHBOURS = 10;
const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx|py|vue|svelte)$/;

const FORMS: Readonly<Record<string, RegExp>> = {
  'kebab-case': /^[a-z0-9]+(?:-[a-z0-9]+)+$/,
  snake_case: /^_*[a-z0-9]+(?:_[a-z0-9]+)+$/,
  camelCase: /^[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)+$/,
  PascalCase: /^[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)*$/,
};

/** New files whose names break the form that all neighbours with the same ending keep to. */
export function findOddFileNames(
  diff: readonly FileDiff[],
  tree: readonly TreeEntry[],
): readonly Diagnostic[] {
  const fresh = new Set(diff.flatMap(({ path, status }) => (status === 'added' ? [path] : [])));
  return [...fresh]
    .filter((path) => SCRIPT.test(path))
    .flatMap((path): readonly Diagnostic[] => {
      const form = formOf(path);
      const neighbours = tree.filter(
        (entry) =>
          dirname(entry.path) === dirname(path) &&
          endingOf(entry.path) === endingOf(path) &&
          !fresh.has(entry.path),
      );
      const forms = neighbours.flatMap((entry) => formOf(entry.path) ?? []);
      const [habit] = forms;
      if (form === undefined || habit === undefined || forms.length < MIN_NEIGHBOURS) return [];
      if (form === habit || forms.some((other) => other !== habit)) return [];
      return [{ rule: 'firsthand/file-name', path, startLine: 1, endLine: 1, message: habit, text: TEXT }];
    });
}

/** The form of a name; none for one word, which fits several. */
function formOf(path: string): string | undefined {
  const stem = basename(path).replace(/\..*$/, '');
  return Object.entries(FORMS).find(([, pattern]) => pattern.test(stem))?.[0];
}

/** `a.test.ts` and `a.ts` are files of two kinds. */
function endingOf(path: string): string {
  const name = basename(path);
  return name.slice(name.indexOf('.'));
}
