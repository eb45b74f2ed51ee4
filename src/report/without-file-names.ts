import type { VerifyReport } from '../domain/report.ts';

/** The report without names of pictures that only the run's own folder holds: nobody on GitHub can open those. */
export function withoutFileNames(report: VerifyReport): VerifyReport {
  const strip = (text: string): string =>
    text.replaceAll(/ \(picture: login-[\w-]*(?:base|head)\.png\)/g, '');
  const { outcome, login } = report;
  return {
    ...report,
    outcome: 'why' in outcome ? { ...outcome, why: strip(outcome.why) } : outcome,
    login: { ...login, why: strip(login.why) },
  };
}
