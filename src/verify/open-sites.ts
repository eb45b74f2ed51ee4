import { sleep } from '../lib/sleep.ts';
import type { Navigation, Observation, Session } from './ports.ts';
import { addressOf, pathOn, type Site } from './site.ts';

const LOAD_MS = 15_000;
const FIRST_WAIT_MS = 500;
const DEFAULT_WAIT_MS = 20_000;

/** Whether a deployment shows the product. */
export type Readiness = { readonly kind: 'ready' } | { readonly kind: 'not-ready'; readonly why: string };

/** Pages of hosts that stand in front of a deployment, by what they say. */
const STANDING_BEFORE: readonly (readonly [pattern: RegExp, meaning: string])[] = [
  [
    /log ?in to vercel|vercel authentication|authentication required.*vercel/is,
    "is behind Vercel's deployment protection",
  ],
  [
    /deployment (?:is )?(?:building|queued)|this deployment is not ready|build in progress/i,
    'is still being built',
  ],
  [/DEPLOYMENT_NOT_FOUND|deployment (?:could not be|has not been|not) found/i, 'does not exist at its host'],
  [/there'?s nothing here,? yet|application error\b.*heroku|no such app/is, 'has nothing deployed'],
  [
    /looks like you'?ve followed a broken link.*netlify|site not found.*netlify/is,
    'does not exist at Netlify',
  ],
  [/cloudflare access|sign in .* cloudflareaccess/i, 'is behind Cloudflare Access'],
  [/password protected|this site is protected|enter the password to/i, 'is behind a password of its host'],
  [/service (?:is )?(?:starting|waking) up|your service is (?:live soon|spinning up)/i, 'is still starting'],
  [/deceptive site ahead|your connection is not private/i, 'is refused by the browser'],
];

/** Waiting does not help against these. */
const FINAL = /is behind|does not exist|not an allowed origin|not a public address/;

export interface ReadyOptions {
  readonly elapsedMs: () => number;
  readonly waitMs?: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * Opens a deployment until it shows the product, with growing waits, and says why when it does not.
 *
 * Ready is a document with a status under 400 on the deployment's own origin that is none of the pages that hosts put
 * in front of one.
 */
export async function waitUntilReady(
  session: Session,
  site: Site,
  options: ReadyOptions,
): Promise<Readiness> {
  const end = options.elapsedMs() + (options.waitMs ?? DEFAULT_WAIT_MS);
  for (let waitMs = FIRST_WAIT_MS; ; waitMs *= 2) {
    options.signal.throwIfAborted();
    const readiness = await openOnce(session, site);
    if (readiness.kind === 'ready' || FINAL.test(readiness.why)) return readiness;
    const leftMs = end - options.elapsedMs();
    if (leftMs <= 0) return readiness;
    await sleep(Math.min(waitMs, leftMs), options.signal);
  }
}

async function openOnce(session: Session, site: Site): Promise<Readiness> {
  const address = addressOf(site, pathOn(site, site.start.href) ?? '/');
  const navigation = await session.goto(address, LOAD_MS);
  const observation = await session.observe();
  const why = whyNotReady(navigation, observation, site);
  return why === undefined ? { kind: 'ready' } : { kind: 'not-ready', why: `${site.start.href} ${why}` };
}

function whyNotReady(navigation: Navigation, observation: Observation, site: Site): string | undefined {
  if (navigation.kind === 'blocked') return `leads where the browser may not go: ${navigation.why}`;
  if (navigation.kind === 'failed') return `could not be opened: ${navigation.why}`;
  const shown = `${observation.title}\n${observation.snapshot.slice(0, 20_000)}`;
  const isShort = observation.snapshot.length < 3_000;
  const meaning = STANDING_BEFORE.find(([pattern]) => isShort && pattern.test(shown))?.[1];
  if (meaning !== undefined) return `${meaning} (status ${navigation.status})`;
  if (navigation.status === 401 || navigation.status === 403)
    return `is behind a login of its host (status ${navigation.status})`;
  if (navigation.status >= 400) return `answers ${navigation.status}`;
  if (observation.isHung) return 'opens, but the page does not answer';
  if (!URL.canParse(navigation.url) || new URL(navigation.url).host === site.root.host) return undefined;
  // The guard let it pass, so the origin is an allowed one: a canonical host, or a login elsewhere.
  return undefined;
}
