import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../src/demo/conversation.ts';
import { type Playground, startPlayground } from '../../src/demo/playground.ts';

const conversation: Conversation = {
  repository: 'larkmoor/shop',
  number: 1,
  title: 'Summer sale',
  body: '',
  author: { login: 'mara', isBot: false },
  state: 'open',
  baseRef: 'main',
  headRef: 'sale',
  createdAt: '',
  commits: [],
  posts: [],
  checks: [
    {
      name: 'Firsthand: preview',
      status: 'in_progress',
      conclusion: undefined,
      title: 'trying the preview',
      summary: '',
      text: '',
      annotations: [],
      actions: [],
    },
  ],
};

let playground: Playground;
let comments: string[];
let current: Conversation;

beforeEach(async () => {
  comments = [];
  current = conversation;
  playground = await startPlayground({
    read: () => Promise.resolve(current),
    picturesOf: () => Promise.resolve(new Map()),
    comment: (body) => {
      comments.push(body);
      return Promise.resolve();
    },
    commenter: 'ines',
  });
});

afterEach(() => playground.close());

async function readToken(): Promise<string> {
  const page = await (await fetch(`${playground.url}/write`)).text();
  return /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

function send(form: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams(form);
  return fetch(`${playground.url}/comment`, { method: 'POST', body, redirect: 'manual' });
}

describe('startPlayground', () => {
  it('shows the pull request and reloads itself while a check runs, but not while one writes', async () => {
    expect(await (await fetch(playground.url)).text()).toMatch(/http-equiv="refresh"[^]*Summer sale/);
    expect(await (await fetch(`${playground.url}/write`)).text()).not.toContain('http-equiv="refresh"');
  });

  it('does not reload when nothing is to come, so that what one has unfolded stays', async () => {
    current = { ...conversation, checks: [] };
    expect(await (await fetch(playground.url)).text()).not.toContain('http-equiv="refresh"');
  });

  it('posts a comment that its own form sent, with plain line ends', async () => {
    const response = await send({ token: await readToken(), body: '/verify\r\nplease ' });
    expect(response.status).toBe(303);
    expect(comments).toEqual(['/verify\nplease']);
  });

  it('refuses a comment that another site sent, and posts no empty one', async () => {
    expect((await send({ token: 'x'.repeat(48), body: '/verify' })).status).toBe(403);
    expect((await send({ body: '/verify' })).status).toBe(403);
    await send({ token: await readToken(), body: ' \r\n ' });
    expect(comments).toEqual([]);
  });

  it('refuses a comment that is too long', async () => {
    const response = await send({ token: await readToken(), body: 'x'.repeat(300_000) });
    expect(response.status).toBe(413);
    expect(comments).toEqual([]);
  });

  it('does not answer to another name that leads to this machine', async () => {
    const { port } = new URL(playground.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ port, host: '127.0.0.1', headers: { host: `rebound.example:${port}` } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it('knows no other address', async () => {
    expect((await fetch(`${playground.url}/comment`)).status).toBe(404);
    expect((await fetch(`${playground.url}/../etc/passwd`)).status).toBe(404);
  });
});
