import { afterEach, describe, expect, it } from 'vitest';
import {
  type AppBench,
  type AppBenchOptions,
  isDone,
  openAppBench,
  PREVIEW,
  REPOSITORY,
  REVIEW,
} from '../support/app-bench.ts';
import type { PageHandler } from '../support/serve-pages.ts';

const CONFIG = 'viewports: [desktop]\nexplore: { actions: 4, seconds: 30 }\n';
const SHOP = '<h1>Shop</h1><p>Total $16.00</p><a href="/cart">Cart</a>';

const files: Pick<AppBenchOptions, 'base' | 'head'> = {
  base: { '.github/firsthand.yml': CONFIG, 'src/a.js': 'export const a = 1;\n' },
  head: { 'src/a.js': 'export const a = 1;\nexport const run = (text) => new Function(text);\n' },
};

let bench: AppBench | undefined;

async function open(options: Partial<AppBenchOptions> = {}): Promise<AppBench> {
  bench = await openAppBench({ ...files, ...options });
  return bench;
}

afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

/** A page that does not answer until it is let go. */
function heldPage(): {
  readonly page: PageHandler;
  readonly asked: () => number;
  readonly letGo: () => void;
} {
  const waiting: (() => void)[] = [];
  let isHeld = true;
  let asked = 0;
  return {
    page: (_request, response) => {
      asked += 1;
      const answer = (): void => void response.writeHead(200, { 'content-type': 'text/html' }).end(SHOP);
      if (isHeld) waiting.push(answer);
      else answer();
    },
    asked: () => asked,
    letGo: () => {
      isHeld = false;
      for (const answer of waiting.splice(0)) answer();
    },
  };
}

/** The App with a reviewed pull request, whose preview it is trying: the browser waits for the held page. */
async function openInTheMiddleOfThePreview() {
  const cart = heldPage();
  const pages = { '/': SHOP, '/cart': cart.page };
  const app = await open({ basePages: pages, headPages: pages });
  await app.deploy('main', app.baseUrl);
  const pull = await app.openPull();
  await app.until('the review is done', () => isDone(app, REVIEW, pull.headSha));
  await app.deploy(pull.headSha, app.headUrl);
  await app.until('the browser is on the way', () => cart.asked() > 0);
  return { app, pull, cart };
}

