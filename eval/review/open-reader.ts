import { parseModelEnv } from '../../src/config/model-env.ts';
import { NO_MEMORY, UNLIMITED_DAYS } from '../../src/models/no-ledger.ts';
import { openConfiguredReader } from '../../src/models/open-configured-reader.ts';
import type { ChangeReader } from '../../src/review/request.ts';

/**
 * Opens the model that was named, or FIRSTHAND_MODEL, whose requests go through `send`; ends the process with what is
 * missing where there is none.
 */
export function openReader(model: string | undefined, send: typeof fetch): ChangeReader {
  const parts = { spend: UNLIMITED_DAYS, memory: NO_MEMORY, process: 'this' as const, send };
  const { reader } = openConfiguredReader(parseModelEnv(process.env), parts, model);
  if (typeof reader === 'object') return reader;
  console.error(
    reader ??
      'no model: pass --model PROVIDER/NAME or set FIRSTHAND_MODEL; with FIRSTHAND_MODEL_URL any OpenAI-compatible server will do',
  );
  process.exit(2);
}
