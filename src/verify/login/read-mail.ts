import type { Mail } from './ports.ts';
import { CODE } from './words.ts';

/** A code stands alone: digits, perhaps in two groups, or capital letters with digits among them. */
const POSSIBLE =
  /(?<![\w.#/=&-])(?:\d{4,8}|\d{3}[ -]\d{3}|\d{4}[ -]\d{4}|(?=[A-Z0-9]*\d)[A-Z0-9]{5,8})(?![\w/=-])/g;
const MAX_TEXT = 20_000;

/** The one-time code in a message: the possible one that stands nearest behind a word for it. */
export function findCode({ subject, text }: Mail): string | undefined {
  const all = `${subject}\n${text.slice(0, MAX_TEXT)}`.replace(/https?:\/\/\S+/g, ' ');
  const words = [...all.matchAll(new RegExp(CODE.source, 'gi'))].map(({ index }) => index);
  const codes = [...all.matchAll(POSSIBLE)].filter(([code]) => !/^(?:19|20)\d\d$/.test(code));
  const distance = (at: number): number =>
    Math.min(...words.map((word) => (word <= at ? at - word : (word - at) * 2)), Number.MAX_SAFE_INTEGER);
  const [nearest] = codes.sort((one, other) => distance(one.index) - distance(other.index));
  return nearest?.[0].replace(/[ -]/g, '');
}

/** The link of a message that logs in: on an address that may be visited, the one that says so first. */
export function findLink({ links }: Mail, mayFollow: (url: URL) => boolean): string | undefined {
  const possible = links
    .filter((link) => URL.canParse(link))
    .map((link) => new URL(link))
    .filter(
      (url) =>
        mayFollow(url) &&
        !/unsubscribe|preferences|abmelden|privacy|terms|\.(?:png|gif|jpe?g|svg|css)$/i.test(url.pathname),
    );
  const tells = (url: URL): boolean =>
    /log-?in|sign-?in|magic|auth|verif|confirm|token|callback|otp|session/i.test(
      `${url.pathname}${url.search}${url.hash}`,
    );
  const found =
    possible.find(tells) ??
    possible.find(({ search, pathname }) => search !== '' || pathname.length > 20) ??
    possible[0];
  return found?.href;
}
