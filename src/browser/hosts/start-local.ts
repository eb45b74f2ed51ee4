import { readFile } from 'node:fs/promises';
import { chromium, type Browser as PlaywrightBrowser } from 'playwright';
import { TransientError, UserError } from '../../domain/errors.ts';
import { sleep } from '../../lib/sleep.ts';
import { findBrowser } from '../find-browser.ts';
import { type BrowserHost, createBrowserHost } from './browser-host.ts';

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

/** Nothing listens there: what is not of a context, and so has no proxy of its own, reaches nothing. */
export const NOWHERE = { server: 'http://127.0.0.1:9', bypass: '<-loopback>' };

/** Chromium says one of these when the system lets it have no sandbox of its own. */
const NO_SANDBOX = /No usable sandbox|setuid sandbox|sandbox_host|credentials\.cc|zygote_host_impl/i;

/** Starts a Chromium on this machine. Throws `UserError` when there is none, `TransientError` when it did not start. */
export async function startLocal(executablePath: string | undefined): Promise<BrowserHost> {
  const { running, note } = await start(executablePath);
  const group = await processGroup(running);
  return createBrowserHost(running, {
    name: `Chromium ${running.version()}${note}`,
    engine: 'chromium',
    isRemote: false,
    end: () => endBrowser(running, group),
  });
}

interface Started {
  readonly running: PlaywrightBrowser;
  /** What a person should know of how it was started; empty when there is nothing. */
  readonly note: string;
}

async function start(executablePath: string | undefined): Promise<Started> {
  const found = await findBrowser(executablePath);
  if (found.kind === 'missing') throw new UserError(found.why);
  const launch = (chromiumSandbox: boolean): Promise<PlaywrightBrowser> =>
    chromium.launch({
      executablePath: found.path,
      args: FLAGS,
      // Playwright adds `--no-sandbox` by itself unless it is told otherwise.
      chromiumSandbox,
      ignoreDefaultArgs: ['--disable-popup-blocking'],
      proxy: NOWHERE,
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
