import type { z } from 'zod';
import { addTokens, NO_TOKENS, type Tokens } from '../domain/tokens.ts';
import type { Budget } from './budget.ts';
import { findJson } from './find-json.ts';
import type { Message, Model, ModelFailure, ToolCall, ToolOffer, Turn, TurnRequest } from './ports.ts';
import { describeProblems, parseLoosely, type Tool, toParameters } from './tool.ts';

/** Answers that do not fit their schema are sent back this often. */
const MAX_REPAIRS = 2;
/** Results of all tool calls of one conversation together. */
const MAX_TOOL_CHARACTERS = 60_000;

export interface Conversation<Answer extends z.ZodType> {
  readonly model: Model;
  readonly instructions: string;
  /** The first prompt, or all that was said before it. */
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
  /** The tool by which the model gives its answer; the same JSON as plain text counts too. */
  readonly answer: { readonly name: string; readonly description: string; readonly schema: Answer };
  readonly maxTurns: number;
  readonly maxOutputTokens: number;
}

export type FailedReason = ModelFailure | 'invalid-output' | 'budget';

export type Outcome<Value> = {
  readonly tokens: Tokens;
  readonly calls: number;
} & (
  | {
      readonly kind: 'answered';
      readonly value: Value;
      /** All that was said, for a question that follows. */
      readonly messages: readonly Message[];
    }
  | { readonly kind: 'failed'; readonly reason: FailedReason; readonly message: string }
);

/**
 * Lets a model work with tools until it answers. Every failure is a result; it rejects only with the signal's reason.
 *
 * In the last turn only the answer is offered. What does not fit its schema goes back with what is wrong, twice.
 */
export async function converse<Answer extends z.ZodType>(
  conversation: Conversation<Answer>,
  budget: Budget,
  signal: AbortSignal,
): Promise<Outcome<z.infer<Answer>>> {
  const { model, instructions, tools, answer, maxTurns, maxOutputTokens } = conversation;
  const messages: Message[] = [...conversation.messages];
  const last: ToolOffer = { ...answer, parameters: toParameters(answer.schema) };
  const room = { characters: MAX_TOOL_CHARACTERS };
  let [tokens, calls, repairs] = [NO_TOKENS, 0, 0];
  for (let turn = 1; ; turn++) {
    const offered = turn >= maxTurns ? [last] : [...tools, last];
    const request = { instructions, messages, tools: offered, maxOutputTokens };
    const reply = await respond(model, request, budget, signal);
    if (reply.kind === 'failed') return { ...reply, tokens, calls };
    tokens = addTokens(tokens, reply.tokens);
    calls += 1;
    const step = judge(reply, answer);
    messages.push({ role: 'assistant', text: reply.text, toolCalls: reply.toolCalls, native: reply.native });
    if (step.kind === 'answer') {
      messages.push(...acknowledge(reply.toolCalls));
      return { kind: 'answered', value: step.value, messages, tokens, calls };
    }
    if (step.kind === 'look-ups' && turn < maxTurns) {
      messages.push(await runTools(step.calls, { tools, room, turnsLeft: maxTurns - turn }, signal));
      continue;
    }
    if (repairs >= MAX_REPAIRS) {
      const message = `${model.name} gave no answer of the form that was asked for`;
      return { kind: 'failed', reason: 'invalid-output', message, tokens, calls };
    }
    repairs += 1;
    const problem = step.kind === 'problem' ? step.problem : noAnswer(answer.name);
    messages.push(...sendBack(reply.toolCalls, problem));
  }
}

type Answered = Extract<Turn, { kind: 'answered' }>;

type Step<Value> =
  | { readonly kind: 'answer'; readonly value: Value }
  | { readonly kind: 'look-ups'; readonly calls: readonly ToolCall[] }
  | { readonly kind: 'problem'; readonly problem: string };

