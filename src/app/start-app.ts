import { join } from 'node:path';
import { findAffected } from '../affected/find-affected.ts';
import { createAnalysers, openScriptReader } from '../analysers/create-analysers.ts';
import { createBrowserLauncher } from '../browser/open-browser.ts';
import { VERSION } from '../config/version.ts';
import { UserError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { openRemoteObjects } from '../git/open-remote-objects.ts';
import { createInstallations } from '../github/create-installations.ts';
import type { JobPorts } from '../jobs/job-ports.ts';
import { handleJob } from '../jobs/run-job.ts';
import { createRedactor } from '../lib/redact.ts';
import { sleep } from '../lib/sleep.ts';
import { type SmtpSink, startSmtpSink } from '../mail/smtp-sink.ts';
import { openConfiguredReader } from '../models/open-configured-reader.ts';
import { createQueue } from '../queue/queue.ts';
import { reviewPullRequest } from '../review/pipeline.ts';
import type { Credentials } from '../server/credentials.ts';
import { type RunningServer, type ServerOptions, startServer } from '../server/start-server.ts';
import { createModelMemory } from '../storage/model-memory.ts';
import { createSpendLedger } from '../storage/model-spend.ts';
import { openDatabase } from '../storage/open-database.ts';
import type { Database } from '../storage/ports.ts';
import { createStore, type DatabaseStore } from '../storage/store.ts';
import { verifyPreview } from '../verify/pipeline.ts';
import { type AppSettings, encryptionKey, markerKey } from './app-settings.ts';
import { browserOptions } from './browser-options.ts';
import type { RedactingLogger } from './create-logger.ts';

const DAY_MS = 86_400_000;

/** The running App: a worker, and the server when it has one. */
export interface RunningApp {
  /** Where the server listens; absent for a worker. */
  readonly url?: string;
  /** Takes no more requests and jobs, lets what is under way finish for `graceMs`, and leaves the rest to be resumed. */
  close(graceMs: number): Promise<void>;
}

type Reader = ReturnType<typeof openConfiguredReader>['reader'];
type RegisteredSettings = AppSettings & { readonly credentials: Credentials };

/**
 * Starts the App. `role` decides whether it also listens for webhooks.
 *
 * Throws `UserError` for settings that cannot work: a weak webhook secret, a data folder in use, a database that does not
 * answer, a port that is taken.
 */
export async function startApp(
  settings: RegisteredSettings,
  options: { readonly role: 'server-and-worker' | 'worker'; readonly logger: RedactingLogger },
): Promise<RunningApp> {
  const { env } = settings;
  const { role, logger } = options;
  if (role === 'worker' && env.DATABASE_URL === undefined) {
    throw new UserError(
      'a worker shares its queue with others: set DATABASE_URL to a PostgreSQL that they all use',
    );
  }
  const redact = createRedactor(operatorSecrets(settings));
  logger.redactWith(redact);
  const database = await openDatabase({
    dataDir: settings.dataDir,
    ...(env.DATABASE_URL === undefined ? {} : { databaseUrl: env.DATABASE_URL }),
    logger,
  });
  let mail: SmtpSink | undefined;
  try {
    mail = await openMail(env);
    const queue = await createQueue(database, { concurrency: env.FIRSTHAND_CONCURRENCY, logger });
    const store = createStore(database, { encryptionKey: encryptionKey(settings), logger });
    const reader = openReader(settings, database, logger);
    const ports = await createJobPorts(settings, { queue, store, logger, redact, reader, mail });
    await queue.start((job, context) => handleJob(job, context, ports));
    const pruning = pruneDaily(store, logger);
    const checkQueue = (): Promise<unknown> => database.query('SELECT 1');
    const server = role === 'worker' ? undefined : await openServer(settings, { queue, checkQueue, logger });
    return {
      ...(server === undefined ? {} : { url: server.url }),
      async close(graceMs) {
        clearInterval(pruning);
        await server?.close();
        await queue.stop(graceMs);
        await mail?.close();
        await database.close();
      },
    };
  } catch (error) {
    await mail?.close();
    await database.close();
    throw error;
  }
}

/** The port that receives what products mail to test accounts, where the operator wants one. */
async function openMail({
  HOST: host,
  FIRSTHAND_SMTP_PORT: port,
}: AppSettings['env']): Promise<SmtpSink | undefined> {
  return port === undefined ? undefined : startSmtpSink({ host, port });
}

/** Removes what is too old now and then once a day. Best effort: a failure is logged, and tried again the next day. */
function pruneDaily(store: DatabaseStore, logger: RedactingLogger): NodeJS.Timeout {
  const prune = (): void => {
    store.pruneOld(new Date()).catch((error: unknown) => {
      logger.warn('could not remove old runs from the database', { error });
    });
  };
  prune();
  return setInterval(prune, DAY_MS).unref();
}

/** Wires the pipelines and the adapters to what a job's handler needs. */
async function createJobPorts(
  settings: RegisteredSettings,
  {
    reader,
    mail,
    ...parts
  }: Pick<JobPorts, 'queue' | 'store' | 'logger' | 'redact'> & {
    readonly reader: Reader;
    readonly mail: SmtpSink | undefined;
  },
): Promise<JobPorts> {
  const { env } = settings;
  const analysers = await createAnalysers();
  const scripts = await openScriptReader();
  const browser = createBrowserLauncher(browserOptions(env));
  return {
    ...parts,
    installations: openInstallations(settings, parts.logger),
    review: (request, objects, onProgress, signal) =>
      reviewPullRequest(
        request,
        { objects, ...analysers, ...(reader === undefined ? {} : { reader }), onProgress },
        signal,
      ),
    affected: (change, files, signal) => findAffected(change, { files, scripts }, signal),
    verify: (request, artifacts, secrets, onProgress, signal) => {
      const start = performance.now();
      const elapsedMs = (): number => performance.now() - start;
      return verifyPreview(
        request,
        { browser, artifacts, secrets, onProgress, elapsedMs, ...(mail === undefined ? {} : { mail }) },
        signal,
      );
    },
    ...(typeof reader === 'object' ? { explainer: reader } : {}),
    now: () => new Date(),
    sleep,
    markerKey: markerKey(settings.credentials),
    version: VERSION,
    webUrl: env.GITHUB_SERVER_URL,
    privateHosts: env.FIRSTHAND_ALLOW_PRIVATE_HOSTS,
  };
}

/** The models that the operator has set up. A key that is missing is logged, and said in every review. */
function openReader({ env }: RegisteredSettings, database: Database, logger: Logger): Reader {
  const limits = {
    perRepository: {
      usd: env.FIRSTHAND_MODEL_USD_PER_REPOSITORY_PER_DAY,
      tokens: env.FIRSTHAND_MODEL_TOKENS_PER_REPOSITORY_PER_DAY,
    },
    all: { usd: env.FIRSTHAND_MODEL_USD_PER_DAY, tokens: env.FIRSTHAND_MODEL_TOKENS_PER_DAY },
  };
  const { reader } = openConfiguredReader(env, {
    spend: createSpendLedger(database, limits, () => new Date()),
    memory: createModelMemory(database, logger),
    process: 'own',
  });
  if (typeof reader === 'string') logger.warn('no model reads', { why: reader });
  return reader;
}

function openServer(
  { env, credentials }: RegisteredSettings,
  parts: Pick<ServerOptions, 'queue' | 'checkQueue' | 'logger'>,
): Promise<RunningServer> {
  return startServer({
    ...credentials,
    ...parts,
    apiUrl: env.GITHUB_API_URL,
    host: env.HOST,
    port: env.PORT,
    ...(env.FIRSTHAND_PUBLIC_URL === undefined ? {} : { publicUrl: env.FIRSTHAND_PUBLIC_URL }),
  });
}

function openInstallations(settings: RegisteredSettings, logger: Logger) {
  const { env, credentials, dataDir } = settings;
  return createInstallations({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    apiUrl: env.GITHUB_API_URL,
    serverUrl: env.GITHUB_SERVER_URL,
    gitCacheFolder: join(dataDir, 'git'),
    openObjects: ({ folder, remoteUrl, token, pull, source }, signal) =>
      openRemoteObjects(
        {
          folder,
          remoteUrl,
          token,
          commits: [{ sha: pull.baseSha }, { sha: pull.headSha, ref: `refs/pull/${pull.number}/head` }],
          source,
          logger,
        },
        signal,
      ),
    throttle: env.FIRSTHAND_THROTTLE,
    logger,
  });
}

/** What must never leave the process, whatever a job knows. */
function operatorSecrets({ env, credentials }: AppSettings): readonly string[] {
  const databasePassword =
    env.DATABASE_URL === undefined ? '' : decodeURIComponent(new URL(env.DATABASE_URL).password);
  const given = [
    env.FIRSTHAND_ENCRYPTION_KEY,
    credentials?.privateKey,
    credentials?.webhookSecret,
    databasePassword,
    // The address of a hosted browser holds its token.
    ...env.FIRSTHAND_BROWSER_WS.filter((address) => /[?@]/.test(address)),
    env.FIRSTHAND_MODEL_KEY,
    env.ANTHROPIC_API_KEY,
    env.OPENAI_API_KEY,
    env.GOOGLE_GENERATIVE_AI_API_KEY,
    env.GEMINI_API_KEY,
  ];
  return given.flatMap((secret) => (secret === undefined || secret === '' ? [] : [secret]));
}
