import { describe, expect, it } from 'vitest';
import { createProgressLine } from '../../src/cli/progress-line.ts';
import { fakeTerminal } from '../support/fake-terminal.ts';

describe('createProgressLine', () => {
  it('rewrites one line on a terminal, short enough not to wrap, and takes it away at the end', () => {
    const terminal = fakeTerminal({ isInteractive: true });
    const progress = createProgressLine(terminal);
    progress.show('a'.repeat(150));
    progress.clear();
    expect(terminal.err()).toBe(`\r\u001b[2K${'a'.repeat(79)}\r\u001b[2K`);
    expect(terminal.out()).toBe('');
  });

  it('writes plain lines elsewhere, each once', () => {
    const terminal = fakeTerminal();
    const progress = createProgressLine(terminal);
    for (const text of ['one', 'one', 'two']) progress.show(text);
    progress.clear();
    expect(terminal.err()).toBe('one\ntwo\n');
  });
});
