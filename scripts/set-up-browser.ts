// Finds a browser, or installs one: configured path, system browser, Playwright's install, the system's package manager.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { findBrowser } from '../src/browser/find-browser.ts';

const root = resolve(import.meta.dirname, '..');
const say = (message: string): void => void process.stderr.write(`set-up: ${message}\n`);

/** One way to get a browser. */
interface Installer {
  readonly name: string;
  /** The program that has to be on the search path. */
  readonly needs: string;
  readonly commands: readonly (readonly string[])[];
}

const playwright: Installer = {
  name: "Playwright's install",
  needs: process.execPath,
  commands: [
    [process.execPath, resolve(root, 'node_modules/playwright/cli.js'), 'install', 'chromium-headless-shell'],
  ],
};

const packageManagers: readonly Installer[] = [
  {
    name: 'apt-get',
    needs: 'apt-get',
    commands: [
      ['apt-get', 'update', '-qq'],
      [
        'apt-get',
        'install',
        '-y',
        '-qq',
        '--no-install-recommends',
        'chromium',
        'chromium-headless-shell',
        'fonts-liberation',
      ],
    ],
  },
  { name: 'dnf', needs: 'dnf', commands: [['dnf', 'install', '-y', '-q', 'chromium-headless']] },
  { name: 'pacman', needs: 'pacman', commands: [['pacman', '-Sy', '--noconfirm', 'chromium']] },
  { name: 'apk', needs: 'apk', commands: [['apk', 'add', '--quiet', 'chromium']] },
];

function exists(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Package managers need root; `sudo -n` never asks for a password. */
function asRoot(command: readonly string[]): readonly string[] {
  const isRoot = process.getuid?.() === 0;
  return isRoot || command[0] === process.execPath ? command : ['sudo', '-n', ...command];
}

/** Runs an installer; the last lines of what it said when it failed. */
function install(installer: Installer): string | undefined {
  for (const command of installer.commands.map(asRoot)) {
    const [program, ...parameters] = command;
    if (program === undefined) continue;
    const result = spawnSync(program, parameters, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (result.status === 0) continue;
    const said = `${result.stdout ?? ''}\n${result.stderr ?? ''}`.trim().split('\n').slice(-3).join(' / ');
    return `\`${command.join(' ')}\` failed: ${result.error?.message ?? said}`;
  }
  return undefined;
}

const configured = process.env['FIRSTHAND_BROWSER_PATH'];
const found = await findBrowser(configured);
if (found.kind === 'missing') {
  if (configured !== undefined && configured !== '') {
    say(found.why);
    process.exit(2);
  }
  const attempts = [playwright, ...packageManagers.filter((manager) => exists(manager.needs))];
  const failures: string[] = [];
  for (const attempt of attempts) {
    say(`no browser found; installing one with ${attempt.name}`);
    const failure = install(attempt);
    if (failure === undefined && (await findBrowser()).kind === 'found') break;
    failures.push(`  ${attempt.name}: ${failure ?? 'it installed nothing that can be found'}`);
  }
  const now = await findBrowser();
  if (now.kind === 'missing') {
    say(
      `could not get a browser:\n${failures.join('\n')}\n  Install Chromium or Chrome, or name one in FIRSTHAND_BROWSER_PATH.`,
    );
    process.exit(2);
  }
  say(`using ${now.path}`);
}
