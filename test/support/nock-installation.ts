import { generateKeyPairSync } from 'node:crypto';
import nock from 'nock';
import { createInstallations, type InstallationsOptions } from '../../src/github/create-installations.ts';
import { createSilentLogger } from './silent-logger.ts';

export const API_URL = 'https://ghe.example/api/v3';
export const APP = { id: 4242, slug: 'firsthand' };
export const REPOSITORY = { owner: 'acme', repo: 'shop' };
export const PULL = { ...REPOSITORY, number: 7 };
export const REPO_PATH = '/repos/acme/shop';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** An installation at a GitHub whose replies the test writes; any other request is an error. */
export async function openNockInstallation(overrides: Partial<InstallationsOptions> = {}) {
  nock.disableNetConnect();
  const logger = createSilentLogger();
  const installations = createInstallations({
    appId: APP.id,
    privateKey,
    apiUrl: API_URL,
    serverUrl: 'https://ghe.example',
    gitCacheFolder: '/var/cache/firsthand',
    openObjects: () => Promise.reject(new Error('not expected in this test')),
    throttle: false,
    logger,
    ...overrides,
  });
  return { installation: await installations.open(77), installations, logger };
}

export function api(token?: string): nock.Scope {
  return nock(API_URL, token === undefined ? {} : { reqheaders: { authorization: `token ${token}` } });
}

/** Answers the exchange for an installation token, `times` times. */
export function allowTokens(token = 'ghs_one', times = 1): nock.Scope {
  return api()
    .post('/app/installations/77/access_tokens')
    .times(times)
    .reply(201, { token, expires_at: '2999-01-01T00:00:00Z', permissions: {}, repository_selection: 'all' });
}

export function nameApp(): nock.Scope {
  return api()
    .get('/app')
    .reply(200, { ...APP, name: 'Firsthand', owner: { login: 'acme' } });
}

/** Ends a test: every reply was asked for, and no other request was made. */
export function finishNock(): void {
  const pending = nock.pendingMocks();
  nock.cleanAll();
  nock.enableNetConnect();
  if (pending.length > 0) throw new Error(`never asked for: ${pending.join(', ')}`);
}
