import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { createLimitedFetch } from '../../src/github/limited-fetch.ts';
import { finishNock } from '../support/nock-installation.ts';

afterEach(finishNock);

const limited = createLimitedFetch('https://ghe.example/api/v3');

describe('createLimitedFetch', () => {
  it('follows a redirect of a renamed repository with the same method and body', async () => {
    nock('https://ghe.example').post('/a', 'body').reply(307, '', { location: '/b' });
    nock('https://ghe.example').post('/b', 'body').reply(201, 'made');
    const response = await limited('https://ghe.example/a', { method: 'POST', body: 'body' });
    expect([response.status, await response.text()]).toEqual([201, 'made']);
  });

  it('calls no other host, not even by redirect', async () => {
    await expect(limited('https://evil.example/a')).rejects.toThrow(
      /refused to call https:\/\/evil\.example/,
    );
    nock('https://ghe.example').get('/a').reply(302, '', { location: 'https://evil.example/' });
    await expect(limited('https://ghe.example/a')).rejects.toThrow(/refused to call https:\/\/evil\.example/);
  });

  it('does not run in circles', async () => {
    nock('https://ghe.example').get('/a').times(4).reply(302, '', { location: '/a' });
    await expect(limited('https://ghe.example/a')).rejects.toThrow(/more than 3 times/);
  });
});
