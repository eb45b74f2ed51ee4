import { sleep } from '../lib/sleep.ts';
import type { Session } from './ports.ts';
import { judgePage, type Verdict } from './readiness/judge-page.ts';
import { addressOf, pathOn, type Site } from './site.ts';

const LOAD_MS = 15_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
const DEFAULT_WAIT_MS = 20_000;
/** Builds and cold starts take longer, and say so. */
const SLOW_WAIT_MS = 90_000;
/** A host that switches over shows the new site on one machine and the old, or none, on the next. */
const LOOKS = 2;

/** Whether a deployment shows the product. */
export type Readiness = { readonly kind: 'ready' } | { readonly kind: 'not-ready'; readonly why: string };

export interface ReadyOptions {
  readonly elapsedMs: () => number;
  readonly waitMs?: number | undefined;
  /** Names of the headers that are sent to the site. */
  readonly sent?: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Opens a deployment until it shows the product twice in a row, with growing waits, and says why when it does not.
 *
 * It waits for 20 seconds, for one that says that it is being built or started for 90, and not at all for one that waiting
 * does not help.
 */
export async function waitUntilReady(
  session: Session,
  site: Site,
  options: ReadyOptions,
): Promise<Readiness> {
  const startMs = options.elapsedMs();
  let looks = 0;
  for (let waitMs = FIRST_WAIT_MS; ; ) {
    options.signal.throwIfAborted();
    const verdict = await look(session, site, options);
    looks = verdict.kind === 'own' ? looks + 1 : 0;
    if (looks === LOOKS) return { kind: 'ready' };
    if (verdict.kind === 'own') continue;
    const why = `${site.start.href} ${verdict.why}`;
    if (verdict.hope === 'none') return { kind: 'not-ready', why };
    const patience = options.waitMs ?? (verdict.hope === 'slow' ? SLOW_WAIT_MS : DEFAULT_WAIT_MS);
    const leftMs = startMs + patience - options.elapsedMs();
    if (leftMs <= 0) return { kind: 'not-ready', why };
    await sleep(Math.min(waitMs, leftMs), options.signal);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

async function look(session: Session, site: Site, { sent = [] }: ReadyOptions): Promise<Verdict> {
  const address = addressOf(site, pathOn(site, site.start.href) ?? '/');
  const navigation = await session.goto(address, LOAD_MS);
  const observation = await session.observe();
  return judgePage({ host: site.root.hostname, navigation, observation, sent });
}
