import { describe, expect, it } from 'vitest';
import { tellWhatWasNotRead } from '../../src/cli/tell-what-was-not-read.ts';
import { fakeTerminal } from '../support/fake-terminal.ts';
import { HEAD, reviewer, reviewReport } from '../support/reports.ts';

function tell(changes: Parameters<typeof reviewReport>[0]) {
  const terminal = fakeTerminal();
  return { code: tellWhatWasNotRead(reviewReport(changes), terminal), err: terminal.err() };
}

const failed = reviewer({ status: 'failed', reason: 'oxlint did not start', hunksRead: 0 });

describe('tellWhatWasNotRead', () => {
  it('makes the command fail when nobody read anything', () => {
    expect(tell({ reviewers: [failed, reviewer({ category: 'style', status: 'skipped' })] })).toEqual({
      code: 2,
      err: 'firsthand review: the logic reviewer failed: oxlint did not start\n',
    });
  });

  it('names one that failed among others, without failing the command', () => {
    const { code, err } = tell({ reviewers: [failed, reviewer({ category: 'style' })] });
    expect(code).toBeUndefined();
    expect(err).toContain('the logic reviewer failed');
  });

  it('is silent about a review that read everything', () => {
    expect(tell({})).toEqual({ code: undefined, err: '' });
  });

  it('does not let an empty diff look like a clean one', () => {
    expect(tell({ base: HEAD, head: HEAD }).err).toContain('there was no diff to read');
  });
});
