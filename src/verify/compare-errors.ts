import type { Severity } from '../domain/finding.ts';
import { describeMoment, words } from './compare-behaviour.ts';
import type { Difference } from './difference.ts';
import type { StateContext } from './pictures/compare-pictures.ts';
import type { Observation, PageError } from './ports.ts';
import { isOnOrigin, pathOn, type Site } from './site.ts';

/** The errors of one state, with the state they were seen at. */
export interface SeenErrors {
  readonly observation: Observation;
  readonly site: Site;
  readonly context: StateContext;
}

/**
 * Tells the errors that only the head shows from those that both show.
 *
 * `base` holds the errors of every state of the same sequence, because an error may come a step earlier or later.
 * Undefined: there is no base, and what is found says so.
 */
export function compareErrors(
  base: readonly SeenErrors[] | undefined,
  head: readonly SeenErrors[],
): readonly Difference[] {
  const known = new Set(base?.flatMap((seen) => ownErrors(seen).map((error) => errorKey(error, seen.site))));
  const differences = new Map<string, Difference>();
  for (const seen of head) {
    for (const error of ownErrors(seen)) {
      const key = errorKey(error, seen.site);
      if (differences.has(key)) continue;
      differences.set(key, {
        ...toDifference(error, seen),
        key,
        ...(base === undefined ? { hasNoBase: true, severity: 'medium' } : {}),
        ...(known.has(key) ? { isOnBase: true, severity: 'low' } : {}),
      });
    }
  }
  return [...differences.values()];
}

/** Failures of other people's servers, and of the icon that browsers ask for, are not the product's. */
function ownErrors({ observation, site }: SeenErrors): readonly PageError[] {
  const thrown = observation.errors.filter(({ kind }) => kind === 'exception');
  return observation.errors.filter((error) => {
    // Frameworks write what they catch on the console as well: that is one error, not two.
    if (error.kind === 'console') return !thrown.some(({ message }) => error.message.includes(message));
    if (error.kind === 'exception') return true;
    const address = /^\S+ (\S+)/.exec(error.message)?.[1] ?? '';
    if (!URL.canParse(address)) return false;
    const url = new URL(address);
    return isOnOrigin(url, [site.root.origin]) && url.pathname !== '/favicon.ico';
  });
}

/** Without the deployment's own address, ids, numbers and build hashes. */
function errorKey(error: PageError, site: Site): string {
  const message = error.message
    .replaceAll(site.root.origin, '')
    .replace(/\?[^\s)]*/g, '')
    .replace(/[.-][0-9a-f]{6,}(?=\.\w+)/gi, '');
  return `error|${error.kind}|${error.status ?? ''}|${words(message)}`;
}

const SOURCES: Readonly<Record<PageError['kind'], string>> = {
  exception: 'firsthand/exception',
  console: 'firsthand/console-error',
  request: 'firsthand/failed-request',
};

function toDifference(error: PageError, { observation, site, context }: SeenErrors): Omit<Difference, 'key'> {
  const message = error.message.replaceAll(site.root.origin, '').replace(/\s+/g, ' ');
  const shown = message.length > 110 ? `${message.slice(0, 109)}…` : message;
  const moment = describeMoment(context.steps);
  const answer = error.status === undefined ? 'fails' : `answers ${error.status}`;
  const page = pathOn(site, observation.url) ?? observation.url;
  const titles: Readonly<Record<PageError['kind'], string>> = {
    exception: `${moment} ${moment === `On ${page}` ? 'the page' : `the page ${page.split('?')[0] ?? page}`} throws: ${shown}`,
    console: `${moment} the console shows an error: ${shown}`,
    request: `${moment} a request ${answer}: ${shown}`,
  };
  return {
    category: 'flow',
    severity: severityOf(error),
    source: SOURCES[error.kind],
    title: titles[error.kind].slice(0, 200),
    body: error.kind === 'exception' ? sayWhere(error, site, page) : SEEN,
    expected: error.kind === 'request' ? 'a successful answer' : 'no such error',
    actual: error.status === undefined ? message : `${message}: ${error.status}`,
    steps: context.steps,
    url: observation.url,
    environment: context.environment,
  };
}

const SEEN = 'Seen in the browser while the same steps were performed on both sides.';

/** The page, and the file and line when the stack names them. A script in the page itself has only a line. */
function sayWhere({ at }: PageError, site: Site, page: string): string {
  const on = `The exception was thrown on ${asCode(page)}`;
  if (at === undefined) return `${on}. ${SEEN}`;
  const file = pathOn(site, at.url) ?? at.url;
  return file === page
    ? `${on}, in a script of the page itself, line ${at.line}. ${SEEN}`
    : `${on}, in ${asCode(file)}, line ${at.line}. ${SEEN}`;
}

function asCode(text: string): string {
  return `\`${text.replaceAll('`', "'").slice(0, 150)}\``;
}

function severityOf({ kind, status }: PageError): Severity {
  if (kind === 'exception') return 'high';
  if (kind === 'console') return 'medium';
  return status === undefined || status >= 500 ? 'high' : 'medium';
}
