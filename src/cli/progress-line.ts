import type { Terminal } from './command.ts';

/** Shows what is being done: one rewritten line on a terminal, plain lines elsewhere. */
export interface ProgressLine {
  show(text: string): void;
  /** Removes the live line, so that results stand alone. */
  clear(): void;
}

/** A longer line would wrap on a terminal of 80 columns, and its first part would stay. */
const NARROW = 79;

/** The same text twice in a row is shown once. */
export function createProgressLine(terminal: Terminal): ProgressLine {
  let last = '';
  return {
    show(text) {
      const line = text.replace(/\s+/g, ' ').slice(0, 200);
      if (line === last) return;
      last = line;
      terminal.stderr(terminal.isInteractive ? `\r\u001b[2K${line.slice(0, NARROW)}` : `${line}\n`);
    },
    clear() {
      if (terminal.isInteractive && last !== '') terminal.stderr('\r\u001b[2K');
      last = '';
    },
  };
}
