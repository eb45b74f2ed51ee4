import { createHash } from 'node:crypto';
import { findDeclarations } from '../lib/enclosing-symbol.ts';
import type { Candidate } from './candidates.ts';
import { type Quote, type Verdict, verdictSchema } from './claim-schema.ts';
import { codeTools } from './code-tools.ts';
import { converse, type Outcome } from './converse.ts';
import { describeIntent } from './describe-intent.ts';
import type { Desk } from './desk.ts';
import { correctQuote } from './gates.ts';
import type { Cause } from './merge.ts';
import type { Passage } from './passages.ts';
import type { Message } from './ports.ts';
import { VERIFIER_PROMPT } from './prompts/verifier-prompt.ts';
import { showShorter } from './show-file.ts';
import type { Intent, ReadableFile } from './task.ts';

const MAX_TURNS = 8;
const MAX_OUTPUT_TOKENS = 10_000;
const MAX_USES = 15;

/** What the verifier says, after its own quotes were checked. */
export type Checked =
  | {
      readonly kind: 'decided';
      /** `undecided` also when no quote of the verdict matches. */
      readonly verdict: Verdict;
    }
  | { readonly kind: 'not-checked'; readonly why: string };

export interface VerifyContext {
  readonly files: ReadonlyMap<string, ReadableFile>;
  readonly passages: readonly Passage[];
  /** What people wrote about the change: for claims that it does not do what they say. */
  readonly intent?: Intent;
}

/** Kinds of claims that compare the change with what is said of it. */
const ABOUT_INTENT: ReadonlySet<string> = new Set(['not-done', 'done-differently', 'unannounced-change']);

/** Lets a fresh model, which sees the whole file and who uses it, try to prove a claim wrong. */
export async function verifyCause(
  { candidate }: Cause,
  { files, passages, intent }: VerifyContext,
  desk: Desk,
  signal: AbortSignal,
): Promise<Checked> {
  const file = files.get(candidate.location.path);
  const halted = desk.halted(desk.models.verify);
  if (file === undefined) return { kind: 'not-checked', why: 'its file could not be read' };
  const said = intent !== undefined && ABOUT_INTENT.has(candidate.kind) ? describeIntent(intent) : '';
  const prompt = await writePrompt(candidate, { file, passages, said }, desk, signal);
  const key = createHash('sha256')
    .update(JSON.stringify([VERIFIER_PROMPT.version, desk.models.verify.name, prompt.key]))
    .digest('hex');
  const room = desk.roomOf(desk.models.verify);
  const remembered = verdictSchema.safeParse(await desk.memory.recall(key));
  if (remembered.success) return { kind: 'decided', verdict: remembered.data };
  if (halted !== undefined) return { kind: 'not-checked', why: halted };
  const fitting = prompt.texts.filter((text) => text.length <= room.forReading());
  let first: Outcome<Verdict> | undefined;
  for (const text of fitting.length > 0 ? fitting : prompt.texts.slice(-1)) {
    first = await ask(candidate, [{ role: 'user', text }], desk, signal);
    if (first.kind === 'answered' || first.reason !== 'too-long') break;
  }
  if (first === undefined) return { kind: 'not-checked', why: 'its file could not be shown' };
  if (first.kind === 'failed') return { kind: 'not-checked', why: first.message };
  let verdict = await withTrueEvidence(first.value, { files }, desk, signal);
  if (isUnproved(first.value, verdict) && desk.halted(desk.models.verify) === undefined) {
    const again = await ask(
      candidate,
      [...first.messages, { role: 'user', text: QUOTE_AGAIN }],
      desk,
      signal,
    );
    if (again.kind === 'answered') verdict = await withTrueEvidence(again.value, { files }, desk, signal);
  }
  await desk.memory.remember(key, verdict);
  return { kind: 'decided', verdict };
}

const QUOTE_AGAIN =
  'None of the lines in "evidence" stands in its file as quoted, so your verdict counts for nothing. Look at the lines again and decide anew, with lines copied exactly.';

/** Something was decided, and nothing of what it rests on stands there. */
function isUnproved(given: Verdict, checked: Verdict): boolean {
  return given.verdict !== 'undecided' && checked.evidence.length === 0;
}

async function ask(
  { category, location }: Candidate,
  messages: readonly Message[],
  desk: Desk,
  signal: AbortSignal,
): Promise<Outcome<Verdict>> {
  const model = desk.models.verify;
  const outcome = await converse(
    {
      model,
      instructions: `${VERIFIER_PROMPT.text}\n\n# Data\n\n${desk.fence.rule}`,
      messages,
      tools: codeTools(desk.code, { fence: desk.fence, near: location.path }),
      answer: {
        name: 'decide',
        description: 'Gives the verdict and what it rests on.',
        schema: verdictSchema,
      },
      maxTurns: MAX_TURNS,
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      room: desk.roomOf(model),
    },
    desk.budget,
    signal,
  );
  desk.usage.add(category, model, outcome);
  desk.note(model, outcome);
  return outcome;
}

