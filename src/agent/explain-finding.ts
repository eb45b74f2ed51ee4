import { z } from 'zod';
import { categorySchema, type Finding, locationSchema, severitySchema } from '../domain/finding.ts';
import { costOf, NO_TOKENS, type Tokens } from '../domain/tokens.ts';
import type { Budget } from './budget.ts';
import { type Quote, quoteSchema } from './claim-schema.ts';
import { type CodeReader, createCodeReader } from './code-reader.ts';
import { codeTools } from './code-tools.ts';
import { type Conversation, converse, type Outcome } from './converse.ts';
import { createFence, type Fence } from './fence.ts';
import { findQuote, shownLines } from './match-quote.ts';
import { plainText } from './plain-text.ts';
import type { CodeSource, Message, Model } from './ports.ts';
import { EXPLAIN_PROMPT } from './prompts/explain-prompt.ts';
import { createRoom } from './room.ts';
import { showShorter } from './show-file.ts';
import { visibleProse } from './untrusted-text.ts';

const MAX_TURNS = 6;
const MAX_OUTPUT_TOKENS = 8000;
const MAX_QUESTION = 4000;
const MAX_ANSWER = 1500;
const MAX_PLACES = 5;

/** A finding of the diff that somebody asks about: plain data. */
export const explainTaskSchema = z.strictObject({
  kind: z.literal('explain'),
  /** What the tools read. */
  head: z.string(),
  /** Where the finding's lines stand: the head, or the base for lines that went away. */
  commit: z.string(),
  category: categorySchema,
  severity: severitySchema,
  title: z.string(),
  body: z.string(),
  location: locationSchema,
  /** What a person wrote, in their words. */
  question: z.string().optional(),
  /** Random, for the fences of this run. */
  token: z.string(),
});
export type ExplainTask = z.infer<typeof explainTaskSchema>;

/** What a model says of a finding, and what that took. All texts are plain. */
export const explanationSchema = z.strictObject({
  /** Absent when the model gave none that rests on lines that exist. */
  said: z
    .strictObject({
      answer: z.string(),
      view: z.enum(['holds', 'does-not-hold', 'undecided']),
      places: z.array(z.strictObject({ path: z.string(), line: z.number() })),
    })
    .optional(),
  /** Why nothing was said. */
  why: z.string().optional(),
  model: z.string(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** Absent when the price is not known. */
  usd: z.number().optional(),
});
export type Explanation = z.infer<typeof explanationSchema>;

const answerSchema = z.object({
  answer: z.string().transform((text) => text.slice(0, 4000)),
  view: z.enum(['holds', 'does-not-hold', 'undecided']).catch('undecided'),
  evidence: z.array(quoteSchema).catch([]),
});
type Answer = z.infer<typeof answerSchema>;

/** The task for a finding that was found in the diff; undefined for one that points at no lines. */
export function toExplainTask(
  { category, severity, title, body, location }: Finding,
  given: { readonly base: string; readonly head: string; readonly question?: string; readonly token: string },
): ExplainTask | undefined {
  if (location === undefined) return undefined;
  const { base, head, question, token } = given;
  const commit = location.side === 'LEFT' ? base : head;
  return {
    kind: 'explain',
    head,
    commit,
    category,
    severity,
    title,
    body,
    location,
    token,
    ...(question === undefined ? {} : { question }),
  };
}

/**
 * Lets a model look at the code again and answer about one finding; only what rests on lines that exist is passed on.
 * Failures are in the result; rejects with the signal's reason, and with what `source` throws.
 */
export async function explainFinding(
  task: ExplainTask,
  { model, source, budget }: { readonly model: Model; readonly source: CodeSource; readonly budget: Budget },
  signal: AbortSignal,
): Promise<Explanation> {
  const fence = createFence(task.token);
  const code = createCodeReader(source, task.head);
  const shown = task.commit === task.head ? code : createCodeReader(source, task.commit);
  const room = createRoom(model.contextTokens);
  const conversation: Omit<Conversation<typeof answerSchema>, 'messages'> = {
    model,
    instructions: `${EXPLAIN_PROMPT.text}\n\n# Data\n\n${fence.rule}`,
    tools: codeTools(code, { fence, near: task.location.path }),
    answer: { name: 'answer', description: 'Gives the answer and what it rests on.', schema: answerSchema },
    maxTurns: MAX_TURNS,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    room,
  };
  const text = await shown.read(task.location.path, signal);
  let outcome: Outcome<Answer> | undefined;
  let use = useOf(model, NO_TOKENS);
  for (const file of text === undefined ? [''] : showShorter(text, task.location.startLine)) {
    const messages: readonly Message[] = [{ role: 'user', text: writePrompt(task, file, fence) }];
    outcome = await converse({ ...conversation, messages }, budget, signal);
    use = useOf(model, outcome.tokens);
    if (outcome.kind === 'answered' || outcome.reason !== 'too-long') break;
  }
  if (outcome?.kind !== 'answered') return { ...use, why: outcome?.message ?? 'its file could not be read' };
  const { answer, view, evidence } = outcome.value;
  const places = await truePlaces(evidence, [code, shown], signal);
  if (places.length === 0) return { ...use, why: 'its answer rests on no line that exists' };
  return { ...use, said: { answer: plainText(answer, MAX_ANSWER), view, places } };
}

function writePrompt(task: ExplainTask, file: string, fence: Fence): string {
  return [
    `The finding:\n${fence.wrap('finding', describe(task))}`,
    ...(file === '' ? [] : [`The file:\n${fence.wrap('file', file)}`]),
    task.question === undefined
      ? 'Somebody asks what this finding means.'
      : `What a person wrote about it:\n${fence.wrap('reply', visibleProse(task.question, MAX_QUESTION))}`,
  ].join('\n\n');
}

function describe({ category, severity, title, body, location }: ExplainTask): string {
  const side = location.side === 'RIGHT' ? 'new' : 'old';
  return [
    `about: ${JSON.stringify(location.path)}, ${side} lines ${location.startLine} to ${location.endLine}`,
    `${severity}, ${category}: ${title}`,
    visibleProse(body, 4000),
  ].join('\n');
}

function useOf(model: Model, tokens: Tokens): Omit<Explanation, 'said' | 'why'> {
  return {
    model: model.name,
    inputTokens: tokens.input,
    outputTokens: tokens.output,
    ...(model.price === undefined ? {} : { usd: costOf(tokens, model.price) }),
  };
}

async function truePlaces(
  evidence: readonly Quote[],
  readers: readonly CodeReader[],
  signal: AbortSignal,
): Promise<{ path: string; line: number }[]> {
  const places: { path: string; line: number }[] = [];
  for (const { path, line, code } of evidence.slice(0, MAX_PLACES)) {
    for (const reader of readers) {
      const text = await reader.read(path, signal);
      const place = text === undefined ? undefined : findQuote(shownLines(text), code, line);
      if (place === undefined) continue;
      places.push({ path, line: place.startLine });
      break;
    }
  }
  return places;
}
