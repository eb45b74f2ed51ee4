import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type FinderAnswer, finderAnswerSchema, joinAnswers, type RawClaim } from './claim-schema.ts';
import { codeTools } from './code-tools.ts';
import { converse, type Outcome } from './converse.ts';
import type { Desk } from './desk.ts';
import type { Finder } from './finders.ts';
import { placeOfClaim } from './gates.ts';
import { type Packet, type PacketContext, renderPacket, withoutReceipt } from './packets.ts';
import type { Passage } from './passages.ts';
import type { Message } from './ports.ts';
import { FINDER_FORM } from './prompts/finder-form.ts';

const MAX_TURNS = 6;
/** Reasoning counts too. */
const MAX_OUTPUT_TOKENS = 12_000;
/** Rounds over one packet, the first included; it ends earlier when a round adds nothing. */
const MAX_ROUNDS = 3;

/** What came of one packet. */
export interface PacketReading {
  readonly claims: readonly RawClaim[];
  /** Passages without a receipt, and why. */
  readonly unread: readonly { readonly passage: Passage; readonly reason: string }[];
}

export interface PacketQuestion {
  readonly finder: Finder;
  readonly packet: Packet;
  readonly context: PacketContext;
  /** What this finder is told beside the passages, such as the written rules; fenced already. */
  readonly preamble: string;
  /** These passages were given before, among others, and no receipt came. */
  readonly isAgain?: boolean;
}

const rememberedSchema = z.object({ claims: z.array(z.unknown()) });

/**
 * Lets a finder read one packet until a round adds nothing.
 *
 * A packet that fails as a whole is halved once and again, so that one bad passage costs itself. What was read before
 * in the same form by the same model is remembered, not asked again.
 */
export async function readPacket(
  question: PacketQuestion,
  desk: Desk,
  signal: AbortSignal,
): Promise<PacketReading> {
  const key = keyOf(question, desk);
  const remembered = rememberedSchema.safeParse(await desk.memory.recall(key));
  if (remembered.success) {
    const parsed = finderAnswerSchema.safeParse({ receipts: [], findings: remembered.data.claims });
    if (parsed.success) return { claims: parsed.data.findings, unread: [] };
  }
  const reading = await readAnew(question, desk, signal);
  if (reading.unread.length === 0) await desk.memory.remember(key, { claims: reading.claims });
  return reading;
}

async function readAnew(question: PacketQuestion, desk: Desk, signal: AbortSignal): Promise<PacketReading> {
  const { packet, context, preamble, isAgain = false } = question;
  const model = desk.models[question.finder.name];
  const halted = desk.halted(model);
  if (halted !== undefined) return allUnread(packet, halted);
  const text = `${preamble}${renderPacket(packet, context)}`;
  const room = desk.roomOf(model);
  if (packet.passages.length > 1 && text.length > room.forReading()) {
    return await readHalves(question, desk, signal);
  }
  const first = await ask(question, [{ role: 'user', text }], desk, signal);
  if (first.kind === 'failed') {
    const mayHalve =
      first.reason !== 'budget' && first.reason !== 'key-refused' && desk.halted(model) === undefined;
    return mayHalve && packet.passages.length > 1
      ? await readHalves(question, desk, signal)
      : allUnread(packet, first.message);
  }
  const receipts = [...first.value.receipts];
  // A claim without a place would be lost: its finder may quote again.
  let { claims, lost } = sort(first.value.findings, context);
  const given = [...lost];
  let messages = first.messages;
  for (let round = 2; round <= MAX_ROUNDS; round++) {
    const missing = withoutReceipt(packet.passages, receipts, context.fence);
    if (missing.length === 0 && claims.length === 0 && lost.length === 0) break;
    if (desk.halted(model) !== undefined) break;
    const text = again(missing, lost, context);
    const next = await ask(question, [...messages, { role: 'user', text }], desk, signal);
    if (next.kind === 'failed') break;
    receipts.push(...next.value.receipts);
    messages = next.messages;
    const known = claims;
    const fresh = next.value.findings.filter((claim) => !known.some((other) => isSameClaim(other, claim)));
    const sorted = sort(fresh, context);
    claims = [...claims, ...sorted.claims];
    lost = sorted.lost;
    given.push(...lost);
    if (fresh.length === 0 && withoutReceipt(packet.passages, receipts, context.fence).length === 0) break;
  }
  const unread = withoutReceipt(packet.passages, receipts, context.fence);
  const own = {
    claims: [...claims, ...given.filter((claim) => !claims.some((other) => isSameClaim(other, claim)))],
    unread: unread.map((passage) => ({ passage, reason: 'no receipt was given for it' })),
  };
  if (unread.length === 0 || packet.passages.length === 1 || isAgain || desk.halted(model) !== undefined)
    return own;
  // What did not fit into the model may have been cut off unseen: what is left is given to it alone.
  const rest = await readHalves({ ...question, packet: { passages: unread }, isAgain: true }, desk, signal);
  const news = rest.claims.filter((claim) => !own.claims.some((other) => isSameClaim(other, claim)));
  return { claims: [...own.claims, ...news], unread: rest.unread };
}

