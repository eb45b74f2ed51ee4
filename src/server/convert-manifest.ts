import { z } from 'zod';
import { UserError } from '../domain/errors.ts';
import type { Credentials } from './credentials.ts';

const TIMEOUT_MS = 30_000;

const conversionSchema = z.object({
  id: z.int().positive(),
  slug: z.string().regex(/^[a-z0-9-]{1,100}$/),
  html_url: z.string(),
  pem: z.string().startsWith('-----BEGIN'),
  webhook_secret: z.string().min(1),
});

export interface RegisteredApp {
  readonly credentials: Credentials;
  /** Where the owner installs the app on repositories. */
  readonly installUrl: string;
}

/** Trades the code with which GitHub sent the browser back for the app's credentials. A code works once. */
export async function convertManifest(
  code: string,
  { apiUrl, serverUrl }: { readonly apiUrl: string; readonly serverUrl: string },
): Promise<RegisteredApp> {
  const url = `${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`;
  const response = await send(url);
  if (response.status !== 201) {
    throw new UserError(
      `GitHub answered ${response.status} when asked for the app's credentials: a code works once, for an hour. ` +
        'Start the set-up again.',
    );
  }
  const parsed = conversionSchema.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
    throw new UserError(`GitHub's description of the new app lacks a good ${fields.join(', ') || 'body'}.`);
  }
  const { id, slug, html_url, pem, webhook_secret } = parsed.data;
  const isOfServer = URL.parse(html_url)?.origin === new URL(serverUrl).origin;
  return {
    credentials: { appId: id, privateKey: pem, webhookSecret: webhook_secret },
    installUrl: `${isOfServer ? html_url : `${serverUrl}/apps/${slug}`}/installations/new`,
  };
}

async function send(url: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/vnd.github+json', 'user-agent': 'firsthand' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new UserError(
      `could not reach GitHub at ${new URL(url).origin} for the app's credentials; try again.`,
      {
        cause: error,
      },
    );
  }
}
