import { findCommandLines } from './command-lines.ts';

/** Commands that this version carries out. */
const COMMAND_NAMES = ['review', 'verify', 'approve', 'dismiss', 'explain', 'cancel', 'help'] as const;
/** Commands of the design that this version knows and declines. */
const LATER_COMMAND_NAMES = ['reproduce', 'focus', 'pause', 'resume'] as const;

type CommandName = (typeof COMMAND_NAMES)[number];
type LaterCommandName = (typeof LATER_COMMAND_NAMES)[number];

/** One command of a comment. The last three kinds only get a short answer. */
export type Command =
  | { readonly kind: 'review' }
  | { readonly kind: 'verify'; readonly url?: string; readonly flows: readonly string[] }
  /** Visual changes by their numbers in the summary, or by the beginnings of their ids; all of them when both are empty. */
  | { readonly kind: 'approve'; readonly numbers: readonly number[]; readonly ids: readonly string[] }
  /** `id` is the beginning of a finding's id; without it, the finding is the one whose thread this is said in. */
  | { readonly kind: 'dismiss'; readonly id?: string; readonly why?: string }
  | { readonly kind: 'explain'; readonly id?: string }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'help' }
  /** Known, but not in this version. */
  | { readonly kind: 'unavailable'; readonly name: LaterCommandName }
  /** `word` (letters and hyphens only) is one slip of the keyboard away from the command `meant`. */
  | { readonly kind: 'mistyped'; readonly word: string; readonly meant: CommandName | LaterCommandName }
  /** Its arguments make no sense; `problem` says why in words of ours, which quote nothing of the comment. */
  | { readonly kind: 'malformed'; readonly name: CommandName; readonly problem: string };

/** Commands past these limits are ignored, or malformed: a comment holds 65,536 characters. */
const MAX_COMMANDS = 10;
const MAX_URL_LENGTH = 2048;
const MAX_FLOWS = 20;
const MAX_FLOW_NAME_LENGTH = 100;
const MAX_REASON_LENGTH = 300;
const MAX_APPROVED = 100;

/**
 * Reads the commands of a comment, in their order, at most ten, each distinct one once.
 *
 * A command stands at the start of a line (up to three spaces before it), in any case, alone on its line with its
 * arguments: `/review`, `/verify [url] ["flow name" …]`, `/approve [n …|all]`, `/dismiss <id> [why]`, `/explain <id>`, `/cancel`, `/help`.
 * Code blocks, quotes and HTML comments are no commands. Any other `/word` is left alone unless it is one typing slip away from a command of ours.
 */
export function parseCommands(body: string): readonly Command[] {
  const commands = new Map<string, Command>();
  for (const { word, rest } of findCommandLines(body)) {
    const command = toCommand(word.toLowerCase(), rest);
    if (command !== undefined) commands.set(JSON.stringify(command), command);
    if (commands.size === MAX_COMMANDS) break;
  }
  return [...commands.values()];
}

function toCommand(word: string, rest: string): Command | undefined {
  const name = COMMAND_NAMES.find((candidate) => candidate === word);
  if (name === 'verify') return parseVerify(rest);
  if (name === 'approve') return parseApprove(rest);
  if (name === 'dismiss' || name === 'explain') return parseAboutFinding(name, rest);
  if (name !== undefined) {
    return rest === '' ? { kind: name } : { kind: 'malformed', name, problem: 'it takes no arguments' };
  }
  const later = LATER_COMMAND_NAMES.find((candidate) => candidate === word);
  if (later !== undefined) return { kind: 'unavailable', name: later };
  const meant = [...COMMAND_NAMES, ...LATER_COMMAND_NAMES].find((candidate) => isTypo(word, candidate));
  return meant === undefined ? undefined : { kind: 'mistyped', word, meant };
}

