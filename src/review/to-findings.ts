import type { Finding, Location, ReviewCategory } from '../domain/finding.ts';
import { compareFindings } from '../domain/finding.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { codeSpan } from './inert.ts';
import { foldSpace, type Lines } from './new-diagnostics.ts';
import { type ChangedLines, placeInDiff } from './place.ts';
import type { Diagnostic } from './ports.ts';
import { describeRule, isSecretRule } from './rules/describe-rule.ts';

/** A finding, and the rule's topic by which equal claims are known. */
export interface Claim {
  readonly finding: Finding & { readonly location: Location };
  readonly rule: string;
  readonly topic: string;
}

/** A finding that is not reported, and why. */
export interface NotShown {
  readonly finding: string;
  readonly reason: string;
  /** What it was, and what speaks against it. */
  readonly detail?: string;
}

const MAX_SUBJECT = 160;
const MAX_PLACES = 5;
const NOT_IN_DIFF = 'on a line that the diff does not change';

/**
 * Turns diagnostics into findings at added lines, with identities, in the order of their places.
 *
 * A diagnostic none of whose lines the diff adds is not shown.
 */
export function toFindings(
  diagnostics: readonly Diagnostic[],
  category: ReviewCategory,
  {
    changed,
    lines,
    baseLines,
  }: { readonly changed: ChangedLines; readonly lines: Lines; readonly baseLines: Lines },
): { readonly claims: readonly Claim[]; readonly notShown: readonly NotShown[] } {
  const occurrences = new Map<string, number>();
  const identify = ({ rule, path, side }: Diagnostic, line: number): string => {
    const text = foldSpace((side === 'LEFT' ? baseLines : lines)(path, line));
    const key = JSON.stringify([rule, path, text]);
    const occurrence = occurrences.get(key) ?? 0;
    occurrences.set(key, occurrence + 1);
    return fingerprint(rule, path, text, occurrence);
  };
  const claims: Claim[] = [];
  const notShown: NotShown[] = [];
  for (const diagnostic of [...diagnostics].sort(byPlace)) {
    const location = placeInDiff(diagnostic, changed);
    const id = identify(diagnostic, location?.startLine ?? diagnostic.startLine);
    if (location === undefined) notShown.push({ finding: id, reason: NOT_IN_DIFF });
    else claims.push(toClaim(diagnostic, category, { id, location }));
  }
  return { claims, notShown };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.path === b.path ? a.startLine - b.startLine : a.path < b.path ? -1 : 1;
}

function toClaim(
  { rule, message, help, replacement, places = [], text: own, trace = [] }: Diagnostic,
  category: ReviewCategory,
  { id, location }: { readonly id: string; readonly location: Location },
): Claim {
  const text = own ?? describeRule(rule, category);
  // A secret's own tool masks it, but its words say nothing that ours do not.
  const said =
    text.addsMessage === true && !isSecretRule(rule)
      ? `${nameOf(rule)} says: ${codeSpan(maskTokens(message), 400)}`
      : '';
  const hint = text.body === '' && help !== undefined ? codeSpan(help, 300) : '';
  return {
    rule,
    topic: text.topic ?? rule,
    finding: {
      id,
      category,
      severity: text.severity,
      evidence: 'checked',
      confidence: text.confidence,
      title: text.title,
      body: [withSubject(text.body, message), wayOf(trace, location.path), said, hint, seeAlso(places)]
        .filter((part) => part !== '')
        .join('\n\n'),
      source: rule,
      location,
      ...(replacement === undefined ? {} : { suggestion: replacement }),
    },
  };
}

/** `{subject}` in a rule's text stands for what the finding is about, which comes from outside. */
function withSubject(body: string, subject: string): string {
  return body.replaceAll('{subject}', () => codeSpan(maskTokens(subject), MAX_SUBJECT));
}

/** The way of data as a list, each place with its line. The code is the pull request's. */
function wayOf(trace: NonNullable<Diagnostic['trace']>, path: string): string {
  if (trace.length === 0) return '';
  const steps = trace.map((step, index) => {
    const place = step.path === path ? `line ${step.line}` : codeSpan(`${step.path}:${step.line}`);
    return `${index + 1}. ${place}: ${codeSpan(maskTokens(step.code), MAX_SUBJECT)}`;
  });
  return ['The way of the data:', ...steps].join('\n');
}

function seeAlso(places: NonNullable<Diagnostic['places']>): string {
  if (places.length === 0) return '';
  const named = places.slice(0, MAX_PLACES).map(({ path, line }) => codeSpan(`${path}:${line}`));
  const more = places.length > MAX_PLACES ? ` and ${places.length - MAX_PLACES} more` : '';
  return `See ${named.join(', ')}${more}.`;
}

/** A message can quote the code, and the code a secret: long runs with digits in them are left out. */
function maskTokens(message: string): string {
  return message.replace(/[\w+/=.-]{16,}/g, (run) => (/\d/.test(run) && /[a-z]/i.test(run) ? '…' : run));
}

/** The tool's name as its users know it. */
function nameOf(rule: string): string {
  const tool = rule.slice(0, rule.indexOf('/'));
  if (tool.startsWith('tsc')) return `TypeScript (${rule.slice(rule.indexOf('/') + 1)})`;
  return tool === 'firsthand' ? 'The comment' : tool;
}

/**
 * Leaves one finding per place: the most severe, then the surest. What else was said there, unless it is the same
 * claim in other words, is added to it in a line.
 */
export function mergeByPlace(claims: readonly Claim[]): readonly Claim[] {
  const places = Map.groupBy(claims, ({ finding: { location } }) =>
    JSON.stringify([location.path, location.side, location.startLine]),
  );
  return [...places.values()].flatMap((group) => {
    const [first, ...others] = [...group].sort((a, b) => compareFindings(a.finding, b.finding));
    if (first === undefined) return [];
    const topics = new Set([first.topic]);
    const also = others.filter(({ topic }) => !topics.has(topic) && topics.add(topic));
    if (also.length === 0) return [first];
    const more = also.map(({ finding }) => `- ${finding.title} (${finding.source})`).join('\n');
    return [
      { ...first, finding: { ...first.finding, body: `${first.finding.body}\n\nAlso here:\n${more}` } },
    ];
  });
}
