import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Protocol,
  protocolOf,
  type ReadTurn,
  readTurn,
  type ScriptedUsage,
  writeReply,
} from './scripted-model-protocols.ts';

export type { ScriptedUsage } from './scripted-model-protocols.ts';

/** What the model was asked in one request. */
export interface AskedTurn extends ReadTurn {
  readonly protocol: Protocol;
  /** Counted from 1 over the server's life. */
  readonly number: number;
  readonly headers: IncomingMessage['headers'];
  /** Everything but the instructions, in order. */
  readonly text: string;
}

/** What it answers; `hang` never does. */
export interface ScriptedReply {
  readonly text?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly input: unknown }[];
  readonly usage?: Partial<ScriptedUsage>;
  readonly isCut?: boolean;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of an answer in the protocol's form. */
  readonly body?: string;
  readonly hang?: boolean;
  /** Sends half of the answer, and the rest never. */
  readonly stall?: boolean;
}

export type Script = (asked: AskedTurn) => ScriptedReply | Promise<ScriptedReply>;

/** A model at the HTTP edge: it speaks each provider's protocol, so the real SDK runs against it. */
export interface ScriptedModel extends AsyncDisposable {
  /** The server's address, without a path. */
  readonly url: string;
  readonly asked: readonly AskedTurn[];
  /** Tokens that it said were used, over all answers. */
  readonly served: { readonly input: number; readonly output: number; readonly cached: number };
}

/** Starts a scripted model on a free local port. */
export async function startScriptedModel(script: Script): Promise<ScriptedModel> {
  const asked: AskedTurn[] = [];
  const served = { input: 0, output: 0, cached: 0 };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const protocol = protocolOf(request.url ?? '');
    if (protocol === undefined) {
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end('{"error":{"message":"no such path"}}');
      return;
    }
    const read = readTurn(protocol, body);
    const turn = {
      ...read,
      protocol,
      number: asked.length + 1,
      headers: request.headers,
      text: read.messages.map(({ text }) => text).join('\n'),
    };
    asked.push(turn);
    const reply = await script(turn);
    if (reply.hang === true) return;
    const usage: ScriptedUsage = { input: 100, output: 10, cached: 0, ...reply.usage };
    const status = reply.status ?? 200;
    if (status < 300 && reply.body === undefined) {
      served.input += usage.input;
      served.output += usage.output;
      served.cached += usage.cached;
    }
    const failed = { error: { type: 'error', message: reply.text ?? 'scripted failure' } };
    const content = status < 300 ? writeReply(protocol, reply, usage, turn.number) : failed;
    const whole = reply.body ?? JSON.stringify(content);
    response.writeHead(status, { 'content-type': 'application/json', ...reply.headers });
    if (reply.stall === true) response.write(whole.slice(0, whole.length / 2));
    else response.end(whole);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(599).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    served,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
