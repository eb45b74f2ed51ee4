import { describeIntent } from './describe-intent.ts';
import type { Fence } from './fence.ts';
import { FINDERS, type Finder } from './finders.ts';
import { groupIntoPackets, type Packet } from './packets.ts';
import { listPassages, type Passage } from './passages.ts';
import type { PacketQuestion } from './read-packet.ts';
import type { ReadableFile, ReadingTask } from './task.ts';
import { visibleCode, visibleProse } from './untrusted-text.ts';

/** What a description says can be compared only with the whole change; a longer one does not fit in one reading. */
const MAX_INTENT_CHARACTERS = 60_000;
/** A shorter text promises nothing. */
const MIN_INTENT = 15;

export type Assignment = PacketQuestion;

export interface Plan {
  readonly files: ReadonlyMap<string, ReadableFile>;
  readonly passages: readonly Passage[];
  /** What is read at about the same place of the change, one packet of each finder, in the order of the diff. */
  readonly places: readonly (readonly Assignment[])[];
  /** What is left out on purpose, by finder. */
  readonly skipped: ReadonlyMap<Finder['name'], string>;
}

/** Assigns every passage to every finder that reads its file. */
export function planReading(task: ReadingTask, rules: ReadonlyMap<string, string>, fence: Fence): Plan {
  const files = new Map(task.files.map((file) => [file.path, file]));
  const passages = listPassages(task.files);
  const skipped = new Map<Finder['name'], string>();
  const queues = FINDERS.filter(({ category }) => task.categories.includes(category)).map((finder) => {
    const own = passages.filter(({ path }) => {
      const { isGenerated = false, status } = files.get(path) ?? {};
      return (finder.readsGenerated || !isGenerated) && (finder.readsDeleted || status !== 'deleted');
    });
    const briefing = brief(finder, { task, rules, fence, passages: own });
    if ('skipped' in briefing) {
      if (briefing.skipped !== '') skipped.set(finder.name, briefing.skipped);
      return [];
    }
    // What others argued could hold words that this finder must not see.
    const earlier = (task.earlier ?? []).filter(({ category }) => category === finder.category);
    const context = { files, known: task.known, earlier, fence };
    return briefing.packets.map((packet) => ({ finder, packet, context, preamble: briefing.preamble }));
  });
  return { files, passages, skipped, places: takeTurns(queues) };
}

type Briefing =
  | { readonly preamble: string; readonly packets: readonly Packet[] }
  /** Empty when there is nothing to say about it. */
  | { readonly skipped: string };

function brief(
  { name }: Finder,
  given: {
    readonly task: ReadingTask;
    readonly rules: ReadonlyMap<string, string>;
    readonly fence: Fence;
    readonly passages: readonly Passage[];
  },
): Briefing {
  const { task, rules, fence, passages } = given;
  switch (name) {
    case 'security':
    case 'logic':
      return { preamble: '', packets: groupIntoPackets(passages) };
    case 'style': {
      if (rules.size === 0) return { skipped: 'the base branch has no written rules of style' };
      const texts = [...rules].map(
        ([path, text]) => `file: ${JSON.stringify(path)}\n${fence.wrap('rules', visibleCode(text, 2000))}`,
      );
      return {
        preamble: `The written rules, as they stand on the base branch:\n${texts.join('\n')}\n\n`,
        packets: groupIntoPackets(passages),
      };
    }
    case 'intent':
      return briefIntent(task, fence, passages);
  }
}

function briefIntent(
  { intent, otherChanges }: ReadingTask,
  fence: Fence,
  passages: readonly Passage[],
): Briefing {
  if (intent === undefined || passages.length === 0) return { skipped: '' };
  const said = describeIntent(intent);
  const isShort = visibleProse(`${intent.title}${intent.description}`, 1000).length < MIN_INTENT;
  if (isShort && intent.issues === undefined) return { skipped: '' };
  if (passages.reduce((sum, { text }) => sum + text.length, 0) > MAX_INTENT_CHARACTERS) {
    return { skipped: 'the change is too large to compare it with its description in one reading' };
  }
  const others =
    otherChanges.length === 0
      ? ''
      : `Changed without text to read here:\n${fence.wrap(
          'files',
          otherChanges
            .slice(0, 100)
            .map((path) => JSON.stringify(path))
            .join('\n'),
        )}\n\n`;
  return { preamble: `${fence.wrap('what is said', said)}\n\n${others}`, packets: [{ passages }] };
}

/** One of each queue in turn, so that at a limit all reviewers have read about as far. */
function takeTurns<Item>(queues: readonly (readonly Item[])[]): readonly (readonly Item[])[] {
  const longest = Math.max(0, ...queues.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    queues.flatMap((queue) => queue.slice(index, index + 1)),
  );
}
