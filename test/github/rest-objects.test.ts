import { afterEach, describe, expect, it } from 'vitest';
import { TransientError, UserError } from '../../src/domain/errors.ts';
import type { PullRequest } from '../../src/domain/pull-request.ts';
import type { ObjectSource } from '../../src/git/ports.ts';
import { invariant } from '../../src/lib/invariant.ts';
import { FakeGitObjects } from '../support/fake-git-objects.ts';
import {
  allowTokens,
  api,
  finishNock,
  openNockInstallation,
  PULL,
  REPO_PATH,
} from '../support/nock-installation.ts';

const { signal } = new AbortController();
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const pull: PullRequest = {
  ...PULL,
  title: 'T',
  author: 'mona',
  state: 'open',
  isMerged: false,
  isDraft: false,
  isFromFork: false,
  baseRef: 'main',
  baseSha: A,
  headRef: 'feature',
  headSha: B,
};
const reader = () => api('ghs_reader');

/** The source that openObjects hands on, with a token of its own. */
async function openSource(): Promise<ObjectSource> {
  allowTokens('ghs_reader');
  let source: ObjectSource | undefined;
  const { installation } = await openNockInstallation({
    openObjects: async (options) => {
      source = options.source;
      return new FakeGitObjects({}, {});
    },
  });
  await installation.openObjects(pull, signal);
  invariant(source !== undefined, 'openObjects was called');
  return source;
}

afterEach(finishNock);

describe('the objects of a repository over REST', () => {
  it('reads trees and blobs with the token that can do nothing else', async () => {
    const source = await openSource();
    const tree = [
      { path: 'src', mode: '040000', type: 'tree', sha: A },
      { path: 'src/a.ts', mode: '100644', type: 'blob', sha: B, size: 5 },
      { path: 'module', mode: '160000', type: 'commit', sha: A },
    ];
    reader().get(`${REPO_PATH}/git/trees/${B}?recursive=1`).reply(200, { sha: A, tree, truncated: false });
    expect(await source.listTree(B, signal)).toEqual([
      { path: 'src/a.ts', mode: '100644', object: B, bytes: 5 },
      { path: 'module', mode: '160000', object: A, bytes: 0 },
    ]);
    // GitHub breaks base64 into lines.
    reader()
      .get(`${REPO_PATH}/git/blobs/${B}`)
      .reply(200, { sha: B, content: 'aGVs\nbG8=\n', encoding: 'base64', size: 5 });
    expect(Buffer.from(await source.readBlob(B, signal)).toString()).toBe('hello');
  });

  it('takes the merge base from a comparison, without its commits', async () => {
    const source = await openSource();
    const compared = { merge_base_commit: { sha: A }, commits: [] };
    reader().get(`${REPO_PATH}/compare/${A}...${B}?per_page=1`).reply(200, compared);
    expect(await source.mergeBase(A, B, signal)).toBe(A);
  });

  it('says so when there is no merge base', async () => {
    const source = await openSource();
    reader()
      .get(/compare/u)
      .reply(404, { message: 'No common ancestor between a and b.' });
    const reading = source.mergeBase(A, B, signal);
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(/acme\/shop.*no common ancestor/iu);
  });

  it('takes no part of a tree for the whole', async () => {
    const source = await openSource();
    reader().get(/trees/u).reply(200, { sha: A, tree: [], truncated: true });
    const reading = source.listTree(B, signal);
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(/only a part of the files of b{40}/u);
  });

  it('gets a new token when the first one runs out', async () => {
    const source = await openSource();
    reader().get(/blobs/u).reply(401, { message: 'Bad credentials' });
    const renewed = allowTokens('ghs_second');
    api('ghs_second').get(/blobs/u).reply(200, { sha: B, content: '', encoding: 'base64', size: 0 });
    expect(await source.readBlob(B, signal)).toHaveLength(0);
    expect(renewed.isDone()).toBe(true);
  });

  it.each([
    [502, {}, TransientError],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, TransientError],
    [403, {}, UserError],
    [404, {}, UserError],
  ])('sorts the refusal of a blob, %i %j', async (status, headers, kind) => {
    const source = await openSource();
    reader().get(/blobs/u).reply(status, { message: 'No' }, headers);
    await expect(source.readBlob(B, signal)).rejects.toThrow(kind);
  });
});
