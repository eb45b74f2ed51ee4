import { Marked, type Token } from 'marked';
import { type Html, html } from './html.ts';
import { type Addresses, sanitiseHtml } from './sanitise-html.ts';

/** GitHub's dialect in comments: tables, task lists, bare links, and a line end is a line break. */
const marked = new Marked({ gfm: true, breaks: true });

/** Renders Markdown as GitHub does in a comment: to HTML, which is then reduced to what is allowed. */
export function renderMarkdown(text: string, addresses: Addresses): Html {
  return sanitiseHtml(marked.parse(text, { async: false }), addresses);
}

/**
 * As `renderMarkdown`, in a review comment: a `suggestion` block is shown as the change it offers. `lines` are those
 * that it would replace.
 */
export function renderReviewMarkdown(text: string, lines: readonly string[], addresses: Addresses): Html {
  const parts: Html[] = [];
  let plain: Token[] = [];
  const flush = (): void => {
    if (plain.length > 0) parts.push(sanitiseHtml(marked.parser(plain), addresses));
    plain = [];
  };
  for (const token of marked.lexer(text)) {
    if (token.type === 'code' && /^suggestion\b/.test(String(token['lang'] ?? ''))) {
      flush();
      parts.push(suggestion(lines, String(token['text'])));
    } else {
      plain.push(token);
    }
  }
  flush();
  return html`${parts}`;
}

function suggestion(before: readonly string[], after: string): Html {
  const added = after === '' ? [] : after.split('\n');
  return html`<div class="suggestion"><p>Suggested change</p><pre class="code">${[
    before.map((line) => html`<span class="row removed">${line}\n</span>`),
    added.map((line) => html`<span class="row added">${line}\n</span>`),
  ]}</pre></div>`;
}
