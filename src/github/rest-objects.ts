import { UserError } from '../domain/errors.ts';
import type { RepositoryRef } from '../domain/pull-request.ts';
import type { ObjectSource } from '../git/ports.ts';
import type { GitHubClient } from './github-client.ts';

/** Reads a repository's objects over the REST interface, for a server that offers no git over HTTP. */
export function createRestObjects(client: GitHubClient, { owner, repo }: RepositoryRef): ObjectSource {
  return {
    async mergeBase(base, head, signal) {
      // The commits between them are not asked for, and there is no page smaller than one.
      const input = { owner, repo, basehead: `${base}...${head}`, per_page: 1 };
      const reply = await client.tryCall('repos.compareCommitsWithBasehead', input, [404], signal);
      if (reply.kind === 'ok') return reply.data.merge_base_commit.sha;
      throw new UserError(
        `GitHub cannot compare ${base} with ${head} in ${owner}/${repo}: one of them is not there, or they have no ` +
          'common ancestor, so there is no diff to review',
      );
    },

    async listTree(commit, signal) {
      const input = { owner, repo, tree_sha: commit, recursive: '1' };
      const { tree, truncated } = await client.call('git.getTree', input, signal);
      if (truncated) {
        throw new UserError(
          `GitHub lists only a part of the files of ${commit} in ${owner}/${repo}: the tree is too large to be read ` +
            'without git, and this server does not offer git over HTTP',
        );
      }
      return tree
        .filter(({ type }) => type !== 'tree')
        .map(({ path, mode, sha, size = 0 }) => ({ path, mode, object: sha, bytes: size }));
    },

    async readBlob(object, signal) {
      const blob = await client.call('git.getBlob', { owner, repo, file_sha: object }, signal);
      return Buffer.from(blob.content, blob.encoding === 'base64' ? 'base64' : 'utf8');
    },
  };
}
