import type { ScriptedReply } from './scripted-model.ts';

/** The four protocols, by the path that a request goes to. */
export type Protocol = 'anthropic' | 'openai-chat' | 'openai-responses' | 'google';

export interface ScriptedUsage {
  /** All input, what was cached included. */
  readonly input: number;
  readonly output: number;
  readonly cached: number;
}

export interface ReadTurn {
  readonly instructions: string;
  readonly messages: readonly { readonly role: string; readonly text: string }[];
  readonly tools: readonly string[];
  readonly model: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export function protocolOf(url: string): Protocol | undefined {
  if (url.endsWith('/messages')) return 'anthropic';
  if (url.endsWith('/chat/completions')) return 'openai-chat';
  if (url.endsWith('/responses')) return 'openai-responses';
  return url.includes(':generateContent') ? 'google' : undefined;
}

interface Body {
  readonly model?: string;
  readonly system?: unknown;
  readonly systemInstruction?: unknown;
  readonly messages?: readonly { readonly role: string; readonly [key: string]: unknown }[];
  readonly input?: readonly { readonly role?: string; readonly [key: string]: unknown }[];
  readonly contents?: readonly { readonly role: string; readonly [key: string]: unknown }[];
  readonly tools?: readonly {
    readonly name?: string;
    readonly function?: { readonly name: string };
    readonly functionDeclarations?: readonly { readonly name: string }[];
  }[];
}

/** Reads a request of any of the protocols. */
export function readTurn(protocol: Protocol, raw: unknown): ReadTurn {
  const body = raw as Body;
  const all = [...(body.messages ?? []), ...(body.input ?? []), ...(body.contents ?? [])];
  const isSystem = ({ role }: { readonly role?: string }): boolean =>
    role === 'system' || role === 'developer';
  const system = [body.system, body.systemInstruction, ...all.filter(isSystem).map(withoutRole)];
  return {
    model: body.model ?? (protocol === 'google' ? 'in the path' : ''),
    instructions: system.map(textsOf).join('\n').trim(),
    messages: all
      .filter((message) => !isSystem(message))
      .map((message) => ({ role: message.role ?? 'tool', text: textsOf(withoutRole(message)) })),
    tools: (body.tools ?? []).flatMap((one) =>
      one.functionDeclarations === undefined
        ? [one.name ?? one.function?.name ?? '']
        : one.functionDeclarations.map(({ name }) => name),
    ),
    body: body as Readonly<Record<string, unknown>>,
  };
}

function withoutRole(message: Readonly<Record<string, unknown>>): unknown {
  return { ...message, role: undefined, type: undefined };
}

/** Every string in a value, whatever the protocol calls its parts. */
function textsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textsOf).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .filter(([key]) => key !== 'type' && key !== 'cache_control')
    .map(([, each]) => textsOf(each))
    .filter((text) => text !== '')
    .join('\n');
}

/** Writes an answer as the provider would. */
export function writeReply(
  protocol: Protocol,
  reply: ScriptedReply,
  usage: ScriptedUsage,
  number: number,
): unknown {
  const calls = (reply.toolCalls ?? []).map((call, index) => ({ ...call, id: `call_${number}_${index}` }));
  switch (protocol) {
    case 'anthropic':
      return writeAnthropic(reply, calls, usage, number);
    case 'openai-chat':
      return writeChat(reply, calls, usage, number);
    case 'openai-responses':
      return writeResponses(reply, calls, usage, number);
    case 'google':
      return writeGoogle(reply, calls, usage);
  }
}

type Calls = readonly { readonly id: string; readonly name: string; readonly input: unknown }[];

function writeAnthropic(reply: ScriptedReply, calls: Calls, usage: ScriptedUsage, number: number): unknown {
  return {
    id: `msg_${number}`,
    type: 'message',
    role: 'assistant',
    model: 'scripted',
    content: [
      ...(reply.text === undefined ? [] : [{ type: 'text', text: reply.text }]),
      ...calls.map(({ id, name, input }) => ({ type: 'tool_use', id, name, input })),
    ],
    stop_reason: reply.isCut === true ? 'max_tokens' : calls.length > 0 ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: usage.input - usage.cached,
      cache_read_input_tokens: usage.cached,
      cache_creation_input_tokens: 0,
      output_tokens: usage.output,
    },
  };
}

function writeChat(reply: ScriptedReply, calls: Calls, usage: ScriptedUsage, number: number): unknown {
  return {
    id: `chatcmpl-${number}`,
    object: 'chat.completion',
    created: 0,
    model: 'scripted',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: reply.text ?? null,
          ...(calls.length === 0
            ? {}
            : {
                tool_calls: calls.map(({ id, name, input }) => ({
                  id,
                  type: 'function',
                  function: { name, arguments: typeof input === 'string' ? input : JSON.stringify(input) },
                })),
              }),
        },
        finish_reason: reply.isCut === true ? 'length' : calls.length > 0 ? 'tool_calls' : 'stop',
      },
    ],
    usage: {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
      prompt_tokens_details: { cached_tokens: usage.cached },
    },
  };
}

function writeResponses(reply: ScriptedReply, calls: Calls, usage: ScriptedUsage, number: number): unknown {
  return {
    id: `resp_${number}`,
    object: 'response',
    created_at: 0,
    model: 'scripted',
    status: reply.isCut === true ? 'incomplete' : 'completed',
    incomplete_details: reply.isCut === true ? { reason: 'max_output_tokens' } : null,
    output: [
      ...(reply.text === undefined
        ? []
        : [
            {
              type: 'message',
              id: `msg_${number}`,
              role: 'assistant',
              status: 'completed',
              content: [{ type: 'output_text', text: reply.text, annotations: [] }],
            },
          ]),
      ...calls.map(({ id, name, input }) => ({
        type: 'function_call',
        id: `fc_${id}`,
        call_id: id,
        name,
        arguments: JSON.stringify(input),
        status: 'completed',
      })),
    ],
    usage: {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: usage.cached },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: usage.input + usage.output,
    },
  };
}

function writeGoogle(reply: ScriptedReply, calls: Calls, usage: ScriptedUsage): unknown {
  return {
    candidates: [
      {
        content: {
          role: 'model',
          parts: [
            ...(reply.text === undefined ? [] : [{ text: reply.text }]),
            ...calls.map(({ name, input }) => ({ functionCall: { name, args: input } })),
          ],
        },
        finishReason: reply.isCut === true ? 'MAX_TOKENS' : 'STOP',
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: usage.input,
      cachedContentTokenCount: usage.cached,
      candidatesTokenCount: usage.output,
      totalTokenCount: usage.input + usage.output,
    },
  };
}
