import type { BudgetLimits } from '../agent/budget.ts';
import type { ExplainTask } from '../agent/explain-finding.ts';
import type { CodeSource, Memory } from '../agent/ports.ts';
import type { ReadingTask } from '../agent/task.ts';
import type { ModelVariables } from './choose-models.ts';
import type { Gateway, Outgoing } from './gateway.ts';

/** What the reading process is started with: all that it ever knows. */
export interface Start {
  readonly kind: 'start';
  /** Names, addresses and keys of models; nothing else of the environment. */
  readonly variables: ModelVariables;
  readonly chosen: string | undefined;
  readonly limits: BudgetLimits;
  readonly concurrency: number;
  readonly task: Task;
}

/** A change to read, or one finding to explain. */
export type Task = ReadingTask | ExplainTask;

export function isExplainTask(task: Task): task is ExplainTask {
  return 'kind' in task;
}

/** What the reading process may ask for: files of the repository, what models said before, and a request to a model. */
export type Ask =
  | { readonly name: 'listTree'; readonly commit: string }
  | { readonly name: 'readFiles'; readonly commit: string; readonly paths: readonly string[] }
  | { readonly name: 'recall'; readonly key: string }
  | { readonly name: 'remember'; readonly key: string; readonly value: unknown }
  | { readonly name: 'send'; readonly request: Outgoing };

export type FromChild =
  | { readonly kind: 'ask'; readonly id: number; readonly ask: Ask }
  /** What was asked is not waited for any more. */
  | { readonly kind: 'drop'; readonly id: number }
  | { readonly kind: 'spent'; readonly usd: number; readonly tokens: number }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly message: string };

export type ToChild = Start | { readonly kind: 'answer'; readonly id: number; readonly value: unknown };

/** Answers what the reading process asks. */
export async function answerAsk(
  ask: Ask,
  {
    source,
    memory,
    gateway,
  }: { readonly source: CodeSource; readonly memory: Memory; readonly gateway: Gateway },
  signal: AbortSignal,
): Promise<unknown> {
  switch (ask.name) {
    case 'listTree':
      return await source.listTree(ask.commit, signal);
    case 'readFiles':
      return await source.readFiles(ask.commit, ask.paths, signal);
    case 'recall':
      return await memory.recall(ask.key);
    case 'remember':
      return await memory.remember(ask.key, ask.value);
    case 'send':
      return await gateway.send(ask.request, signal);
  }
}
