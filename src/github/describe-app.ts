import { App, Octokit } from 'octokit';
import { toGitHubError } from './github-errors.ts';

/**
 * Says in one line who the App is at GitHub, by logging in with its key.
 *
 * Throws `UserError` when GitHub refuses the id or the key, `TransientError` when it cannot be reached.
 */
export async function describeApp(
  app: { readonly appId: number; readonly privateKey: string; readonly apiUrl: string },
  signal: AbortSignal,
): Promise<string> {
  const { appId, privateKey, apiUrl } = app;
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const client = new App({
    appId,
    privateKey,
    Octokit: Octokit.defaults({ baseUrl: apiUrl, log: quiet, retry: { enabled: false } }),
  });
  try {
    const { data } = await client.octokit.rest.apps.getAuthenticated({ request: { signal } });
    if (data === null) return `${apiUrl} answers, but names no App`;
    return `“${data.name}” at ${apiUrl}, installed ${data.installations_count ?? 0} time${data.installations_count === 1 ? '' : 's'}`;
  } catch (error) {
    throw toGitHubError(error, undefined, apiUrl);
  }
}
