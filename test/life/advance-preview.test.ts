import { describe, expect, it } from 'vitest';
import { EMPTY_LEDGER, type Ledger } from '../../src/domain/ledger.ts';
import type { VerifyReport } from '../../src/domain/report.ts';
import { advancePreview } from '../../src/life/advance-preview.ts';
import { previewFinding, verifyReport } from '../support/reports.ts';

function verify(ledger: Ledger, head: string, changes: Partial<VerifyReport>): Ledger {
  return advancePreview(ledger, verifyReport(changes), head).ledger;
}

const byFlows = previewFinding();
const byPage = previewFinding({ id: 'c0ffee000002', steps: [{ goto: '/cart' }] });
const stateOf = (ledger: Ledger): string | undefined => ledger.entries[0]?.state;

describe('advancePreview', () => {
  it('calls fixed what another commit no longer shows where it was tried again', () => {
    for (const finding of [byFlows, byPage]) {
      const before = verify(EMPTY_LEDGER, '1', { findings: [finding] });
      expect(stateOf(verify(before, '2', {}))).toBe('fixed');
      expect(stateOf(verify(verify(before, '2', {}), '3', { findings: [finding] }))).toBe('regressed');
    }
  });

  it.each<[string, string, Partial<VerifyReport>]>([
    ['on the same commit', '1', {}],
    ['when the preview was verified in part', '2', { outcome: { kind: 'partly-verified', why: 'time' } }],
    ['when there was no preview', '2', { outcome: { kind: 'no-preview', why: 'none' } }],
    ['when a flow was not driven', '2', { flows: verifyReport().flows.slice(0, 1) }],
    [
      'when a flow could not run',
      '2',
      { flows: verifyReport().flows.map((flow) => ({ ...flow, status: 'could-not-run' as const })) },
    ],
  ])('leaves it open %s', (_, head, changes) => {
    const before = verify(EMPTY_LEDGER, '1', { findings: [byFlows] });
    expect(stateOf(verify(before, head, changes))).toBe('open');
  });

  it('leaves open what a page showed that was not compared again', () => {
    const before = verify(EMPTY_LEDGER, '1', { findings: [byPage] });
    const coverage = { ...verifyReport().coverage, pages: ['/'] };
    expect(stateOf(verify(before, '2', { coverage }))).toBe('open');
  });

  it('calls outdated what is equally true of the base by now', () => {
    const before = verify(EMPTY_LEDGER, '1', { findings: [byFlows] });
    expect(stateOf(verify(before, '2', { preExisting: [{ ...byFlows, onBase: true }] }))).toBe('outdated');
  });
});
