import { basename } from 'node:path/posix';
import type { FileDiff } from '../../domain/diff.ts';
import type { Diagnostic, TreeEntry } from '../ports.ts';
import type { RuleText } from '../rules/rule-text.ts';

const TEXT: RuleText = {
  title: 'The test file is named in another way than all others',
  body: 'Every other test of this repository is named {subject}. A runner that looks for that name does not run this one.',
  severity: 'low',
  confidence: 0.88,
};
const MIN_TESTS = 10;

/** New test files that are named `.spec` where all others are `.test`, and the other way round. */
export function findOddTestNames(
  diff: readonly FileDiff[],
  tree: readonly TreeEntry[],
): readonly Diagnostic[] {
  const fresh = new Set(diff.flatMap(({ path, status }) => (status === 'added' ? [path] : [])));
  const others = tree.filter(({ path }) => !fresh.has(path)).flatMap(({ path }) => formOf(path) ?? []);
  const [habit] = others;
  if (habit === undefined || others.length < MIN_TESTS || others.some((form) => form !== habit)) return [];
  return [...fresh]
    .filter((path) => (formOf(path) ?? habit) !== habit)
    .map((path) => ({
      rule: 'firsthand/test-name',
      path,
      startLine: 1,
      endLine: 1,
      message: `*.${habit}.*`,
      text: TEXT,
    }));
}

function formOf(path: string): string | undefined {
  return /\.(test|spec)\.(?:[cm]?[jt]s|[jt]sx)$/.exec(basename(path))?.[1];
}
