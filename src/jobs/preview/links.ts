import { readAddress } from './address.ts';

const MAX_TEXT = 70_000;
const MAX_LINKS = 100;

/** Addresses that a text in Markdown or HTML names, in order, each once. */
export function linksIn(text: string): readonly URL[] {
  const found = new Map<string, URL>();
  for (const [match] of text.slice(0, MAX_TEXT).matchAll(/https?:\/\/[^\s<>"'`|\\^{}[\]]+/giu)) {
    const url = readAddress(trimEnd(match));
    if (url !== undefined) found.set(url.href, url);
    if (found.size === MAX_LINKS) break;
  }
  return [...found.values()];
}

/** Without the punctuation of the sentence, and the bracket of a Markdown link. */
function trimEnd(match: string): string {
  const end = /^[^()]*(?:\([^()]*\)[^()]*)*/u.exec(match)?.[0] ?? match;
  return end.replace(/[.,;:!?*_~]+$/u, '');
}

/** The text without what does not speak for itself: quotes, code, hidden comments. */
export function ownWords(markdown: string): string {
  return markdown
    .slice(0, MAX_TEXT)
    .replace(/<!--[\s\S]*?(?:-->|$)/gu, ' ')
    .replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1[^\n]*$|$(?![\s\S]))/gmu, ' ')
    .replace(/^ {0,3}>.*$/gmu, ' ');
}
