import type { Ledger, LedgerEntry } from '../domain/ledger.ts';
import type { Logger } from '../domain/logger.ts';
import { type PullRequestRef, pullRequestKey } from '../domain/pull-request.ts';
import { joinLedgers, openLedger, sealLedger } from '../life/seal-ledger.ts';
import type { LedgerStore } from './ports.ts';

/** The ledger of one pull request: in the store, and signed in the hidden end of the summary. */
export interface LedgerKeeper {
  /** As it was last read or written here. */
  current(): Ledger;
  /** Reads what others have written meanwhile. */
  refresh(): Promise<Ledger>;
  /**
   * Changes the newest ledger and keeps it; `change` is a pure function, called again when somebody else was faster.
   * Nothing is written when nothing changes.
   */
  change(change: (ledger: Ledger) => Ledger): Promise<Ledger>;
  /** For the hidden end of the summary. */
  sealed(): string;
}

/** A run and a command or two can meet; more than this is a fault. */
const MAX_ATTEMPTS = 10;

/**
 * Reads the ledger from the store and from `marked`, the hidden end of the summary: either survives the loss of the
 * other, and the newer one counts. A marker that was not made by this App for this pull request counts as absent, and
 * the log says so.
 */
export async function openLedgerKeeper(options: {
  readonly store: LedgerStore;
  readonly pull: PullRequestRef;
  readonly key: Uint8Array;
  readonly marked: string | undefined;
  readonly logger: Logger;
}): Promise<LedgerKeeper> {
  const { store, pull, key, logger } = options;
  const marked = options.marked === undefined ? undefined : openLedger(options.marked, pull, key);
  if (options.marked !== undefined && marked === undefined) {
    logger.warn('the hidden ledger of the summary is forged, cut or of another key: it is ignored', {
      pull: pullRequestKey(pull),
    });
  }
  const read = async () => {
    const stored = await store.load(pull);
    return { revision: stored?.revision, ledger: joinLedgers(stored?.ledger, marked) };
  };
  let newest = await read();
  if (newest.ledger === marked) {
    logger.info('the ledger was taken from the hidden end of the summary', { pull: pullRequestKey(pull) });
  }
  return {
    current: () => newest.ledger,
    sealed: () => sealLedger(newest.ledger, pull, key),
    async refresh() {
      const found = await read();
      // What was changed here and is in the store is never older than what was read before.
      if (found.ledger.revision >= newest.ledger.revision) newest = found;
      return newest.ledger;
    },
    async change(change) {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const before = newest.ledger;
        const changed = change(before);
        const isKept = newest.revision === before.revision;
        if (isKept && isSame(before, changed)) return before;
        const ledger = {
          ...changed,
          entries: withinLimit(changed.entries),
          revision: Math.max(before.revision, newest.revision ?? 0) + 1,
        };
        if (await store.save(pull, ledger, newest.revision)) {
          newest = { revision: ledger.revision, ledger };
          return ledger;
        }
        newest = await read();
      }
      throw new Error(`the ledger of ${pullRequestKey(pull)} changed under every attempt to write it`);
    },
  };
}

function isSame(a: Ledger, b: Ledger): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

const MAX_ENTRIES = 1000;
/** What is forgotten first. */
const FORGOTTEN = ['outdated', 'fixed'] as const;

/** Keeps what is open and what was dismissed or approved, and the newest of the rest. */
function withinLimit(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  let left = entries;
  for (const state of FORGOTTEN) {
    let excess = left.length - MAX_ENTRIES;
    left = left.filter((entry) => entry.state !== state || excess-- <= 0);
  }
  return left;
}
