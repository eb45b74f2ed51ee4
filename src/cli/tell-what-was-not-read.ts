import type { ReviewReport } from '../domain/report.ts';
import { EXIT, type Terminal } from './command.ts';

/** Says on stderr what could be taken for "nothing found"; returns an exit code when nobody read anything. */
export function tellWhatWasNotRead(
  { base, head, reviewers }: ReviewReport,
  terminal: Terminal,
): number | undefined {
  if (base === head) {
    terminal.stderr(
      'firsthand review: the head has no commit that the base lacks, so there was no diff to read\n',
    );
  }
  const failed = reviewers.filter(({ status }) => status === 'failed');
  for (const { category, reason = 'for no reason that it gave' } of failed) {
    terminal.stderr(`firsthand review: the ${category} reviewer failed: ${reason}\n`);
  }
  return failed.length > 0 && !reviewers.some(({ status }) => status === 'reviewed')
    ? EXIT.couldNotRun
    : undefined;
}
