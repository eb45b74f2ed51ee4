import { type Address, isDemoLogin, missingFields } from '../accounts.ts';
import { page, type Reply, redirect } from '../http.ts';
import { accountPage } from '../pages/account.ts';
import { addressPage } from '../pages/address.ts';
import { loginPage } from '../pages/login.ts';
import type { Visit } from '../routes.ts';
import { logIn } from '../sessions.ts';

export function showLogin({ session, query }: Visit): Reply {
  if (session.account !== undefined) return redirect('/account');
  return page(loginPage(session, { next: query.get('next') ?? '', email: '', isRefused: false }));
}

export function submitLogin({ session, form, password, orders }: Visit): Reply {
  const email = form.get('email') ?? '';
  const next = form.get('next') ?? '';
  if (!isDemoLogin(email, form.get('password') ?? '', password)) {
    return page(loginPage(session, { next, email, isRefused: true }), 401);
  }
  logIn(session, orders);
  // One slash only: `//elsewhere.example` would leave the shop.
  return redirect(/^\/[a-z]/.test(next) ? next : '/account');
}

export function submitLogout({ session }: Visit): Reply {
  session.account = undefined;
  return redirect('/');
}

export function showAccount({ session, orders }: Visit): Reply {
  if (session.account === undefined) return redirect('/login');
  return page(accountPage(session, session.account, orders.list(session.id)));
}

export function saveProfile({ session, form }: Visit): Reply {
  const name = (form.get('name') ?? '').trim();
  if (session.account !== undefined && name !== '') {
    session.account = { ...session.account, name };
    session.notice = 'Your profile is saved.';
  }
  return redirect('/account');
}

export function showAddress({ session }: Visit): Reply {
  if (session.account === undefined) return redirect('/login');
  return page(addressPage(session, session.account.address, []));
}

export function saveAddress({ session, form }: Visit): Reply {
  if (session.account === undefined) return redirect('/login');
  const address = readAddress(form);
  const missing = missingFields(address);
  if (missing.length > 0) return page(addressPage(session, address, missing), 422);
  session.account = { ...session.account, address };
  session.notice = 'Your address is saved.';
  return redirect('/account');
}

/** Reads the address fields of a form; what is not there is empty. */
export function readAddress(form: URLSearchParams): Address {
  const read = (field: string): string => (form.get(field) ?? '').trim();
  return {
    name: read('name'),
    street: read('street'),
    postcode: read('postcode'),
    city: read('city'),
    country: read('country'),
  };
}
