import type { Terminal } from '../../src/cli/command.ts';

/** A terminal that keeps what was written to it. */
export interface FakeTerminal extends Terminal {
  readonly out: () => string;
  readonly err: () => string;
}

export function fakeTerminal(overrides: Partial<Terminal> = {}): FakeTerminal {
  const written = { out: '', err: '' };
  return {
    env: {},
    cwd: '/nowhere',
    stdout: (text) => {
      written.out += text;
    },
    stderr: (text) => {
      written.err += text;
    },
    isInteractive: false,
    hasColour: false,
    signal: new AbortController().signal,
    startedAt: new Date('2026-01-02T03:04:05Z'),
    ...overrides,
    out: () => written.out,
    err: () => written.err,
  };
}