async function ask(
  { finder, packet }: PacketQuestion,
  messages: readonly Message[],
  desk: Desk,
  signal: AbortSignal,
): Promise<Outcome<FinderAnswer>> {
  const model = desk.models[finder.name];
  const near = packet.passages[0]?.path ?? '';
  const outcome = await converse(
    {
      model,
      instructions: `${finder.prompt.text}\n\n${FINDER_FORM.text}\n\n# Data\n\n${desk.fence.rule}`,
      messages,
      tools: finder.hasTools ? codeTools(desk.code, { fence: desk.fence, near }) : [],
      answer: {
        name: 'report',
        description: 'Gives the receipts and all findings.',
        schema: finderAnswerSchema,
        join: joinAnswers,
      },
      maxTurns: MAX_TURNS,
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      room: desk.roomOf(model),
    },
    desk.budget,
    signal,
  );
  desk.usage.add(finder.category, model, outcome);
  desk.note(model, outcome);
  return outcome;
}

async function readHalves(question: PacketQuestion, desk: Desk, signal: AbortSignal): Promise<PacketReading> {
  const { passages } = question.packet;
  const middle = Math.ceil(passages.length / 2);
  const halves = [passages.slice(0, middle), passages.slice(middle)].filter(({ length }) => length > 0);
  const readings: PacketReading[] = [];
  for (const half of halves) {
    readings.push(await readPacket({ ...question, packet: { passages: half } }, desk, signal));
  }
  return {
    claims: readings.flatMap(({ claims }) => claims),
    unread: readings.flatMap(({ unread }) => unread),
  };
}

function sort(
  claims: readonly RawClaim[],
  { files }: PacketContext,
): { readonly claims: readonly RawClaim[]; readonly lost: readonly RawClaim[] } {
  return {
    claims: claims.filter((claim) => placeOfClaim(claim, files) === 'change'),
    lost: claims.filter((claim) => placeOfClaim(claim, files) !== 'change'),
  };
}

function again(missing: readonly Passage[], lost: readonly RawClaim[], { files }: PacketContext): string {
  const outside = lost.filter((claim) => placeOfClaim(claim, files) === 'file');
  const nowhere = lost.filter((claim) => !outside.includes(claim));
  return [
    ...(missing.length === 0
      ? []
      : [`No valid receipt came for ${missing.map(({ id }) => id).join(', ')}: read them to their end.`]),
    ...(nowhere.length === 0
      ? []
      : [
          `The "code" of these findings does not stand in the passages as quoted: ${titlesOf(nowhere)}. If you stand by one, report it again with the lines copied exactly.`,
        ]),
    ...(outside.length === 0
      ? []
      : [
          `The "code" of these findings stands at lines that the change does not touch: ${titlesOf(outside)}. If the change causes one, report it again at the changed line that does, with the other lines in "evidence".`,
        ]),
    'Now read all passages once more, the last one first, with fresh eyes. Report, in the same form, only findings that you have not reported yet, and the receipts again. When there are no others, report an empty list: that is the usual case.',
  ].join(' ');
}

function titlesOf(claims: readonly RawClaim[]): string {
  return claims.map(({ title }) => JSON.stringify(title.slice(0, 100))).join(', ');
}

function isSameClaim(a: RawClaim, b: RawClaim): boolean {
  return a.path === b.path && a.kind === b.kind && Math.abs(a.startLine - b.startLine) <= 2;
}

function allUnread({ passages }: Packet, reason: string): PacketReading {
  return { claims: [], unread: passages.map((passage) => ({ passage, reason })) };
}

/** All that decides what a model sees, but for what is random in each run. */
function keyOf({ finder, packet, context, preamble }: PacketQuestion, desk: Desk): string {
  const paths = new Set(packet.passages.map(({ path }) => path));
  const parts = [
    finder.prompt.version,
    FINDER_FORM.version,
    desk.models[finder.name].name,
    preamble.replaceAll(/<<<(?:data|end) \S+?(?= |>>>)/g, ''),
    ...packet.passages.flatMap(({ path, text }) => [path, text]),
    ...context.known
      .filter(({ location }) => paths.has(location.path))
      .map(({ title, location }) => `${location.path} ${location.startLine} ${title}`),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
