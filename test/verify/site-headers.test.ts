import { describe, expect, it } from 'vitest';
import type { VerifyRequest } from '../../src/verify/request.ts';
import { verifySettingsSchema } from '../../src/verify/settings.ts';
import { readSiteHeaders } from '../../src/verify/site-headers.ts';

const STORED = new Map([
  ['BYPASS', 'b-1'],
  ['BASIC_USER', 'mona'],
  ['BASIC_PASSWORD', 'pâss:word'],
]);

function read(preview: object, credentials: VerifyRequest['credentials'] = { kind: 'allowed' }) {
  const request: VerifyRequest = {
    head: 'https://shop.dev/',
    settings: verifySettingsSchema.parse({ preview }),
    credentials,
    privateHosts: [],
    seed: 1,
    startedAt: new Date(0),
    version: '0',
  };
  return readSiteHeaders(request, { secrets: { find: async (name) => STORED.get(name) } });
}

const basicAuth = { username: { secret: 'BASIC_USER' }, password: { secret: 'BASIC_PASSWORD' } };

describe('readSiteHeaders', () => {
  it('asks for Vercel’s cookie together with its bypass, unless the configuration does so itself', async () => {
    const headers = { 'X-Vercel-Protection-Bypass': { secret: 'BYPASS' } };
    expect(await read({ headers })).toEqual({
      headers: { 'X-Vercel-Protection-Bypass': 'b-1', 'x-vercel-set-bypass-cookie': 'true' },
      secretHeaders: ['b-1'],
      unsent: [],
    });
    const own = { ...headers, 'X-Vercel-Set-Bypass-Cookie': 'samesitenone' };
    expect(Object.values((await read({ headers: own })).headers)).toEqual(['b-1', 'samesitenone']);
  });

  it('writes basic authentication as RFC 7617 has it, and hides every form of the password', async () => {
    const { headers, secretHeaders } = await read({ basicAuth });
    const encoded = Buffer.from('mona:pâss:word', 'utf8').toString('base64');
    expect(headers).toEqual({ authorization: `Basic ${encoded}` });
    expect(secretHeaders).toEqual(['pâss:word', encoded]);
  });

  it('sends no half of what is withheld or not stored, and says so', async () => {
    const withheld = await read({ basicAuth }, { kind: 'withheld', why: 'a fork' });
    expect(withheld).toEqual({
      headers: {},
      secretHeaders: [],
      unsent: [{ name: 'authorization', why: 'its secret BASIC_USER is withheld: a fork' }],
    });
    const missing = await read({ basicAuth: { ...basicAuth, password: { secret: 'NONE' } } });
    expect(missing.headers).toEqual({});
    expect(missing.unsent).toEqual([
      { name: 'authorization', why: 'no value is stored for the secret NONE' },
    ]);
  });
});
