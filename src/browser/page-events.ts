import type { BrowserContext, Page, Request } from 'playwright';
import type { Observation } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import type { PageModel } from './reading-types.ts';

/** A page can produce these without end; what lies beyond is dropped. */
const MAX_KEPT = 200;
/** A page that opens dialogs in a loop is answered this often; then they stay open and the page counts as hung. */
const MAX_DIALOGS = 50;
const MAX_MESSAGE = 1_000;
/** A request older than this is a stream or a long poll: settling does not wait for it. */
const LONG_REQUEST_MS = 2_500;

/** The requests of our own policy that were refused, and why; `undefined` when the request was the app's matter. */
export type WhyRefused = (url: string) => string | undefined;

type Account = Pick<Observation, 'errors' | 'dialogs' | 'popups' | 'blocked'> &
  Pick<PageModel, 'requests' | 'downloads'>;

export interface PageEvents {
  /** Records from now on what happens in `page` too. */
  follow(page: Page): void;
  /** Opens a page of our own, which is not taken for a window that a page opened. */
  adopt(open: () => Promise<Page>): Promise<Page>;
  /** Requests and windows under way, of `page` or of all pages, that settling should wait for. */
  inFlight(page?: Page): number;
  /** Waits until none is under way in `page`, at most `limitMs`. */
  whenIdle(page: Page, limitMs: number): Promise<void>;
  /** Milliseconds on the monotonic clock when a request last began or ended. */
  lastRequestAt(): number;
  /** How many requests have begun or ended in all. */
  activity(): number;
  /** What happened since the last call. */
  take(): Account;
  /** Notes a navigation that our policy refused. */
  noteBlocked(url: string, why: string): void;
  /** Why this address, or else the newest page that was refused, was refused since the last `take`. */
  whyBlocked(url?: string): string | undefined;
}

interface UnderWay {
  readonly page: Page;
  readonly startedAt: number;
}

/** What has happened since the last `take`, and what is under way. */
interface Watch {
  account: ReturnType<typeof emptyAccount>;
  dialogs: number;
  lastRequestAt: number;
  activity: number;
  /** Windows that are being looked at and closed. */
  closing: number;
  idle: (() => void)[];
  readonly own: Set<Page>;
  adopting: Promise<unknown> | undefined;
  readonly requests: Map<Request, UnderWay>;
  readonly whyRefused: WhyRefused;
}

/** Records what goes wrong in the followed pages, answers their dialogs and closes the windows that they open. */
export function watchPages(context: BrowserContext, whyRefused: WhyRefused): PageEvents {
  const watch: Watch = {
    account: emptyAccount(),
    dialogs: 0,
    lastRequestAt: performance.now(),
    activity: 0,
    closing: 0,
    idle: [],
    own: new Set(),
    adopting: undefined,
    requests: new Map(),
    whyRefused,
  };
  watchWindows(context, watch);
  return {
    follow(page) {
      watch.own.add(page);
      watchRequests(page, watch);
      watchMessages(page, watch);
      watchDialogs(page, watch);
      page.on('close', () => {
        watch.own.delete(page);
        for (const [request, underWay] of watch.requests) if (underWay.page === page) ended(request, watch);
      });
    },
    async adopt(open) {
      const opening = open();
      watch.adopting = opening;
      const page = await opening;
      watch.own.add(page);
      watch.adopting = undefined;
      return page;
    },
    inFlight: (page) => countInFlight(watch, page),
    async whenIdle(page, limitMs) {
      const deadline = performance.now() + limitMs;
      while (countInFlight(watch, page) > 0 && performance.now() < deadline) {
        const change = new Promise<void>((resolve) => {
          watch.idle.push(resolve);
        });
        // A request that turns out to be a long poll makes no noise: look again after a while.
        await bounded(change, Math.min(250, deadline - performance.now()));
      }
    },
    lastRequestAt: () => watch.lastRequestAt,
    activity: () => watch.activity,
    noteBlocked: (url, why) => keep(watch.account.blocked, { url, why, kind: 'navigation' }),
    whyBlocked: (url) =>
      watch.account.blocked
        .filter((one) => (url === undefined ? one.kind === 'navigation' : one.url === url))
        .at(-1)?.why,
    take() {
      const taken = watch.account;
      watch.account = emptyAccount();
      watch.dialogs = 0;
      return taken;
    },
  };
}

function countInFlight(watch: Watch, page?: Page): number {
  const oldest = performance.now() - LONG_REQUEST_MS;
  let count = watch.closing;
  for (const one of watch.requests.values()) {
    if (one.startedAt > oldest && (page === undefined || one.page === page)) count += 1;
  }
  return count;
}

function noteActivity(watch: Watch): void {
  watch.lastRequestAt = performance.now();
  watch.activity += 1;
  const released = watch.idle;
  watch.idle = [];
  for (const go of released) go();
}

function ended(request: Request, watch: Watch): void {
  watch.requests.delete(request);
  noteActivity(watch);
}

/** What scripts, forms and frames ask for; pictures, styles and the like are no matter of behaviour. */
const TOLD_RESOURCES = new Set(['document', 'fetch', 'xhr', 'ping', 'eventsource', 'websocket']);

/** Chromium's, Firefox's and WebKit's words for a request that somebody gave up. */
const ABORTED =
  /ERR_ABORTED|ERR_BLOCKED_BY_CLIENT|NS_BINDING_ABORTED|NS_ERROR_ABORT|^cancelled$|load request cancelled/i;

type ToldRequest = {
  -readonly [Field in keyof PageModel['requests'][number]]: PageModel['requests'][number][Field];
};

