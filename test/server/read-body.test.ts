import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createBodyReader } from '../../src/server/read-body.ts';

function createRequest(headers: Record<string, string> = {}): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { headers });
}

describe('createBodyReader', () => {
  it('reads a body up to its limit', async () => {
    const read = createBodyReader({ maxBytes: 4, maxTotalBytes: 100 });
    const request = createRequest();
    for (const part of ['ü', 'b', 'c', null]) request.push(part === null ? null : Buffer.from(part));
    expect(await read(request)).toEqual({ kind: 'read', text: 'übc' });
  });

  it('stops reading past its limit and leaves the connection to answer on', async () => {
    const read = createBodyReader({ maxBytes: 4, maxTotalBytes: 100 });
    const request = createRequest();
    request.push(Buffer.alloc(5));
    expect(await read(request)).toEqual({ kind: 'too-large' });
    expect(request.destroyed).toBe(false);
  });

  it('refuses at once what says that it is too large', async () => {
    const read = createBodyReader({ maxBytes: 4, maxTotalBytes: 100 });
    // Nothing was sent yet, and nothing is waited for.
    expect(await read(createRequest({ 'content-length': '5' }))).toEqual({ kind: 'too-large' });
  });

  it('refuses more while too much is being read, and takes it again afterwards', async () => {
    const read = createBodyReader({ maxBytes: 4, maxTotalBytes: 5 });
    const first = createRequest();
    first.push(Buffer.from('1234'));
    const firstBody = read(first);
    await new Promise(setImmediate);
    const second = createRequest();
    second.push(Buffer.from('12'));
    expect(await read(second)).toEqual({ kind: 'busy' });
    first.push(null);
    expect(await firstBody).toEqual({ kind: 'read', text: '1234' });
    const third = createRequest();
    third.push(Buffer.from('1234'));
    third.push(null);
    expect(await read(third)).toEqual({ kind: 'read', text: '1234' });
  });

  it('knows when the client went away', async () => {
    const read = createBodyReader({ maxBytes: 4, maxTotalBytes: 100 });
    const request = createRequest();
    const body = read(request);
    request.destroy(new Error('reset'));
    expect(await body).toEqual({ kind: 'broken-off' });
  });
});
