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
  /** Makes one of several that came at once; left out, the first counts. */
  readonly join?: (answers: readonly z.infer<Schema>[]) => z.infer<Schema>;
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
  const calls = reply.toolCalls.filter((one) => one.name === answer.name);
  if (calls.length === 0 && reply.toolCalls.length > 0) {
    return { kind: 'look-ups', calls: reply.toolCalls, isWritten: false };
  }
  const written =
    calls.length === 0
      ? readWritten(reply.text, answer.name, tools)
      : calls.flatMap(({ input }) => unwrap(parseLoosely(input)));
  if ('calls' in written) return { kind: 'look-ups', calls: written.calls, isWritten: true };
  const parsed = written.map((value) => answer.schema.safeParse(value));
  const good = parsed.flatMap((one) => (one.success ? [one.data] : []));
  const [value] = calls.length > 1 && answer.join !== undefined ? [answer.join(good)] : good;
  if (good.length > 0 && value !== undefined) return { kind: 'answer', value };
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
  const values = findJson(withoutThoughts(text)).flatMap(unwrap);
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

/**
 * The value and what it holds one level below: models put an answer into an object by the tool's name, and calls into a
 * list. What is nearest to the outside comes first.
 */
function unwrap(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return findJson(value).flatMap(unwrap);
  if (typeof value !== 'object' || value === null) return [value];
  const inner: readonly unknown[] = Object.values(value);
  return [
    value,
    ...inner.flatMap((one) => (Array.isArray(one) ? (one as unknown[]) : [one])).filter(isRecord),
  ];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{"name": …, "arguments": …}`, as models write a call when their server does not read it. */
function readCall(value: unknown): { readonly name: string; readonly input: unknown } | undefined {
  if (!isRecord(value)) return undefined;
  const { name = value['tool'] ?? value['function'] } = value;
  const [input] = ['arguments', 'parameters', 'input', 'args'].flatMap((key) =>
    key in value ? [value[key]] : [],
  );
  return typeof name === 'string' && input !== undefined ? { name, input: parseLoosely(input) } : undefined;
}