// Each starts the App and a browser; on a busy machine that takes its time.
describe('a run of the App', { timeout: 180_000 }, () => {
  it('is resumed after kill -9 in the middle of the preview, and posted once', async () => {
    const { app, pull, cart } = await openInTheMiddleOfThePreview();
    expect(app.check(PREVIEW, pull.headSha)?.status).toBe('in_progress');

    await app.kill();
    cart.letGo();
    await app.restart();
    await app.until('the preview is done', () => isDone(app, PREVIEW, pull.headSha));
    await app.gitHub.idle();

    expect(app.reviews()).toHaveLength(1);
    expect(app.ownComments()).toHaveLength(1);
    const running = [...app.repository.checkRuns.values()].filter((run) => run.status !== 'completed');
    expect(running).toEqual([]);
    expect(app.gitHub.judge.violations).toEqual([]);
  });

  it('is finished before SIGTERM ends the App', async () => {
    const { app, pull, cart } = await openInTheMiddleOfThePreview();

    const ended = app.app().ended.catch((error: unknown) => String(error));
    process.kill(app.app().pid, 'SIGTERM');
    cart.letGo();
    expect(await ended).toContain('ended with code 0');
    expect(isDone(app, PREVIEW, pull.headSha)).toBe(true);
  });

  it('is posted once when every webhook is delivered twice', async () => {
    const pages = { '/': SHOP, '/cart': '<h1>Cart</h1>' };
    const app = await open({ basePages: pages, headPages: pages });
    await app.deploy('main', app.baseUrl);
    const pull = await app.openPull();
    await app.deploy(pull.headSha, app.headUrl);
    await app.until(
      'both are done',
      () => isDone(app, REVIEW, pull.headSha) && isDone(app, PREVIEW, pull.headSha),
    );
    await app.gitHub.people.comment({
      repository: REPOSITORY,
      number: pull.number,
      author: 'wanda',
      body: '/help',
    });
    await app.until('/help is answered', () => app.ownComments().length === 2);
    const before = snapshot(app);

    for (const { guid } of app.gitHub.state.deliveries.filter((delivery) => !delivery.isRedelivery)) {
      await app.gitHub.people.redeliver(guid);
    }
    // What a redelivery started would have to be answered before the answer to a command that came after it.
    await app.gitHub.people.comment({
      repository: REPOSITORY,
      number: pull.number,
      author: 'wanda',
      body: '/help',
    });
    await app.until('the second /help is answered', () => app.ownComments().length === 3);
    expect(snapshot(app)).toEqual({ ...before, comments: before.comments + 1 });
  });

  it('gives way to a newer push, whose results are the only ones', async () => {
    const { app, pull, cart } = await openInTheMiddleOfThePreview();
    const first = pull.headSha;

    const second = await app.gitHub.people.push({
      repository: REPOSITORY,
      branch: 'change',
      author: 'wanda',
      files: { 'src/b.js': 'export const b = 2;\n' },
    });
    await app.until('the newer head is reviewed', () => isDone(app, REVIEW, second));
    await app.until('the older run has ended', () => isDone(app, PREVIEW, first));
    expect(app.check(PREVIEW, first)?.conclusion).toBe('cancelled');
    expect(app.ownComments()).toHaveLength(1);
    expect(app.ownComments()[0]?.body).toContain(second.slice(0, 7));
    // The finding of the first head is still there, and was said.
    expect(app.reviews().map((review) => review.commitSha)).toEqual([first]);
    cart.letGo();
  });

  it('is stopped by /cancel from someone who may write, and by nobody else', async () => {
    const { app, pull, cart } = await openInTheMiddleOfThePreview();
    const say = (author: string, body: string): Promise<unknown> =>
      app.gitHub.people.comment({ repository: REPOSITORY, number: pull.number, author, body });

    await say('rita', '/cancel');
    await app.until('rita is answered', () => app.ownComments().length === 2);
    expect(app.check(PREVIEW, pull.headSha)?.status).toBe('in_progress');

    await say('wanda', 'Enough.\n\n/cancel');
    await app.until('the run has ended', () => isDone(app, PREVIEW, pull.headSha));
    expect(app.check(PREVIEW, pull.headSha)?.conclusion).toBe('cancelled');
    await app.until('the summary says so', () => /cancel/i.test(app.ownComments()[0]?.body ?? ''));
    cart.letGo();
  });

  it('says what stood in the way when there is no preview, is not green, and runs again by GitHub’s button', async () => {
    const app = await open();
    const pull = await app.openPull();
    await app.until(
      'both are done',
      () => isDone(app, REVIEW, pull.headSha) && isDone(app, PREVIEW, pull.headSha),
    );
    expect(app.check(PREVIEW, pull.headSha)).toMatchObject({ conclusion: 'neutral' });
    expect(app.ownComments()[0]?.body).toMatch(/Preview not verified/);
    expect(app.gitHub.judge.violations).toEqual([]);

    const first = app.check(REVIEW, pull.headSha);
    await app.gitHub.people.rerequestCheckRun({ repository: REPOSITORY, id: first?.id ?? 0, by: 'wanda' });
    await app.until('GitHub’s “Re-run” ran', () => {
      const newest = app.check(REVIEW, pull.headSha);
      return newest?.id !== first?.id && newest?.status === 'completed';
    });
    expect(app.reviews()).toHaveLength(1);
    expect(app.ownComments()).toHaveLength(1);
  });
});

function snapshot(app: AppBench) {
  return {
    comments: app.ownComments().length,
    reviews: app.reviews().length,
    reviewComments: app.repository.reviewComments.size,
    checkRuns: app.repository.checkRuns.size,
  };
}
