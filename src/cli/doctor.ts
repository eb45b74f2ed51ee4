import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createAnalysers } from '../analysers/create-analysers.ts';
import { type AppSettings, readAppSettings } from '../app/app-settings.ts';
import { browserOptions } from '../app/browser-options.ts';
import { createLogger } from '../app/create-logger.ts';
import { findBrowser } from '../browser/find-browser.ts';
import { createBrowserLauncher } from '../browser/open-browser.ts';
import { VERSION } from '../config/version.ts';
import { describeApp } from '../github/describe-app.ts';
import { chooseModels } from '../models/choose-models.ts';
import { openDatabase } from '../storage/open-database.ts';
import type { BrowserLauncher } from '../verify/ports.ts';
import { type Command, EXIT, type Terminal } from './command.ts';
import { parseOptions } from './options.ts';

const OLDEST_NODE = 24;
const run = promisify(execFile);

const usage = `firsthand doctor: checks the set-up and says what is missing

Exit code 0 when everything that the command line needs is there, 2 otherwise. The lines about the App are hints as long as
no App is registered, and count once one is.
`;

/** `bad` makes the exit code 2; `hint` is only shown. */
type Finding = { readonly kind: 'good' | 'hint' | 'bad'; readonly what: string; readonly detail: string };

/** `firsthand doctor`. */
export const doctorCommand: Command = {
  usage,
  async run(parameters, terminal) {
    parseOptions(parameters, {});
    const settings = await readAppSettings(terminal);
    const checks: readonly (() => Promise<Finding>)[] = [
      checkNode,
      checkGit,
      () => checkBrowser(settings, terminal.signal),
      checkSandbox,
      () => checkDataFolder(settings),
      () => checkDatabase(settings, terminal.signal),
      () => checkApp(settings, terminal.signal),
      async () => checkModel(settings),
    ];
    let isWell = true;
    terminal.stdout(`firsthand ${VERSION}\n`);
    for (const check of checks) {
      const finding = await check();
      isWell &&= finding.kind !== 'bad';
      terminal.stdout(formatFinding(finding, terminal));
    }
    return isWell ? EXIT.clean : EXIT.couldNotRun;
  },
};

function formatFinding(finding: Finding, terminal: Terminal): string {
  const mark = { good: '✔', hint: '·', bad: '✘' }[finding.kind];
  const colour = { good: 32, hint: 33, bad: 31 }[finding.kind];
  const shown = terminal.hasColour ? `\u001b[${colour}m${mark}\u001b[0m` : mark;
  return `  ${shown} ${finding.what.padEnd(12)} ${finding.detail}\n`;
}

async function checkNode(): Promise<Finding> {
  const isNew = Number.parseInt(process.versions.node, 10) >= OLDEST_NODE;
  return {
    kind: isNew ? 'good' : 'bad',
    what: 'node',
    detail: `${process.versions.node}${isNew ? '' : `, ${OLDEST_NODE} or newer is needed`}`,
  };
}

async function checkGit(): Promise<Finding> {
  try {
    const { stdout } = await run('git', ['--version']);
    return { kind: 'good', what: 'git', detail: stdout.trim() };
  } catch {
    return { kind: 'bad', what: 'git', detail: 'no `git` on the search path; install it' };
  }
}

async function checkBrowser(settings: AppSettings, signal: AbortSignal): Promise<Finding> {
  if (settings.env.FIRSTHAND_BROWSER_WS.length > 0) return checkRemoteBrowsers(settings, signal);
  const found = await findBrowser(settings.env.FIRSTHAND_BROWSER_PATH);
  if (found.kind === 'missing') return { kind: 'bad', what: 'browser', detail: found.why };
  try {
    const launcher = createBrowserLauncher({ executablePath: found.path });
    const browser = await launcher.open({ mayVisit: () => false, privateHosts: [] }, signal);
    await browser.close();
    const others = await describeOtherEngines(launcher, signal);
    return { kind: 'good', what: 'browser', detail: `${browser.name} (${found.path}) starts${others}` };
  } catch (error) {
    return { kind: 'bad', what: 'browser', detail: `${found.path} does not start: ${reason(error)}` };
  }
}

/** Engines beside Chromium are used where they are there; none is needed. */
async function describeOtherEngines(launcher: BrowserLauncher, signal: AbortSignal): Promise<string> {
  const engines = (await launcher.otherEngines?.()) ?? [];
  const told = engines.map(async (engine) => {
    const opened = await launcher.openOther?.(engine, { mayVisit: () => false, privateHosts: [] }, signal);
    if (opened?.kind !== 'open') return `; ${engine} is left out: ${opened?.why}`;
    await opened.browser.close();
    return `; so does ${opened.browser.name}`;
  });
  return (await Promise.all(told)).join('');
}

