import { describe, expect, it } from 'vitest';
import { parseModelName } from '../../src/models/model-name.ts';
import { openModel } from '../../src/models/open-model.ts';
import { answered, ask, KEY, open, providers, request } from '../support/asked-model.ts';
import { type ScriptedReply, startScriptedModel } from '../support/scripted-model.ts';

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

  it.each([
    ['no count', undefined],
    ['an empty count', {}],
    ['null for a count', null],
    ['zeros', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
  ])('counts too high rather than not at all where an endpoint gives %s, and says so', async (_, usage) => {
    const { turn } = await ask(() => chat({ content: 'ok' }, { usage }));
    expect(answered(turn).tokens.input).toBeGreaterThan(20);
    expect(answered(turn).tokens.output).toBeGreaterThan(0);
    expect(answered(turn).isEstimated).toBe(true);
  });

  it('counts what is in the total only', async () => {
    const usage = { prompt_tokens: 50, completion_tokens: 20, total_tokens: 400 };
    const { turn } = await ask(() => chat({ content: 'ok' }, { usage }));
    expect(answered(turn)).toMatchObject({ tokens: { input: 50, output: 350 }, isEstimated: false });
  });

  const input = { word: 'total' };
  it.each<[string, Readonly<Record<string, unknown>>]>([
    [
      'with arguments that are an object',
      { tool_calls: [{ id: 'c', type: 'function', function: { name: 'look_up', arguments: input } }] },
    ],
    ['without a function', { tool_calls: [{ id: 'c', name: 'look_up', arguments: JSON.stringify(input) }] }],
    ['without an id', { tool_calls: [{ function: { name: 'look_up', arguments: JSON.stringify(input) } }] }],
    ['of the older form', { function_call: { name: 'look_up', arguments: JSON.stringify(input) } }],
  ])('understands a call %s', async (_, message) => {
    const { turn } = await ask(() => chat({ content: null, ...message }));
    const [call] = answered(turn).toolCalls;
    expect(call).toMatchObject({ name: 'look_up', input });
    expect(call?.id).toMatch(/./);
  });

  it('reads a content that is a list of parts', async () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
      { type: 'text', text: 'ok' },
    ];
    const { turn } = await ask(() => chat({ content }));
    expect(answered(turn).text).toBe('ok');
  });

  it.each([
    [{ content: null, refusal: 'I cannot help with that.' }, 'stop'],
    [{ content: '' }, 'content_filter'],
  ])('notes that a model would not answer: %j', async (message, finish_reason) => {
    const { turn } = await ask(() => chat(message, { finish_reason }));
    expect(answered(turn).isRefused).toBe(true);
  });

  it('knows list prices of the provider itself and no price of somebody who serves the same name', () => {
    const named = parseModelName('anthropic/claude-haiku-4-5-20251001', '--model');
    expect(openModel(named, { apiKey: KEY, timeoutMs: 1 }).price).toMatchObject({ input: 1, output: 5 });
    expect(openModel(named, { baseUrl: 'http://localhost:9', timeoutMs: 1 }).price).toBeUndefined();
  });
});

/** An answer of OpenAI's protocol with this message. */
function chat(
  message: Readonly<Record<string, unknown>>,
  { usage, finish_reason = 'stop' }: { readonly usage?: unknown; readonly finish_reason?: string } = {
    usage: { prompt_tokens: 50, completion_tokens: 20, total_tokens: 70 },
  },
): ScriptedReply {
  const choices = [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }];
  return {
    body: JSON.stringify({
      id: 'x',
      object: 'chat.completion',
      created: 0,
      model: 'm',
      choices,
      usage,
    }),
  };
}

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
