import type { Navigation, Observation } from '../ports.ts';
import { STANDING_PAGES, type StandingPage } from './standing-pages.ts';

/** Whether a page is the product's own. */
export type Verdict =
  | { readonly kind: 'own' }
  | {
      readonly kind: 'not-own';
      readonly why: string;
      /** Waiting does not help; it may take a minute or two; it may pass. */
      readonly hope: 'none' | 'slow' | 'some';
    };

export interface JudgedPage {
  /** The deployment's own host. */
  readonly host: string;
  readonly navigation: Navigation;
  readonly observation: Observation;
  /** Names of the headers that were sent. */
  readonly sent: readonly string[];
}

/** What hosts put in front of a deployment says little; a longer page is the product's own, whatever it talks about. */
const MAX_SNAPSHOT = 3_000;

/**
 * Judges what stands at the deployment's address: the product, or a page that a host puts in its place.
 *
 * The product's own document has a status under 400. Says what it is otherwise, and what its owner can do about it.
 */
export function judgePage({ host, navigation, observation, sent }: JudgedPage): Verdict {
  const status = navigation.kind === 'loaded' ? navigation.status : undefined;
  const ledTo = hostOf(observation.blocked.findLast(({ kind }) => kind === 'navigation')?.url);
  const shown = `${observation.title}\n${observation.snapshot}`;
  const isShort = observation.snapshot.length < MAX_SNAPSHOT;
  const fits = (page: StandingPage): boolean =>
    (page.host?.test(host) ?? true) &&
    (page.title?.test(observation.title.trim()) ?? true) &&
    (page.text === undefined || (status !== undefined && isShort && page.text.test(shown))) &&
    (page.status === undefined || (status !== undefined && page.status.includes(status))) &&
    (page.leadsTo === undefined ||
      (navigation.kind === 'blocked' && ledTo !== undefined && page.leadsTo.test(ledTo)));
  const page = STANDING_PAGES.find(fits);
  if (page !== undefined) return { kind: 'not-own', why: tell(page, status, sent), hope: hopeOf(page) };
  if (navigation.kind === 'blocked') {
    const isPolicy = /not an allowed origin|not a public address/u.test(navigation.why);
    const why = `leads where the browser may not go: ${navigation.why}`;
    return { kind: 'not-own', why, hope: isPolicy ? 'none' : 'some' };
  }
  if (navigation.kind === 'failed') {
    return { kind: 'not-own', why: `could not be opened: ${navigation.why}`, hope: 'some' };
  }
  if (navigation.status >= 400) {
    return { kind: 'not-own', why: `answers ${navigation.status}`, hope: 'some' };
  }
  if (observation.isHung) {
    return { kind: 'not-own', why: 'opens, but the page does not answer', hope: 'some' };
  }
  return { kind: 'own' };
}

function tell(page: StandingPage, status: number | undefined, sent: readonly string[]): string {
  const code = status === undefined ? '' : ` (status ${status})`;
  const refused = (page.headers ?? []).filter((name) => sent.some((one) => one.toLowerCase() === name));
  if (refused.length > 0) {
    const names = refused.join(' and ');
    return `${page.what}${code}; ${names} was sent and not accepted: compare the stored secret with the host's, which may have been made anew`;
  }
  return `${page.what}${code}${page.advice === undefined ? '' : `; ${page.advice}`}`;
}

function hopeOf({ kind }: StandingPage): 'none' | 'slow' | 'some' {
  if (kind === 'protected' || kind === 'absent') return 'none';
  return kind === 'under-way' ? 'slow' : 'some';
}

function hostOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : URL.parse(url)?.hostname;
}
