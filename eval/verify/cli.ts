import { type Terminal } from '../../src/cli/command.ts';
import { verifyCommand } from '../../src/cli/verify.ts';

// `firsthand verify` from its sources, so that an evaluation never measures a build that is out of date, and without
// the other commands, which have no part in it.

const terminal: Terminal = {
  env: process.env,
  cwd: process.cwd(),
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  isInteractive: false,
  hasColour: false,
  signal: abortedBy('SIGTERM', 'SIGINT'),
  startedAt: new Date(),
};

function abortedBy(...signals: readonly NodeJS.Signals[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals)
    process.once(signal, () => controller.abort(new Error(`stopped by ${signal}`)));
  return controller.signal;
}

process.exitCode = await verifyCommand.run(process.argv.slice(2), terminal);
