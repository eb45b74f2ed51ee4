import type { Memory } from '../agent/ports.ts';
import type { Logger } from '../domain/logger.ts';
import type { Database } from './ports.ts';

/**
 * Keeps in the database what models said of an input, by its hash. Best effort both ways: what cannot be read is asked
 * again, what cannot be kept is logged.
 */
export function createModelMemory(database: Database, logger: Logger): Memory {
  return {
    async recall(key) {
      try {
        const rows = await database.query('SELECT value FROM firsthand.model_memory WHERE key = $1', [key]);
        const value = rows[0]?.value;
        return typeof value === 'string' ? JSON.parse(value) : undefined;
      } catch (error) {
        logger.warn('could not look up what a model said before', { error });
        return undefined;
      }
    },
    async remember(key, value) {
      try {
        // As text: JSON of hostile code can hold U+0000, which `jsonb` refuses.
        await database.query(
          `INSERT INTO firsthand.model_memory (key, value) VALUES ($1, $2)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, saved_at = now()`,
          [key, JSON.stringify(value)],
        );
      } catch (error) {
        logger.warn('could not keep what a model said', { error });
      }
    },
  };
}
