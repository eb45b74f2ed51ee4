import type { BrowserContext, Page, Request } from 'playwright';
import type { Observation, PageError } from '../verify/ports.ts';

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

/** Records what goes wrong in a page, answers its dialogs and closes the windows that it opens. */
export function watchPage(context: BrowserContext, page: Page, whyRefused: WhyRefused): PageEvents {
  const requests = new Map<Request, number>();
  let lastRequestAt = performance.now();
  let account = emptyAccount();
  let dialogs = 0;
  const fail = (error: PageError): void => keep(account.errors, error);

  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource' && request.resourceType() !== 'websocket') {
      requests.set(request, performance.now());
    }
    lastRequestAt = performance.now();
  });
  const ended = (request: Request): void => {
    requests.delete(request);
    lastRequestAt = performance.now();
  };
  page.on('requestfinished', ended);
  page.on('requestfailed', (request) => {
    ended(request);
    const why = whyRefused(request.url());
    const text = request.failure()?.errorText ?? '';
    if (why !== undefined) keep(account.blocked, { url: request.url(), why });
    // Leaving a page aborts what it was loading, which is no error of anyone's.
    else if (!/ERR_ABORTED|ERR_BLOCKED_BY_CLIENT/.test(text)) {
      fail({ kind: 'request', message: `${request.method()} ${request.url()} (${text})` });
    }
  });
  page.on('response', (response) => {
    if (response.status() < 400) return;
    const request = response.request();
    const why = response.status() === 403 ? whyRefused(request.url()) : undefined;
    if (why !== undefined) keep(account.blocked, { url: request.url(), why });
    else
      fail({ kind: 'request', message: `${request.method()} ${request.url()}`, status: response.status() });
  });
  page.on('pageerror', (error) => fail({ kind: 'exception', message: cut(String(error)) }));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const text = message.text();
    // Chromium repeats every failed request on the console; those are recorded as requests.
    if (text.startsWith('Failed to load resource')) return;
    const { url } = message.location();
    if (whyRefused(url) !== undefined || mentionsRefused(text, whyRefused)) return;
    fail({ kind: 'console', message: cut(text) });
  });
  page.on('dialog', (dialog) => {
    dialogs += 1;
    keep(account.dialogs, { kind: dialog.type(), message: cut(dialog.message()) });
    if (dialogs > MAX_DIALOGS) return;
    // Fails only when the page is gone, and its dialog with it.
    dialog.accept().catch(() => undefined);
  });
  page.on('crash', () => fail({ kind: 'exception', message: 'the page crashed' }));
  context.on('page', (other) => {
    if (other === page) return;
    const closing = async (): Promise<void> => {
      await other
        .waitForURL((url) => url.href !== 'about:blank', { timeout: 500, waitUntil: 'commit' })
        .catch(() => undefined);
      keep(account.popups, other.url());
      await other.close();
    };
    // Fails only when the window or the whole browser has closed already.
    closing().catch(() => undefined);
  });

  return {
    inFlight() {
      const oldest = performance.now() - LONG_REQUEST_MS;
      return [...requests.values()].filter((startedAt) => startedAt > oldest).length;
    },
    lastRequestAt: () => lastRequestAt,
    noteBlocked: (url, why) => keep(account.blocked, { url, why }),
    whyBlocked: (url) =>
      (url === undefined ? account.blocked : account.blocked.filter((one) => one.url === url)).at(-1)?.why,
    take() {
      const taken = account;
      account = emptyAccount();
      dialogs = 0;
      return taken;
    },
  };
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
