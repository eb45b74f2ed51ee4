/** Amounts are whole cents, so that sums are exact. */
export type Cents = number;

/** Writes an amount as a customer reads it: `€16.10`, `−€3.00`. */
export function formatMoney(cents: Cents): string {
  const sign = cents < 0 ? '−' : '';
  const amount = Math.abs(cents);
  const euros = Math.floor(amount / 100);
  return `${sign}€${euros}.${String(amount % 100).padStart(2, '0')}`;
}
