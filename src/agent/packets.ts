import { compareText } from '../domain/finding.ts';
import type { Fence } from './fence.ts';
import type { Passage } from './passages.ts';
import type { EarlierClaim, KnownFinding, ReadableFile } from './task.ts';

/** Characters of passages in one packet; a single passage may be longer. */
const MAX_CHARACTERS = 14_000;
const MAX_PASSAGES = 12;
const MAX_KNOWN = 20;

/** What one finder is given at a time. */
export interface Packet {
  readonly passages: readonly Passage[];
}

/**
 * Groups passages into packets: those of one file together, and small files with their neighbours, so that one packet
 * shows what belongs together. Every passage is in exactly one.
 */
export function groupIntoPackets(passages: readonly Passage[]): readonly Packet[] {
  const byFile = Map.groupBy(passages, ({ path }) => path);
  const files = [...byFile].sort(([a], [b]) => compareText(a, b)).map(([, own]) => own);
  const packets: Passage[][] = [];
  let open: Passage[] = [];
  const close = (): void => {
    if (open.length > 0) packets.push(open);
    open = [];
  };
  for (const file of files) {
    if (sizeOf([...open, ...file]) > MAX_CHARACTERS || open.length + file.length > MAX_PASSAGES) close();
    for (const passage of file) {
      if (open.length > 0 && (sizeOf([...open, passage]) > MAX_CHARACTERS || open.length >= MAX_PASSAGES)) {
        close();
      }
      open.push(passage);
    }
  }
  close();
  return packets.map((own) => ({ passages: own }));
}

function sizeOf(passages: readonly Passage[]): number {
  return passages.reduce((sum, { text }) => sum + text.length, 0);
}

export interface PacketContext {
  readonly files: ReadonlyMap<string, ReadableFile>;
  readonly known: readonly KnownFinding[];
  readonly earlier: readonly EarlierClaim[];
  readonly fence: Fence;
}

/** The packet as a prompt: every passage fenced, its receipt behind its last line, and what is already known. */
export function renderPacket(
  { passages }: Packet,
  { files, known, earlier, fence }: PacketContext,
  order = passages,
): string {
  const blocks = order.map((passage) => {
    const file = files.get(passage.path);
    const label = `passage ${passage.id}`;
    const text = `file: ${JSON.stringify(passage.path)} (${file?.status ?? 'modified'})\n${passage.text}`;
    return `${fence.wrap(label, text)}\nEnd of ${passage.id}. Its receipt: ${receiptOf(passage, fence)}`;
  });
  const paths = new Set(passages.map(({ path }) => path));
  const said = known.filter(({ location }) => paths.has(location.path)).slice(0, MAX_KNOWN);
  const told = earlier.filter(({ location }) => paths.has(location.path)).slice(0, MAX_KNOWN);
  const gone = told.filter(({ code }) => code === 'gone');
  return [
    ...blocks,
    ...renderKnown('Tools already report this. It is evidence; do not report it again.', said, fence),
    ...renderKnown(
      'This was reported before, of code that still stands, and is checked apart. Do not report it again, in other words neither.',
      told.filter((one) => !gone.includes(one)),
      fence,
    ),
    ...renderKnown(
      'This was reported before, of code that has changed since. What still holds of the new lines, report again with the same title; what does not, leave out.',
      gone,
      fence,
    ),
    // Last, so that nothing of the data stands behind it.
    `${order.length === 1 ? 'This was the only passage.' : `These were all ${order.length} passages.`} Look up what you need, then call "report" with ${order.length === 1 ? 'its receipt' : `all ${order.length} receipts`} and the findings, or with an empty list of findings.`,
  ].join('\n\n');
}

function renderKnown(
  what: string,
  known: readonly Pick<KnownFinding, 'category' | 'title' | 'location'>[],
  fence: Fence,
): readonly string[] {
  const lines = known.map(
    ({ location, category, title }) =>
      `${JSON.stringify(location.path)} line ${location.startLine}: ${category}: ${title}`,
  );
  return lines.length === 0 ? [] : [`${what}\n${fence.wrap('known', lines.join('\n'))}`];
}

/** What a reader of the whole passage can copy: it stands behind the last line. */
export function receiptOf({ id }: Passage, fence: Fence): string {
  return `${id}:${fence.codeFor(id)}`;
}

/** The passages for which no valid receipt was given. */
export function withoutReceipt(
  passages: readonly Passage[],
  receipts: readonly string[],
  fence: Fence,
): readonly Passage[] {
  const given = new Set(receipts.map((receipt) => receipt.replace(/\s+/g, '').toLowerCase()));
  return passages.filter((passage) => !given.has(receiptOf(passage, fence).toLowerCase()));
}
