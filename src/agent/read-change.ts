import type { ReviewCategory } from '../domain/finding.ts';
import { boundedMap } from '../lib/bounded-map.ts';
import { createGate } from '../lib/create-gate.ts';
import type { Budget } from './budget.ts';
import type { Candidate, Rejected } from './candidates.ts';
import type { RawClaim } from './claim-schema.ts';
import { createCodeReader } from './code-reader.ts';
import { createHalt, createUsageBook, type Desk, type Models } from './desk.ts';
import { createFence } from './fence.ts';
import { checkClaim } from './gates.ts';
import { checkedOnly, lookAgain } from './look-again.ts';
import { type Cause, isKnown, isToldAgain, mergeCauses } from './merge.ts';
import { type Assignment, type Plan, planReading } from './plan-reading.ts';
import type { CodeSource, Memory } from './ports.ts';
import { readPacket } from './read-packet.ts';
import type { ModelFinding, Reading } from './reading.ts';
import { reportReaders, type Timed, type Work } from './report-readers.ts';
import { createRooms } from './room.ts';
import { settle } from './settle.ts';
import type { ReadingTask } from './task.ts';
import { type Checked, verifyCause } from './verify-cause.ts';
import { readWrittenRules } from './written-rules.ts';

export interface ReadingPorts {
  readonly models: Models;
  readonly source: CodeSource;
  readonly memory: Memory;
  /** Hard limits; says afterwards what was used, also of a reading that was broken off. */
  readonly budget: Budget;
  /** Conversations at a time. */
  readonly concurrency: number;
  /** How long the reading has taken. */
  readonly elapsedMs: () => number;
}

/**
 * Lets models read a change, place by place: finders in parallel, each on its own; checks without a model; then a
 * verifier that tries to prove each claim wrong. Failures and limits are in the result. Rejects only with the signal's reason, and with what
 * `source` throws when the repository cannot be read at all.
 */
export async function readChange(
  task: ReadingTask,
  ports: ReadingPorts,
  signal: AbortSignal,
): Promise<Reading> {
  const { models, source, memory, budget, concurrency, elapsedMs } = ports;
  const fence = createFence(task.token);
  const code = createCodeReader(source, task.head);
  const desk: Desk = {
    models,
    budget,
    code,
    fence,
    memory,
    usage: createUsageBook(),
    roomOf: createRooms(),
    ...createHalt(budget),
  };
  const rules = task.categories.includes('style')
    ? await readWrittenRules(task.files, { source, base: task.base }, signal)
    : new Map<string, string>();
  const plan = planReading(task, rules, fence);
  const gate = createGate(concurrency);
  const timed: Clock = async (run) =>
    await gate(async () => {
      const startedMs = elapsedMs();
      return { ...(await run()), startedMs, endedMs: elapsedMs() };
    });
  // As many at a time as keep all conversations busy: more would be begun, and not be whole when a limit comes.
  const atATime = Math.ceil(concurrency / Math.max(1, ...plan.places.map(({ length }) => length))) + 1;
  const places = await boundedMap(plan.places, atATime, (place) =>
    readPlace(place, { task, rules, plan, timed }, desk, signal),
  );
  const works = places.flatMap((place) => place.works);
  const settled = places.flatMap((place) => place.settled);
  const found = tellOnce(settled);
  const standing = (task.earlier ?? []).filter(({ code }) => code !== 'gone');
  const earlier = await Promise.all(
    standing.map((claim) => timed(async () => await lookAgain(claim, { found, plan }, desk, signal))),
  );
  return {
    findings: [
      // What was told before keeps its words.
      ...found.filter((finding) => !standing.some((claim) => isToldAgain(finding, claim))),
      ...earlier.flatMap(({ result }) => (isFinding(result) ? [result] : [])),
    ],
    rejected: [
      ...places.flatMap(({ rejected }) => rejected),
      ...[...settled, ...earlier].flatMap(({ result }) => (isFinding(result) ? [] : [result])),
    ],
    readers: reportReaders(
      task.categories,
      { plan, works, settled: [...settled, ...earlier.flatMap(checkedOnly)] },
      desk,
    ),
  };
}

