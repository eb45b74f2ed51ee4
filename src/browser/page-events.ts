import type { BrowserContext, Page, Request } from 'playwright';
import type { Observation } from '../verify/ports.ts';

/** A page can produce these without end; what lies beyond is dropped. */
const MAX_KEPT = 200;
/** A page that opens dialogs in a loop is answered this often; then they stay open and the page counts as hung. */
const MAX_DIALOGS = 50;
const MAX_MESSAGE = 1_000;
/** A request older than this is a stream or a long poll: settling does not wait for it. */
const LONG_REQUEST_MS = 2_500;

/** The requests of our own policy that were refused, and why; `undefined` when the request was the app's matter. */
export type WhyRefused = (url: string) => string | undefined;

type Account = Pick<Observation, 'errors' | 'dialogs' | 'popups' | 'blocked'>;

export interface PageEvents {
  /** Requests under way that settling should wait for. */
  inFlight(): number;
  /** Milliseconds on the monotonic clock when a request last began or ended. */
  lastRequestAt(): number;
  /** What happened since the last call. */
  take(): Account;
  /** Notes a navigation that our policy refused. */
  noteBlocked(url: string, why: string): void;
  /** Why this address, or else the newest refused one, was refused since the last `take`. */
  whyBlocked(url?: string): string | undefined;
}

/** What has happened since the last `take`, and what is under way. */
interface Watch {
  account: ReturnType<typeof emptyAccount>;
  dialogs: number;
  lastRequestAt: number;
  readonly requests: Map<Request, number>;
  readonly whyRefused: WhyRefused;
}

/** Records what goes wrong in a page, answers its dialogs and closes the windows that it opens. */
export function watchPage(context: BrowserContext, page: Page, whyRefused: WhyRefused): PageEvents {
  const watch: Watch = {
    account: emptyAccount(),
    dialogs: 0,
    lastRequestAt: performance.now(),
    requests: new Map(),
    whyRefused,
  };
  watchRequests(page, watch);
  watchMessages(page, watch);
  watchWindows(context, page, watch);
  return {
    inFlight() {
      const oldest = performance.now() - LONG_REQUEST_MS;
      return [...watch.requests.values()].filter((startedAt) => startedAt > oldest).length;
    },
    lastRequestAt: () => watch.lastRequestAt,
    noteBlocked: (url, why) => keep(watch.account.blocked, { url, why, kind: 'navigation' }),
    whyBlocked: (url) =>
      watch.account.blocked.filter((one) => url === undefined || one.url === url).at(-1)?.why,
    take() {
      const taken = watch.account;
      watch.account = emptyAccount();
      watch.dialogs = 0;
      return taken;
    },
  };
}

function watchRequests(page: Page, watch: Watch): void {
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource' && request.resourceType() !== 'websocket') {
      watch.requests.set(request, performance.now());
    }
    watch.lastRequestAt = performance.now();
  });
  const ended = (request: Request): void => {
    watch.requests.delete(request);
    watch.lastRequestAt = performance.now();
  };
  page.on('requestfinished', ended);
  page.on('requestfailed', (request) => {
    ended(request);
    const why = watch.whyRefused(request.url());
    const text = request.failure()?.errorText ?? '';
    if (why !== undefined) keep(watch.account.blocked, refusedRequest(page, request, why));
    // Leaving a page aborts what it was loading, which is no error of anyone's.
    else if (!/ERR_ABORTED|ERR_BLOCKED_BY_CLIENT/.test(text)) {
      keep(watch.account.errors, { kind: 'request', message: `${nameOf(request)} (${text})` });
    }
  });
  page.on('response', (response) => {
    const status = response.status();
    if (status < 400) return;
    const request = response.request();
    const why = status === 403 ? watch.whyRefused(request.url()) : undefined;
    if (why !== undefined) keep(watch.account.blocked, refusedRequest(page, request, why));
    else keep(watch.account.errors, { kind: 'request', message: nameOf(request), status });
  });
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

function watchWindows(context: BrowserContext, page: Page, watch: Watch): void {
  page.on('dialog', (dialog) => {
    watch.dialogs += 1;
    keep(watch.account.dialogs, { kind: dialog.type(), message: cut(dialog.message()) });
    if (watch.dialogs > MAX_DIALOGS) return;
    // Fails only when the page is gone, and its dialog with it.
    dialog.accept().catch(() => undefined);
  });
  context.on('page', (other) => {
    if (other === page) return;
    // Fails only when the window or the whole browser has closed already.
    closeWindow(other, watch).catch(() => undefined);
  });
}

async function closeWindow(window: Page, watch: Watch): Promise<void> {
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
  return { errors: [], dialogs: [], popups: [], blocked: [] };
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