/** What a reply is: the answer, a wish to look things up, or neither. */
function judge<Answer extends z.ZodType>(
  reply: Answered,
  { name, schema }: Conversation<Answer>['answer'],
): Step<z.infer<Answer>> {
  const submitted = readAnswer(reply, name);
  if (submitted === undefined && reply.toolCalls.length > 0) {
    return { kind: 'look-ups', calls: reply.toolCalls };
  }
  const parsed = submitted === undefined ? undefined : schema.safeParse(submitted);
  if (parsed?.success === true) return { kind: 'answer', value: parsed.data };
  if (reply.isCut) {
    return { kind: 'problem', problem: 'The answer was cut at its maximal length: give a shorter one.' };
  }
  if (parsed === undefined) return { kind: 'problem', problem: noAnswer(name) };
  return {
    kind: 'problem',
    problem: `The answer does not fit: ${describeProblems(parsed.error)}. Give it again, whole.`,
  };
}

function noAnswer(name: string): string {
  return `No answer was given: call ${name}, or write its input as one JSON object.`;
}

/** One turn within the budget. */
async function respond(
  model: Model,
  request: TurnRequest,
  budget: Budget,
  signal: AbortSignal,
): Promise<Answered | { readonly kind: 'failed'; readonly reason: FailedReason; readonly message: string }> {
  signal.throwIfAborted();
  const size = { characters: sizeOf(request), maxOutputTokens: request.maxOutputTokens };
  const reserved = budget.reserve(size, model.price);
  if ('exhausted' in reserved) return { kind: 'failed', reason: 'budget', message: reserved.exhausted };
  try {
    const reply = await model.respond(request, signal);
    if (reply.kind === 'answered') reserved.settle(reply.tokens);
    return reply;
  } finally {
    reserved.release();
  }
}

/** From the answer's own tool, or from the text when no tool was called. */
function readAnswer({ toolCalls, text }: Answered, name: string): unknown {
  const call = toolCalls.find((one) => one.name === name);
  if (call !== undefined) return parseLoosely(call.input);
  return toolCalls.length > 0 ? undefined : findJson(text);
}

async function runTools(
  calls: readonly ToolCall[],
  options: {
    readonly tools: readonly Tool[];
    readonly room: { characters: number };
    readonly turnsLeft: number;
  },
  signal: AbortSignal,
): Promise<Message> {
  const { tools, room, turnsLeft } = options;
  const results = [];
  for (const { id, name, input } of calls) {
    const tool = tools.find((one) => one.name === name);
    const text =
      tool === undefined
        ? 'There is no such tool.'
        : room.characters <= 0
          ? 'Enough was read: answer with what you have.'
          : await tool.run(input, signal);
    room.characters -= text.length;
    results.push({
      id,
      name,
      text: turnsLeft === 1 ? `${text}\n\nThis was the last look-up: answer now.` : text,
    });
  }
  return { role: 'tool', results };
}

/** Every call needs a result before the next message: providers refuse the request otherwise. */
function acknowledge(calls: readonly ToolCall[]): readonly Message[] {
  return calls.length === 0
    ? []
    : [{ role: 'tool', results: calls.map(({ id, name }) => ({ id, name, text: 'Received.' })) }];
}

function sendBack(calls: readonly ToolCall[], problem: string): readonly Message[] {
  return calls.length === 0
    ? [{ role: 'user', text: problem }]
    : [{ role: 'tool', results: calls.map(({ id, name }) => ({ id, name, text: problem })) }];
}

function sizeOf(request: TurnRequest): number {
  const messages = request.messages.reduce((sum, message) => sum + sizeOfMessage(message), 0);
  return (
    request.instructions.length +
    messages +
    JSON.stringify(request.tools.map(({ parameters }) => parameters)).length
  );
}

function sizeOfMessage(message: Message): number {
  switch (message.role) {
    case 'user':
      return message.text.length;
    case 'assistant':
      return Math.max(
        message.text.length + JSON.stringify(message.toolCalls).length,
        JSON.stringify(message.native ?? '').length,
      );
    case 'tool':
      return message.results.reduce((sum, { text }) => sum + text.length, 0);
  }
}
