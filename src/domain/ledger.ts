import { z } from 'zod';
import { approvalSchema, approverSchema } from './approval.ts';
import { findingSchema } from './finding.ts';

/**
 * What can have become of a finding. `regressed` and `disputed` are open too: the one was fixed and is back, the
 * other was objected to by someone with write access and not withdrawn.
 */
export const FINDING_STATES = [
  'open',
  'regressed',
  'disputed',
  'fixed',
  'dismissed',
  'outdated',
  'approved',
] as const;
export const findingStateSchema = z.enum(FINDING_STATES);

const hash = z.string().regex(/^[0-9a-f]{6,12}$/);

/** Where a finding of the diff lives, in hashes of normalised text; no line number takes part. */
export const codePlaceSchema = z
  .strictObject({
    path: hash,
    /** The declarations around the place, outermost first, such as `Cart.total`. */
    symbol: hash,
    /** The rule, or the class of claim. */
    rule: hash,
    /** Of each line that means something. */
    lines: z.array(hash).max(10).readonly(),
    /** The lines before and after those. */
    near: z.tuple([hash, hash]).readonly(),
    /** The whole of the innermost declaration around the place. */
    block: hash,
    /** The whole file. */
    file: hash,
  })
  .readonly();
export type CodePlace = z.infer<typeof codePlaceSchema>;

/** Who said that a finding is to be left alone, and how. */
export const dismissalSchema = z
  .strictObject({
    how: z.enum(['command', 'reaction', 'thread']),
    by: z.string(),
    why: z.string().optional(),
  })
  .readonly();
export type Dismissal = z.infer<typeof dismissalSchema>;

/** One finding from the day it was first said. */
export const ledgerEntrySchema = z
  .strictObject({
    id: findingSchema.unwrap().shape.id,
    /** The id that its reviewer gave it last: it changes when a file gets another name. */
    seenAs: z.string(),
    state: findingStateSchema,
    category: findingSchema.unwrap().shape.category,
    severity: findingSchema.unwrap().shape.severity,
    evidence: findingSchema.unwrap().shape.evidence,
    /** Empty when only the hidden marker remembers the finding: it holds no words. */
    title: z.string(),
    source: z.string(),
    /** Absent for a finding of the preview, or when only the marker remembers. */
    path: z.string().optional(),
    /** Lines of the base: what is wrong is that they are gone. */
    side: z.literal('LEFT').optional(),
    place: codePlaceSchema.optional(),
    /** Ids of everything that it stands for, when it stands for several. */
    includes: z.array(z.string()).readonly().optional(),
    /** What has to be tried again before a finding of the preview can be called fixed: paths, or flows by `viewport name`. */
    tried: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('page'), path: z.string() }),
        z.strictObject({ kind: z.literal('flows'), names: z.array(z.string()).readonly() }),
      ])
      .optional(),
    /** Head commits. */
    firstSeen: z.string(),
    lastSeen: z.string(),
    fixedIn: z.string().optional(),
    /** Whether, and where, it was said in its present state. */
    said: z.enum(['no', 'inline', 'summary']),
    dismissal: dismissalSchema.optional(),
    /** Of one that is `approved`. */
    approval: approverSchema.optional(),
    /** By which people name a visual change that they may approve; counted from 1, and never given again. */
    number: z.int().min(1).optional(),
    /** The inline comment that began its thread. */
    commentId: z.int().optional(),
    /** Its thread was resolved, or answered, by us. */
    isClosed: z.boolean().optional(),
  })
  .readonly();
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** What a reviewer had read when it last read everything. */
export const readingSchema = z
  .strictObject({
    /** Of the whole diff. */
    digest: hash,
    engine: hash,
  })
  .readonly();

/** Every finding of one pull request, with what became of it. */
export const ledgerSchema = z
  .strictObject({
    /** Counted up by each change, so that the newer of two copies is known. */
    revision: z.int().min(0),
    entries: z.array(ledgerEntrySchema).readonly(),
    /** By category. */
    readings: z.partialRecord(findingSchema.unwrap().shape.category, readingSchema).default({}),
    /** Every look that somebody accepted here, the oldest first. */
    approvals: z.array(approvalSchema).readonly().default([]),
  })
  .readonly();
export type Ledger = z.infer<typeof ledgerSchema>;

export const EMPTY_LEDGER: Ledger = { revision: 0, entries: [], readings: {}, approvals: [] };

/** Whether people still have to do something about it. */
export function isOpen({ state }: Pick<LedgerEntry, 'state'>): boolean {
  return state === 'open' || state === 'regressed' || state === 'disputed';
}

/**
 * Finds the entry that a person means by `id`: its whole id, or the beginning of it (four digits or more).
 * `ambiguous` when several begin so.
 */
export function findEntry(ledger: Ledger, id: string): LedgerEntry | 'ambiguous' | undefined {
  const wanted = id.toLowerCase();
  if (!/^[0-9a-f]{4,12}$/.test(wanted)) return undefined;
  const found = ledger.entries.filter((entry) => entry.id.startsWith(wanted));
  return found.length > 1 ? 'ambiguous' : found[0];
}
