import { createHash, timingSafeEqual } from 'node:crypto';

export interface Address {
  readonly name: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
}

export interface Account {
  readonly email: string;
  readonly name: string;
  readonly address: Address;
}

export const COUNTRIES = ['Austria', 'Belgium', 'France', 'Germany', 'Ireland', 'Netherlands'] as const;

/** The account that everyone may log in to, to try the shop. */
export const DEMO_ACCOUNT: Account = {
  email: 'demo@shop.example',
  name: 'Robin Falk',
  address: {
    name: 'Robin Falk',
    street: '4 Heather Row',
    postcode: '10115',
    city: 'Berlin',
    country: 'Germany',
  },
};

/** Whether the two match, compared in a time that does not tell how much of the password was right. */
export function isDemoLogin(email: string, password: string, expected: string): boolean {
  const isPassword = timingSafeEqual(digest(password), digest(expected));
  return isPassword && email.trim().toLowerCase() === DEMO_ACCOUNT.email;
}

/** The names of the fields that are empty. */
export function missingFields(address: Address): readonly string[] {
  return Object.entries(address)
    .filter(([, value]) => value.trim() === '')
    .map(([field]) => field);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
