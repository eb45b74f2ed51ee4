import type { z } from 'zod';
import { findJson } from './find-json.ts';
import type { ToolCall, Turn } from './ports.ts';
import { describeProblems, parseLoosely, type Tool } from './tool.ts';

export type Answered = Extract<Turn, { kind: 'answered' }>;

/** The tool by which a model gives its answer; the same JSON as plain text counts too. */
export interface AnswerForm<Schema extends z.ZodType> {
  readonly name: string;
  readonly description: string;
  readonly schema: Schema;
}

/** What a reply is: the answer, a wish to look things up, or neither. */
export type Step<Value> =
  | { readonly kind: 'answer'; readonly value: Value }
  | {
      readonly kind: 'look-ups';
      readonly calls: readonly ToolCall[];
      /** Written as text by a model whose server knows no tools: answered as text. */
      readonly isWritten: boolean;
    }
  | { readonly kind: 'problem'; readonly problem: string };

/** Reads what a model gave: calls of tools, or JSON somewhere in its text. */
export function readReply<Schema extends z.ZodType>(
  reply: Answered,
  answer: AnswerForm<Schema>,
  tools: readonly Tool[],
): Step<z.infer<Schema>> {
  const call = reply.toolCalls.find((one) => one.name === answer.name);
  if (call === undefined && reply.toolCalls.length > 0) {
    return { kind: 'look-ups', calls: reply.toolCalls, isWritten: false };
  }
  const written =
    call === undefined ? readWritten(reply.text, answer.name, tools) : [parseLoosely(call.input)];
  if ('calls' in written) return { kind: 'look-ups', calls: written.calls, isWritten: true };
  const parsed = written.map((value) => answer.schema.safeParse(value));
  const good = parsed.find(({ success }) => success);
  if (good?.success === true) return { kind: 'answer', value: good.data };
  if (reply.isCut) {
    return { kind: 'problem', problem: 'The answer was cut at its maximal length: give a shorter one.' };
  }
  const [error] = parsed.flatMap((one) => (one.success ? [] : [one.error]));
  return {
    kind: 'problem',
    problem:
      error === undefined
        ? noAnswer(answer.name)
        : `The answer does not fit: ${describeProblems(error)}. Give it again, whole.`,
  };
}

export function noAnswer(name: string): string {
  return `No answer was given: call ${name}, or write its input as one JSON object.`;
}

/** The answers that a text may hold, the likeliest first, or the calls that are written in it. */
function readWritten(
  text: string,
  answer: string,
  tools: readonly Tool[],
): readonly unknown[] | { readonly calls: readonly ToolCall[] } {
  const values = findJson(withoutThoughts(text));
  const calls = values.flatMap((value) => readCall(value) ?? []);
  const answers = calls.filter(({ name }) => name === answer);
  if (answers.length > 0) return answers.map(({ input }) => input);
  const lookUps = calls.filter(({ name }) => tools.some((tool) => tool.name === name));
  if (lookUps.length > 0) {
    return { calls: lookUps.reverse().map((call, index) => ({ ...call, id: `written-${index}` })) };
  }
  return values;
}

/** What a model thinks before it answers holds drafts. */
function withoutThoughts(text: string): string {
  const end = text.lastIndexOf('</think>');
  const rest = end === -1 ? text : text.slice(end + '</think>'.length);
  return rest.trim() === '' ? text : rest;
}

/** `{"name": …, "arguments": …}`, as models write a call when their server does not read it. */
function readCall(value: unknown): { readonly name: string; readonly input: unknown } | undefined {
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  const { name } = value;
  const [input] = ['arguments', 'parameters', 'input'].flatMap((key) =>
    key in value ? [(value as Readonly<Record<string, unknown>>)[key]] : [],
  );
  return typeof name === 'string' && input !== undefined ? { name, input: parseLoosely(input) } : undefined;
}