/** Every server for itself: one of several that is down is left out when it matters, and said here. */
async function checkRemoteBrowsers({ env }: AppSettings, signal: AbortSignal): Promise<Finding> {
  const options = browserOptions(env);
  const results = await Promise.all(
    env.FIRSTHAND_BROWSER_WS.map(async (endpoint) => {
      try {
        const launcher = createBrowserLauncher({ ...options, endpoints: [endpoint] });
        const browser = await launcher.open({ mayVisit: () => false, privateHosts: [] }, signal);
        await browser.close();
        return { isGood: true, detail: `${browser.name} reaches the filtering proxy` };
      } catch (error) {
        return { isGood: false, detail: reason(error) };
      }
    }),
  );
  const detail = results.map((one) => one.detail).join('; ');
  if (results.every(({ isGood }) => isGood)) return { kind: 'good', what: 'browser', detail };
  return { kind: results.some(({ isGood }) => isGood) ? 'hint' : 'bad', what: 'browser', detail };
}

async function checkSandbox(): Promise<Finding> {
  const { sandbox } = await createAnalysers();
  return sandbox.startsWith('bubblewrap')
    ? { kind: 'good', what: 'sandbox', detail: sandbox }
    : {
        kind: 'hint',
        what: 'sandbox',
        detail: `${sandbox}; install bubblewrap to confine the analysers fully`,
      };
}

/** Leaves nothing behind: the folder is made by what takes it. */
async function checkDataFolder({ dataDir }: AppSettings): Promise<Finding> {
  const existing = nearestExisting(dataDir);
  try {
    await rmdir(await mkdtemp(join(existing, '.firsthand-doctor-')));
    const detail = existing === dataDir ? dataDir : `${dataDir} (is made when needed)`;
    return { kind: 'good', what: 'data folder', detail };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : reason(error);
    return {
      kind: 'bad',
      what: 'data folder',
      detail: `${dataDir} cannot be written: ${existing} answers ${code}; name another with FIRSTHAND_DATA_DIR`,
    };
  }
}

function nearestExisting(path: string): string {
  const parent = dirname(path);
  return existsSync(path) || parent === path ? path : nearestExisting(parent);
}

async function checkDatabase(settings: AppSettings, signal: AbortSignal): Promise<Finding> {
  const { DATABASE_URL: databaseUrl } = settings.env;
  if (databaseUrl === undefined) {
    return {
      kind: 'good',
      what: 'database',
      detail: 'embedded, in the data folder (DATABASE_URL is not set)',
    };
  }
  try {
    const database = await openDatabase({
      databaseUrl,
      dataDir: settings.dataDir,
      logger: createLogger('silent', () => {}),
      signal,
    });
    await database.close();
    return { kind: 'good', what: 'database', detail: `PostgreSQL at ${new URL(databaseUrl).host} answers` };
  } catch (error) {
    return { kind: 'bad', what: 'database', detail: reason(error) };
  }
}

/** Nothing is sent: a key that is refused shows in the first review. */
function checkModel({ env }: AppSettings): Finding {
  const choice = chooseModels(env);
  switch (choice.kind) {
    case 'none':
      return { kind: 'good', what: 'model', detail: 'none: the deterministic reviewers read alone' };
    case 'unusable':
      return { kind: 'bad', what: 'model', detail: choice.why };
    case 'chosen': {
      const { models } = choice;
      const names = new Set(Object.values(models).map(({ name }) => name));
      const unpriced = [...new Set(Object.values(models).flatMap((one) => (one.price ? [] : [one.name])))];
      const price = unpriced.length === 0 ? '' : `; the price of ${unpriced.join(', ')} is not known`;
      return { kind: 'good', what: 'model', detail: `${[...names].join(', ')}${price}` };
    }
  }
}

async function checkApp(settings: AppSettings, signal: AbortSignal): Promise<Finding> {
  if (settings.credentials === undefined) {
    return {
      kind: 'hint',
      what: 'GitHub App',
      detail: `not registered (${settings.missing.join(', ')} not set): \`firsthand start\` opens a set-up page`,
    };
  }
  try {
    const detail = await describeApp(
      { ...settings.credentials, apiUrl: settings.env.GITHUB_API_URL },
      signal,
    );
    return { kind: 'good', what: 'GitHub App', detail };
  } catch (error) {
    return { kind: 'bad', what: 'GitHub App', detail: reason(error) };
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
