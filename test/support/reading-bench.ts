import { type BudgetLimits, createBudget } from '../../src/agent/budget.ts';
import type { Models } from '../../src/agent/desk.ts';
import type { Memory, Model } from '../../src/agent/ports.ts';
import { readChange } from '../../src/agent/read-change.ts';
import type { Reading } from '../../src/agent/reading.ts';
import type { EarlierClaim, Intent, KnownFinding, ReadableFile } from '../../src/agent/task.ts';
import type { ReviewCategory } from '../../src/domain/finding.ts';
import { parseDiff } from '../../src/domain/parse-diff.ts';
import { parseModelName } from '../../src/models/model-name.ts';
import { openModel } from '../../src/models/open-model.ts';
import { BASE, FakeGitObjects, HEAD } from './fake-git-objects.ts';
import {
  type AskedTurn,
  type ScriptedModel,
  type ScriptedReply,
  startScriptedModel,
} from './scripted-model.ts';

type Files = Readonly<Record<string, string>>;

/** Who asks, by the first words of its instructions. */
export type Asker = 'security' | 'logic' | 'style' | 'intent' | 'verifier';

export function askerOf({ instructions }: AskedTurn): Asker {
  if (instructions.startsWith('You are the security')) return 'security';
  if (instructions.startsWith('You are the logic')) return 'logic';
  if (instructions.startsWith('You are the style')) return 'style';
  return instructions.startsWith('You compare') ? 'intent' : 'verifier';
}

/** The receipts that stand in what was asked. */
export function receiptsIn({ text }: Pick<AskedTurn, 'text'>): readonly string[] {
  return [...text.matchAll(/Its receipt: (\S+)/g)].map(([, receipt = '']) => receipt);
}

/** A claim that is valid by default as far as the test does not say otherwise. */
export function aClaim(
  claim: { readonly path: string; readonly startLine: number; readonly code: string } & Record<
    string,
    unknown
  >,
) {
  return {
    endLine: claim.startLine + claim.code.split('\n').length - 1,
    side: 'new',
    kind: 'other',
    title: 'Something goes wrong',
    trigger: 'Somebody calls it with an empty list.',
    mechanism: 'The line divides by the number of items.',
    consequence: 'The result is not a number instead of zero.',
    evidence: [],
    severity: 'high',
    confidence: 0.9,
    ...claim,
  };
}

export function aVerdict(verdict: Record<string, unknown>) {
  return {
    verdict: 'confirmed',
    isCausedByChange: true,
    reason: 'The case was traced and nothing stands in its way.',
    evidence: [],
    severity: 'high',
    confidence: 0.9,
    ...verdict,
  };
}

/** What each asker answers; a finder's claims are told once, with all receipts, and none after that. */
export type Answers = Readonly<
  Partial<Record<Exclude<Asker, 'verifier'>, readonly unknown[]>> & {
    verifier?: (asked: AskedTurn) => unknown;
  }
>;

export function answerWith(answers: Answers): (asked: AskedTurn) => ScriptedReply {
  return (asked) => {
    const asker = askerOf(asked);
    if (asker === 'verifier') return { toolCalls: [{ name: 'decide', input: answers.verifier?.(asked) }] };
    const isFirst = asked.messages.length === 1;
    const findings = isFirst ? (answers[asker] ?? []) : [];
    return { toolCalls: [{ name: 'report', input: { receipts: receiptsIn(asked), findings } }] };
  };
}

export interface ReadOptions {
  readonly base?: Files;
  readonly head: Files;
  /** As git would print it; left out, all lines of a changed file go and come. */
  readonly diff?: string;
  readonly categories?: readonly ReviewCategory[];
  readonly intent?: Intent;
  readonly known?: readonly KnownFinding[];
  readonly earlier?: readonly EarlierClaim[];
  readonly settings?: { readonly limits?: BudgetLimits; readonly concurrency?: number };
  readonly memory?: Memory;
  readonly signal?: AbortSignal;
  readonly contextTokens?: number;
  /** Names of models for single roles; `scripted` for the others. */
  readonly models?: Partial<Record<keyof Models, string>>;
}

export const NO_MEMORY: Memory = { recall: async () => undefined, remember: async () => {} };

/** Lets scripted models read a change between two sets of files. */
export async function readWith(
  script: (asked: AskedTurn) => ScriptedReply,
  options: ReadOptions,
): Promise<{
  readonly reading: Reading;
  readonly asked: readonly AskedTurn[];
  readonly served: ScriptedModel['served'];
}> {
  await using server = await startScriptedModel(script);
  const reading = await readFrom(server, options);
  return { reading, asked: server.asked, served: server.served };
}

export async function readFrom(server: ScriptedModel, options: ReadOptions): Promise<Reading> {
  const { base = {}, head, categories = ['security', 'logic'], intent, known = [], earlier = [] } = options;
  const objects = new FakeGitObjects(base, head);
  const open = (name = 'scripted'): Model =>
    openModel(parseModelName(`openai-compatible/${name}`, '--model'), {
      baseUrl: `${server.url}/v1`,
      timeoutMs: 10_000,
      price: { input: 1, cached: 0.1, cacheWritten: 1, output: 4 },
      wait: async () => {},
      ...(options.contextTokens === undefined ? {} : { contextTokens: options.contextTokens }),
    });
  const model = open();
  const named = Object.entries(options.models ?? {}).map(([role, name]) => [role, open(name)]);
  const files = parseDiff(options.diff ?? (await objects.diff(BASE, HEAD))).map(
    ({ path, oldPath, status, hunks }): ReadableFile => {
      const before = base[oldPath];
      const text = { head: head[path] ?? '', ...(before === undefined ? {} : { base: before }) };
      return { path, oldPath, status, hunks, ...text };
    },
  );
  return await readChange(
    {
      base: BASE,
      head: HEAD,
      categories,
      files,
      otherChanges: [],
      known,
      earlier,
      ...(intent === undefined ? {} : { intent }),
      token: 'f00dfeedf00dfeed',
    },
    {
      models: {
        security: model,
        logic: model,
        style: model,
        intent: model,
        verify: model,
        ...Object.fromEntries(named),
      },
      source: objects,
      memory: options.memory ?? NO_MEMORY,
      budget: createBudget(options.settings?.limits ?? { usd: 100, tokens: 10_000_000, ms: 60_000 }, () => 0),
      concurrency: options.settings?.concurrency ?? 2,
      elapsedMs: () => 0,
    },
    options.signal ?? AbortSignal.timeout(20_000),
  );
}
