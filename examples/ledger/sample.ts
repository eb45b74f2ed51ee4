export interface Transaction {
  id: number;
  date: string;
  payee: string;
  category: string;
  account: string;
  /** In cents; money spent is negative. */
  amount: number;
  cleared: boolean;
}

export interface Book {
  transactions: Transaction[];
  budgets: { category: string; limit: number }[];
  settings: { household: string; currency: string; weekStart: string; warnAt: number; email: boolean };
  notices: { id: number; text: string; read: boolean }[];
  nextId: number;
}

export const CATEGORIES = ['Groceries', 'Rent', 'Transport', 'Leisure', 'Health', 'Income'];

const ROWS: [string, string, string, string, number, boolean][] = [
  ['2026-04-01', 'Hofmann Estates', 'Rent', 'Giro', -98_000, true],
  ['2026-04-01', 'Salary April', 'Income', 'Giro', 284_500, true],
  ['2026-04-02', 'Green Basket', 'Groceries', 'Giro', -5_432, true],
  ['2026-04-04', 'City Transit', 'Transport', 'Card', -8_650, true],
  ['2026-04-05', 'Cinema Astor', 'Leisure', 'Card', -2_700, true],
  ['2026-04-07', 'Green Basket', 'Groceries', 'Card', -6_118, true],
  ['2026-04-09', 'Dr. Alvarez', 'Health', 'Giro', -4_500, false],
  ['2026-04-11', 'Corner Bakery', 'Groceries', 'Cash', -1_240, true],
  ['2026-04-13', 'Book Barn', 'Leisure', 'Card', -3_385, false],
  ['2026-04-15', 'Tax refund', 'Income', 'Giro', 18_200, true],
  ['2026-04-17', 'Night Bus', 'Transport', 'Cash', -420, true],
  ['2026-04-18', 'Green Basket', 'Groceries', 'Giro', -7_209, false],
  ['2026-04-20', 'Swim Club', 'Health', 'Card', -3_900, true],
  ['2026-04-22', 'Concert Hall', 'Leisure', 'Card', -6_400, true],
];

export function sampleBook(): Book {
  return {
    transactions: ROWS.map(([date, payee, category, account, amount, cleared], index) => ({
      id: index + 1,
      date,
      payee,
      category,
      account,
      amount,
      cleared,
    })),
    budgets: [
      { category: 'Groceries', limit: 25_000 },
      { category: 'Transport', limit: 9_000 },
      { category: 'Leisure', limit: 12_000 },
      { category: 'Health', limit: 10_000 },
    ],
    settings: { household: 'Larch House', currency: '€', weekStart: 'Monday', warnAt: 80, email: true },
    notices: [
      { id: 1, text: 'Transport is at 101% of its budget.', read: false },
      { id: 2, text: 'Leisure is at 104% of its budget.', read: false },
      { id: 3, text: 'Three transactions are not cleared.', read: true },
    ],
    nextId: ROWS.length + 1,
  };
}