/** Runs a conversation when there is room for it, and notes when it was held. */
type Clock = <Result extends object>(run: () => Promise<Result>) => Promise<Result & Timed>;

/**
 * Lets the finders read one place and verifies what they claim, before those of later places are all done: at a limit,
 * what is done is whole.
 */
async function readPlace(
  assignments: readonly Assignment[],
  {
    task,
    rules,
    plan,
    timed,
  }: {
    readonly task: ReadingTask;
    readonly rules: ReadonlyMap<string, string>;
    readonly plan: Plan;
    readonly timed: Clock;
  },
  desk: Desk,
  signal: AbortSignal,
) {
  const works = await Promise.all(
    assignments.map((assignment) =>
      timed(async () => ({ assignment, reading: await readPacket(assignment, desk, signal) })),
    ),
  );
  const gated = await gateAll(works, { task, rules }, desk, signal);
  const { files, passages } = plan;
  const intent = task.intent === undefined ? {} : { intent: task.intent };
  const settled = await Promise.all(
    mergeCauses(gated.candidates).map((cause) =>
      timed(async () => {
        const checked = await verifyCause(cause, { files, passages, ...intent }, desk, signal);
        return { result: settle(cause, checked), cause, checked };
      }),
    ),
  );
  return { works, rejected: gated.rejected, settled };
}

/** The findings, with those of different places that have one cause put together. */
function tellOnce(
  settled: readonly {
    readonly result: ModelFinding | Rejected;
    readonly cause: Cause;
    readonly checked: Checked;
  }[],
): ModelFinding[] {
  const told = new Map(
    settled.filter(({ result }) => isFinding(result)).map((one) => [one.cause.candidate, one]),
  );
  return mergeCauses([...told.keys()]).flatMap(({ candidate, others }) => {
    const own = told.get(candidate);
    if (own === undefined) return [];
    const named = others.flatMap((other) => [other, ...(told.get(other)?.cause.others ?? [])]);
    const result = settle({ candidate, others: [...own.cause.others, ...named] }, own.checked);
    return isFinding(result) ? [result] : [];
  });
}

function isFinding(result: ModelFinding | Rejected): result is ModelFinding {
  return 'body' in result;
}

/** The claims of all finders, checked by what needs no model. */
async function gateAll(
  works: readonly Work[],
  { task, rules }: { readonly task: ReadingTask; readonly rules: ReadonlyMap<string, string> },
  desk: Desk,
  signal: AbortSignal,
): Promise<{ readonly candidates: readonly Candidate[]; readonly rejected: readonly Rejected[] }> {
  const files = new Map(task.files.map((file) => [file.path, file]));
  const candidates: Candidate[] = [];
  const rejected: Rejected[] = [];
  for (const { assignment, reading } of works) {
    for (const claim of reading.claims) {
      const others = await readQuoted(claim, files, desk, signal);
      const model = desk.models[assignment.finder.name].name;
      const category = categoryOf(claim, assignment);
      const checked = checkClaim(claim, category, { files, rules, others, model });
      if ('reason' in checked) rejected.push(checked);
      else if (isKnown(checked, task.known)) {
        rejected.push({ ...toRejected(checked), reason: 'a deterministic finding already says it' });
      } else candidates.push(checked);
    }
  }
  return { candidates, rejected };
}

/** An attempt to instruct the reviewer is a matter of security, whoever noticed it. */
function categoryOf({ kind }: RawClaim, { finder }: Assignment): ReviewCategory {
  return kind === 'reviewer-instruction' ? 'security' : finder.category;
}

function toRejected({ category, title, location, severity }: Candidate): Omit<Rejected, 'reason'> {
  return { category, title, path: location.path, line: location.startLine, severity };
}

/** The files beyond the change that a claim quotes. */
async function readQuoted(
  { evidence }: RawClaim,
  files: ReadonlyMap<string, unknown>,
  { code }: Desk,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const others = new Map<string, string>();
  for (const { path } of evidence) {
    if (files.has(path) || others.has(path)) continue;
    const text = await code.read(path, signal);
    if (text !== undefined) others.set(path, text);
  }
  return others;
}
