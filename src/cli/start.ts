import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { type AppSettings, readAppSettings } from '../app/app-settings.ts';
import { createLogger, type RedactingLogger } from '../app/create-logger.ts';
import { type RunningApp, startApp } from '../app/start-app.ts';
import { UserError } from '../domain/errors.ts';
import type { Credentials } from '../server/credentials.ts';
import { refuseWeakSecret } from '../server/start-server.ts';
import { type RunningSetup, startSetup } from '../server/start-setup.ts';
import { type Command, EXIT, type Terminal } from './command.ts';
import { parseOptions } from './options.ts';

/** How long SIGTERM lets a running job finish; the rest is resumed by the next start. */
const GRACE_MS = 20_000;

const startUsage = `firsthand start: the App, server and worker in one process

Settings come from the environment; docs/configuration.md lists them. Without an App registered at GitHub it serves a set-up
page that registers one. SIGTERM and Ctrl-C stop it: jobs get ${GRACE_MS / 1000} seconds to finish, the rest is resumed at the next start.
`;

const workerUsage = `firsthand worker: a worker only, beside a server with the same DATABASE_URL and credentials
`;

/** `firsthand start`. */
export const startCommand: Command = {
  usage: startUsage,
  async run(parameters, terminal) {
    parseOptions(parameters, {});
    const settings = await readAppSettings(terminal);
    const logger = createLogger(settings.env.LOG_LEVEL, terminal.stderr);
    const credentials = settings.credentials ?? (await setUp(settings, terminal, logger));
    // Before the database is opened, which takes seconds.
    refuseWeakSecret(credentials.webhookSecret);
    return await runUntilStopped({ ...settings, credentials }, 'server-and-worker', { terminal, logger });
  },
};

/** `firsthand worker`. */
export const workerCommand: Command = {
  usage: workerUsage,
  async run(parameters, terminal) {
    parseOptions(parameters, {});
    const settings = await readAppSettings(terminal);
    const { credentials } = settings;
    if (credentials === undefined)
      throw new UserError(`${settings.missing.join(', ')} not set: a worker needs the App's credentials`);
    const logger = createLogger(settings.env.LOG_LEVEL, terminal.stderr);
    return await runUntilStopped({ ...settings, credentials }, 'worker', { terminal, logger });
  },
};

async function runUntilStopped(
  settings: AppSettings & { readonly credentials: Credentials },
  role: 'server-and-worker' | 'worker',
  { terminal, logger }: { readonly terminal: Terminal; readonly logger: RedactingLogger },
): Promise<number> {
  const app: RunningApp = await startApp(settings, { role, logger });
  logger.info('ready', app.url === undefined ? { role } : { role, url: app.url });
  if (!terminal.signal.aborted) await once(terminal.signal, 'abort');
  logger.info('stopping', { graceMs: GRACE_MS });
  await app.close(GRACE_MS);
  logger.info('stopped');
  return EXIT.clean;
}

/** Serves the set-up page until the App is registered; returns what it logs in with. */
async function setUp(
  settings: AppSettings,
  terminal: Terminal,
  logger: RedactingLogger,
): Promise<Credentials> {
  const { env, credentialsFile, missing } = settings;
  if (missing.length < 3)
    throw new UserError(
      `${missing.join(', ')} not set: an App needs its id, its private key and its webhook secret`,
    );
  const { promise: configured, resolve: onConfigured } = Promise.withResolvers<Credentials>();
  const setup = await startSetup({
    host: env.HOST,
    port: env.PORT,
    ...(env.FIRSTHAND_PUBLIC_URL === undefined ? {} : { publicUrl: env.FIRSTHAND_PUBLIC_URL }),
    serverUrl: env.GITHUB_SERVER_URL,
    apiUrl: env.GITHUB_API_URL,
    credentialsFile,
    logger,
    onConfigured,
  });
  try {
    terminal.stderr(setupHint(setup, settings));
    const stopped = once(terminal.signal, 'abort').then(() => undefined);
    const credentials = terminal.signal.aborted ? undefined : await Promise.race([configured, stopped]);
    if (credentials === undefined) throw new UserError('stopped before the App was registered');
    // The last page is still on its way to the browser.
    await setTimeout(200);
    return credentials;
  } finally {
    await setup.close();
  }
}

function setupHint({ url, publicUrl }: RunningSetup, { env, credentialsFile }: AppSettings): string {
  const reach =
    env.FIRSTHAND_PUBLIC_URL === undefined
      ? '\nGitHub must reach this server for webhooks: set FIRSTHAND_PUBLIC_URL to its public address first.\n'
      : '';
  return `
No App is registered yet: APP_ID, PRIVATE_KEY (or PRIVATE_KEY_PATH) and WEBHOOK_SECRET are not set.
${reach}
  Open   ${publicUrl ?? url}${publicUrl === undefined ? '' : `\n  or     ${url} on this machine`}
  to register one at ${env.GITHUB_SERVER_URL}; the credentials are kept in ${credentialsFile}.
  Or set the three variables of an App that you have, and start again.

`;
}
