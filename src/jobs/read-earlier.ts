import type { EarlierFinding } from '../domain/earlier-finding.ts';
import { earlierEntries, findEarlier } from '../life/earlier-findings.ts';
import type { GitObjects } from '../review/ports.ts';
import { readTexts } from './advance-ledger.ts';
import type { ReportStore } from './ports.ts';
import type { RunSession } from './run-session.ts';

/** What models argued on earlier heads and is still open, in the words of the reports in which it stood last. */
export async function readEarlier(
  { ledger, pull }: Pick<RunSession, 'ledger' | 'pull'>,
  { objects, reports }: { readonly objects: GitObjects; readonly reports: ReportStore },
  signal: AbortSignal,
): Promise<readonly EarlierFinding[]> {
  const entries = earlierEntries(ledger.current());
  if (entries.length === 0) return [];
  const heads = [...new Set(entries.map(({ lastSeen }) => lastSeen))];
  const loaded = await Promise.all(heads.map((head) => reports.load(pull, head)));
  const findings = loaded.flatMap(({ review }) => review?.findings ?? []);
  const paths = [...new Set(entries.flatMap(({ path }) => path ?? []))];
  const files = await readTexts(objects, { commit: pull.headSha, paths }, signal);
  return findEarlier(entries, new Map(findings.map((finding) => [finding.id, finding])), files);
}
