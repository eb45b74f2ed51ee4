import { appendFile } from 'node:fs/promises';

/** Keeps what was asked and answered, without headers: the key is in none of it. */
export interface Recorder {
  /** Sends as `fetch` does, and writes question and answer to the file that was begun last. */
  readonly send: typeof fetch;
  /** Exchanges from now on go to this file, one JSON object a line. */
  begin(file: string): void;
}

export function createRecorder(): Recorder {
  let file: string | undefined;
  return {
    begin: (next) => {
      file = next;
    },
    send: async (input, init) => {
      const [into, startedAt] = [file, performance.now()];
      const response = await fetch(input, init);
      const text = await response.text();
      const { status, headers } = response;
      if (into !== undefined) {
        const ms = Math.round(performance.now() - startedAt);
        const exchange = { ms, status, question: read(init?.body), answer: read(text) };
        await appendFile(into, `${JSON.stringify(exchange)}\n`);
      }
      return new Response(text, { status, headers });
    },
  };
}

function read(body: unknown): unknown {
  if (typeof body !== 'string') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
