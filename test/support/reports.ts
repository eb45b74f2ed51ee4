import type { Finding } from '../../src/domain/finding.ts';
import type { LedgerEntry } from '../../src/domain/ledger.ts';
import type { ReviewerReport, ReviewReport, VerifyReport } from '../../src/domain/report.ts';

export const HEAD = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';
export const BASE = 'b0b1b2b3b4b5b6b7b8b9babbbcbdbebfb0b1b2b3';

/** A finding of the diff, changed as said. */
export function reviewFinding(changes: Partial<Finding> = {}): Finding {
  return {
    id: '0123456789ab',
    category: 'logic',
    severity: 'medium',
    evidence: 'checked',
    confidence: 0.9,
    title: 'The key “a” stands twice in this object',
    body: 'The second `a` wins, the first one is never read.',
    source: 'oxlint/no-dupe-keys',
    location: { path: 'src/cart.ts', side: 'RIGHT', startLine: 12, endLine: 12 },
    ...changes,
  };
}

/** The coupon fault of the design page, changed as said. */
export function previewFinding(changes: Partial<Finding> = {}): Finding {
  return {
    id: 'c0ffee000001',
    category: 'state',
    severity: 'critical',
    evidence: 'reproduced',
    confidence: 1,
    title: 'The total is negative after an item is removed',
    body: 'The coupon keeps its old amount when the cart gets smaller.',
    source: 'firsthand/lockstep',
    steps: [{ goto: '/cart' }, { click: 'Apply' }, { click: { role: 'button', name: 'Remove', nth: 0 } }],
    expected: 'Total $10.00',
    actual: 'Total -$5.00',
    onBase: false,
    url: 'https://pr-42.example.dev/cart',
    viewport: 'desktop',
    screenshots: {
      expected: 'https://pics.example/c0ffee-expected.png',
      actual: 'https://pics.example/c0ffee-actual.png',
      diff: 'https://pics.example/c0ffee-diff.png',
    },
    ...changes,
  };
}

export function reviewer(changes: Partial<ReviewerReport> = {}): ReviewerReport {
  return {
    category: 'logic',
    status: 'reviewed',
    engine: 'oxlint 1.94.0',
    findings: 0,
    hunksRead: 41,
    hunksTotal: 41,
    tokens: 0,
    costUsd: 0,
    ms: 1200,
    ...changes,
  };
}

/** What a model did that read `hunksRead` of 41 hunks. */
export function aModelUse(hunksRead: number): NonNullable<ReviewerReport['model']> {
  return {
    names: ['a/model'],
    calls: 1,
    inputTokens: 1000,
    cachedTokens: 0,
    outputTokens: 100,
    costUsd: 0.01,
    unpriced: [],
    pricesAsOf: '2026-11-01',
    hunksRead,
    hunksTotal: 41,
    ms: 1000,
  };
}

/** A review that read everything and found nothing, changed as said. */
export function reviewReport(changes: Partial<ReviewReport> = {}): ReviewReport {
  return {
    kind: 'review',
    schemaVersion: 1,
    tool: { name: 'firsthand', version: '0.1.0' },
    startedAt: '2026-11-22T10:00:00.000Z',
    ms: 4200,
    findings: [],
    base: BASE,
    head: HEAD,
    reviewers: [
      reviewer({ category: 'security', engine: 'secretlint 13.0.7, oxlint 1.94.0' }),
      reviewer({ category: 'style', engine: 'biome 2.6.8' }),
      reviewer({ category: 'logic' }),
    ],
    notShown: [],
    notAnalysed: [],
    sandbox: 'bubblewrap',
    ...changes,
  };
}

/** A verification that drove two flows, compared three pages and found nothing, changed as said. */
export function verifyReport(changes: Partial<VerifyReport> = {}): VerifyReport {
  return {
    kind: 'verify',
    schemaVersion: 1,
    tool: { name: 'firsthand', version: '0.1.0' },
    startedAt: '2026-11-22T10:00:05.000Z',
    ms: 31_000,
    findings: [],
    head: 'https://pr-42.example.dev/',
    base: 'https://staging.example.dev/',
    seed: 42,
    outcome: { kind: 'verified' },
    login: { kind: 'ok', why: '' },
    flows: ['Checkout', 'Coupon'].map((name) => ({ name, viewport: 'desktop', status: 'passed', steps: [] })),
    coverage: {
      states: 9,
      transitions: 8,
      actions: 24,
      pages: ['/', '/products', '/cart'],
      notReached: [],
    },
    noise: [],
    changes: [],
    preExisting: [],
    ...changes,
  };
}

/** The finding as the ledger has it, first and last seen on the base, changed as said. */
export function entryOf(finding: Finding, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  const { id, category, severity, evidence, title, source } = finding;
  const described = { id, seenAs: id, category, severity, evidence, title, source };
  return { ...described, state: 'open', firstSeen: BASE, lastSeen: BASE, said: 'inline', ...changes };
}

/** As many different findings of the diff as asked for, each on its own line. */
export function manyFindings(number: number): Finding[] {
  return Array.from({ length: number }, (_, index) =>
    reviewFinding({
      id: index.toString(16).padStart(12, '0'),
      title: `Finding number ${index}`,
      body: `Something is wrong here. ${'Long explanation. '.repeat(20)}`,
      location: { path: 'src/cart.ts', side: 'RIGHT', startLine: index + 1, endLine: index + 1 },
    }),
  );
}
