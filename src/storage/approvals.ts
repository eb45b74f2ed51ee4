import { approvalSchema } from '../domain/approval.ts';
import type { ApprovalStore } from '../jobs/ports.ts';
import type { Database } from './ports.ts';
import { repositoryKey } from './repository-key.ts';

/** Of one branch; a branch with more was redesigned. */
const MAX_READ = 5000;

/** Keeps accepted looks in the database, a row each. A row that this version cannot read counts as absent. */
export function createApprovals(database: Database): ApprovalStore {
  return {
    async ofBranch(repository, branch) {
      const rows = await database.query(
        `SELECT place, picture, approved_by, pull FROM firsthand.approval
         WHERE repository = $1 AND branch = $2 ORDER BY saved_at DESC, place, picture LIMIT ${MAX_READ}`,
        [repositoryKey(repository), branch],
      );
      return rows
        .flatMap(({ place, picture, approved_by: by, pull }) => {
          const row = { place, picture, by, ...(pull === null ? {} : { pull: Number(pull) }) };
          const { data } = approvalSchema.safeParse(row);
          return data === undefined ? [] : [data];
        })
        .reverse();
    },
    async keep(repository, branch, approvals) {
      for (const { place, picture, by, pull } of approvals) {
        await database.query(
          `INSERT INTO firsthand.approval (repository, branch, place, picture, approved_by, pull)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
          [repositoryKey(repository), branch, place, picture, by, pull ?? null],
        );
      }
    },
  };
}
