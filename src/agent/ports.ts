import type { Price, Tokens } from '../domain/tokens.ts';

/** A tool as the model is told of it. The loop runs it; the model only asks. */
export interface ToolOffer {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What the model asks for. `input` is whatever it sent, unchecked. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export type Message =
  | { readonly role: 'user'; readonly text: string }
  | {
      readonly role: 'assistant';
      readonly text: string;
      readonly toolCalls: readonly ToolCall[];
      /** The provider's own form of the message, handed back to it as it came. */
      readonly native?: unknown;
    }
  | {
      readonly role: 'tool';
      readonly results: readonly { readonly id: string; readonly name: string; readonly text: string }[];
    };

export interface TurnRequest {
  /** Ours alone: nothing from a pull request stands here. */
  readonly instructions: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolOffer[];
  readonly maxOutputTokens: number;
}

/** Why a model gave no answer. After the first two, no other call of the run can succeed. */
export type ModelFailure =
  | 'key-refused'
  | 'model-unknown'
  | 'overloaded'
  | 'unreachable'
  | 'timeout'
  | 'request-refused';

export type Turn =
  | {
      readonly kind: 'answered';
      readonly text: string;
      readonly toolCalls: readonly ToolCall[];
      /** The answer ended at `maxOutputTokens`. */
      readonly isCut: boolean;
      /** The model, or a filter before it, would not answer. */
      readonly isRefused?: boolean;
      readonly tokens: Tokens;
      /** The endpoint counted nothing: `tokens` is our own estimate. */
      readonly isEstimated?: boolean;
      readonly native?: unknown;
    }
  | {
      readonly kind: 'failed';
      readonly reason: ModelFailure;
      readonly message: string;
      /** What was counted for answers that could not be used. */
      readonly tokens?: Tokens;
    };

/** A language model behind some provider. */
export interface Model {
  /** `provider/name`, as the operator wrote it. */
  readonly name: string;
  /** Absent when the table does not know the model. */
  readonly price: Price | undefined;
  /** How many tokens it can hold, question and answer; absent when nobody said. */
  readonly contextTokens?: number;
  /**
   * Takes one turn, with retries where waiting can help. Never throws for what the provider does; rejects with the
   * signal's reason when it is aborted.
   */
  respond(request: TurnRequest, signal: AbortSignal): Promise<Turn>;
}

/** Read-only files of commits: no checkout. */
export interface CodeSource {
  /** Every entry of the commit's tree. */
  listTree(
    commit: string,
    signal: AbortSignal,
  ): Promise<
    readonly {
      readonly path: string;
      readonly kind: 'file' | 'symlink' | 'submodule';
      readonly bytes: number;
    }[]
  >;
  /** The files' bytes by path; what the commit does not have, or is no file, is left out. */
  readFiles(
    commit: string,
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** Remembers what a model said of the same input, so that it is not asked, and does not change its mind, twice. */
export interface Memory {
  /** What was remembered under the key, of whatever shape it was. Absent when there is nothing. */
  recall(key: string): Promise<unknown>;
  /** Best effort: a failure is not the caller's. */
  remember(key: string, value: unknown): Promise<void>;
}

/** What a reading may use of today's limits, taken in advance. */
export interface Grant {
  readonly usd: number;
  readonly tokens: number;
  /** Which limit `usd` is, when it is not the run's own. */
  readonly usdFrom?: string;
  readonly tokensFrom?: string;
  /** Replaces what was taken by what was used. */
  settle(used: { readonly usd: number; readonly tokens: number }): Promise<void>;
}

/** Keeps what models used per day and repository, so that limits hold over runs and machines. */
export interface SpendLedger {
  /**
   * Takes as much of `wanted` as today's limits leave. What is never settled, because the process died, stays taken until
   * the day is over (UTC).
   */
  take(repository: string, wanted: { readonly usd: number; readonly tokens: number }): Promise<Grant>;
}
