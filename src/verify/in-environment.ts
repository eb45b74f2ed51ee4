import type { Difference } from './difference.ts';
import { environmentCause } from './environment-cause.ts';
import type { Ledger } from './ledger.ts';
import type { Environment } from './plan.ts';
import type { Run } from './run.ts';
import { pathOn } from './site.ts';
import { createSuspects } from './tour/suspects.ts';

const ENGINES = { firefox: 'Firefox', webkit: 'WebKit' };

/** What matters to what people see there, and is a difference of looks or barriers wherever it shows. */
const ITS_OWN = new Set<Difference['category']>(['visual', 'accessibility', 'environment']);

/**
 * The run in one more environment, after the default one: what was found there stays found, and what only this one shows
 * is told as a matter of the environment.
 */
export function inEnvironment(run: Run, environment: Environment, first: Environment): Run {
  const suspects = createSuspects();
  // What was noise there, and what is known from there, teaches nothing new here.
  for (const cause of [...run.suspects.dismissed, ...run.suspects.confirmed.keys()])
    suspects.dismissed.add(cause);
  // The servers are the same.
  suspects.hasSent = run.suspects.hasSent;
  return { ...run, suspects, ledger: tellOnlyHere(run, environment, first) };
}

function tellOnlyHere(run: Run, environment: Environment, first: Environment): Ledger {
  // Places that the default environment has shown, and where it did not show what this one does.
  const seen = new Set([...run.coverage.pages].map((page) => page.split('?')[0]));
  const told = new Set<string>();
  const isOnlyHere = ({ key, category, url, isOnBase }: Difference): boolean => {
    if (told.has(key)) return true;
    if (isOnBase === true || ITS_OWN.has(category) || run.ledger.has(key)) return false;
    return seen.has(pathOn(run.sites.head, url)?.split('?')[0] ?? url);
  };
  return {
    ...run.ledger,
    add(difference, evidence) {
      const isNew = isOnlyHere(difference);
      if (isNew) told.add(difference.key);
      const shown = isNew ? onlyHere(difference, environment, first) : difference;
      run.ledger.add(withEngine(shown, environment), evidence);
    },
  };
}

/** Its test asks for that browser. */
function withEngine(difference: Difference, { engine }: Environment): Difference {
  if (engine === undefined) return difference;
  const how = `Seen in ${ENGINES[engine]}, which \`npx playwright install ${engine}\` installs.`;
  return { ...difference, body: [difference.body, how].filter((part) => part !== '').join('\n\n') };
}

function onlyHere(difference: Difference, environment: Environment, first: Environment): Difference {
  const what = describeDifference(environment, first);
  const cause = environmentCause(difference);
  return {
    ...difference,
    category: 'environment',
    title: `Only with ${environment.name}: ${difference.title}`.slice(0, 200),
    body: [
      difference.body,
      `The default environment (${first.name}) showed the same page without it. What differs: ${what}.`,
      ...(cause === undefined ? [] : [cause]),
    ].join('\n\n'),
  };
}

/** `the colours are dark, not light; the time zone is Asia/Tokyo, not UTC`. */
export function describeDifference(environment: Environment, first: Environment): string {
  const differs = (what: string, here: string, there: string): readonly string[] =>
    here === there ? [] : [`${what} ${here}, not ${there}`];
  const size = ({ viewport }: Environment): string =>
    `${viewport.width} × ${viewport.height} px${viewport.isMobile ? ', as a phone' : ''}${viewport.hasTouch ? ', with touch' : ''}`;
  const parts = [
    ...differs('the browser is', engineOf(environment), engineOf(first)),
    ...differs('the window has', size(environment), size(first)),
    ...differs('the colours are', environment.colorScheme, first.colorScheme),
    ...differs('the language and the form of numbers and dates are', environment.locale, first.locale),
    ...differs('the clock is in', environment.timezone, first.timezone),
    ...differs('motion is', motionOf(environment), motionOf(first)),
    ...differs('the network is', environment.network, first.network),
  ];
  return parts.length === 0 ? 'nothing that was asked for' : parts.join('; ');
}

function engineOf({ engine }: Environment): string {
  return engine === undefined ? 'Chromium' : ENGINES[engine];
}

function motionOf({ reducedMotion }: Environment): string {
  return reducedMotion ? 'reduced' : 'as designed';
}
