import { describe, expect, it } from 'vitest';
import { parseModelName } from '../../src/models/model-name.ts';
import { openModel } from '../../src/models/open-model.ts';
import { answered, ask, KEY, open, request } from '../support/asked-model.ts';
import { startScriptedModel } from '../support/scripted-model.ts';

describe('openModel, where a provider does not answer', () => {
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
    // A minute in all: limits of rates are mostly those of one.
    expect(asked).toHaveLength(7);
    expect(waited).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000]);
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

  it.each([
    ['does not answer', { hang: true }],
    ['stops in the middle of its answer', { text: 'ok', stall: true }],
  ])('says that a model that %s did not answer in time, after a second try', async (_, reply) => {
    await using server = await startScriptedModel(() => reply);
    const model = openModel(parseModelName('ollama/small', '--model'), {
      baseUrl: `${server.url}/v1`,
      timeoutMs: 40,
      wait: async () => {},
    });
    const turn = await model.respond(request, AbortSignal.timeout(10_000));
    expect(turn).toMatchObject({ kind: 'failed', reason: 'timeout' });
    expect(server.asked.length).toBeLessThanOrEqual(2);
  });
});
