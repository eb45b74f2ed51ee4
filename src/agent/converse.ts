import type { z } from 'zod';
import { addTokens, NO_TOKENS, type Tokens } from '../domain/tokens.ts';
import type { Budget } from './budget.ts';
import { clipFenced } from './fence.ts';
import type { Message, Model, ModelFailure, ToolCall, ToolOffer, TurnRequest } from './ports.ts';
import { type Answered, type AnswerForm, noAnswer, readReply } from './read-reply.ts';
import type { Room } from './room.ts';
import { type Tool, toParameters } from './tool.ts';

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
  readonly answer: AnswerForm<Answer>;
  readonly maxTurns: number;
  readonly maxOutputTokens: number;
  /** How long a request to this model may be, as far as that is known. */
  readonly room: Room;
}

export type FailedReason = ModelFailure | 'invalid-output' | 'budget' | 'too-long';

export type Outcome<Value> = {
  readonly tokens: Tokens;
  readonly calls: number;
  /** Of the calls, those whose tokens the endpoint did not count. */
  readonly uncounted: number;
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
 * In the last turn only the answer is offered. What does not fit its schema goes back with what is wrong, twice. Where
 * what was looked up does not fit into the model, it is cut short and the answer is asked for at once.
 */
export async function converse<Answer extends z.ZodType>(
  conversation: Conversation<Answer>,
  budget: Budget,
  signal: AbortSignal,
): Promise<Outcome<z.infer<Answer>>> {
  const { model, instructions, tools, answer, maxTurns, room } = conversation;
  let maxOutputTokens = Math.min(conversation.maxOutputTokens, room.maxOutputTokens);
  let messages: Message[] = [...conversation.messages];
  const last: ToolOffer = {
    name: answer.name,
    description: answer.description,
    parameters: toParameters(answer.schema),
  };
  const toRequest = (offered: readonly ToolOffer[]): TurnRequest => ({
    instructions,
    messages,
    tools: offered,
    maxOutputTokens,
  });
  const begun = sizeOf(toRequest([...tools, last]));
  const left = { characters: Math.min(MAX_TOOL_CHARACTERS, room.characters() - begun) };
  let [tokens, calls, uncounted, repairs, lastTurn] = [NO_TOKENS, 0, 0, 0, maxTurns];
  for (let turn = 1; ; turn++) {
    const request = toRequest(turn >= lastTurn ? [last] : [...tools, last]);
    const reply = await respond(model, request, budget, signal);
    tokens = addTokens(tokens, reply.tokens ?? NO_TOKENS);
    if (reply.kind === 'failed') {
      if (reply.reason !== 'request-refused') return { ...reply, tokens, calls, uncounted };
      const shorter = cutLookUps(messages);
      // Nothing was looked up: the question itself may be too long for this model.
      if (shorter === undefined) {
        room.refused(sizeOf(request));
        return { ...reply, reason: 'too-long', tokens, calls, uncounted };
      }
      messages = shorter;
      lastTurn = turn + 1;
      continue;
    }
    calls += 1;
    if (reply.isEstimated === true) uncounted += 1;
    const step = readReply(reply, answer, tools);
    messages.push({ role: 'assistant', text: reply.text, toolCalls: reply.toolCalls, native: reply.native });
    if (step.kind === 'answer') {
      messages.push(...acknowledge(reply.toolCalls));
      return { kind: 'answered', value: step.value, messages, tokens, calls, uncounted };
    }
    if (step.kind === 'look-ups' && turn < lastTurn) {
      const looked = await runTools(step.calls, { tools, left, turnsLeft: lastTurn - turn }, signal);
      messages.push(step.isWritten ? asText(looked) : { role: 'tool', results: looked });
      continue;
    }
    if (repairs >= MAX_REPAIRS || reply.isRefused === true) {
      return { ...giveUp(model, reply), tokens, calls, uncounted };
    }
    repairs += 1;
    // What a model thinks counts too: where that took all of the room, a shorter answer alone does not help.
    if (reply.isCut) maxOutputTokens = Math.min(maxOutputTokens * 2, room.maxOutputTokens);
    messages.push(
      ...sendBack(reply.toolCalls, step.kind === 'problem' ? step.problem : noAnswer(answer.name)),
    );
  }
}

function giveUp(
  { name }: Model,
  { isRefused }: Answered,
): { readonly kind: 'failed'; readonly reason: FailedReason; readonly message: string } {
  const what = isRefused === true ? 'refused to answer' : 'gave no answer of the form that was asked for';
  return { kind: 'failed', reason: 'invalid-output', message: `${name} ${what}` };
}

/** Of each look-up, what is kept when all of it is too much. */
const MAX_CUT = 800;

/** The same messages with short results; undefined when there is nothing to cut. */
function cutLookUps(messages: readonly Message[]): Message[] | undefined {
  let isCut = false;
  const cut = (text: string): string => {
    // A text that was cut before is longer by its marks.
    if (text.length <= MAX_CUT + 200) return text;
    isCut = true;
    return clipFenced(text, MAX_CUT);
  };
  const shorter = messages.map(
    (message): Message =>
      message.role === 'tool'
        ? { role: 'tool', results: message.results.map((result) => ({ ...result, text: cut(result.text) })) }
        : message,
  );
  return isCut ? shorter : undefined;
}

/** One turn within the budget. */
async function respond(
  model: Model,
  request: TurnRequest,
  budget: Budget,
  signal: AbortSignal,
): Promise<
  | Answered
  | {
      readonly kind: 'failed';
      readonly reason: FailedReason;
      readonly message: string;
      readonly tokens?: Tokens;
    }
> {
  signal.throwIfAborted();
  const size = { characters: sizeOf(request), maxOutputTokens: request.maxOutputTokens };
  const reserved = budget.reserve(size, model.price);
  if ('exhausted' in reserved) return { kind: 'failed', reason: 'budget', message: reserved.exhausted };
  try {
    const reply = await model.respond(request, signal);
    if (reply.tokens !== undefined) reserved.settle(reply.tokens);
    return reply;
  } finally {
    reserved.release();
  }
}

type Results = readonly { readonly id: string; readonly name: string; readonly text: string }[];

async function runTools(
  calls: readonly ToolCall[],
  options: {
    readonly tools: readonly Tool[];
    readonly left: { characters: number };
    readonly turnsLeft: number;
  },
  signal: AbortSignal,
): Promise<Results> {
  const { tools, left, turnsLeft } = options;
  const results = [];
  for (const { id, name, input } of calls) {
    const tool = tools.find((one) => one.name === name);
    const text =
      tool === undefined
        ? 'There is no such tool.'
        : left.characters <= 0
          ? 'Enough was read: answer with what you have.'
          : clipFenced(await tool.run(input, signal), left.characters);
    left.characters -= text.length;
    results.push({
      id,
      name,
      text: turnsLeft === 1 ? `${text}\n\nThis was the last look-up: answer now.` : text,
    });
  }
  return results;
}

/** For a model that writes its calls as text. */
function asText(results: Results): Message {
  const texts = results.map(({ name, text }) => `${name}:\n${text}`);
  return { role: 'user', text: texts.join('\n\n') };
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

/** Characters of a request, as room is counted in. */
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
