import type { Check, CheckAnnotation } from './conversation.ts';
import { type Html, html } from './html.ts';
import { CHECK_ICONS } from './icons.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { Addresses } from './sanitise-html.ts';

/** The box at the end of a pull request: each check's state in a line, its report behind a click. */
export function renderChecks(checks: readonly Check[], addresses: Addresses): Html {
  return html`<section class="box checks" id="checks" aria-labelledby="checks-title">
<header><h2 id="checks-title">${headline(checks)}</h2></header>
${checks.map((check) => renderCheck(check, addresses))}
</section>`;
}

function headline(checks: readonly Check[]): string {
  if (checks.length === 0) return 'No checks have been reported';
  if (checks.some((check) => check.status !== 'completed')) return 'Some checks have not completed yet';
  const conclusions = new Set(checks.map((check) => check.conclusion));
  if (conclusions.size === 1 && conclusions.has('success')) return 'All checks have passed';
  return 'All checks have completed';
}

function renderCheck(check: Check, addresses: Addresses): Html {
  return html`<details class="check"><summary>${iconOf(check)}
<span><b>${check.name}</b> <span class="quiet">${stateOf(check)}${check.title !== '' && ` — ${check.title}`}</span></span></summary>
<div class="markdown">${renderMarkdown(check.summary, addresses)}${check.text !== '' && renderMarkdown(check.text, addresses)}</div>
${check.annotations.length > 0 && html`<ul class="annotations">${check.annotations.map(renderAnnotation)}</ul>`}
${check.actions.length > 0 && html`<p class="actions">${check.actions.map((label) => html`<span class="button">${label}</span>`)}</p>`}
</details>`;
}

function iconOf(check: Check): Html {
  if (check.status !== 'completed') return CHECK_ICONS.running;
  if (check.conclusion === 'success') return CHECK_ICONS.success;
  const isBad = check.conclusion === 'failure' || check.conclusion === 'timed_out';
  return isBad ? CHECK_ICONS.failure : CHECK_ICONS.neutral;
}

function stateOf(check: Check): string {
  return check.status === 'completed' ? (check.conclusion ?? 'completed') : check.status.replace('_', ' ');
}

/** Annotations are plain text on GitHub too. */
function renderAnnotation({ path, startLine, endLine, level, title, message }: CheckAnnotation): Html {
  const lines = startLine === endLine ? `line ${endLine}` : `lines ${startLine} to ${endLine}`;
  return html`<li class="${level === 'failure' ? 'failure' : 'notice'}"><b>${title}</b>
<code>${path}</code> <span class="quiet">${lines}</span><pre>${message}</pre></li>`;
}
