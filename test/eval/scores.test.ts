import { describe, expect, it } from 'vitest';
import { type Outcome, type Subject, scoreReport } from '../../eval/verify/outcome.ts';
import { summarise } from '../../eval/verify/summary.ts';
import type { Variant } from '../../examples/bank/variant.ts';
import { previewFinding, verifyReport } from '../support/reports.ts';

const fault: Variant = {
  id: 'tasks-x',
  app: 'tasks',
  harmless: false,
  family: 'wrong result',
  description: 'Somebody broke it.',
  sees: 'It is broken.',
  edits: [],
};
const harmless: Variant = {
  id: 'tasks-y',
  app: 'tasks',
  harmless: true,
  kind: 'copy',
  description: 'Other words.',
  edits: [],
};

function subject(variant: Variant): Subject {
  return { id: variant.id, app: variant.app, variant };
}

function outcome(changes: Partial<Outcome>): Outcome {
  const { id, app } = fault;
  return {
    id,
    app,
    family: 'wrong result',
    description: '',
    verdict: 'found',
    findings: [],
    seconds: 10,
    ...changes,
  };
}

describe('scoreReport', () => {
  it('takes any finding that is not on the base for the fault', () => {
    expect(scoreReport(subject(fault), verifyReport({ findings: [previewFinding()] }), 1).verdict).toBe(
      'found',
    );
    const onBase = verifyReport({
      findings: [previewFinding({ onBase: true })],
      preExisting: [previewFinding()],
    });
    expect(scoreReport(subject(fault), onBase, 1).verdict).toBe('missed');
  });

  it('asks for the words of the fault where the change shows in other ways too', () => {
    const strict = subject({ ...fault, countsWhen: 'negative' });
    const findings = [previewFinding({ title: 'New on the page: a banner', body: '', actual: '' })];
    expect(scoreReport(strict, verifyReport({ findings }), 1).verdict).toBe('missed');
    expect(scoreReport(strict, verifyReport({ findings: [previewFinding()] }), 1).verdict).toBe('found');
  });

  it('takes any finding on a harmless change, or on the base itself, for a false alarm', () => {
    const report = verifyReport({ findings: [previewFinding({ severity: 'low' })] });
    expect(scoreReport(subject(harmless), report, 1).verdict).toBe('false alarm');
    expect(scoreReport({ id: 'tasks-same', app: 'tasks' }, report, 1).verdict).toBe('false alarm');
    expect(scoreReport(subject(harmless), verifyReport({ findings: [] }), 1).verdict).toBe('silent');
  });

  it('counts actions without the first page and without expectations', () => {
    const steps = [{ goto: '/' }, { click: 'Add' }, { goto: '/cart' }, { expect: { text: '€1' } }];
    const report = verifyReport({ findings: [previewFinding({ steps })] });
    expect(scoreReport(subject(fault), report, 1).findings[0]?.actions).toBe(2);
  });
});

describe('summarise', () => {
  const finding = {
    id: '1',
    source: 's',
    category: 'flow',
    severity: 'low',
    title: 't',
    confidence: 0.95,
  } as const;

  it('takes the shortest reproduction of each fault for the median', () => {
    const summary = summarise([
      outcome({
        findings: [
          { ...finding, actions: 5 },
          { ...finding, actions: 1 },
        ],
      }),
      outcome({ id: 'b', findings: [{ ...finding, actions: 4 }] }),
      outcome({ id: 'c', verdict: 'missed' }),
    ]);
    expect(summary).toMatchObject({ faults: 3, found: 2, medianActions: 2.5, longestActions: 4 });
  });

  it('tells loud false alarms from those of low severity', () => {
    const quiet = outcome({ family: 'harmless', verdict: 'false alarm', findings: [finding] });
    const loud = outcome({
      family: 'same',
      verdict: 'false alarm',
      findings: [{ ...finding, severity: 'high' }],
    });
    expect(summarise([quiet, loud])).toMatchObject({ harmless: 2, falseAlarms: 2, loudFalseAlarms: 1 });
  });

  it('names what had another verdict the second time', () => {
    const summary = summarise([
      outcome({}),
      outcome({ verdict: 'missed' }),
      outcome({ id: 'b' }),
      outcome({ id: 'b' }),
    ]);
    expect(summary).toMatchObject({ repeated: 2, flaky: ['tasks-x'] });
  });

  it('counts a witness only when it passes on the base and fails on the head', () => {
    const witnesses = [
      { finding: '1', base: 'passed', head: 'failed' },
      { finding: '2', base: 'failed', head: 'failed' },
    ] as const;
    const summary = summarise([outcome({ witnesses }), outcome({ id: 'b', witnesses: witnesses.slice(1) })]);
    expect(summary).toMatchObject({ witnesses: { run: 3, telling: 1 }, faultsWithWitness: 1 });
  });
});
