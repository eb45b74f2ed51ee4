import type { Change } from '../collect-change.ts';
import type { Diagnostic } from '../ports.ts';
import { findOddFileNames } from './file-name-habit.ts';
import { findOddLayout } from './layout-habits.ts';
import { findOddTestNames } from './test-name-habit.ts';

/** What the change does otherwise than everything comparable that was there before. */
export function findHabitBreaks({ diff, tree, files, isIgnored }: Change): readonly Diagnostic[] {
  const readable = new Set(files.map(({ path }) => path));
  const wanted = diff.filter(({ path }) => readable.has(path) && !isIgnored(path));
  return [...findOddFileNames(wanted, tree), ...findOddTestNames(wanted, tree), ...findOddLayout(files)];
}
