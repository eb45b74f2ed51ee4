/** One row of a result, by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** Answers one request of another process of the same data folder; throws `UserError` for what its user can fix. */
export type RequestHandler = (request: unknown) => Promise<unknown>;

interface AnyDatabase {
  /**
   * Runs one statement with `$1`-style parameters and returns its rows. Throws `TransientError` when the trouble may
   * pass (the server restarts, a deadlock), and the driver's error with its SQLSTATE in `code` otherwise.
   */
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Runs several statements without parameters as one transaction: all of them, or none. */
  script(text: string): Promise<void>;
  /** Registers what must end before the connection does. Run in reverse order by `close`. */
  onClose(action: () => Promise<void>): void;
  /** Ends everything that was registered, then the connection; the second call waits for the first. */
  close(): Promise<void>;
}

/** A PostgreSQL server that several machines may share. */
export interface PostgresDatabase extends AnyDatabase {
  readonly kind: 'postgres';
  /** With the password: never to be logged. For a library that brings its own connections. */
  readonly url: string;
}

/** The database inside this process. Nobody else has its folder open. */
export interface EmbeddedDatabase extends AnyDatabase {
  readonly kind: 'embedded';
  /** Runs what the queue library sends: one statement with values, or several without. Rows of all are joined. */
  execute(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Hears of `NOTIFY channel`. Resolves when it listens, with what ends it. */
  listen(channel: string, onNotification: (payload: string) => void): Promise<() => Promise<void>>;
  /** Sets who answers requests of other processes of the same data folder. One at a time; the last one set wins. */
  answer(handler: RequestHandler): void;
}

/** Where everything is kept: the same schema and the same SQL behind both kinds. */
export type Database = PostgresDatabase | EmbeddedDatabase;
