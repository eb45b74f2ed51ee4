import { describe, expect, it } from 'vitest';
import type { FlowReport } from '../../src/verify/drive-flow.ts';
import { createLedger } from '../../src/verify/ledger.ts';
import type { Plan } from '../../src/verify/plan.ts';
import { writeReport } from '../../src/verify/report.ts';
import type { Run } from '../../src/verify/run.ts';

/** The outcome of a run whose only flow ended so. */
async function outcomeOf(sides: Pick<FlowReport['steps'][number], 'base' | 'head'>, isOneOfSeveral?: true) {
  const empty = { states: new Set(['a', 'b']), transitions: new Set(), pages: new Set(), refused: new Set() };
  const run = {
    request: { head: 'http://head.test/', startedAt: new Date(0), seed: 1, version: '0', isOneOfSeveral },
    ports: { elapsedMs: () => 1, onProgress: () => undefined, artifacts: { write: async () => undefined } },
    browser: { name: 'a browser', replaced: () => 0 },
    sites: {},
    secrets: [],
    signal: new AbortController().signal,
    budget: { used: () => 0 },
    ledger: createLedger(),
    coverage: { ...empty, notReached: new Map() },
    exercised: { report: () => undefined },
    noise: new Map(),
    shortfalls: new Set(),
    unfinished: new Map(),
  } as unknown as Run;
  const flow = {
    name: 'Users',
    viewport: 'desktop',
    status: 'could-not-run',
    steps: [{ step: { goto: '/' }, ...sides }],
  };
  const plan = { flows: [flow], environments: [], later: [] } as unknown as Plan;
  const login = { kind: 'none', why: 'not configured' } as const;
  return (await writeReport(run, { plan, login, flows: [flow as FlowReport] })).outcome.kind;
}

describe('a flow that neither side can do', () => {
  it('is a shortfall, but for one of several previews, whose flow it need not be', async () => {
    const neither = { base: 'impossible', head: 'impossible' } as const;
    expect(await outcomeOf(neither)).toBe('partly-verified');
    expect(await outcomeOf(neither, true)).toBe('verified');
    expect(await outcomeOf({ base: 'impossible', head: 'done' }, true)).toBe('partly-verified');
  });
});
