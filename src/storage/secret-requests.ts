import { z } from 'zod';
import { UserError } from '../domain/errors.ts';
import type { RequestHandler } from './ports.ts';
import type { Secrets } from './secrets.ts';

const repository = z.strictObject({ owner: z.string(), repo: z.string() });

/** What another process may ask of the one that holds the data folder. Values go in and never come out. */
const secretRequestSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('secret.set'), repository, name: z.string(), value: z.string() }),
  z.strictObject({ op: z.literal('secret.delete'), repository, name: z.string() }),
  z.strictObject({ op: z.literal('secret.list'), repository }),
]);
export type SecretRequest = z.infer<typeof secretRequestSchema>;

/** Answers requests about secrets: nothing for `set`, whether there was one for `delete`, the names for `list`. */
export function answerSecretRequests(secrets: Secrets): RequestHandler {
  return async (request) => {
    const parsed = secretRequestSchema.safeParse(request);
    if (!parsed.success) {
      throw new UserError('the running Firsthand does not know this request: is it of another version?');
    }
    const { data } = parsed;
    switch (data.op) {
      case 'secret.set':
        await secrets.set(data.repository, data.name, data.value);
        return null;
      case 'secret.delete':
        return secrets.delete(data.repository, data.name);
      case 'secret.list':
        return secrets.list(data.repository);
    }
  };
}
