import { stripVTControlCharacters } from 'node:util';
import type { Conversation, Review } from './conversation.ts';

const WIDTH = 110;

/** What the App posted, short enough to read in a terminal: headline, findings by place, checks. */
export function renderTerminal(conversation: Conversation): string {
  const ownPosts = conversation.posts.filter((post) => post.author.isBot);
  const summaries = ownPosts
    .filter((post) => post.kind === 'comment')
    .map((post) => renderComment(post.body));
  const reviews = ownPosts.filter((post) => post.kind === 'review').map(renderReview);
  const checks = conversation.checks.map(
    (check) => `  ${check.conclusion === 'success' ? '✓' : '■'} ${check.name}: ${plain(check.title)}`,
  );
  return [
    `\n#${conversation.number} ${plain(conversation.title)} (${conversation.repository})\n`,
    ...summaries,
    ...reviews,
    ['Checks', ...checks, ''].join('\n'),
  ].join('\n');
}

/** The comment's first heading and the titles of what it folds. */
function renderComment(body: string): string {
  const visible = body.replace(/<!--[^]*?-->/g, '');
  const headline = /^#{1,3} (.+)$/m.exec(visible)?.[1] ?? firstLine(visible);
  const folded = [...visible.matchAll(/<summary>(.*?)<\/summary>/g)]
    .map((match) => plain(match[1] ?? ''))
    .filter((title) => /^(?:\d+ · )?(?:critical|high|medium|low)\b/.test(title));
  return [
    'Summary comment',
    ...wrap(plain(headline), '  '),
    ...folded.flatMap((title) => wrap(title, '  • ')),
    '',
  ].join('\n');
}

function renderReview(review: Review): string {
  const comments = review.comments.flatMap((comment) => {
    const line = comment.lines === undefined ? '' : `:${comment.lines.end}`;
    return [`  • ${plain(comment.path)}${line}`, ...wrap(plain(firstLine(comment.body)), '    ')];
  });
  return ['Review comments', ...comments, ''].join('\n');
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? '';
}

/** Text without Markdown, HTML and what could steer a terminal. */
function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/<[^>]*>/g, '')
    .replace(/\*\*|`/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!|~<>])/g, '$1')
    .replace(/&(?:lt|#60);/g, '<')
    .replace(/&(?:gt|#62);/g, '>')
    .replace(/&(?:quot|#34);/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&#(\d{2,5});/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&amp;/g, '&')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

/** Breaks between words; later lines stand under the first one's text. */
function wrap(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent.length + line.length + word.length >= WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each, index) => `${index === 0 ? indent : ' '.repeat(indent.length)}${each}`);
}
