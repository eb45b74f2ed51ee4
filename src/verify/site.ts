import { matchesOrigin } from '../domain/origin.ts';

/** A deployment's address, split into where it starts and what its paths hang below. */
export interface Site {
  /** The address that was given. */
  readonly start: URL;
  /** Paths are relative to this: the start address when that is a folder, else the root of its origin. */
  readonly root: URL;
}

/** Reads a deployment's address. `https://a.dev/pr-5/` is a folder; `https://a.dev/shop?x=1` a page of `https://a.dev/`. */
export function toSite(address: string): Site {
  const start = new URL(address);
  start.hash = '';
  const isFolder = start.pathname.endsWith('/') && start.search === '';
  return { start, root: new URL(isFolder ? start.pathname : '/', start.origin) };
}

/** The absolute address of a path such as `/products?x=1` on the site. */
export function addressOf(site: Site, path: string): string {
  const address = new URL(path.replace(/^\/+/, ''), site.root);
  // `goto: //other.example` and the like must not lead elsewhere.
  return address.origin === site.root.origin ? address.href : site.root.href;
}

/** The path, with query, of an address on the site; undefined when it lies elsewhere. */
export function pathOn(site: Site, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.origin !== site.root.origin || !url.pathname.startsWith(site.root.pathname)) return undefined;
  return `/${url.pathname.slice(site.root.pathname.length)}${url.search}`;
}

/** A number, such as `17`, or one with a few letters before it, such as `L791` or `INV-0042`; a hash; anything with a long number. */
const ID = /^(?:[a-z]{1,4}[-_]?)?\d{2,}$|^\d+$|^[0-9a-f]{8,}$|^[0-9a-f-]{32,}$|\d{4,}/i;

/** A path whose ids are folded, so that `/orders/17` and `/orders/18` are one: what is compared and counted. */
export function pathTemplate(path: string): string {
  const [pathname = '/', query = ''] = path.split('?');
  const folded = pathname
    .split('/')
    .map((part) => (ID.test(part) ? ':id' : part))
    .join('/');
  const names = [...new URLSearchParams(query).keys()].sort();
  return names.length === 0 ? folded : `${folded}?${names.join('&')}`;
}

/** Whether an address lies on one of `origins`, which are patterns; see `matchesOrigin`. */
export function isOnOrigin(url: URL, origins: readonly string[]): boolean {
  return origins.some((pattern) => matchesOrigin(url, pattern));
}
