/** The workshop's own day; the sample data is written around it. */
export const TODAY = '2026-03-16';

export const STATES = ['waiting', 'in work', 'ready', 'collected'] as const;
export type State = (typeof STATES)[number];

export interface Part {
  name: string;
  price: number;
  quantity: number;
}

export interface Job {
  number: number;
  customer: string;
  phone: string;
  bike: string;
  due: string;
  state: State;
  loyal: boolean;
  parts: Part[];
  notes: { at: string; text: string }[];
}

/** Prices in pence. */
export const PARTS: Record<string, number> = {
  'Inner tube': 650,
  'Brake pads': 1190,
  Chain: 2400,
  'Saddle, plain': 3150,
  'Bell, brass': 1425,
};

export const WORK: Record<string, number> = {
  'Safety check': 2500,
  'Full service': 7900,
  'Wheel truing': 1850,
  'Gear adjustment': 1600,
};

const PEOPLE = [
  'Amara Obi',
  'Ben Tozer',
  'Clara Wynn',
  'Dev Patel',
  'Elin Strand',
  'Femi Cole',
  'Greta Hahn',
];
const BIKES = ['Dawes Galaxy', 'Brompton M6', 'Trek FX 2', 'Pashley Roadster', 'Cube Nuride'];

/** Twenty-three jobs, always the same ones. */
export function sampleJobs(): Job[] {
  return Array.from({ length: 23 }, (_, index) => {
    const names = Object.keys(PARTS);
    const work = Object.entries(WORK)[index % 4] ?? ['Safety check', 2500];
    const part = names[(index * 3) % names.length] ?? 'Chain';
    return {
      number: 101 + index,
      customer: PEOPLE[(index * 5) % PEOPLE.length] ?? '',
      phone: `01632 960${String(100 + index * 7)}`,
      bike: BIKES[(index * 3) % BIKES.length] ?? '',
      due: addDays(TODAY, ((index * 11) % 27) - 5),
      state: STATES[(index * 7) % 4] ?? 'waiting',
      loyal: index % 6 === 2,
      parts: [
        { name: work[0], price: work[1], quantity: 1 },
        { name: part, price: PARTS[part] ?? 0, quantity: 1 + (index % 3) },
      ],
      notes: index % 4 === 0 ? [{ at: addDays(TODAY, -2), text: 'Customer will call back.' }] : [],
    };
  });
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

export function totals(job: Job): { parts: number; discount: number; total: number } {
  const parts = job.parts.reduce((sum, part) => sum + part.price * part.quantity, 0);
  const discount = job.loyal ? Math.round(parts * 0.1) : 0;
  return { parts, discount, total: parts - discount };
}
