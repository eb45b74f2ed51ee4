import { describe, expect, it } from 'vitest';
import type { Turn, TurnRequest } from '../../src/agent/ports.ts';
import { parseModelName } from '../../src/models/model-name.ts';
import { openModel } from '../../src/models/open-model.ts';
import {
  type Script,
  type ScriptedModel,
  type ScriptedReply,
  startScriptedModel,
} from '../support/scripted-model.ts';

const KEY = 'sk-scripted-0123456789';
const lookUp = {
  name: 'look_up',
  description: 'Looks a word up.',
  parameters: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] },
};
const request: TurnRequest = {
  instructions: 'You read code.',
  messages: [{ role: 'user', text: 'What does this do?' }],
  tools: [lookUp],
  maxOutputTokens: 500,
};

/** Each provider's base path below the server's address. */
const providers = [
  { provider: 'anthropic', path: '/v1', protocol: 'anthropic' },
  { provider: 'openai', path: '/v1', protocol: 'openai-chat' },
  { provider: 'google', path: '/v1beta', protocol: 'google' },
  { provider: 'openai-compatible', path: '/v1', protocol: 'openai-chat' },
] as const;

function open(server: ScriptedModel, provider: string = 'openai-compatible', waited: number[] = []) {
  const path = providers.find((one) => one.provider === provider)?.path ?? '/v1';
  return openModel(parseModelName(`${provider}/scripted`, '--model'), {
    apiKey: KEY,
    baseUrl: `${server.url}${path}`,
    timeoutMs: 5000,
    wait: async (ms) => {
      waited.push(ms);
    },
  });
}

async function ask(script: Script, provider?: string, waited?: number[]) {
  await using server = await startScriptedModel(script);
  const turn = await open(server, provider, waited).respond(request, AbortSignal.timeout(10_000));
  return { turn, asked: server.asked };
}

function answered(turn: Turn) {
  if (turn.kind !== 'answered') throw new Error(`${turn.reason}: ${turn.message}`);
  return turn;
}

