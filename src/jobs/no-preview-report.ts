import { SCHEMA_VERSION, type VerifyReport } from '../domain/report.ts';

/** The report of a verification that found no preview: nothing was opened, and it says so. */
export function noPreviewReport(
  why: string,
  options: {
    readonly version: string;
    readonly startedAt: Date;
    readonly ms: number;
    readonly seed: number;
    readonly search: NonNullable<VerifyReport['search']>;
  },
): VerifyReport {
  return {
    kind: 'verify',
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'firsthand', version: options.version },
    startedAt: options.startedAt.toISOString(),
    ms: options.ms,
    findings: [],
    head: '',
    search: options.search,
    seed: options.seed,
    outcome: { kind: 'no-preview', why },
    login: { kind: 'none', why: 'there was no preview to log in to' },
    flows: [],
    coverage: { states: 0, transitions: 0, actions: 0, pages: [], notReached: [] },
    noise: [],
    changes: [],
    preExisting: [],
  };
}
