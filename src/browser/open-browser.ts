import { readFile } from 'node:fs/promises';
import { chromium, type LaunchOptions, type Browser as PlaywrightBrowser } from 'playwright';
import { TransientError, UserError } from '../domain/errors.ts';
import { sleep } from '../lib/sleep.ts';
import type { Browser, BrowserLauncher, BrowserPolicy } from '../verify/ports.ts';
import { startFilteringProxy } from './filtering-proxy.ts';
import { findBrowser } from './find-browser.ts';
import { openSession } from './open-session.ts';

const LAUNCH_MS = 45_000;
const CLOSE_MS = 3_000;

const FLAGS = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Without it a full-page capture differs by a few anti-aliased pixels from run to run on a third of real pages.
  '--disable-partial-raster',
  // WebRTC would go past the proxy.
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
];

export interface BrowserOptions {
  /** The browser to start; found on the system when left out. */
  readonly executablePath?: string;
}

/** Starts one Chromium for each `open`, all of its traffic led through a filtering proxy of its own. */
export function createBrowserLauncher(options: BrowserOptions = {}): BrowserLauncher {
  return { open: (policy, signal) => openBrowser({ ...options, policy }, signal) };
}

export async function openBrowser(
  options: BrowserOptions & { readonly policy: BrowserPolicy },
  signal: AbortSignal,
): Promise<Browser> {
  signal.throwIfAborted();
  const proxy = await startFilteringProxy({ privateHosts: options.policy.privateHosts });
  try {
    const { running, note } = await orAbort(
      start(options, { server: proxy.url, bypass: '<-loopback>' }),
      signal,
      (late) => endBrowser(late.running),
    );
    const pid = await processGroup(running);
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => {
      signal.removeEventListener('abort', onAbort);
      closing ??= endBrowser(running, pid).then(() => proxy.close());
      return closing;
    };
    // Ending is best effort here: whoever aborted does not wait, and `close` never rejects.
    const onAbort = (): void => void close();
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) await close();
    signal.throwIfAborted();
    return {
      name: `Chromium ${running.version()}${note}`,
      openSession: (session) => openSession(running, session, { policy: options.policy, proxy }),
      close,
    };
  } catch (error) {
    await proxy.close();
    throw error;
  }
}

interface Started {
  readonly running: PlaywrightBrowser;
  /** What a person should know of how it was started; empty when there is nothing. */
  readonly note: string;
}

/** Chromium says one of these when the system lets it have no sandbox of its own. */
const NO_SANDBOX = /No usable sandbox|setuid sandbox|sandbox_host|credentials\.cc|zygote_host_impl/i;

async function start(options: BrowserOptions, proxy: LaunchOptions['proxy']): Promise<Started> {
  const found = await findBrowser(options.executablePath);
  if (found.kind === 'missing') throw new UserError(found.why);
  const launch = (chromiumSandbox: boolean): Promise<PlaywrightBrowser> =>
    chromium.launch({
      executablePath: found.path,
      args: FLAGS,
      // Playwright adds `--no-sandbox` by itself unless it is told otherwise.
      chromiumSandbox,
      ignoreDefaultArgs: ['--disable-popup-blocking'],
      ...(proxy === undefined ? {} : { proxy }),
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: LAUNCH_MS,
    });
  // Chromium refuses its sandbox to root.
  const isRoot = process.getuid?.() === 0;
  try {
    return { running: await launch(!isRoot), note: isRoot ? ' (without its sandbox: run as root)' : '' };
  } catch (cause) {
    if (isRoot || !(cause instanceof Error) || !NO_SANDBOX.test(cause.message)) {
      throw new TransientError(`could not start ${found.path}`, { cause });
    }
  }
  try {
    const note = ' (without its sandbox: the system allows no user namespaces)';
    return { running: await launch(false), note };
  } catch (cause) {
    throw new TransientError(`could not start ${found.path}`, { cause });
  }
}

/** Waits for `work` unless the signal is aborted first; then `tidy` is run on what still comes. */
async function orAbort<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
  tidy: (late: Result) => Promise<void>,
): Promise<Result> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    // A launch that fails after the abort has nothing left to tidy.
    if (signal.aborted) work.then(tidy).catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The process group that Playwright started the browser in, where the system tells. */
async function processGroup(browser: PlaywrightBrowser): Promise<number | undefined> {
  try {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const pid = processInfo.find((entry) => entry.type === 'browser')?.id;
    await session.detach();
    if (pid === undefined) return undefined;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command name may hold spaces; the group is the third field after its closing bracket.
    const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
    return Number.isInteger(group) && group > 1 ? group : undefined;
  } catch {
    // No /proc (not Linux) or no such command: the browser is then ended by its connection alone.
    return undefined;
  }
}

/** Asks the browser to end and kills its process group when it does not answer. Never rejects. */
async function endBrowser(browser: PlaywrightBrowser, group?: number): Promise<void> {
  const limit = new AbortController();
  const asked = browser.close().then(
    () => true,
    () => false,
  );
  const ended = await Promise.race([
    asked,
    sleep(CLOSE_MS, limit.signal).then(
      () => false,
      () => false,
    ),
  ]);
  limit.abort();
  if (ended || group === undefined) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // ESRCH: it has ended meanwhile.
  }
}