function watchRequests(page: Page, watch: Watch): void {
  const told = new WeakMap<Request, ToldRequest>();
  page.on('request', (request) => {
    const resource = request.resourceType();
    if (resource !== 'eventsource' && resource !== 'websocket') {
      watch.requests.set(request, { page, startedAt: performance.now() });
    }
    if (TOLD_RESOURCES.has(resource) && request.url().startsWith('http')) {
      const one: ToldRequest = { method: request.method(), url: request.url(), resource };
      told.set(request, one);
      keep(watch.account.requests, one);
    }
    noteActivity(watch);
  });
  page.on('requestfinished', (request) => ended(request, watch));
  page.on('requestfailed', (request) => {
    ended(request, watch);
    const why = watch.whyRefused(request.url());
    const text = request.failure()?.errorText ?? '';
    if (why !== undefined) keep(watch.account.blocked, refusedRequest(page, request, why));
    // Leaving a page aborts what it was loading, which is no error of anyone's.
    else if (!ABORTED.test(text) && !isRefusedByUs(watch, request)) {
      keep(watch.account.errors, { kind: 'request', message: `${nameOf(request)} (${text})` });
    }
  });
  page.on('response', (response) => {
    const status = response.status();
    const request = response.request();
    const one = told.get(request);
    if (one !== undefined) one.status = status;
    if (status < 400) return;
    const why = status === 403 ? watch.whyRefused(request.url()) : undefined;
    if (why !== undefined) keep(watch.account.blocked, refusedRequest(page, request, why));
    else keep(watch.account.errors, { kind: 'request', message: nameOf(request), status });
  });
  page.on('download', (download) => keep(watch.account.downloads, cut(download.suggestedFilename())));
}

function isRefusedByUs({ account }: Watch, request: Request): boolean {
  return account.blocked.some(({ url, kind }) => kind === 'navigation' && url === request.url());
}

function refusedRequest(page: Page, request: Request, why: string): Account['blocked'][number] {
  const isNavigation = request.isNavigationRequest() && request.frame() === page.mainFrame();
  return { url: request.url(), why, kind: isNavigation ? 'navigation' : 'request' };
}

function nameOf(request: Request): string {
  return cut(`${request.method()} ${request.url()}`);
}

function watchMessages(page: Page, watch: Watch): void {
  page.on('pageerror', (error) => {
    const at = topOfStack(error.stack ?? '');
    keep(watch.account.errors, {
      kind: 'exception',
      message: cut(String(error)),
      ...(at === undefined ? {} : { at }),
    });
  });
  page.on('crash', () => keep(watch.account.errors, { kind: 'exception', message: 'the page crashed' }));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const text = message.text();
    // Chromium repeats every failed request on the console; those are recorded as requests.
    if (text.startsWith('Failed to load resource')) return;
    const { url } = message.location();
    if (watch.whyRefused(url) !== undefined || mentionsRefused(text, watch.whyRefused)) return;
    keep(watch.account.errors, { kind: 'console', message: cut(text) });
  });
}

/** The first place in a stack that has an address; the page writes the stack, so it is read with care. */
function topOfStack(stack: string): { url: string; line: number } | undefined {
  const place = /\bat .{0,300}?(https?:\/\/[^\s()]{1,500}?):(\d{1,9}):\d{1,9}\b/.exec(stack.slice(0, 4_000));
  const [, url, line] = place ?? [];
  return url === undefined || !URL.canParse(url) ? undefined : { url, line: Number(line) };
}

function watchDialogs(page: Page, watch: Watch): void {
  page.on('dialog', (dialog) => {
    watch.dialogs += 1;
    keep(watch.account.dialogs, { kind: dialog.type(), message: cut(dialog.message()) });
    if (watch.dialogs > MAX_DIALOGS) return;
    // Fails only when the page is gone, and its dialog with it.
    dialog.accept().catch(() => undefined);
  });
}

function watchWindows(context: BrowserContext, watch: Watch): void {
  context.on('page', (window) => {
    watch.closing += 1;
    // Fails only when the window or the whole browser has closed already.
    closeWindow(window, watch)
      .catch(() => undefined)
      .finally(() => {
        watch.closing -= 1;
        noteActivity(watch);
      });
  });
}

async function closeWindow(window: Page, watch: Watch): Promise<void> {
  // Which of two new windows is our own is known when ours has been handed over.
  await watch.adopting?.catch(() => undefined);
  if (watch.own.has(window)) return;
  const hasAddress = window.waitForURL((url) => url.href !== 'about:blank', {
    timeout: 500,
    waitUntil: 'commit',
  });
  // A window that stays empty is closed all the same.
  await hasAddress.catch(() => undefined);
  keep(watch.account.popups, window.url());
  await window.close();
}

type Writable<List> = List extends readonly (infer Item)[] ? Item[] : never;

function emptyAccount(): { [Field in keyof Account]: Writable<Account[Field]> } {
  return { errors: [], dialogs: [], popups: [], blocked: [], requests: [], downloads: [] };
}

function keep<Item>(list: Item[], item: Item): void {
  if (list.length < MAX_KEPT) list.push(item);
}

function cut(text: string): string {
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text;
}

/** Messages such as "WebSocket connection to 'ws://10.0.0.1/' failed" name the address in their text. */
function mentionsRefused(text: string, whyRefused: WhyRefused): boolean {
  const addresses = text.match(/\b(?:https?|wss?):\/\/[^\s'"<>)]+/g) ?? [];
  return addresses.some((address) => whyRefused(address) !== undefined);
}
