// Makes `npm run demo`, `npm test` and `npm run check` work on a fresh clone: packages, the build, a browser.
// Plain JavaScript without dependencies: it runs before anything is installed, on whatever Node is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {string} message */
const say = (message) => process.stderr.write(`set-up: ${message}\n`);

/**
 * @param {string} what
 * @param {string} command
 * @param {readonly string[]} parameters
 */
function run(what, command, parameters) {
  const result = spawnSync(command, [...parameters], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: process.env,
  });
  if (result.status === 0) return;
  const why =
    result.error === undefined ? `ended with ${result.status ?? result.signal}` : result.error.message;
  say(`could not ${what}: \`${command} ${parameters.join(' ')}\` ${why}; its output is above`);
  process.exit(2);
}

/** Whether what is installed is what the lock file asks for. */
function packagesAreCurrent() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

/** @param {string} folder @returns {number} */
function newestChange(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce(
      (newest, entry) => Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
      0,
    );
}

function buildIsCurrent() {
  const built = join(root, 'dist', 'cli', 'main.js');
  return existsSync(built) && statSync(built).mtimeMs >= newestChange(join(root, 'src'));
}

const node = join(root, 'node_modules', 'node', 'bin', 'node');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

if (!packagesAreCurrent()) {
  say('installing packages (npm ci), a minute or so the first time');
  run('install the packages', npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
if (!buildIsCurrent()) {
  say('building');
  run('build', npm, ['run', '--silent', 'build']);
}
if (!process.argv.includes('--no-browser')) {
  run('find or install a browser', existsSync(node) ? node : process.execPath, [
    join(root, 'scripts', 'set-up-browser.ts'),
  ]);
}
