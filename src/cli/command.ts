/** What a command sees of the process: passed in, so that tests can look on. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Results. */
  readonly stdout: (text: string) => void;
  /** Progress and errors. */
  readonly stderr: (text: string) => void;
  /** Whether stderr is a terminal on which a line can be rewritten. */
  readonly isInteractive: boolean;
  /** Whether stdout takes colours. */
  readonly hasColour: boolean;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly startedAt: Date;
}

/** Exit codes of every command. */
export const EXIT = { clean: 0, findings: 1, couldNotRun: 2 } as const;

/** One word after `firsthand`, known before the code behind it is loaded. */
export interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Loads the command, with everything that only it needs. */
  load(): Promise<Command>;
}

/** What a word after `firsthand` does. */
export interface Command {
  /** The whole help text of the command. */
  readonly usage: string;
  /** Runs and returns the exit code. Throws `UserError` for what the user can mend. */
  run(parameters: readonly string[], terminal: Terminal): Promise<number>;
}
