import type { Installation } from '../jobs/ports.ts';
import { invariant } from '../lib/invariant.ts';
import type { GitHubClient } from './github-client.ts';

/** The same pictures make the same commit, whoever stores them when. The address belongs to nobody (RFC 2606). */
const AUTHOR = { name: 'Firsthand', email: 'firsthand@firsthand.invalid', date: '2020-01-01T00:00:00Z' };

export function createPictures(client: GitHubClient, serverUrl: string): Pick<Installation, 'storePictures'> {
  return {
    async storePictures({ owner, repo }, key, pictures, signal) {
      invariant(isRefPart(key), `“${key}” can be the last part of a ref`);
      const names = new Set(pictures.map(({ name }) => name));
      invariant(names.size === pictures.length, 'pictures have distinct names');
      if (pictures.length === 0) return new Map();

      const tree = [];
      // One after the other: GitHub's secondary limits ask for that of every write.
      for (const { name, png } of pictures) {
        invariant(isRefPart(name), `“${name}” is a plain file name`);
        const content = Buffer.from(png).toString('base64');
        const blob = await client.call(
          'git.createBlob',
          { owner, repo, content, encoding: 'base64' },
          signal,
        );
        tree.push({ path: name, mode: '100644', type: 'blob', sha: blob.sha } as const);
      }
      const { sha: treeSha } = await client.call('git.createTree', { owner, repo, tree }, signal);
      const commit = await client.call(
        'git.createCommit',
        {
          owner,
          repo,
          message: 'Pictures of a pull request',
          tree: treeSha,
          parents: [],
          author: AUTHOR,
          committer: AUTHOR,
        },
        signal,
      );
      await pointRef(client, { owner, repo, name: `firsthand/${key}`, sha: commit.sha }, signal);
      // GitHub's own form for pictures in a private repository's README: the reader's browser asks with the reader's
      // session, and the commit keeps the address good when the ref moves on.
      const folder = `${serverUrl}/${owner}/${repo}/raw/${commit.sha}`;
      return new Map([...names].map((name) => [name, `${folder}/${name}`]));
    },
  };
}

/** A ref keeps the commit from being collected. It lies outside `refs/heads`, so no branch shows and no CI runs. */
async function pointRef(
  client: GitHubClient,
  ref: { readonly owner: string; readonly repo: string; readonly name: string; readonly sha: string },
  signal: AbortSignal,
): Promise<void> {
  const { owner, repo, name, sha } = ref;
  const created = await client.tryCall(
    'git.createRef',
    { owner, repo, ref: `refs/${name}`, sha },
    [422],
    signal,
  );
  if (created.kind === 'ok') return;
  await client.call('git.updateRef', { owner, repo, ref: name, sha, force: true }, signal);
}

/** A conservative subset of what git-check-ref-format and a tree entry allow. */
function isRefPart(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/u.test(text) && !/\.\.|\.lock$|\.$/u.test(text);
}
