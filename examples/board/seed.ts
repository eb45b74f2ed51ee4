export interface Card {
  id: number;
  title: string;
  column: string;
  position: number;
  assignee: string;
  labels: string[];
  priority: string;
  due: string | null;
  points: number;
  archived: boolean;
  updatedAt: string;
  description: string;
  checklist: { text: string; done: boolean }[];
  comments: { who: string; text: string; at: string }[];
}

export interface Entry {
  id: number;
  who: string;
  text: string;
  card: number;
  at: string;
}

export const PEOPLE = [
  { id: 'ines', name: 'Ines Kamara', tone: '#b4552d' },
  { id: 'oskar', name: 'Oskar Lind', tone: '#2f6f8f' },
  { id: 'yuki', name: 'Yuki Mori', tone: '#6d4c9f' },
  { id: 'tom', name: 'Tom Adeyemi', tone: '#3d7a4a' },
];

export const LABELS = [
  { id: 'feature', name: 'Feature' },
  { id: 'interview', name: 'Interview' },
  { id: 'photo', name: 'Photo' },
  { id: 'web', name: 'Web only' },
  { id: 'legal', name: 'Legal' },
];

export const COLUMNS = [
  { id: 'ideas', name: 'Ideas', limit: null },
  { id: 'writing', name: 'Writing', limit: null },
  { id: 'review', name: 'Review', limit: 6 },
  { id: 'published', name: 'Published', limit: null },
];

type Row = [string, string, string, string, string, number | null, number];

const ROWS: Row[] = [
  ['The last lamplighters of Porto', 'ideas', 'ines', 'feature photo', 'medium', 21, 5],
  ['What a tram driver hears', 'ideas', '', 'interview', 'low', null, 2],
  ['Ten ferries worth missing', 'ideas', 'tom', 'web', 'low', 30, 2],
  ['Who owns the night sky?', 'ideas', 'yuki', 'feature legal', 'high', 14, 8],
  ['A short history of queues', 'ideas', '', 'feature', 'medium', null, 3],
  ['Maps drawn from memory', 'ideas', 'oskar', 'photo', 'low', 40, 3],
  ['The lighthouse that moved', 'ideas', 'tom', 'feature', 'medium', 26, 5],
  ['Repair cafés, one year on', 'ideas', '', 'web interview', 'low', null, 1],
  ['Bread at four in the morning', 'writing', 'ines', 'photo feature', 'high', 3, 5],
  ['The archivist of smells', 'writing', 'yuki', 'interview', 'medium', 6, 3],
  ['Night buses, ranked', 'writing', 'tom', 'web', 'low', 2, 1],
  ['How to read a river', 'writing', 'oskar', 'feature', 'medium', 9, 5],
  ['Letters to a closed station', 'writing', 'ines', 'feature legal', 'high', -2, 8],
  ['The price of a bench', 'writing', '', 'web', 'low', 12, 2],
  ['Interview: the bell founder', 'review', 'yuki', 'interview', 'high', 1, 3],
  ['Signs that nobody reads', 'review', 'oskar', 'photo web', 'low', 4, 2],
  ['The strike that lasted a song', 'review', 'tom', 'feature legal', 'high', -1, 5],
  ['Swimming under the bridge', 'review', 'ines', 'photo', 'medium', 5, 3],
  ['A day with the clock winder', 'review', 'yuki', 'interview', 'medium', 7, 3],
  ['Letter from the editor', 'published', 'ines', 'web', 'low', -12, 1],
  ['The market under the market', 'published', 'tom', 'feature photo', 'high', -9, 8],
  ['Small ads of 1921', 'published', 'oskar', 'web', 'low', -15, 2],
  ['In praise of the paper ticket', 'published', 'yuki', 'feature', 'medium', -6, 3],
  ['Interview: a referee retires', 'published', 'tom', 'interview', 'medium', -4, 3],
];

const DAY = 86_400_000;

/** The board as every visitor finds it; days are counted from the day the server was started. */
export function freshBoard(now: number): { cards: Card[]; activity: Entry[] } {
  const iso = (offset: number): string => new Date(now + offset * DAY).toISOString();
  const cards = ROWS.map(
    ([title, column, assignee, labels, priority, due, points], index): Card => ({
      id: index + 1,
      title,
      column,
      position: index,
      assignee,
      labels: labels.split(' '),
      priority,
      due: due === null ? null : iso(due).slice(0, 10),
      points,
      archived: false,
      updatedAt: iso(-1 - (index % 6)),
      description:
        index % 3 === 1 ? '' : `${title}. Pitch agreed at the Tuesday meeting; about ${points * 300} words.`,
      checklist: ['Outline', 'First draft', 'Facts checked']
        .slice(0, 1 + (index % 3))
        .map((text, step) => ({ text, done: column === 'published' || (column === 'review' && step < 2) })),
      comments:
        index % 2 === 0
          ? [
              {
                who: PEOPLE[index % 4]?.id ?? 'ines',
                text: 'Can we have this before the holidays?',
                at: iso(-2),
              },
            ]
          : [],
    }),
  );
  const verbs = ['moved', 'edited', 'commented on', 'labelled'];
  const activity = Array.from({ length: 44 }, (_, index): Entry => {
    const card = cards[(index * 7) % cards.length];
    return {
      id: 44 - index,
      who: PEOPLE[index % 4]?.id ?? 'ines',
      text: verbs[(index * 5 + 1) % 4] ?? 'edited',
      card: card?.id ?? 1,
      at: iso(-(index + 1) / 5),
    };
  });
  return { cards, activity };
}
