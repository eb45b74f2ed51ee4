import { describe, expect, it } from 'vitest';
import { uniqueFindings } from '../../src/report/select-findings.ts';
import { reviewFinding } from '../support/reports.ts';

describe('uniqueFindings', () => {
  it('puts the most severe first, then the best proven, then the surest, each once', () => {
    const order = [
      reviewFinding({ id: '00000000000a', severity: 'high', evidence: 'argued', confidence: 1 }),
      reviewFinding({ id: '00000000000b', severity: 'medium', evidence: 'reproduced', confidence: 0.1 }),
      reviewFinding({ id: '00000000000c', severity: 'medium', evidence: 'checked', confidence: 0.9 }),
      reviewFinding({ id: '00000000000d', severity: 'medium', evidence: 'checked', confidence: 0.5 }),
      reviewFinding({ id: '00000000000e', severity: 'medium', evidence: 'argued', confidence: 1 }),
    ];
    expect(uniqueFindings([...order.toReversed(), ...order])).toEqual(order);
  });
});
