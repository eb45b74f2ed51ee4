import type { Logger } from '../domain/logger.ts';

/** Things to end in the reverse order of their beginnings, once. */
export interface Closers {
  add(action: () => Promise<void>): void;
  /** Ends everything; a failure is logged and does not keep the others from ending. */
  close(): Promise<void>;
}

/** Collects what has to end when the database closes. */
export function createClosers(logger: Logger): Closers {
  const actions: (() => Promise<void>)[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    for (const action of actions.reverse()) {
      try {
        await action();
      } catch (error) {
        logger.warn('the database could not be closed cleanly', { error: String(error) });
      }
    }
  };
  return {
    add: (action) => actions.push(action),
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}
