import { createHmac, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { type Approval, approvalSchema, joinApprovals } from '../domain/approval.ts';
import { REVIEW_CATEGORIES, SEVERITIES, VERIFY_CATEGORIES } from '../domain/finding.ts';
import {
  EMPTY_LEDGER,
  FINDING_STATES,
  isOpen,
  type Ledger,
  type LedgerEntry,
  ledgerEntrySchema,
  readingSchema,
} from '../domain/ledger.ts';
import { type PullRequestRef, pullRequestKey } from '../domain/pull-request.ts';
import { hashOf } from './code-place.ts';

/** Room for about a hundred findings; the comment itself may have 65,536 characters. */
export const MAX_SEALED_LENGTH = 18_000;
/** Of HMAC-SHA256, in base64: 192 bits. */
const SIGNATURE_LENGTH = 32;
/** Approvals do not get shorter when they are packed; the store has all of them. */
const MAX_SEALED_APPROVALS = 16;

const CATEGORIES = [...REVIEW_CATEGORIES, ...VERIFY_CATEGORIES];
const EVIDENCE = ['reproduced', 'checked', 'argued'] as const;
const SAID = ['no', 'inline', 'summary'] as const;
const HOW = ['command', 'reaction', 'thread'] as const;

const index = z.int().min(0).max(9);
const optional = z.union([z.string().max(120), z.literal(0)]);
/** Short, and without a word that anybody wrote: a marker is not redacted. */
const packedEntrySchema = z.object({
  i: z.string(),
  r: z.string(),
  /** State, category, severity, evidence, said, whether closed, whether of the base. */
  s: z.tuple([index, index, index, index, index, index, index]),
  /** Path, symbol, rule, block, file, the line before, the line after, then the lines. */
  p: z.array(z.string()).optional(),
  n: z.array(z.string()).optional(),
  /** First seen, last seen, fixed in. */
  h: z.tuple([z.string(), z.string(), optional]),
  /** How it was dismissed, by whom. */
  d: z.tuple([index, z.string()]).optional(),
  c: z.int().optional(),
  /** Who approved it, and on which pull request; 0 for this one. */
  a: z.tuple([z.string(), z.int()]).optional(),
  k: z.int().optional(),
});
const packedSchema = z.object({
  v: z.literal(1),
  revision: z.int().min(0),
  readings: z.record(z.string(), readingSchema),
  entries: z.array(packedEntrySchema),
  approvals: z.array(approvalSchema).default([]),
});

/**
 * Packs the ledger into a text for the hidden end of the summary, signed for this one pull request. What has no room is
 * left out: what is fixed or outdated first, then the least severe of what is open; never what somebody dismissed or
 * approved before those. Of the approvals themselves, the newest.
 */
export function sealLedger(ledger: Ledger, pull: PullRequestRef, key: Uint8Array): string {
  const ranked = [...ledger.entries].sort((a, b) => keepRank(a) - keepRank(b));
  for (let count = ranked.length; ; count = Math.floor(count * 0.8)) {
    const kept = new Set(ranked.slice(0, count));
    const packed = {
      v: 1,
      revision: ledger.revision,
      readings: ledger.readings,
      entries: ledger.entries.filter((entry) => kept.has(entry)).map(pack),
      ...(ledger.approvals.length === 0 ? {} : { approvals: ledger.approvals.slice(-MAX_SEALED_APPROVALS) }),
    };
    const payload = deflateRawSync(JSON.stringify(packed)).toString('base64');
    const sealed = `${payload}.${sign(payload, pull, key)}`;
    if (sealed.length <= MAX_SEALED_LENGTH || count === 0) return sealed;
  }
}

/** Reads what `sealLedger` made; `undefined` when it was made by others, for another pull request, or cut. */
export function openLedger(sealed: string, pull: PullRequestRef, key: Uint8Array): Ledger | undefined {
  const dot = sealed.length - SIGNATURE_LENGTH - 1;
  if (dot < 1 || sealed[dot] !== '.' || sealed.length > MAX_SEALED_LENGTH) return undefined;
  const payload = sealed.slice(0, dot);
  const given = Buffer.from(sealed.slice(dot + 1));
  const expected = Buffer.from(sign(payload, pull, key));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  // Signed by us, so it is what we packed; perhaps by a version that packs in another way.
  const json = inflateRawSync(Buffer.from(payload, 'base64')).toString('utf8');
  const packed = packedSchema.safeParse(JSON.parse(json));
  if (!packed.success) return undefined;
  const entries = packed.data.entries.map((entry) => ledgerEntrySchema.safeParse(unpack(entry)));
  return {
    revision: packed.data.revision,
    readings: { ...EMPTY_LEDGER.readings, ...packed.data.readings },
    entries: entries.flatMap(({ data }) => (data === undefined ? [] : [data])),
    approvals: packed.data.approvals,
  };
}

/** The newer of the two copies; where both know a finding, with the words that only the store has. */
export function joinLedgers(stored: Ledger | undefined, marked: Ledger | undefined): Ledger {
  if (marked === undefined || (stored !== undefined && stored.revision >= marked.revision)) {
    return stored ?? EMPTY_LEDGER;
  }
  if (stored === undefined) return marked;
  const known = new Map(stored.entries.map((entry) => [entry.id, entry]));
  const joined = marked.entries.map((entry): LedgerEntry => {
    const { title = entry.title, source = entry.source, path, tried } = known.get(entry.id) ?? {};
    return {
      ...entry,
      title,
      source,
      ...(path === undefined || hashOf(path) !== entry.place?.path ? {} : { path }),
      ...(tried === undefined ? {} : { tried }),
    };
  });
  const marks = new Set(joined.map(({ id }) => id));
  const others = stored.entries.filter(({ id }) => !marks.has(id));
  return { ...marked, entries: [...others, ...joined], approvals: bothApprovals(stored, marked) };
}

/** An approval is never taken back, and the marker has room for the newest only. */
function bothApprovals(stored: Ledger, marked: Ledger): readonly Approval[] {
  return joinApprovals(stored.approvals, marked.approvals);
}

function sign(payload: string, pull: PullRequestRef, key: Uint8Array): string {
  return createHmac('sha256', key)
    .update(`firsthand ledger v1\n${pullRequestKey(pull).toLowerCase()}\n${payload}`)
    .digest('base64')
    .slice(0, SIGNATURE_LENGTH);
}

function keepRank(entry: LedgerEntry): number {
  if (entry.state === 'dismissed' || entry.state === 'approved') return 0;
  if (isOpen(entry)) return 1 + SEVERITIES.indexOf(entry.severity);
  return entry.state === 'fixed' ? 6 : 7;
}

function pack(entry: LedgerEntry): z.infer<typeof packedEntrySchema> {
  const { place, dismissal, approval } = entry;
  return {
    i: entry.id,
    r: entry.seenAs === entry.id ? '' : entry.seenAs,
    s: [
      FINDING_STATES.indexOf(entry.state),
      CATEGORIES.indexOf(entry.category),
      SEVERITIES.indexOf(entry.severity),
      EVIDENCE.indexOf(entry.evidence),
      SAID.indexOf(entry.said),
      entry.isClosed === true ? 1 : 0,
      entry.side === 'LEFT' ? 1 : 0,
    ],
    ...(place === undefined
      ? {}
      : {
          p: [place.path, place.symbol, place.rule, place.block, place.file, ...place.near, ...place.lines],
        }),
    ...(entry.includes === undefined ? {} : { n: [...entry.includes] }),
    h: [entry.firstSeen, entry.lastSeen, entry.fixedIn ?? 0],
    ...(dismissal === undefined ? {} : { d: [HOW.indexOf(dismissal.how), dismissal.by] }),
    ...(entry.commentId === undefined ? {} : { c: entry.commentId }),
    ...(approval === undefined ? {} : { a: [approval.by, approval.pull ?? 0] }),
    ...(entry.number === undefined ? {} : { k: entry.number }),
  };
}

function unpack({ i, r, s, p, n, h, d, c, a, k }: z.infer<typeof packedEntrySchema>): unknown {
  const [state, category, severity, evidence, said, isClosed, isLeft] = s;
  const [path, symbol, rule, block, file, before, after, ...lines] = p ?? [];
  const [firstSeen, lastSeen, fixedIn] = h;
  return {
    id: i,
    seenAs: r === '' ? i : r,
    state: FINDING_STATES[state],
    category: CATEGORIES[category],
    severity: SEVERITIES[severity],
    evidence: EVIDENCE[evidence],
    said: SAID[said],
    title: '',
    source: '',
    ...(isClosed === 1 ? { isClosed: true } : {}),
    ...(isLeft === 1 ? { side: 'LEFT' } : {}),
    ...(p === undefined ? {} : { place: { path, symbol, rule, block, file, near: [before, after], lines } }),
    ...(n === undefined ? {} : { includes: n }),
    firstSeen,
    lastSeen,
    ...(fixedIn === 0 ? {} : { fixedIn }),
    ...(d === undefined ? {} : { dismissal: { how: HOW[d[0]], by: d[1] } }),
    ...(c === undefined ? {} : { commentId: c }),
    ...(a === undefined ? {} : { approval: { by: a[0], ...(a[1] === 0 ? {} : { pull: a[1] }) } }),
    ...(k === undefined ? {} : { number: k }),
  };
}
