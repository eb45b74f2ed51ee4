import { type Approval, joinApprovals } from '../../src/domain/approval.ts';
import type { Ledger } from '../../src/domain/ledger.ts';
import { pullRequestKey } from '../../src/domain/pull-request.ts';
import type { ReviewReport, VerifyReport } from '../../src/domain/report.ts';
import type { RunArtifacts, Store } from '../../src/jobs/ports.ts';

/** A store in memory. */
export interface FakeStore extends Store {
  readonly files: Map<string, Uint8Array>;
  readonly secretValues: Map<string, string>;
  /** By `owner/repo#number`. */
  readonly ledgersKept: Map<string, Ledger>;
  /** Forgets everything, as a new database would have. */
  lose(): void;
}

export function createFakeStore(): FakeStore {
  const kept = new Map<string, { review?: ReviewReport; verify?: VerifyReport }>();
  const files = new Map<string, Uint8Array>();
  const secretValues = new Map<string, string>();
  const ledgersKept = new Map<string, Ledger>();
  const approvalsKept = new Map<string, readonly Approval[]>();
  return {
    ledgersKept,
    lose() {
      kept.clear();
      ledgersKept.clear();
      approvalsKept.clear();
    },
    approvals: {
      ofBranch: async ({ owner, repo }, branch) => approvalsKept.get(`${owner}/${repo} ${branch}`) ?? [],
      async keep({ owner, repo }, branch, approvals) {
        const key = `${owner}/${repo} ${branch}`;
        approvalsKept.set(key, joinApprovals(approvalsKept.get(key) ?? [], approvals));
      },
    },
    ledgers: {
      async load(pull) {
        const ledger = ledgersKept.get(pullRequestKey(pull));
        return ledger === undefined ? undefined : { revision: ledger.revision, ledger };
      },
      async save(pull, ledger, expected) {
        if (ledgersKept.get(pullRequestKey(pull))?.revision !== expected) return false;
        ledgersKept.set(pullRequestKey(pull), ledger);
        return true;
      },
    },
    files,
    secretValues,
    reports: {
      async save(pull, headSha, report) {
        const key = `${pullRequestKey(pull)} ${headSha}`;
        kept.set(key, {
          ...kept.get(key),
          ...(report.kind === 'review' ? { review: report } : { verify: report }),
        });
      },
      load: async (pull, headSha) => kept.get(`${pullRequestKey(pull)} ${headSha}`) ?? {},
    },
    artifacts: (runId): RunArtifacts => ({
      async write(name, bytes) {
        files.set(`${runId}/${name}`, bytes);
      },
      read: async (name) => files.get(`${runId}/${name}`),
    }),
    secrets: () => ({ find: async (name) => secretValues.get(name) }),
  };
}
