import type { Cents } from './money.ts';

export interface Coupon {
  readonly code: string;
  readonly label: string;
  readonly percent: number;
}

const COUPONS: readonly Coupon[] = [
  { code: 'SAVE20', label: '20% off', percent: 20 },
  { code: 'WELCOME10', label: '10% off', percent: 10 },
];

/** Finds a coupon by what the customer typed: case and spaces around it do not matter. */
export function findCoupon(code: string): Coupon | undefined {
  const wanted = code.trim().toUpperCase();
  return COUPONS.find((coupon) => coupon.code === wanted);
}

/** What the coupon takes off `subtotal`, rounded down to whole cents. */
export function discountFor(coupon: Coupon | undefined, subtotal: Cents): Cents {
  return coupon === undefined ? 0 : Math.floor((subtotal * coupon.percent) / 100);
}
