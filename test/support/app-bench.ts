import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppProcess, setSecret, startApp } from '../../src/demo/app-process.ts';
import {
  type FakeCheckRun,
  type FakeGitHub,
  type FakeIssueComment,
  type FakePull,
  type FakeRepository,
  type FakeReview,
  type FakeReviewComment,
  startFakeGitHub,
} from '../../src/fake-github/fake-github.ts';
import { invariant } from '../../src/lib/invariant.ts';
import { sleep } from '../../src/lib/sleep.ts';
import { readManifest } from '../../src/server/manifest.ts';
import { WEBHOOK_PATH } from '../../src/server/webhook-endpoint.ts';
import { makeDataFolder } from './data-folder.ts';
import { createRepository } from './git-repository.ts';
import { type Pages, servePages } from './serve-pages.ts';

export const REPOSITORY = 'acme/site';
export const REVIEW = 'Firsthand: review';
export const PREVIEW = 'Firsthand: preview';

const WAIT_MS = 90_000;
const POLL_MS = 50;

export interface AppBenchOptions {
  /** Files of the base commit. */
  readonly base: Readonly<Record<string, string>>;
  /** Files that the pull request's branch `change` writes over them. */
  readonly head: Readonly<Record<string, string>>;
  readonly basePages?: Pages;
  readonly headPages?: Pages;
  /** More of the App's environment, such as the address of a model. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The App as its own process, a GitHub, and two deployments of a small site. */
export interface AppBench {
  readonly gitHub: FakeGitHub;
  readonly repository: FakeRepository;
  readonly baseUrl: string;
  readonly headUrl: string;
  readonly app: () => AppProcess;
  openPull(options?: { readonly isDraft?: boolean }): Promise<FakePull>;
  deploy(ref: string, url: string): Promise<void>;
  setSecret(name: string, value: string): Promise<void>;
  /** Ends the App as a power cut would, with its children left to notice. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Ends the App, loses its database, and starts it again with an empty one. */
  loseStore(): Promise<void>;
  /** Pushes files to the pull request's branch and waits until the new head is reviewed. */
  push(files: Readonly<Record<string, string | null>>): Promise<string>;
  /** The comments that begin threads in the diff, oldest first. */
  inlineComments(): readonly FakeReviewComment[];
  /** What this app wrote on the pull request. */
  ownComments(): readonly FakeIssueComment[];
  reviews(): readonly FakeReview[];
  /** The newest check run of that name on that commit. */
  check(name: string, headSha: string): FakeCheckRun | undefined;
  /** Waits until `condition` holds; fails with `what` and the App's log after 90 seconds. */
  until(what: string, condition: () => boolean): Promise<void>;
  close(): Promise<void>;
}

export async function openAppBench(options: AppBenchOptions): Promise<AppBench> {
  const scratch = await mkdtemp(join(tmpdir(), 'firsthand-e2e-'));
  const dataFolder = await makeDataFolder();
  const source = createRepository();
  source.write(options.base);
  source.commit('Begin');
  source.git('checkout', '--quiet', '-b', 'change');
  source.write(options.head);
  source.commit('Change');
  source.git('clone', '--quiet', '--bare', '.', join(scratch, 'site.git'));
  source.remove();

  const manifest = await readManifest();
  const [base, head] = await Promise.all([
    servePages(options.basePages ?? {}),
    servePages(options.headPages ?? {}),
  ]);
  const gitHub = await startFakeGitHub({
    repositories: [
      {
        owner: 'acme',
        name: 'site',
        defaultBranch: 'main',
        folder: join(scratch, 'site.git'),
        roles: { wanda: 'write', rita: 'read' },
      },
    ],
    app: {
      webhookSecret: 'a webhook secret for tests',
      permissions: manifest.default_permissions,
      events: manifest.default_events,
    },
  });
  const repository = gitHub.state.repositories.get(REPOSITORY);
  invariant(repository !== undefined, 'the fake GitHub has the repository that it was given');
  const env = {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    HOME: scratch,
    FIRSTHAND_BROWSER_PATH: process.env['FIRSTHAND_BROWSER_PATH'],
    APP_ID: String(gitHub.state.app.id),
    PRIVATE_KEY: gitHub.state.app.privateKey,
    WEBHOOK_SECRET: gitHub.state.app.webhookSecret,
    GITHUB_API_URL: gitHub.apiUrl,
    GITHUB_SERVER_URL: gitHub.serverUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    FIRSTHAND_DATA_DIR: dataFolder.path,
    FIRSTHAND_ALLOW_PRIVATE_HOSTS: `${base.host} ${head.host}`,
    FIRSTHAND_THROTTLE: 'false',
    ...options.env,
  };
  const { signal } = new AbortController();
  let app: AppProcess;
  const start = async (): Promise<void> => {
    app = await startApp(env, signal);
    gitHub.state.app.webhookUrl = `${app.url}${WEBHOOK_PATH}`;
  };
  await start();

  const bench: AppBench = {
    gitHub,
    repository,
    baseUrl: base.url,
    headUrl: head.url,
    app: () => app,
    openPull: ({ isDraft = false } = {}) =>
      gitHub.people.openPullRequest({
        repository: REPOSITORY,
        author: 'wanda',
        head: 'change',
        title: 'A change',
        isDraft,
      }),
    async deploy(ref, url) {
      await gitHub.people.deploy({ repository: REPOSITORY, ref, environment: 'preview', url, by: 'wanda' });
    },
    setSecret: (name, value) => setSecret(env, { repository: REPOSITORY, name, value }, signal),
    async kill() {
      const { promise, resolve } = Promise.withResolvers<void>();
      app.ended.catch(() => resolve());
      process.kill(app.pid, 'SIGKILL');
      await promise;
    },
    restart: start,
    async loseStore() {
      await app.stop();
      for (const entry of await readdir(dataFolder.path)) {
        await rm(join(dataFolder.path, entry), { recursive: true, force: true, maxRetries: 5 });
      }
      await start();
    },
    async push(files) {
      const head = await gitHub.people.push({
        repository: REPOSITORY,
        branch: 'change',
        author: 'wanda',
        files,
      });
      await bench.until(
        `${head} is reviewed`,
        () => isDone(bench, REVIEW, head) && isDone(bench, PREVIEW, head),
      );
      return head;
    },
    inlineComments: () =>
      [...repository.reviewComments.values()].filter(({ inReplyTo }) => inReplyTo === undefined),
    ownComments: () => [...repository.issueComments.values()].filter((comment) => comment.isByApp),
    reviews: () => [...repository.reviews.values()],
    check: (name, headSha) =>
      [...repository.checkRuns.values()].findLast((run) => run.name === name && run.headSha === headSha),
    async until(what, condition) {
      const deadline = performance.now() + WAIT_MS;
      while (!condition()) {
        if (performance.now() > deadline) throw new Error(`not within 90 s: ${what}\n${app.logTail()}`);
        await sleep(POLL_MS);
      }
    },
    async close() {
      await app.stop();
      await Promise.all([gitHub.close(), base.close(), head.close()]);
      dataFolder.remove();
      await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return bench;
}

/** Whether the check run of that name has ended on that commit. */
export function isDone(bench: AppBench, name: string, headSha: string): boolean {
  return bench.check(name, headSha)?.status === 'completed';
}