/** The same verdict with the quotes that match; without any, it has decided nothing. */
async function withTrueEvidence(
  verdict: Verdict,
  { files }: Pick<VerifyContext, 'files'>,
  desk: Desk,
  signal: AbortSignal,
): Promise<Verdict> {
  const evidence: Quote[] = [];
  for (const quote of verdict.evidence) {
    const file = files.get(quote.path);
    const texts = file === undefined ? [await desk.code.read(quote.path, signal)] : [file.head, file.base];
    const placed = correctQuote(quote, texts);
    if (placed !== undefined) evidence.push(placed);
  }
  return { ...verdict, evidence, ...(evidence.length === 0 ? { verdict: 'undecided' as const } : {}) };
}

async function writePrompt(
  candidate: Candidate,
  {
    file,
    passages,
    said,
  }: { readonly file: ReadableFile; readonly passages: readonly Passage[]; readonly said: string },
  { fence, code }: Desk,
  signal: AbortSignal,
): Promise<{ readonly texts: readonly string[]; readonly key: unknown }> {
  const { location } = candidate;
  const claim = [
    `about: ${JSON.stringify(location.path)}, ${location.side === 'RIGHT' ? 'new' : 'old'} lines ${location.startLine} to ${location.endLine}`,
    `kind: ${candidate.category}, ${candidate.kind}`,
    `title: ${candidate.title}`,
    `trigger: ${candidate.trigger}`,
    `mechanism: ${candidate.mechanism}`,
    `consequence: ${candidate.consequence}`,
    `code:\n${candidate.code}`,
    ...candidate.evidence.map((quote) => `also: ${quote.path}:${quote.line}: ${quote.code}`),
    ...(candidate.rule === undefined ? [] : [`rule in ${candidate.rule.path}: ${candidate.rule.text}`]),
    ...(candidate.replacement === undefined ? [] : [`proposed text:\n${candidate.replacement}`]),
  ].join('\n');
  const changed = passages
    .filter(({ path, lines }) => path === location.path && isNear(lines, location))
    .map(({ text }) => text)
    .join('\n      …\n');
  const isGone = file.status === 'deleted';
  const line = location.side === 'RIGHT' || isGone ? location.startLine : nearestNewLine(passages, candidate);
  const uses = await findUses(candidate, file, { code }, signal);
  const whole = isGone ? (file.base ?? '') : file.head;
  const what = isGone ? 'The file before the change, which deletes it' : 'The file after the change';
  const texts = showShorter(whole, line).map((shown) =>
    [
      `The claim:\n${fence.wrap('claim', claim)}`,
      ...(said === '' ? [] : [`What people wrote about the change:\n${fence.wrap('what is said', said)}`]),
      `What changed there:\n${fence.wrap('diff', changed)}`,
      `${what}:\n${fence.wrap('file', shown)}`,
      ...(uses === '' ? [] : [`Lines that name the symbol around it:\n${fence.wrap('uses', uses)}`]),
      'Look up what you need, then call "decide".',
    ].join('\n\n'),
  );
  return { texts, key: [claim, changed, whole, uses, said] };
}

function isNear(lines: Passage['lines'], { side, startLine, endLine }: Candidate['location']): boolean {
  return lines.some(({ newLine, oldLine }) => {
    const line = side === 'RIGHT' ? newLine : oldLine;
    return line !== undefined && line >= startLine - 40 && line <= endLine + 40;
  });
}

/** Where a removed line would stand in the new version. */
function nearestNewLine(passages: readonly Passage[], { location }: Candidate): number {
  const own = passages.filter(({ path }) => path === location.path).flatMap(({ lines }) => lines);
  const index = own.findIndex(({ oldLine }) => oldLine === location.startLine);
  return own.slice(Math.max(0, index)).find(({ newLine }) => newLine !== undefined)?.newLine ?? 1;
}

/** Who uses the innermost named thing around the place. */
async function findUses(
  { location }: Candidate,
  file: ReadableFile,
  { code }: Pick<Desk, 'code'>,
  signal: AbortSignal,
): Promise<string> {
  const text = location.side === 'RIGHT' ? file.head : (file.base ?? '');
  const name = findDeclarations(text.split('\n'), location.startLine - 1).at(-1)?.name;
  if (name === undefined || name.length < 3) return '';
  const hits = await code.search(name, { near: file.path, isWord: true, max: MAX_USES }, signal);
  return hits.map((hit) => `${hit.path}:${hit.line}: ${hit.text.trim().slice(0, 200)}`).join('\n');
}
