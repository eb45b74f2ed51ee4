import type { z } from 'zod';
import type { Logger } from '../domain/logger.ts';
import type { JobContext } from '../jobs/ports.ts';
import type { Database } from '../storage/ports.ts';

/** Makes the `step` of one attempt at a job: what was finished in an earlier attempt is not done again. */
export function createStep(
  database: Database,
  logger: Logger,
  attempt: { readonly jobId: string; readonly signal: AbortSignal },
): JobContext['step'] {
  const { jobId, signal } = attempt;
  const load = async (name: string): Promise<string | null | undefined> => {
    const rows = await database.query('SELECT result FROM firsthand.step WHERE job_id = $1 AND name = $2', [
      jobId,
      name,
    ]);
    const result = rows[0]?.result;
    return typeof result === 'string' || result === null ? result : undefined;
  };
  return async (name, schema, work) => {
    signal.throwIfAborted();
    const remembered = await load(name);
    if (remembered !== undefined) {
      const parsed = schema.safeParse(decode(remembered));
      if (parsed.success) return parsed.data;
      // The shape changed with an update of ours; the work is safe to repeat.
      logger.warn(`step ${name} runs again: its remembered result has another shape`, { jobId });
    }
    signal.throwIfAborted();
    const encoded = encode(await work());
    const result = parseResult(name, schema, encoded);
    await database.query(
      `INSERT INTO firsthand.step (job_id, name, result) VALUES ($1, $2, $3)
       ON CONFLICT (job_id, name) DO UPDATE SET result = excluded.result, saved_at = now()`,
      [jobId, name, encoded],
    );
    return result;
  };
}

/** Both the attempt that did the work and a later one get what survived JSON, so that they cannot differ. */
function parseResult<Result>(name: string, schema: z.ZodType<Result>, encoded: string | null): Result {
  const parsed = schema.safeParse(decode(encoded));
  if (parsed.success) return parsed.data;
  throw new Error(`the result of step ${name} does not survive JSON in the shape of its schema`, {
    cause: parsed.error,
  });
}

/** JSON has no word for `undefined`, the result of a step that is only done. */
function encode(result: unknown): string | null {
  return result === undefined ? null : JSON.stringify(result);
}

function decode(encoded: string | null): unknown {
  return encoded === null ? undefined : JSON.parse(encoded);
}
