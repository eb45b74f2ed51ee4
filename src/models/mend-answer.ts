/**
 * Sends requests with `send` and puts answers of OpenAI's protocol into the form that the SDK reads, where a server has
 * a form of its own: arguments of a call as an object, a call without `function`, the older `function_call`.
 */
export function mendingFetch(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await send(input, init);
    if (!response.ok) return response;
    const { status, headers } = response;
    return new Response(mendAnswer(await response.text()), { status, headers });
  };
}

/** The text of an answer; what is no JSON, or has nothing to mend, stays as it is. */
function mendAnswer(text: string): string {
  let isMended = false;
  const mendMessage = (message: unknown): unknown => {
    if (!isRecord(message)) return message;
    const { function_call: only, tool_calls: calls, ...rest } = message;
    const given =
      Array.isArray(calls) && calls.length > 0 ? calls : isRecord(only) ? [{ function: only }] : [];
    const mended = given.map(mendCall);
    if (mended.every((call, index) => call === given[index])) return message;
    isMended = true;
    return { ...rest, tool_calls: mended };
  };
  const answer = parse(text);
  if (!isRecord(answer) || !Array.isArray(answer['choices'])) return text;
  const choices = answer['choices'].map((choice: unknown) =>
    isRecord(choice) ? { ...choice, message: mendMessage(choice['message']) } : choice,
  );
  return isMended ? JSON.stringify({ ...answer, choices }) : text;
}

function mendCall(call: unknown): unknown {
  if (!isRecord(call)) return call;
  const inner = isRecord(call['function']) ? call['function'] : call;
  const { name, arguments: input = inner['parameters'] } = inner;
  if (typeof name !== 'string') return call;
  const isWhole = inner !== call && typeof inner['arguments'] === 'string';
  if (isWhole && 'type' in call) return call;
  const text = typeof input === 'string' ? input : JSON.stringify(input ?? {});
  return { id: call['id'], type: 'function', function: { name, arguments: text } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON: the SDK says so.
    return undefined;
  }
}
