import type { Commit, Person, Review, ReviewComment } from './conversation.ts';
import { type Html, html } from './html.ts';
import { COMMIT_ICON, REVIEW_ICON } from './icons.ts';
import { commentedLines, renderHunk } from './render-hunk.ts';
import { renderMarkdown, renderReviewMarkdown } from './render-markdown.ts';
import type { Addresses } from './sanitise-html.ts';

const REACTIONS: ReadonlyMap<string, string> = new Map([
  ['+1', '👍'],
  ['-1', '👎'],
  ['laugh', '😄'],
  ['confused', '😕'],
  ['heart', '❤️'],
  ['hooray', '🎉'],
  ['rocket', '🚀'],
  ['eyes', '👀'],
]);

/** A person is a disc, an app a rounded square, as on GitHub; the initial stands for a portrait. */
export function avatar(person: Person): Html {
  const initial = person.login.slice(0, 1).toUpperCase();
  const shape = person.isBot ? 'bot' : `hue-${hueOf(person.login)}`;
  return html`<span class="avatar ${shape}" aria-hidden="true">${initial}</span>`;
}

export function commentBox(
  author: Person,
  comment: {
    /** What the author did, after the name: `commented 8 seconds in`. */
    readonly did: string;
    readonly body: Html;
    readonly reactions?: readonly string[];
    readonly role?: string | undefined;
  },
): Html {
  const reactions = comment.reactions ?? [];
  return html`<article class="box">
<header><span>${personName(author)} ${comment.did}</span>${comment.role !== undefined && html`<span class="label">${comment.role}</span>`}</header>
<div class="markdown">${comment.body}</div>
${reactions.length > 0 && html`<p class="reactions">${reactions.map((name) => html`<span class="reaction">${REACTIONS.get(name) ?? name} 1</span>`)}</p>`}
</article>`;
}

function personName(person: Person): Html {
  const name = person.login.replace(/\[bot\]$/, '');
  return html`<b>${name}</b>${person.isBot && html` <span class="label">bot</span>`}`;
}

export function renderCommits(commits: readonly Commit[]): Html {
  return html`<ol class="commits" id="commits">${commits.map(
    (commit) =>
      html`<li>${COMMIT_ICON} <span class="commit-title">${commit.title}</span> <code>${commit.sha.slice(0, 7)}</code></li>`,
  )}</ol>`;
}

export function renderReview(review: Review, when: string, addresses: Addresses): Html {
  return html`<div class="entry">${avatar(review.author)}<div class="review">
<p class="event">${REVIEW_ICON} ${personName(review.author)} reviewed ${when}</p>
${review.body.trim() !== '' && commentBox(review.author, { did: 'left a comment', body: renderMarkdown(review.body, addresses) })}
${review.comments.map((comment) => renderThread(comment, addresses))}
</div></div>`;
}

function renderThread(comment: ReviewComment, addresses: Addresses): Html {
  return html`<article class="box thread">
<header><code>${comment.path}</code>${comment.lines !== undefined && html`<span class="quiet">${describeLines(comment.lines)}</span>`}</header>
${renderHunk(comment)}
<div class="thread-comment">${avatar(comment.author)}<div>
<p class="event">${personName(comment.author)}</p>
<div class="markdown">${renderReviewMarkdown(comment.body, commentedLines(comment), addresses)}</div>
</div></div>
</article>`;
}

function describeLines({ side, start, end }: NonNullable<ReviewComment['lines']>): string {
  const letter = side === 'LEFT' ? 'L' : 'R';
  return start === end ? `line ${letter}${end}` : `lines ${letter}${start} to ${letter}${end}`;
}

/** The same colour for the same person, one of six. */
function hueOf(login: string): number {
  return Buffer.from(login).reduce((sum, byte) => sum + byte, 0) % 6;
}
