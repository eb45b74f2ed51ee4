#!/usr/bin/env node
// Starts the command line on Node 24 or newer: this node when it is, else the one that came with the dev dependencies.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 24;
const program = new URL('../dist/cli/main.js', import.meta.url);
// In our own package: who can write there can change the program itself, unlike in a folder for temporary files. Where we
// may not write, nothing is kept.
const compiled = fileURLToPath(new URL('../node_modules/.cache/firsthand/compiled', import.meta.url));
const pinnedNode = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));

if (!existsSync(program)) {
  process.stderr.write('firsthand: it is not built yet: run `npm ci` (or `npm run build`) in the checkout\n');
  process.exitCode = 2;
} else if (Number.parseInt(process.versions.node, 10) >= OLDEST_NODE) {
  module.enableCompileCache(compiled);
  const { main } = await import(program.href);
  await main(process.argv.slice(2));
} else if (existsSync(pinnedNode)) {
  const child = spawn(pinnedNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // The terminal sends Ctrl-C to both; this process waits for the child's own clean-up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  });
} else {
  process.stderr.write(
    `firsthand: needs Node ${OLDEST_NODE} or newer, this is ${process.versions.node}; run \`npm ci\` in the checkout, which brings one\n`,
  );
  process.exitCode = 2;
}
