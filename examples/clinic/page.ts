import { EXTRAS, SERVICES } from './data.ts';
import { render } from './render.ts';
import type { Session } from './session.ts';
import type { Words } from './words.ts';

export interface Context {
  session: Session;
  url: URL;
  form: URLSearchParams;
  t: Words;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const MENU = ['home', 'book', 'calendar', 'patients', 'invoices', 'contact'] as const;

export function page(context: Context, view: string, data: Record<string, unknown>, status = 200): Answer {
  const { session, url, t } = context;
  const { flash } = session;
  session.flash = undefined;
  const scope = { t, lang: session.lang, ...data };
  const body = render('layout', {
    ...scope,
    flash,
    asksCookies: session.cookies === undefined,
    here: url.pathname + url.search,
    hereAsValue: encodeURIComponent(url.pathname + url.search),
    isEnglish: session.lang === 'en',
    menu: MENU.map((key) => {
      const href = key === 'home' ? '/' : `/${key}`;
      const isHere = key === 'home' ? url.pathname === '/' : url.pathname.startsWith(href);
      return { href, text: t[key], active: isHere ? 'active' : '' };
    }),
    body: render(view, scope),
  });
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

export function redirect(location: string): Answer {
  return { status: 303, headers: { location }, body: '' };
}

export function missing(context: Context): Answer {
  return page(context, 'missing', { title: '404' }, 404);
}

/** The name of a service or an extra in the language of the visitor. */
export function nameOf(session: Session, id: string): string {
  const thing = [...SERVICES, ...EXTRAS].find((one) => one.id === id);
  return thing?.names[session.lang === 'de' ? 1 : 0] ?? id;
}

export type Problems = Record<string, string>;

/** What is wrong with the fields that people give in several forms. */
export function problemsOf(t: Words, fields: Record<string, string>): Problems {
  const problems: Problems = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value.trim() === '') problems[name] = t.required;
    else if (name === 'email' && !/^\S+@\S+\.\S+$/.test(value)) problems[name] = t.wrongEmail;
    else if (name === 'phone' && value.replace(/\D/g, '').length < 6) problems[name] = t.wrongPhone;
    else if (name === 'postcode' && !/^\d{5}$/.test(value)) problems[name] = t.wrongPostcode;
    else if (name === 'born' && !(Date.parse(value) < Date.now())) problems[name] = t.wrongBorn;
  }
  return problems;
}
