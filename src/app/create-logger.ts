import { type DestinationStream, pino } from 'pino';
import type { Env } from '../config/env.ts';
import type { Logger } from '../domain/logger.ts';

/** A redacting logger to which secrets can be made known while it runs. */
export interface RedactingLogger extends Logger {
  /** From now on this function is applied to every line. */
  redactWith(redact: (text: string) => string): void;
}

/**
 * Writes one JSON object a line to stderr: `level`, `time`, `msg` and the fields, errors with their causes.
 *
 * Redaction works on the finished line, so that a secret is caught wherever it stands in it.
 */
export function createLogger(level: Env['LOG_LEVEL'], write: (text: string) => void): RedactingLogger {
  const redactors: ((text: string) => string)[] = [];
  const destination: DestinationStream = {
    write: (line) => write(redactors.reduce((text, redact) => redact(text), line)),
  };
  const log = pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: pino.stdSerializers.errWithCause },
    },
    destination,
  );
  const at =
    (name: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      log[name](fields, message);
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    redactWith: (redact) => void redactors.push(redact),
  };
}
