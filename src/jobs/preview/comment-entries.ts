import { linksIn } from './links.ts';

/** What a hosting service says in a comment about one project. */
export interface CommentEntry {
  /** Name of the project; empty when the comment is about the only one. */
  readonly project: string;
  readonly state: 'ready' | 'under-way' | 'failed';
  /** The commit that it is about, at least seven digits of it; absent when it names none. */
  readonly commit?: string;
  /** Addresses in the order in which they are written. */
  readonly links: readonly URL[];
}

const READY =
  /\b(?:ready|success(?:ful(?:ly)?)?|deployed|completed?)\b|✅|🟢|😎|🚀|:rocket:|:white_check_mark:/iu;
const FAILED =
  /\b(?:fail(?:ed|ure)?|error(?:ed)?|cancell?ed|skipped|ignored|removed|deleted)\b|❌|🔴|🚫|:x:/iu;
const UNDER_WAY =
  /\b(?:building|in progress|processing|pending|queued|deploying|initiali[sz]ing|waiting|started)\b|🔄|⏳|⚡|👷|🟡/iu;
const COMMIT =
  /\b(?:latest commit|built with commit|updated for commit|commit)\b[^0-9a-z]{0,40}(?<![\w-])([0-9a-f]{7,40})(?![\w-])/iu;

/**
 * Reads the comment of a hosting service: a table with a line for each project (Cloudflare Workers, Railway, older ones
 * of Vercel), or a text or a table about a single one (Netlify, Cloudflare Pages, Render, Amplify, Azure, Firebase).
 */
export function commentEntries(body: string): readonly CommentEntry[] {
  const rows = body
    .split('\n')
    .filter((line) => /^\s*\|/u.test(line) && !/^[\s|:-]+$/u.test(line))
    .map((line) => line.split('|').slice(1, -1))
    .filter((cells) => cells.length >= 3);
  const entries = rows.slice(0, 50).flatMap(readRow);
  if (entries.length > 0) return entries;
  const text = plain(body);
  const links = linksIn(body);
  if (links.length === 0) return [];
  const project =
    /\b(?:deploy preview for|deploying)\s+\*{0,2}([\w.@/-]{1,100})\*{0,2}\s/iu.exec(text)?.[1] ?? '';
  return [withCommit({ project: project === 'with' ? '' : project, state: stateOf(text), links }, text)];
}

function readRow(cells: readonly string[]): readonly CommentEntry[] {
  const line = cells.join(' | ');
  const links = linksIn(line);
  const texts = cells.map((cell) => plain(cell));
  const isState = (text: string): boolean => READY.test(text) || FAILED.test(text) || UNDER_WAY.test(text);
  // A table that lists names and values of one deployment has no state in its lines.
  if (links.length === 0 || !texts.some(isState)) return [];
  const hash = texts.find((text) => /^[0-9a-f]{7,40}$/u.test(text));
  const project = texts.find((text) => text !== '' && text !== hash && !isState(text)) ?? '';
  const state = stateOf(texts.filter(isState).join(' '));
  return [{ project, state, links, ...(hash === undefined ? {} : { commit: hash }) }];
}

function withCommit(entry: CommentEntry, text: string): CommentEntry {
  const commit = COMMIT.exec(text)?.[1];
  return commit === undefined ? entry : { ...entry, commit: commit.toLowerCase() };
}

/** What is ready says so even when it goes on to say what failed before. */
function stateOf(text: string): CommentEntry['state'] {
  if (READY.test(text)) return 'ready';
  if (FAILED.test(text)) return 'failed';
  return UNDER_WAY.test(text) ? 'under-way' : 'ready';
}

/** The words of Markdown with HTML: no tags, addresses, images or marks; entities of spaces as spaces. */
function plain(markdown: string): string {
  return markdown
    .replace(/<[^<>]*>/gu, ' ')
    .replace(/&nbsp;/gu, ' ')
    .replace(/!?\[([^[\]]*)\]\([^()\s]*\)/gu, ' $1 ')
    .replace(/https?:\/\/\S+/gu, ' ')
    .replace(/[`*_|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
