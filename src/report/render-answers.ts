import type { LedgerEntry } from '../domain/ledger.ts';
import { codeSpan, escapeText } from './escape.ts';
import { shortSha } from './words.ts';

/** What `/help` answers. */
export const HELP = [
  '| Command | What it does |',
  '| --- | --- |',
  '| `/review` | reads the diff again |',
  '| `/verify` | tries the preview again, beside the base deployment |',
  '| `/verify https://… "Checkout"` | the same at this address, driving only the flows named in quotes |',
  '| `/approve 1 3`, `/approve all` | accepts visual changes by their numbers in the summary: they are asked again only when they look otherwise |',
  '| `/dismiss 0a1b2c3d why` | leaves the finding of that id alone until its code changes; in the thread of a finding, `/dismiss why` is enough |',
  '| `/explain 0a1b2c3d` | says how the finding is known and what would change it; in its thread, `/explain` is enough |',
  '| `/cancel` | stops what is running or waiting for this pull request |',
  '| `/help` | shows this table |',
  '',
  'A command stands alone at the start of a line, and needs write access to this repository. 👎 on a comment of a finding, and resolving its thread, dismiss it too.',
  'Findings never block a merge; settings are in `.github/firsthand.yml` on the base branch.',
].join('\n');

export function renderRefusal(author: string): string {
  return `${codeSpan(author, 60)} has no write access to this repository, which the commands need. Nothing was done.`;
}

export function renderNoFinding(
  id: string | undefined,
  { isAmbiguous }: { readonly isAmbiguous: boolean },
): string {
  const where = 'The id stands below the title of each finding.';
  if (id === undefined) return `Which finding? ${where} In the thread of a finding, no id is needed.`;
  const problem = isAmbiguous ? 'More than one finding goes by' : 'No finding of this pull request goes by';
  return `${problem} ${codeSpan(id, 20)}. ${where}`;
}

export function renderNotOpen({ id, state, fixedIn = '', dismissal, approval }: LedgerEntry): string {
  const now = {
    fixed: `was fixed in ${codeSpan(shortSha(fixedIn))}`,
    dismissed: `was dismissed by ${codeSpan(dismissal?.by ?? 'somebody', 60)} already`,
    outdated: 'is no longer a matter of this pull request',
    approved: `was approved by ${codeSpan(approval?.by ?? 'somebody', 60)} already`,
    open: 'is open',
    regressed: 'is open',
    disputed: 'is open',
  };
  return `${codeSpan(id)} ${now[state]}; nothing was changed.`;
}

export function renderUnavailable(name: string): string {
  return `${codeSpan(`/${name}`, 40)} is not available in this version. \`/help\` shows the commands that are.`;
}

export function renderMistyped(word: string, meant: string): string {
  return `${codeSpan(`/${word}`, 40)} is no command; ${codeSpan(`/${meant}`, 40)} is. Nothing was started for it.`;
}

export function renderMalformed(name: string, problem: string): string {
  return `${codeSpan(`/${name}`, 40)} could not be read: ${escapeText(problem, 300)}. Nothing was started for it.`;
}

export function renderFailure(message: string): string {
  return `This could not be carried out: ${escapeText(message, 500)}.`;
}

export function renderNothingToRun(reason: string): string {
  return `Nothing was started: ${escapeText(reason, 300)}.`;
}
