import { afterEach, describe, expect, it } from 'vitest';
import {
  allowTokens,
  api,
  finishNock,
  openNockInstallation,
  REPO_PATH,
  REPOSITORY,
} from '../support/nock-installation.ts';

afterEach(finishNock);

const { signal } = new AbortController();
const GIT = `${REPO_PATH}/git`;
const picture = (name: string) => ({ name, png: new Uint8Array([137, 80, 78, 71]) });

function takeCommit(bodies: unknown[]): void {
  const keep = (body: unknown): boolean => {
    bodies.push(body);
    return true;
  };
  api().post(`${GIT}/blobs`, keep).twice().reply(201, { sha: 'blob' });
  api().post(`${GIT}/trees`, keep).reply(201, { sha: 'tree' });
  api().post(`${GIT}/commits`, keep).reply(201, { sha: 'commit' });
}

describe('storePictures', () => {
  it('keeps them in a commit without parents under a ref that is no branch', async () => {
    allowTokens();
    const bodies: unknown[] = [];
    takeCommit(bodies);
    api().post(`${GIT}/refs`, { ref: 'refs/firsthand/pr-7', sha: 'commit' }).reply(201, {});
    const { installation } = await openNockInstallation();
    const urls = await installation.storePictures(
      REPOSITORY,
      'pr-7',
      [picture('a.png'), picture('b.png')],
      signal,
    );
    expect([...urls]).toEqual([
      ['a.png', 'https://ghe.example/acme/shop/raw/commit/a.png'],
      ['b.png', 'https://ghe.example/acme/shop/raw/commit/b.png'],
    ]);
    expect(bodies).toEqual([
      { content: 'iVBORw==', encoding: 'base64' },
      { content: 'iVBORw==', encoding: 'base64' },
      {
        tree: [
          { path: 'a.png', mode: '100644', type: 'blob', sha: 'blob' },
          { path: 'b.png', mode: '100644', type: 'blob', sha: 'blob' },
        ],
      },
      expect.objectContaining({ tree: 'tree', parents: [] }),
    ]);
  });

  it('makes the same commit of the same pictures, and moves the ref that is there', async () => {
    allowTokens();
    const first: unknown[] = [];
    const second: unknown[] = [];
    takeCommit(first);
    api().post(`${GIT}/refs`).reply(201, {});
    const { installation } = await openNockInstallation();
    const pictures = [picture('a.png'), picture('b.png')];
    const urls = await installation.storePictures(REPOSITORY, 'pr-7', pictures, signal);
    takeCommit(second);
    api().post(`${GIT}/refs`).reply(422, { message: 'Reference already exists' });
    api().patch(`${GIT}/refs/firsthand%2Fpr-7`, { sha: 'commit', force: true }).reply(200, {});
    expect(await installation.storePictures(REPOSITORY, 'pr-7', pictures, signal)).toEqual(urls);
    expect(second).toEqual(first);
    expect(JSON.stringify(first)).toContain('"date":"2020-01-01T00:00:00Z"');
  });

  it('makes no call without pictures', async () => {
    const { installation } = await openNockInstallation();
    expect(await installation.storePictures(REPOSITORY, 'pr-7', [], signal)).toEqual(new Map());
  });

  it.each(['', '../heads/main', 'a/b', 'a..b', 'a.lock', '-a', 'a b', 'a\n'])(
    'takes no key such as %j',
    async (key) => {
      const { installation } = await openNockInstallation();
      await expect(installation.storePictures(REPOSITORY, key, [picture('a.png')], signal)).rejects.toThrow(
        /invariant/,
      );
    },
  );

  it.each(['../a.png', 'a/b.png', '.git', ''])('takes no name such as %j', async (name) => {
    const { installation } = await openNockInstallation();
    await expect(installation.storePictures(REPOSITORY, 'k', [picture(name)], signal)).rejects.toThrow(
      /invariant/,
    );
  });
});
