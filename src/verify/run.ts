import type { VerifyReport } from '../domain/report.ts';
import type { Budget } from './budget.ts';
import type { Knowledge } from './compare/knowledge.ts';
import type { Exercised } from './exercised.ts';
import type { Ledger } from './ledger.ts';
import { templateText } from './model/template-text.ts';
import { onBoth, type Pair } from './pair.ts';
import type { KnownPictures } from './pictures/compare-pictures.ts';
import type { Browser, Session, StorageState, VerifyPorts } from './ports.ts';
import type { RanCode } from './ran/ran-code.ts';
import type { VerifyProgress, VerifyRequest } from './request.ts';
import type { Site } from './site.ts';
import type { Surroundings } from './surroundings.ts';
import type { Suspects } from './tour/suspects.ts';

/** What the stages of one verification share. Coverage, noise and findings grow as it goes. */
export interface Run {
  readonly request: VerifyRequest;
  readonly ports: VerifyPorts;
  readonly browser: Browser;
  readonly sites: Pair<Site>;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether a page may be loaded from this address, and a credential typed on it. */
  readonly mayVisit: (url: URL) => boolean;
  /** Values that are blanked in pictures and redacted in the report. */
  readonly secrets: readonly string[];
  /** Who keeps a login alive, by what it left first. */
  readonly keepers: Map<StorageState, LoginKeeper>;
  readonly budget: Budget;
  readonly ledger: Ledger;
  readonly coverage: Coverage;
  readonly pictures: KnownPictures;
  readonly knowledge: Knowledge;
  readonly suspects: Suspects;
  readonly exercised: Exercised;
  readonly ran: RanCode;
  /** What asking for that has taken, and whether it was left out since it was asked the last time. */
  readonly watching: { ms: number; hasSkipped: boolean };
  /** Keys of the states whose elements were looked at for styles that the diff changes. */
  readonly looked: Set<string>;
  readonly noise: Map<string, VerifyReport['noise'][number]>;
  /** What kept the run from being complete, in words. */
  readonly shortfalls: Set<string>;
  /** What was not done because something ran out, by what it was. */
  readonly unfinished: Map<string, readonly string[]>;
  readonly signal: AbortSignal;
}

/** Notes what the used-up budget left undone. */
export function noteUnfinished(run: Run, what: string): void {
  const why = run.budget.why();
  run.unfinished.set(why, [...(run.unfinished.get(why) ?? []), what]);
}

/** Keeps one side's login alive: its sessions may end, and are renewed then. */
export interface LoginKeeper {
  /** What new contexts begin with. */
  current(): StorageState;
  /** How often the account was logged in again. */
  renewals(): number;
  /** The same session, which logs in again when it is asked to. */
  keep(session: Session): Session;
}

export interface Coverage {
  /** Keys of the states that were seen, and of the ways between them. */
  readonly states: Set<string>;
  readonly transitions: Set<string>;
  readonly pages: Set<string>;
  readonly notReached: Map<string, string>;
  /** Origins from which a page wanted to load something and our own policy refused it. */
  readonly refused: Set<string>;
}

/** Opens a fresh context on each side, logged in when `storage` is given, does `work`, and closes them. */
export async function withSessions<Result>(
  run: Run,
  { environment, storage, clock }: Surroundings,
  work: (sessions: Pair<Session>) => Promise<Result>,
): Promise<Result> {
  run.signal.throwIfAborted();
  const sessions = await onBoth(run.sites, async (site, side) => {
    const first = storage?.[side];
    const keeper = first === undefined ? undefined : run.keepers.get(first);
    const kept = keeper?.current() ?? first;
    const session = await run.browser.openSession({
      site: site.root,
      viewport: environment.viewport,
      colorScheme: environment.colorScheme,
      locale: environment.locale,
      timezone: environment.timezone,
      reducedMotion: environment.reducedMotion,
      network: environment.network,
      headers: run.headers,
      masks: run.request.settings.masks,
      secrets: run.secrets,
      ...(kept === undefined ? {} : { storage: kept }),
      ...(run.ran.isWanted(side) ? { watchesScripts: true } : {}),
      clock: clock ?? { kind: 'fixed', at: run.request.startedAt.getTime(), seed: run.request.seed },
    });
    return keeper?.keep(session) ?? session;
  });
  try {
    return await work(sessions);
  } finally {
    await onBoth(sessions, (session) => session.close());
  }
}

export function reportProgress(run: Run, phase: VerifyProgress['phase'], doing: string): void {
  run.signal.throwIfAborted();
  run.ports.onProgress({ phase, doing, actions: run.budget.used(), findings: run.ledger.count() });
}

/** Notes something that changes by itself: once, where it was seen first, whatever time or id it shows elsewhere. */
export function noteNoise(run: Run, noise: VerifyReport['noise'][number]): void {
  const key = `${templateText(noise.what)}|${noise.how}`;
  if (run.noise.size < 200 && !run.noise.has(key)) run.noise.set(key, noise);
}