function parseVerify(rest: string): Command {
  const malformed = (problem: string): Command => ({ kind: 'malformed', name: 'verify', problem });
  const flows: string[] = [];
  let url: string | undefined;
  // One argument each: a name in straight or typographic quotes, else everything up to the next space.
  for (const [, double, single, bare] of rest.matchAll(
    /["“„]([^"“”„]*)["”“]|['‘]([^'‘’]*)['’](?!\S)|(\S+)/gu,
  )) {
    if (bare !== undefined) {
      if (url !== undefined || flows.length > 0)
        return malformed('flow names stand in quotes, after the address');
      url = parseUrl(bare);
      if (url === undefined) return malformed('it takes an http(s) address, then flow names in quotes');
      continue;
    }
    const name = (double ?? single ?? '').trim();
    if (name === '' || name.length > MAX_FLOW_NAME_LENGTH) {
      return malformed(`a flow name has 1 to ${MAX_FLOW_NAME_LENGTH} characters`);
    }
    if (!flows.includes(name)) flows.push(name);
    if (flows.length > MAX_FLOWS) return malformed(`it takes at most ${MAX_FLOWS} flow names`);
  }
  return { kind: 'verify', ...(url === undefined ? {} : { url }), flows };
}

/** Numbers with or without commas or `#`; a word of four hexadecimal digits or more is the beginning of an id. */
function parseApprove(rest: string): Command {
  const malformed = (problem: string): Command => ({ kind: 'malformed', name: 'approve', problem });
  const words = rest.split(/[\s,;]+/u).filter((word) => word !== '' && word !== 'and');
  if (words.length > MAX_APPROVED) return malformed(`it takes at most ${MAX_APPROVED} numbers`);
  if (words.some((word) => /^all$/iu.test(word))) {
    return words.length === 1
      ? { kind: 'approve', numbers: [], ids: [] }
      : malformed('it takes either `all`, or numbers');
  }
  const numbers = new Set<number>();
  const ids = new Set<string>();
  for (const word of words) {
    const [, number, id] = /^`?#?(?:([1-9]\d{0,2})|([0-9a-f]{4,12}))`?\.?$/iu.exec(word) ?? [];
    if (number !== undefined) numbers.add(Number(number));
    else if (id !== undefined) ids.add(id.toLowerCase());
    else return malformed('it takes the numbers of visual changes, as they stand in the summary, or `all`');
  }
  return { kind: 'approve', numbers: [...numbers], ids: [...ids] };
}

/**
 * The first word is an id when it is a whole one, or looks like the beginning of one: four hexadecimal digits or more,
 * not all of them letters, which would be a word (`added`).
 */
function parseAboutFinding(name: 'dismiss' | 'explain', rest: string): Command {
  const [, first = '', others = ''] = /^`?([0-9a-f]{4,12})`?[.,:;]?(?:\s+(.*))?$/isu.exec(rest) ?? [];
  const isId = first.length === 12 || /\d/.test(first);
  const id = isId ? { id: first.toLowerCase() } : {};
  const why = (isId ? others : rest).trim().slice(0, MAX_REASON_LENGTH);
  if (name === 'dismiss') return { kind: 'dismiss', ...id, ...(why === '' ? {} : { why }) };
  if (why !== '')
    return { kind: 'malformed', name, problem: 'it takes the id of a finding, and nothing else' };
  return { kind: 'explain', ...id };
}

/** Returns the normalised address when `text` is an http(s) address without a user name or password. */
function parseUrl(text: string): string | undefined {
  const bare = /^<(.*)>$/u.exec(text)?.[1] ?? text;
  if (bare.length > MAX_URL_LENGTH || !/^https?:\/\//iu.test(bare)) return undefined;
  const url = URL.parse(bare);
  if (url === null || url.username !== '' || url.password !== '') return undefined;
  return url.href;
}

/**
 * Whether one slip (a letter left out, added, wrong, or two swapped) turns `name` into `word`.
 *
 * The first letter must be right: `/preview` and `/dapprove` belong to other apps as likely as not.
 */
function isTypo(word: string, name: string): boolean {
  if (word[0] !== name[0] || Math.abs(word.length - name.length) > 1) return false;
  let start = 0;
  while (start < name.length && word[start] === name[start]) start += 1;
  const left = word.slice(start);
  const right = name.slice(start);
  return (
    left.slice(1) === right ||
    left === right.slice(1) ||
    left.slice(1) === right.slice(1) ||
    (left.length >= 2 && left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
  );
}
