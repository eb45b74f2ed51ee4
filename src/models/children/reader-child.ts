import { createBudget } from '../../agent/budget.ts';
import type { CodeSource, Memory } from '../../agent/ports.ts';
import type { Ask, FromChild, Start, ToChild } from '../child-messages.ts';
import { chooseModels } from '../choose-models.ts';
import { carryOut } from '../create-reader.ts';
import type { Incoming } from '../gateway.ts';

/** How often it is told what was spent, for a run that is broken off. */
const SPENT_EVERY_MS = 500;

const waiting = new Map<number, (value: unknown) => void>();
let count = 0;

function send(message: FromChild): void {
  process.send?.(message);
}

function ask(what: Ask): Promise<unknown> {
  return askWithId(what).answer;
}

function askWithId(what: Ask): { readonly id: number; readonly answer: Promise<unknown> } {
  count += 1;
  const id = count;
  const { promise, resolve } = Promise.withResolvers<unknown>();
  waiting.set(id, resolve);
  send({ kind: 'ask', id, ask: what });
  return { id, answer: promise };
}

// What comes back is our own parent's, whose side has the same types.
const source: CodeSource = {
  listTree: async (commit) =>
    (await ask({ name: 'listTree', commit })) as Awaited<ReturnType<CodeSource['listTree']>>,
  readFiles: async (commit, paths) =>
    (await ask({ name: 'readFiles', commit, paths })) as Awaited<ReturnType<CodeSource['readFiles']>>,
};
const memory: Memory = {
  recall: (key) => ask({ name: 'recall', key }),
  remember: async (key, value) => {
    await ask({ name: 'remember', key, value });
  },
};

/** Lets the parent send a request: this process has no way to the network of its own. */
const fetchThroughParent: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const { url, method, signal } = request;
  const headers = Object.fromEntries(request.headers);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const body = await request.text();
  signal.throwIfAborted();
  const { id, answer } = askWithId({ name: 'send', request: { url, method, headers, body } });
  const onAbort = (): void => {
    send({ kind: 'drop', id });
    reject(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const reply = (await Promise.race([answer, aborted])) as Incoming;
    // As the SDK knows it from `fetch`.
    if (reply.kind === 'failed') throw new TypeError('fetch failed', { cause: new Error(reply.message) });
    return toResponse(reply);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};

/** The body is as it was decoded, so what says how it was encoded is left out. */
function toResponse({ status, headers, body }: Incoming & { readonly kind: 'answered' }): Response {
  const kept = headers.filter(
    ([name]) => !/^(?:content-encoding|content-length|transfer-encoding)$/i.test(name),
  );
  const hasBody = status !== 204 && status !== 205 && status !== 304;
  return new Response(hasBody ? body : null, {
    status,
    headers: kept.map(([name, value]): [string, string] => [name, value]),
  });
}

async function read({ variables, chosen, limits, concurrency, task }: Start): Promise<void> {
  const choice = chooseModels(variables, chosen, fetchThroughParent);
  if (choice.kind !== 'chosen') throw new Error('no model was chosen');
  const start = performance.now();
  const elapsedMs = (): number => performance.now() - start;
  const budget = createBudget(limits, elapsedMs);
  const telling = setInterval(() => send({ kind: 'spent', ...budget.spent }), SPENT_EVERY_MS);
  try {
    const ports = { models: choice.models, source, memory, budget, concurrency, elapsedMs };
    const result = await carryOut(task, ports, new AbortController().signal);
    send({ kind: 'spent', ...budget.spent });
    send({ kind: 'done', result });
  } finally {
    clearInterval(telling);
  }
}

process.on('message', (message: ToChild) => {
  if (message.kind === 'answer') {
    waiting.get(message.id)?.(message.value);
    waiting.delete(message.id);
    return;
  }
  read(message).catch((error: unknown) => {
    send({ kind: 'failed', message: error instanceof Error ? error.message : 'failed' });
  });
});
