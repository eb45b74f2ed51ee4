import { createHash } from 'node:crypto';
import type { Conversation, Person, Post } from './conversation.ts';
import { Html, html } from './html.ts';
import { PULL_REQUEST_ICON } from './icons.ts';
import { PAGE_STYLE } from './page-style.ts';
import { renderChecks } from './render-checks.ts';
import { renderMarkdown } from './render-markdown.ts';
import { avatar, commentBox, renderCommits, renderReview } from './render-posts.ts';
import type { Addresses } from './sanitise-html.ts';

/** What surrounds the conversation. */
export interface PageFrame {
  readonly addresses: Addresses;
  /** Said at the end of the page: what it is and how it was made. */
  readonly note: Html;
  /** Stands after the last post, such as a form for one's own comment. */
  readonly end?: Html;
  /** Where a form on the page may be sent; nowhere, when left out. */
  readonly formTarget?: 'self';
  /** Loads the page again after so many seconds. */
  readonly refreshSeconds?: number;
}

/**
 * Draws a pull request's conversation as one HTML file that needs nothing else: no script, no request, pictures
 * inside. Its texts may come from anyone; they are escaped, or reduced to the HTML that GitHub allows.
 */
export function renderPage(conversation: Conversation, frame: PageFrame): string {
  const { repository, number, title } = conversation;
  const style = PAGE_STYLE.trim();
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; form-action '${frame.formTarget ?? 'none'}'; base-uri 'none'`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${frame.refreshSeconds !== undefined && html`<meta http-equiv="refresh" content="${frame.refreshSeconds}">`}
<title>${title} · Pull request #${number} · ${repository}</title>
${styleElement(style)}
</head>
<body>
<header class="site"><span class="mark" aria-hidden="true"></span>${repositoryName(repository)}</header>
<main>
${renderTitle(conversation)}
<div class="timeline">
${renderDescription(conversation, frame.addresses)}
${renderCommits(conversation.commits)}
${conversation.posts.map((post) => renderPost(post, conversation, frame.addresses))}
${renderChecks(conversation.checks, frame.addresses)}
${frame.end}
</div>
</main>
<footer>${frame.note}</footer>
</body>
</html>
`;
  return page.markup;
}

function renderTitle(conversation: Conversation): Html {
  const { author, commits, baseRef, headRef, state } = conversation;
  const count = commits.length === 1 ? '1 commit' : `${commits.length} commits`;
  return html`<div class="title">
<h1>${conversation.title} <span class="number">#${conversation.number}</span></h1>
<p><span class="state ${state}">${PULL_REQUEST_ICON} ${state === 'open' ? 'Open' : 'Closed'}</span>
<span><b>${author.login}</b> wants to merge ${count} into <code class="ref">${baseRef}</code> from <code class="ref">${headRef}</code></span></p>
<nav aria-label="Parts of this page"><a href="#conversation">Conversation <span class="counter">${conversation.posts.length}</span></a>
<a href="#commits">Commits <span class="counter">${commits.length}</span></a>
<a href="#checks">Checks <span class="counter">${conversation.checks.length}</span></a></nav>
</div>`;
}

function renderDescription(conversation: Conversation, addresses: Addresses): Html {
  const body = conversation.body.trim();
  return html`<div class="entry" id="conversation">${avatar(conversation.author)}${commentBox(
    conversation.author,
    {
      did: 'opened this pull request',
      body:
        body === ''
          ? html`<p class="quiet"><i>No description provided.</i></p>`
          : renderMarkdown(body, addresses),
    },
  )}</div>`;
}

function renderPost(post: Post, conversation: Conversation, addresses: Addresses): Html {
  const when = elapsed(conversation.createdAt, post.createdAt);
  if (post.kind === 'review') return renderReview(post, when, addresses);
  return html`<div class="entry">${avatar(post.author)}${commentBox(post.author, {
    did: `commented ${when}${post.isEdited ? ' · edited' : ''}`,
    body: renderMarkdown(post.body, addresses),
    reactions: post.reactions,
    role: roleOf(post.author, conversation),
  })}</div>`;
}

function roleOf(person: Person, conversation: Conversation): string | undefined {
  if (person.isBot) return undefined;
  return person.login === conversation.author.login ? 'Author' : undefined;
}

/** `8 seconds after the pull request was opened`; empty when the times cannot be told apart. */
function elapsed(from: string, to: string): string {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  if (!Number.isFinite(seconds) || seconds < 1) return '';
  if (seconds < 120) return `${seconds === 1 ? '1 second' : `${seconds} seconds`} in`;
  return `${Math.round(seconds / 60)} minutes in`;
}

function repositoryName(repository: string): Html {
  const [owner = '', ...name] = repository.split('/');
  return html`<span>${owner}</span><span class="slash">/</span><b>${name.join('/')}</b>`;
}

/** Our own text: escaping it would break it, and the hash in the policy says that nothing was added. */
function styleElement(style: string): Html {
  return new Html(`<style>${style}</style>`);
}
