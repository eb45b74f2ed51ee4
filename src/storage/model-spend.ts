import type { Grant, SpendLedger } from '../agent/ports.ts';
import type { Database } from './ports.ts';

/** Most that models may use in one day (UTC). */
export interface DailyLimits {
  readonly perRepository: Amount;
  readonly all: Amount;
}

interface Amount {
  readonly usd: number;
  readonly tokens: number;
}

/** Stands for all repositories together: no repository has this name. */
const ALL = '*';

/**
 * Keeps what models used in the database, so that daily limits hold over runs and machines. `now` tells the day.
 *
 * One statement takes from a row: PostgreSQL locks it and reads it anew, so two that take at once cannot both have the
 * last of it (https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED).
 */
export function createSpendLedger(database: Database, limits: DailyLimits, now: () => Date): SpendLedger {
  return {
    async take(repository, wanted) {
      const day = now().toISOString().slice(0, 10);
      const own = await take(database, {
        scope: repository.toLowerCase(),
        day,
        wanted,
        limit: limits.perRepository,
      });
      const granted = await take(database, { scope: ALL, day, wanted: own, limit: limits.all });
      const give = async (scope: string, { usd, tokens }: Amount): Promise<void> => {
        await database.query(
          `UPDATE firsthand.model_spend SET usd = GREATEST(0, usd - $3), tokens = GREATEST(0, tokens - $4)
           WHERE scope = $1 AND day = $2`,
          [scope, day, usd, tokens],
        );
      };
      // What the limit of all leaves out of the repository's share goes back to it.
      await give(repository.toLowerCase(), minus(own, granted));
      return {
        ...granted,
        ...origins(wanted, own, granted, repository),
        async settle(used) {
          const unused = minus(granted, used);
          await give(repository.toLowerCase(), unused);
          await give(ALL, unused);
        },
      };
    },
  };
}

/** Which daily limit is tighter than what was wanted. */
function origins(
  wanted: Amount,
  own: Amount,
  granted: Amount,
  repository: string,
): Pick<Grant, 'usdFrom' | 'tokensFrom'> {
  const originOf = (unit: keyof Amount): string | undefined =>
    granted[unit] < own[unit]
      ? "what is left of today's limit"
      : own[unit] < wanted[unit]
        ? `what is left of today's limit for ${repository}`
        : undefined;
  const [usdFrom, tokensFrom] = [originOf('usd'), originOf('tokens')];
  return {
    ...(usdFrom === undefined ? {} : { usdFrom }),
    ...(tokensFrom === undefined ? {} : { tokensFrom }),
  };
}

function minus(a: Amount, b: Amount): Amount {
  return { usd: a.usd - b.usd, tokens: a.tokens - b.tokens };
}

async function take(
  database: Database,
  {
    scope,
    day,
    wanted,
    limit,
  }: {
    readonly scope: string;
    readonly day: string;
    readonly wanted: Amount;
    readonly limit: Amount;
  },
): Promise<Amount> {
  const rows = await database.query(
    `INSERT INTO firsthand.model_spend AS spend (scope, day, usd, tokens, taken_usd, taken_tokens)
     VALUES ($1, $2, LEAST($3::float8, $5::float8), LEAST($4::float8, $6::float8),
             LEAST($3::float8, $5::float8), LEAST($4::float8, $6::float8))
     ON CONFLICT (scope, day) DO UPDATE SET
       usd = spend.usd + LEAST($3::float8, GREATEST(0, $5::float8 - spend.usd)),
       tokens = spend.tokens + LEAST($4::float8, GREATEST(0, $6::float8 - spend.tokens)),
       taken_usd = LEAST($3::float8, GREATEST(0, $5::float8 - spend.usd)),
       taken_tokens = LEAST($4::float8, GREATEST(0, $6::float8 - spend.tokens)),
       saved_at = now()
     RETURNING taken_usd, taken_tokens`,
    [scope, day, wanted.usd, wanted.tokens, limit.usd, limit.tokens],
  );
  return { usd: Number(rows[0]?.taken_usd ?? 0), tokens: Number(rows[0]?.taken_tokens ?? 0) };
}
