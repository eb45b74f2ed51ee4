import { codeSpan, escapeText } from './escape.ts';

/** What `/help` answers. */
export const HELP = [
  '| Command | What it does |',
  '| --- | --- |',
  '| `/review` | reads the diff again |',
  '| `/verify` | tries the preview again, beside the base deployment |',
  '| `/verify https://… "Checkout"` | the same at this address, driving only the flows named in quotes |',
  '| `/cancel` | stops what is running or waiting for this pull request |',
  '| `/help` | shows this table |',
  '',
  'A command stands alone at the start of a line, and needs write access to this repository.',
  'Findings never block a merge; settings are in `.github/firsthand.yml` on the base branch.',
].join('\n');

export function renderRefusal(author: string): string {
  return `${codeSpan(author, 60)} has no write access to this repository, which the commands need. Nothing was started.`;
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
