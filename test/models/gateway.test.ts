import { describe, expect, it } from 'vitest';
import { createGateway } from '../../src/models/gateway.ts';
import { startScriptedModel } from '../support/scripted-model.ts';

const signal = () => AbortSignal.timeout(10_000);
const request = (url: string) => ({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: 'Bearer sk-test' },
  body: '{"messages":[]}',
});

describe('createGateway', () => {
  it('sends to a model that was set up, and gives back what it answers', async () => {
    await using server = await startScriptedModel(() => ({ text: 'ok' }));
    const gateway = createGateway([`${server.url}/v1`]);
    const reply = await gateway.send(request(`${server.url}/v1/chat/completions`), signal());
    expect(reply).toMatchObject({ kind: 'answered', status: 200, body: expect.stringContaining('"ok"') });
    expect(server.asked[0]?.headers.authorization).toBe('Bearer sk-test');
  });

  it('sends nowhere else, and follows to nowhere', async () => {
    await using server = await startScriptedModel(() => ({ text: 'ok' }));
    await using other = await startScriptedModel(() => ({
      status: 307,
      headers: { location: `${server.url}/v1/chat/completions` },
    }));
    const gateway = createGateway([`${other.url}/v1`]);
    for (const url of [
      `${server.url}/v1/chat/completions`,
      `${other.url}/admin`,
      'file:///etc/passwd',
      'x',
    ]) {
      expect(await gateway.send(request(url), signal())).toMatchObject({
        kind: 'failed',
        message: expect.stringContaining('none of a model'),
      });
    }
    const led = await gateway.send(request(`${other.url}/v1/chat/completions`), signal());
    expect(led).toMatchObject({ kind: 'answered', status: 307 });
    expect(server.asked).toEqual([]);
  });

  it('says why nothing came back', async () => {
    const gateway = createGateway(['http://127.0.0.1:1/v1']);
    const reply = await gateway.send(request('http://127.0.0.1:1/v1/messages'), signal());
    expect(reply).toMatchObject({ kind: 'failed', message: expect.stringMatching(/ECONNREFUSED|bad port/) });
  });
});
