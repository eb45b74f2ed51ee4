import { describe, expect, it } from 'vitest';
import type { Command, CommandEntry } from '../../src/cli/command.ts';
import { runCommandLine } from '../../src/cli/main.ts';
import { TransientError, UserError } from '../../src/domain/errors.ts';
import { fakeTerminal } from '../support/fake-terminal.ts';

function command(run: Command['run']): readonly CommandEntry[] {
  const load = async (): Promise<Command> => ({ usage: 'firsthand review [--repo DIR]', run });
  return [{ name: 'review', summary: 'Reads a diff.', load }];
}

describe('runCommandLine', () => {
  it('passes on the words behind the command, and its exit code', async () => {
    const seen: (readonly string[])[] = [];
    const commands = command(async (parameters) => {
      seen.push(parameters);
      return 1;
    });
    expect(await runCommandLine(['review', '--repo', 'x'], commands, fakeTerminal())).toBe(1);
    expect(seen).toEqual([['--repo', 'x']]);
  });

  it('answers a failure that the user can mend with one line on stderr and exit code 2', async () => {
    const terminal = fakeTerminal();
    const commands = command(() => Promise.reject(new UserError('could not read /x: no such folder')));
    expect(await runCommandLine(['review'], commands, terminal)).toBe(2);
    expect(terminal.err()).toBe('firsthand review: could not read /x: no such folder\n');
    expect(terminal.out()).toBe('');
  });

  it('says why what may pass did not work', async () => {
    const terminal = fakeTerminal();
    const cause = new Error('spawn EACCES\nCall log: …');
    const commands = command(() => Promise.reject(new TransientError('could not start /x', { cause })));
    expect(await runCommandLine(['review'], commands, terminal)).toBe(2);
    expect(terminal.err()).toBe('firsthand review: could not start /x: spawn EACCES\n');
  });

  it('keeps the stack of a defect for LOG_LEVEL=debug', async () => {
    const commands = command(() => Promise.reject(new Error('invariant broken: x')));
    const quiet = fakeTerminal();
    const verbose = fakeTerminal({ env: { LOG_LEVEL: 'debug' } });
    await runCommandLine(['review'], commands, quiet);
    await runCommandLine(['review'], commands, verbose);
    expect(quiet.err()).not.toContain('    at ');
    expect(verbose.err()).toContain('    at ');
  });

  it('names the commands that exist when one does not', async () => {
    const terminal = fakeTerminal();
    expect(
      await runCommandLine(
        ['reveiw'],
        command(async () => 0),
        terminal,
      ),
    ).toBe(2);
    expect(terminal.err()).toContain('no command “reveiw”; there are review');
  });

  it('shows help without running anything', async () => {
    const commands = command(() => Promise.reject(new Error('ran')));
    const terminal = fakeTerminal();
    expect(await runCommandLine(['review', '--help'], commands, terminal)).toBe(0);
    expect(terminal.out()).toBe('firsthand review [--repo DIR]\n');
    expect(await runCommandLine(['--help'], commands, terminal)).toBe(0);
    expect(await runCommandLine([], commands, terminal)).toBe(2);
    const other = fakeTerminal();
    expect(await runCommandLine(['help', 'review'], commands, other)).toBe(0);
    expect(other.out()).toBe('firsthand review [--repo DIR]\n');
    expect(await runCommandLine(['help', 'nope'], commands, other)).toBe(2);
  });

  it('says that it was stopped rather than what broke because of it', async () => {
    const stop = new AbortController();
    const terminal = fakeTerminal({ signal: stop.signal });
    const commands = command(async () => {
      stop.abort(new UserError('stopped by SIGINT'));
      throw new Error('the child ended');
    });
    await runCommandLine(['review'], commands, terminal);
    expect(terminal.err()).toBe('firsthand review: stopped by SIGINT\n');
  });
});
