import type { z } from 'zod';
import type { Logger } from '../domain/logger.ts';
import { reviewReportSchema, verifyReportSchema } from '../domain/report.ts';
import type { ReportStore } from '../jobs/ports.ts';
import type { Database, Row } from './ports.ts';
import { repositoryKey } from './repository-key.ts';

/** Keeps reports in the database. One that this version cannot read counts as absent, and the log says so. */
export function createReports(database: Database, logger: Logger): ReportStore {
  const read = <Report>(
    rows: readonly Row[],
    kind: string,
    schema: z.ZodType<Report>,
  ): Report | undefined => {
    const row = rows.find((candidate) => candidate.kind === kind);
    if (row === undefined) return undefined;
    try {
      return schema.parse(JSON.parse(String(row.document)));
    } catch (error) {
      const where = `${String(row.repository)}#${String(row.number)} at ${String(row.head_sha)}`;
      logger.warn(`the stored ${kind} report of ${where} cannot be read and counts as absent`, {
        error: String(error),
      });
      return undefined;
    }
  };
  return {
    async save(pull, headSha, report) {
      await database.query(
        `INSERT INTO firsthand.report (repository, number, head_sha, kind, document) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (repository, number, head_sha, kind)
         DO UPDATE SET document = excluded.document, saved_at = now()`,
        [repositoryKey(pull), pull.number, headSha, report.kind, JSON.stringify(report)],
      );
    },
    async load(pull, headSha) {
      const rows = await database.query(
        `SELECT repository, number, head_sha, kind, document FROM firsthand.report
         WHERE repository = $1 AND number = $2 AND head_sha = $3`,
        [repositoryKey(pull), pull.number, headSha],
      );
      const review = read(rows, 'review', reviewReportSchema);
      const verify = read(rows, 'verify', verifyReportSchema);
      return { ...(review === undefined ? {} : { review }), ...(verify === undefined ? {} : { verify }) };
    },
  };
}
