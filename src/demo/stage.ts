import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../browser/find-browser.ts';
import { UserError } from '../domain/errors.ts';
import { type FakeGitHub, startFakeGitHub } from '../fake-github/fake-github.ts';
import { readManifest } from '../server/manifest.ts';
import { WEBHOOK_PATH } from '../server/webhook-endpoint.ts';
import { type AppProcess, setSecret, startApp } from './app-process.ts';
import { TEST_ACCOUNT } from './sample.ts';
import { type ShopDeployment, startShop } from './shop-deployment.ts';
import { createShopRepository, type ShopRepository } from './shop-repository.ts';

const OWNER = 'larkmoor';
const NAME = 'shop';
export const REPOSITORY = `${OWNER}/${NAME}`;
/** Who deploys, and who writes comments on the page of `--keep`: has write access. */
export const MAINTAINER = 'ines-vale';

/** Everything the demo needs, running. */
export interface Stage {
  readonly shop: ShopRepository;
  readonly base: ShopDeployment;
  readonly head: ShopDeployment;
  readonly gitHub: FakeGitHub;
  readonly app: AppProcess;
  /** The environment that the App runs in, to start it again with. */
  readonly appEnv: AppEnvironment;
  /** Ends all of it and removes its files; never throws. */
  close(): Promise<void>;
}

export type AppEnvironment = Readonly<Record<string, string | undefined>>;

export interface StageOptions {
  /** The user's environment: the search path, and where a browser is. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: (sentence: string) => void;
  readonly signal: AbortSignal;
}

/** Builds the sample repository and starts both deployments, the fake GitHub and the App. */
export async function setStage(options: StageOptions): Promise<Stage> {
  const { env, progress, signal } = options;
  const browser = await findBrowser(env['FIRSTHAND_BROWSER_PATH'], env['PATH']);
  if (browser.kind === 'missing') throw new UserError(`the demo needs a browser: ${browser.why}`);
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    // The last one started is ended first: the App before what it talks to.
    for (const closer of closers.splice(0).reverse()) await closer().catch(() => undefined);
  };
  try {
    const scratch = await mkdtemp(join(tmpdir(), 'firsthand-demo-'));
    closers.push(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));
    progress('Building the sample repository, and its pull request of real commits.');
    const shop = await createShopRepository(join(scratch, 'shop.git'), signal);

    progress('Starting the shop twice (base and head), a GitHub to talk to, and the App.');
    const deployment = async (commit: string): Promise<ShopDeployment> => {
      const started = await startShop({ repository: shop.folder, commit }, { signal });
      closers.push(() => started.stop());
      return started;
    };
    const [base, head] = await inParallel(deployment(shop.baseSha), deployment(shop.headSha));
    const manifest = await readManifest();
    const gitHub = await startFakeGitHub({
      repositories: [
        {
          owner: OWNER,
          name: NAME,
          folder: shop.folder,
          roles: { [shop.author]: 'write', [MAINTAINER]: 'admin' },
        },
      ],
      app: {
        webhookSecret: randomBytes(32).toString('hex'),
        // What a maintainer grants who registers the App from its manifest, and nothing more.
        permissions: manifest.default_permissions,
        events: manifest.default_events,
      },
    });
    closers.push(() => gitHub.close());

    const appEnv = appEnvironment(env, { gitHub, scratch, previews: [base.url, head.url] });
    const app = await startApp(appEnv, signal);
    closers.push(() => app.stop());
    gitHub.state.app.webhookUrl = `${app.url}${WEBHOOK_PATH}`;
    await inParallel(
      setSecret(appEnv, { repository: REPOSITORY, name: 'TEST_USER', value: TEST_ACCOUNT.user }, signal),
      setSecret(
        appEnv,
        { repository: REPOSITORY, name: 'TEST_PASSWORD', value: TEST_ACCOUNT.password },
        signal,
      ),
    );
    return { shop, base, head, gitHub, app, appEnv, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What an operator would set, and of the user's own environment only where programs, browsers and their caches are. */
function appEnvironment(
  env: StageOptions['env'],
  stage: { readonly gitHub: FakeGitHub; readonly scratch: string; readonly previews: readonly string[] },
): AppEnvironment {
  const { app } = stage.gitHub.state;
  const kept = [
    'PATH',
    'TMPDIR',
    'FIRSTHAND_BROWSER_PATH',
    'PLAYWRIGHT_BROWSERS_PATH',
    'NODE_COMPILE_CACHE',
    'SYSTEMROOT',
  ];
  return {
    ...Object.fromEntries(kept.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
    HOME: env['HOME'] ?? stage.scratch,
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
    GITHUB_API_URL: stage.gitHub.apiUrl,
    GITHUB_SERVER_URL: stage.gitHub.serverUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    FIRSTHAND_DATA_DIR: join(stage.scratch, 'app'),
    FIRSTHAND_ALLOW_PRIVATE_HOSTS: stage.previews.map((url) => new URL(url).host).join(' '),
    FIRSTHAND_THROTTLE: 'false',
  };
}

/** As `Promise.all`, but waits for both: what one started must be known before the clean-up begins. */
async function inParallel<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return await Promise.all([a, b]);
}
