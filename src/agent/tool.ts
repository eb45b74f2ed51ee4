import { z } from 'zod';
import type { ToolOffer } from './ports.ts';

/** A tool that a model may use: what it is told, and what happens. */
export interface Tool extends ToolOffer {
  /** Checks the input and runs. The text goes back to the model; it never rejects but with the signal's reason. */
  run(input: unknown, signal: AbortSignal): Promise<string>;
}

/** Makes a tool whose input is checked in one place; a wrong one is answered with what is wrong. */
export function defineTool<Input extends z.ZodType>(tool: {
  readonly name: string;
  readonly description: string;
  readonly input: Input;
  readonly run: (input: z.infer<Input>, signal: AbortSignal) => Promise<string>;
}): Tool {
  return {
    name: tool.name,
    description: tool.description,
    parameters: toParameters(tool.input),
    async run(input, signal) {
      const parsed = tool.input.safeParse(parseLoosely(input));
      if (!parsed.success) return `The input does not fit: ${describeProblems(parsed.error)}`;
      try {
        return await tool.run(parsed.data, signal);
      } catch {
        // What git or the network said is not for a model.
        signal.throwIfAborted();
        return 'This could not be read.';
      }
    },
  };
}

/** The JSON Schema of a zod object, as providers take it. */
export function toParameters(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _, ...parameters } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // What we make of a value that is missing is none of a model's: every field is asked for.
      delete jsonSchema.default;
      // Some servers cannot read a number that is that large.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return parameters;
}

/** All that is wrong, in one line, for the model to mend. */
export function describeProblems(error: z.ZodError): string {
  return error.issues
    .slice(0, 8)
    .map(({ path, message }) => `${path.join('.') || '(all)'}: ${message}`)
    .join('; ');
}

/** Some models send their input as a text that holds JSON. */
export function parseLoosely(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
