import type { Severity } from '../../domain/finding.ts';
import type { PageError, PageModel } from '../model/page-model.ts';
import { templateText } from '../model/template-text.ts';
import type { Site } from '../site.ts';
import type { Divergence } from './divergence.ts';
import { diverge, type Scene } from './scene.ts';
import { cut } from './text-facts.ts';

/** Judges the exceptions, console errors and failed requests of the head that the base has not. */
export function judgeErrors({ after, sites, knowledge }: Scene): readonly Divergence[] {
  return describeErrors(after.head, sites.head, (key) => !knowledge.base.errors.has(key));
}

/** The errors of one page whose key is wanted, each once. */
export function describeErrors(
  model: PageModel,
  site: Site,
  isWanted: (key: string) => boolean,
): readonly Divergence[] {
  const found = new Map<string, Divergence>();
  for (const error of ownErrors(model, site)) {
    const key = errorKey(error, site);
    if (isWanted(key) && !found.has(key)) found.set(key, describe(error, key, site));
  }
  return [...found.values()];
}

/** The keys of the errors of one side. */
export function errorKeys(model: PageModel, site: Site): readonly string[] {
  return model.errors.map((error) => errorKey(error, site));
}

/**
 * Failures of other people's servers and of the icon that browsers ask for are not the product's; that the page itself
 * does not open is told as that.
 */
function ownErrors({ errors, url: page }: PageModel, site: Site): readonly PageError[] {
  const thrown = errors.filter(({ kind }) => kind === 'exception');
  const failed = errors.some(({ kind }) => kind === 'request');
  return errors.filter((error) => {
    if (error.kind === 'exception') return true;
    if (error.kind === 'console') {
      // The browser writes of a failed request on the console, and frameworks of what they catch: one error, not two.
      if (failed && /failed to (?:load|fetch)|net::ERR/i.test(error.message)) return false;
      return !thrown.some(({ message }) => error.message.includes(message));
    }
    const address = /^\S+ (\S+)/.exec(error.message)?.[1] ?? '';
    if (!URL.canParse(address)) return false;
    const url = new URL(address);
    return (
      address !== page &&
      url.origin === site.root.origin &&
      !/\/favicon\.ico$|\/apple-touch-icon|\.map$/.test(url.pathname)
    );
  });
}

/** Without the deployment's own address, ids, numbers, build hashes and places in scripts. */
function errorKey(error: PageError, site: Site): string {
  const message = error.message
    .replaceAll(site.root.origin, '')
    .replace(/\?[^\s)]*/g, '')
    .replace(/[.-][0-9a-zA-Z_]{6,}(?=\.\w+)/g, '')
    .split('\n')[0];
  return `${error.kind}|${error.status ?? ''}|${templateText(message ?? '').slice(0, 160)}`;
}

const SOURCES: Readonly<Record<PageError['kind'], string>> = {
  exception: 'exception',
  console: 'console-error',
  request: 'failed-request',
};

function describe(error: PageError, key: string, site: Site): Divergence {
  const message = cut(error.message.replaceAll(site.root.origin, '').replace(/\s+/g, ' '), 110);
  const said: Readonly<Record<PageError['kind'], string>> = {
    exception: `the page throws: ${message}`,
    console: `the console shows an error: ${message}`,
    request: `a request ${error.status === undefined ? 'fails' : `answers ${error.status}`}: ${message}`,
  };
  const found = diverge({
    kind: 'error',
    about: key,
    category: 'flow',
    severity: severityOf(error),
    source: SOURCES[error.kind],
    what: said[error.kind],
    expected: error.kind === 'request' ? 'a successful answer' : 'no such error',
    actual: error.status === undefined ? message : `${message}: ${error.status}`,
  });
  return { ...found, error };
}

function severityOf({ kind, status }: PageError): Severity {
  if (kind === 'exception') return 'high';
  if (kind === 'console') return 'medium';
  return status === undefined || status >= 500 ? 'high' : 'medium';
}
