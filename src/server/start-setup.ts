import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { UserError } from '../domain/errors.ts';
import { convertManifest, type RegisteredApp } from './convert-manifest.ts';
import { type Credentials, prepareCredentialsFile, writeCredentials } from './credentials.ts';
import { type ListenOptions, listen } from './listen.ts';
import { addAddresses, type Manifest, readManifest } from './manifest.ts';
import { sendPage, sendText } from './page.ts';
import { badLinkPage, failedPage, registeredPage, registerPage } from './setup-pages.ts';

export interface SetupOptions extends ListenOptions {
  /** Under which GitHub reaches this server; left out, this machine's own address, which suits a GitHub beside it. */
  readonly publicUrl?: string;
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** Where the credentials are kept; its folder is made when it is missing. */
  readonly credentialsFile: string;
  /** Called once, after the file is written and the last page is sent. */
  readonly onConfigured: (credentials: Credentials) => void | Promise<void>;
}

export interface RunningSetup {
  /** The page to open on this machine, with the token that lets its reader in: for the terminal, not for a log. */
  readonly url: string;
  /** The same page from elsewhere. */
  readonly publicUrl?: string;
  close(): Promise<void>;
}

const CALLBACK_PATH = '/setup/callback';
/** GitHub's codes and the names of organizations, as far as an address may carry them. */
const CODE = /^[A-Za-z0-9_-]{1,200}$/;
const ORGANIZATION = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/;

/** Serves the pages that register the app at GitHub and keep its credentials. */
export async function startSetup(options: SetupOptions): Promise<RunningSetup> {
  const manifest = await readManifest();
  // Before GitHub is asked: it hands the credentials out once.
  await prepareCredentialsFile(options.credentialsFile);
  const secrets = { token: createSecret(), state: createSecret() };
  const register = createRegistration(options);

  const server = await listen(options, async (request, response, { pathname, searchParams }) => {
    if (pathname === '/healthz') sendText(response, 503, 'not configured\n');
    else if (request.method !== 'GET') sendText(response, 503, 'Firsthand is not configured yet\n');
    else if (pathname === '/setup' && isEqual(searchParams.get('token'), secrets.token)) {
      const organization = searchParams.get('organization') ?? '';
      const addresses = findAddresses(request, options.publicUrl ?? server.url, server.url);
      showForm(response, { ...secrets, ...addresses, manifest, organization, serverUrl: options.serverUrl });
    } else if (pathname === CALLBACK_PATH && isEqual(searchParams.get('state'), secrets.state)) {
      await register(response, searchParams.get('code') ?? '');
    } else sendPage(response, pathname === '/' ? 200 : 403, badLinkPage());
  });
  const path = `/setup?token=${secrets.token}`;
  return {
    url: `${server.url}${path}`,
    ...(options.publicUrl === undefined ? {} : { publicUrl: `${options.publicUrl}${path}` }),
    close: () => server.close(),
  };
}

/** Answers the callback: stores the credentials once, and shows where to install the app as often as asked. */
function createRegistration(options: SetupOptions) {
  let registration: Promise<RegisteredApp> | undefined;

  const register = async (code: string): Promise<RegisteredApp> => {
    const app = await convertManifest(code, options);
    const { credentialsFile: file } = options;
    await writeCredentials(file, app.credentials);
    options.logger.info('the app is registered', { appId: app.credentials.appId, file });
    return app;
  };

  return async (response: ServerResponse, code: string): Promise<void> => {
    if (!CODE.test(code)) {
      sendPage(response, 400, failedPage('GitHub sent no code.'));
      return;
    }
    const isFirst = registration === undefined;
    registration ??= register(code);
    try {
      const { credentials, installUrl } = await registration;
      const tell = (): void => {
        tellCaller(options, credentials).catch((error: unknown) => {
          options.logger.error('could not go on after the set-up', { error });
        });
      };
      sendPage(response, 200, registeredPage(installUrl));
      // The caller may end this server now, so the page goes out first; a reader who left does not stop it.
      if (isFirst && response.closed) tell();
      else if (isFirst) response.once('close', tell);
    } catch (error) {
      registration = undefined;
      if (!(error instanceof UserError)) throw error;
      sendPage(response, 502, failedPage(error.message));
    }
  };
}

/** A caller that throws and one that rejects are the same. */
async function tellCaller({ onConfigured }: SetupOptions, credentials: Credentials): Promise<void> {
  await onConfigured(credentials);
}

function showForm(
  response: ServerResponse,
  form: {
    readonly token: string;
    /** Known to who sees the form and to GitHub, so that nobody else can send a browser back with an app of theirs. */
    readonly state: string;
    readonly manifest: Manifest;
    readonly organization: string;
    readonly serverUrl: string;
    readonly publicUrl: string;
    readonly callbackUrl: string;
  },
): void {
  const { state, manifest, organization, serverUrl } = form;
  if (organization !== '' && !ORGANIZATION.test(organization)) {
    sendPage(response, 400, failedPage('That is not the name of an organization.'));
    return;
  }
  const account = organization === '' ? '' : `/organizations/${organization}`;
  const action = `${serverUrl}${account}/settings/apps/new?state=${state}`;
  sendPage(
    response,
    200,
    registerPage({ ...form, action, manifest: JSON.stringify(addAddresses(manifest, form)) }),
  );
}

/** The callback goes where this browser reaches us: the public address when it came that way, else this machine's. */
function findAddresses(request: IncomingMessage, publicUrl: string, localUrl: string) {
  const origin = request.headers.host === new URL(publicUrl).host ? publicUrl : localUrl;
  return { publicUrl, callbackUrl: `${origin}${CALLBACK_PATH}` };
}

function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares in constant time; the digests make the lengths equal. */
function isEqual(given: string | null, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return given !== null && timingSafeEqual(digest(given), digest(expected));
}
