import type { Probot } from 'probot';
import type { Logger } from '../domain/logger.ts';

/** Gives Probot, which wants a pino logger, ours. Payloads and error objects are left out: only messages are logged. */
export function createProbotLog(logger: Logger): Probot['log'] {
  const log =
    (level: keyof Logger) =>
    (...args: readonly unknown[]): void => {
      const message = args.map(readMessage).find((text) => text !== undefined);
      logger[level](`probot: ${message ?? 'no message'}`);
    };
  const adapter = {
    level: 'debug',
    trace: log('debug'),
    debug: log('debug'),
    info: log('debug'),
    warn: log('warn'),
    error: log('error'),
    fatal: log('error'),
    silent: () => undefined,
    child: () => adapter,
  };
  // Probot calls these methods only; the rest of pino's interface concerns its own transports.
  return adapter as unknown as Probot['log'];
}

function readMessage(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof AggregateError) return value.errors.map(readMessage).join('; ');
  if (value instanceof Error) return value.message;
  return typeof value === 'object' && value !== null && 'err' in value ? readMessage(value.err) : undefined;
}
