import type { Finding } from '../domain/finding.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { PullRequestRef } from '../domain/pull-request.ts';
import type { Explained } from '../report/render-explanation.ts';
import type { JobPorts } from './job-ports.ts';

/** Gathers what is known of a finding: its last report, and what a model says of it when there is one. */
export async function explain(
  entry: LedgerEntry,
  options: { readonly ports: JobPorts; readonly pull: PullRequestRef; readonly question?: string },
  signal: AbortSignal,
): Promise<Explained> {
  const { ports, pull, question } = options;
  const { review, verify } = await ports.store.reports.load(pull, entry.lastSeen);
  const isIt = ({ id }: Finding): boolean => id === entry.id;
  const finding = review?.findings.find(isIt) ?? verify?.findings.find(isIt);
  const more =
    finding === undefined || ports.explain === undefined
      ? undefined
      : await ports.explain({ finding, entry, ...(question === undefined ? {} : { question }) }, signal);
  return {
    entry,
    ...(finding === undefined ? {} : { finding }),
    ...(review === undefined ? {} : { review }),
    ...(more === undefined ? {} : { more }),
  };
}