describe('openModel', () => {
  it.each(providers)(
    'asks $provider in its own protocol and reads answer, tool call and tokens',
    async (one) => {
      const { turn, asked } = await ask(
        () => ({
          text: 'Let me look.',
          toolCalls: [{ name: 'look_up', input: { word: 'total' } }],
          usage: { input: 1000, cached: 400, output: 70 },
        }),
        one.provider,
      );
      expect(asked).toMatchObject([
        {
          protocol: one.protocol,
          instructions: 'You read code.',
          text: 'What does this do?',
          tools: ['look_up'],
        },
      ]);
      const { text, toolCalls, tokens } = answered(turn);
      expect(text).toBe('Let me look.');
      expect(toolCalls).toMatchObject([{ name: 'look_up', input: { word: 'total' } }]);
      expect(tokens).toMatchObject({ input: 1000, cached: 400, output: 70 });
    },
  );

  it.each(providers)(
    'hands a tool result back to $provider beside the call that asked for it',
    async (one) => {
      await using server = await startScriptedModel(({ number }) =>
        number === 1 ? { toolCalls: [{ name: 'look_up', input: { word: 'total' } }] } : { text: 'It adds.' },
      );
      const model = open(server, one.provider);
      const signal = AbortSignal.timeout(10_000);
      const first = answered(await model.respond(request, signal));
      const second = answered(
        await model.respond(
          {
            ...request,
            messages: [
              ...request.messages,
              { role: 'assistant', ...first },
              {
                role: 'tool',
                results: first.toolCalls.map(({ id, name }) => ({ id, name, text: 'total: the sum' })),
              },
            ],
          },
          signal,
        ),
      );
      expect(second.text).toBe('It adds.');
      expect(server.asked[1]?.text).toContain('total: the sum');
      expect(server.asked[1]?.text).toContain('look_up');
    },
  );

  it('sends the key where the provider wants it and nowhere else', async () => {
    const { asked } = await ask(() => ({ text: 'ok' }));
    expect(asked[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(JSON.stringify(asked[0]?.body)).not.toContain(KEY);
  });

  it('waits as long as an overloaded provider asks, then asks again', async () => {
    const waited: number[] = [];
    const { turn, asked } = await ask(
      ({ number }) =>
        number === 1
          ? { status: 429, headers: { 'retry-after': '7' } }
          : number === 2
            ? { status: 529 }
            : { text: 'ok' },
      'anthropic',
      waited,
    );
    expect(answered(turn).text).toBe('ok');
    expect(asked).toHaveLength(3);
    expect(waited).toEqual([7000, 2000]);
  });

  it('does not wait longer than a minute', async () => {
    const { turn, asked } = await ask(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
    expect(turn).toMatchObject({ kind: 'failed', reason: 'overloaded' });
    expect(asked).toHaveLength(1);
  });

  it.each([
    [401, 'key-refused'],
    [403, 'key-refused'],
    [404, 'model-unknown'],
  ] as const)('gives up at once on HTTP %i', async (status, reason) => {
    const { turn, asked } = await ask(() => ({ status, text: `Incorrect API key provided: ${KEY}` }));
    expect(turn).toMatchObject({ kind: 'failed', reason });
    expect(JSON.stringify(turn)).not.toContain(KEY);
    expect(asked).toHaveLength(1);
  });

  it('gives up on a provider that stays overloaded', async () => {
    const waited: number[] = [];
    const { turn, asked } = await ask(() => ({ status: 503 }), undefined, waited);
    expect(turn).toMatchObject({ kind: 'failed', reason: 'overloaded' });
    expect(asked).toHaveLength(5);
    expect(waited).toEqual([1000, 2000, 4000, 8000]);
  });

  it.each([
    ['temperature', ['max_tokens', 'tools'], 2],
    ['max_tokens', ['temperature', 'tools'], 3],
    ['tools', ['temperature', 'max_tokens'], 4],
  ] as const)(
    'leaves out %s alone where an endpoint does not take it, and remembers',
    async (refused, left, requests) => {
      await using server = await startScriptedModel(({ body }) =>
        refused in body ? { status: 400, text: 'unsupported' } : { text: 'ok' },
      );
      const model = open(server);
      const signal = AbortSignal.timeout(10_000);
      expect(answered(await model.respond(request, signal)).text).toBe('ok');
      expect(server.asked).toHaveLength(requests);
      expect(
        ['temperature', 'max_tokens', 'tools'].filter((one) => one in (server.asked.at(-1)?.body ?? {})),
      ).toEqual(left);
      await model.respond(request, signal);
      expect(server.asked).toHaveLength(requests + 1);
    },
  );

  it('says that a request was refused when nothing more can be left out, and holds it against no other', async () => {
    await using server = await startScriptedModel(({ text }) =>
      text.includes('long') ? { status: 400, text: 'maximum context length exceeded' } : { text: 'ok' },
    );
    const model = open(server);
    const signal = AbortSignal.timeout(10_000);
    const long = { ...request, messages: [{ role: 'user' as const, text: 'a long text' }] };
    expect(await model.respond(long, signal)).toMatchObject({ kind: 'failed', reason: 'request-refused' });
    expect(server.asked).toHaveLength(6);
    await model.respond(request, signal);
    expect(server.asked[6]?.tools).toEqual(['look_up']);
    expect(server.asked[6]?.body).toMatchObject({ temperature: 0 });
  });

  it('leaves nothing out where the endpoint says by its code that the request is too long', async () => {
    const { turn, asked } = await ask(() => ({
      status: 400,
      body: JSON.stringify({ error: { message: 'too long', code: 'context_length_exceeded' } }),
    }));
    expect(turn).toMatchObject({ kind: 'failed', reason: 'request-refused' });
    expect(asked).toHaveLength(1);
  });

  it('counts what an answer that is none has cost', async () => {
    const { turn } = await ask(({ number }) =>
      number === 1
        ? { body: JSON.stringify({ choices: 'none', usage: { prompt_tokens: 70, completion_tokens: 3 } }) }
        : { text: 'ok', usage: { input: 100, output: 10 } },
    );
    expect(answered(turn).tokens).toMatchObject({ input: 170, output: 13 });
  });

  it.each<[string, ScriptedReply]>([
    ['calls a tool with broken JSON', { toolCalls: [{ name: 'look_up', input: '{"word": "to' }] }],
    ['calls a tool that there is not', { toolCalls: [{ name: 'delete_all', input: {} }] }],
    ['says nothing', { text: '' }],
  ])('goes on with a model that %s', async (_, odd) => {
    await using server = await startScriptedModel(({ number }) => (number === 1 ? odd : { text: 'ok' }));
    const model = open(server);
    const signal = AbortSignal.timeout(10_000);
    const first = answered(await model.respond(request, signal));
    expect(first.toolCalls).toHaveLength(odd.toolCalls?.length ?? 0);
    const results = first.toolCalls.map(({ id, name }) => ({ id, name, text: 'no such thing' }));
    const second = await model.respond(
      {
        ...request,
        messages: [
          ...request.messages,
          { role: 'assistant', ...first },
          results.length > 0 ? { role: 'tool', results } : { role: 'user', text: 'Go on.' },
        ],
      },
      signal,
    );
    expect(answered(second).text).toBe('ok');
    expect(server.asked[1]?.messages.every(({ text }) => text !== '')).toBe(true);
    expect(server.asked[1]?.messages.filter(({ role }) => role === 'tool')).toHaveLength(results.length);
  });

  it('reads the answer and not the thoughts of a model that reasons, and counts both', async () => {
    const { turn } = await ask(() => ({
      body: JSON.stringify({
        id: 'x',
        object: 'chat.completion',
        created: 0,
        model: 'm',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: 'ok', reasoning_content: 'Let me think of {"a": 1}.' },
            finish_reason: 'stop',
          },
        ],
        usage: {
          prompt_tokens: 50,
          completion_tokens: 900,
          total_tokens: 950,
          completion_tokens_details: { reasoning_tokens: 880 },
        },
      }),
    }));
    expect(answered(turn)).toMatchObject({ text: 'ok', tokens: { input: 50, output: 900 } });
  });

  it('reports an answer that was cut', async () => {
    const { turn } = await ask(() => ({ text: '{"findings": [', isCut: true }), 'anthropic');
    expect(answered(turn).isCut).toBe(true);
  });

  it('counts too high rather than not at all where an endpoint counts nothing', async () => {
    const { turn } = await ask(() => ({
      body: JSON.stringify({
        id: 'x',
        object: 'chat.completion',
        created: 0,
        model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
      }),
    }));
    expect(answered(turn).tokens.input).toBeGreaterThan(20);
    expect(answered(turn).tokens.output).toBeGreaterThan(0);
  });

  it('is over when the run is cancelled, with the reason of the cancellation', async () => {
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    await using server = await startScriptedModel(() => {
      reach();
      return { hang: true };
    });
    const controller = new AbortController();
    const running = open(server).respond(request, controller.signal);
    await reached;
    controller.abort(new Error('a newer push'));
    await expect(running).rejects.toThrow(/a newer push/);
  });

  it('says that a model did not answer in time, after a second try', async () => {
    await using server = await startScriptedModel(() => ({ hang: true }));
    const model = openModel(parseModelName('ollama/small', '--model'), {
      baseUrl: `${server.url}/v1`,
      timeoutMs: 40,
      wait: async () => {},
    });
    const turn = await model.respond(request, AbortSignal.timeout(10_000));
    expect(turn).toMatchObject({ kind: 'failed', reason: 'timeout' });
    expect(server.asked.length).toBeLessThanOrEqual(2);
  });

  it('knows list prices of the provider itself and no price of somebody who serves the same name', () => {
    const named = parseModelName('anthropic/claude-haiku-4-5-20251001', '--model');
    expect(openModel(named, { apiKey: KEY, timeoutMs: 1 }).price).toMatchObject({ input: 1, output: 5 });
    expect(openModel(named, { baseUrl: 'http://localhost:9', timeoutMs: 1 }).price).toBeUndefined();
  });
});

describe('parseModelName', () => {
  it('keeps slashes of the name', () => {
    expect(parseModelName('vllm/Qwen/Qwen3-Coder', '--model')).toMatchObject({
      provider: { name: 'vllm' },
      name: 'Qwen/Qwen3-Coder',
    });
  });

  it.each(['gpt-5', 'openai/', 'mystery/model', ''])('refuses %j and lists the providers', (text) => {
    expect(() => parseModelName(text, 'FIRSTHAND_MODEL')).toThrow(
      /FIRSTHAND_MODEL takes PROVIDER\/NAME.*anthropic/,
    );
  });
});
