import type { Octokit } from 'octokit';
import { createGitHubClient, type GitHubClient } from './github-client.ts';

/** Calls GitHub with a token of its own; `octokit` has none, and `renew` returns the next one when it runs out. */
export function createReadOnlyClient(
  octokit: Octokit,
  token: string,
  renew: () => Promise<string>,
): GitHubClient {
  let current = token;
  octokit.hook.before('request', (request) => {
    request.headers.authorization = `token ${current}`;
  });
  return createGitHubClient(octokit, async () => {
    current = await renew();
  });
}
