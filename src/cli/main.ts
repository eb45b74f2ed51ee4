import { VERSION } from '../config/version.ts';
import { TransientError, UserError } from '../domain/errors.ts';
import { type CommandEntry, EXIT, type Terminal } from './command.ts';
import { COMMANDS } from './commands.ts';

/** The terminal, npm and bin/firsthand.js each pass one Ctrl-C on; what follows the first this closely is the same one. */
const SAME_INTERRUPT_MS = 500;

/** Runs one command line on this process and sets its exit code. */
export async function main(parameters: readonly string[]): Promise<void> {
  const interrupt = new AbortController();
  let interrupted: { readonly by: NodeJS.Signals; readonly at: number } | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const now = performance.now();
      // A second one means "at once".
      if (interrupted !== undefined && now - interrupted.at > SAME_INTERRUPT_MS) process.exit(130);
      interrupted ??= { by: signal, at: now };
      interrupt.abort(new UserError(`stopped by ${signal}`));
    });
  }
  const terminal: Terminal = {
    env: process.env,
    cwd: process.cwd(),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    isInteractive: process.stderr.isTTY,
    hasColour: process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '',
    signal: interrupt.signal,
    startedAt: new Date(),
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` that leaves early is no error of ours, and the exit code still tells what was found.
    if (error.code === 'EPIPE') return;
    process.stderr.write(`firsthand: could not write to standard output: ${error.message}\n`);
    process.exit(EXIT.couldNotRun);
  });
  // Nobody is left to tell.
  process.stderr.on('error', () => undefined);
  process.exitCode = await runCommandLine(parameters, COMMANDS, terminal);
  if (interrupted?.by === 'SIGINT') process.exitCode = 130;
}

/** Finds the command and runs it; every failure becomes one clear line on stderr and exit code 2. */
export async function runCommandLine(
  parameters: readonly string[],
  commands: readonly CommandEntry[],
  terminal: Terminal,
): Promise<number> {
  const [word, ...rest] = parameters;
  if (word === '--version' || word === '-v') {
    terminal.stdout(`${VERSION}\n`);
    return EXIT.clean;
  }
  if (word === 'help' && rest[0] !== undefined)
    return await runCommandLine([rest[0], '--help'], commands, terminal);
  if (word === undefined || word === '--help' || word === '-h' || word === 'help') {
    terminal.stdout(overview(commands));
    return word === undefined ? EXIT.couldNotRun : EXIT.clean;
  }
  const entry = commands.find((candidate) => candidate.name === word);
  if (entry === undefined) {
    const names = commands.map((candidate) => candidate.name).join(', ');
    terminal.stderr(`firsthand: there is no command “${word}”; there are ${names}\n`);
    return EXIT.couldNotRun;
  }
  try {
    const command = await entry.load();
    if (!rest.includes('--help') && !rest.includes('-h')) return await command.run(rest, terminal);
    terminal.stdout(`${command.usage.trim()}\n`);
    return EXIT.clean;
  } catch (error) {
    terminal.stderr(`firsthand ${entry.name}: ${describeFailure(error, terminal)}\n`);
    return EXIT.couldNotRun;
  }
}

function describeFailure(error: unknown, terminal: Terminal): string {
  if (terminal.signal.aborted)
    return terminal.signal.reason instanceof Error ? terminal.signal.reason.message : 'stopped';
  if (error instanceof UserError) return error.message;
  if (error instanceof TransientError) {
    const cause = error.cause instanceof Error ? `: ${error.cause.message.split('\n')[0] ?? ''}` : '';
    return `${error.message}${cause}`;
  }
  const isVerbose = (terminal.env['LOG_LEVEL'] ?? '') === 'debug';
  if (error instanceof Error)
    return isVerbose ? (error.stack ?? error.message) : `${error.message} (LOG_LEVEL=debug shows where)`;
  return String(error);
}

function overview(commands: readonly CommandEntry[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const rows = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `firsthand ${VERSION}: reads a pull request's diff, then tries the product

${rows.join('\n')}

firsthand COMMAND --help shows a command's options.
Exit codes: 0 ran, nothing at or above --fail-on; 1 findings at or above it; 2 could not run.
`;
}
