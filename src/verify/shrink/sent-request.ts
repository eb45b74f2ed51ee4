import type { PageRequest } from '../model/page-model.ts';

/** A change that a page sends to its own server. */
export interface SentRequest {
  readonly method: string;
  /** On the site, as `foldIds` has it. */
  readonly path: string;
  readonly times: number;
}

/** A path in which every part with a digit is folded: ids are others in every run. Witness tests carry the rule. */
export function foldIds(path: string): string {
  return path
    .replace(/\?.*/s, '')
    .split('/')
    .map((part) => (/\d/.test(part) ? ':id' : part))
    .join('/');
}

/** How many of `requests` are this one; what stands before the path is where the site is deployed. */
export function countSent({ method, path }: SentRequest, requests: readonly PageRequest[]): number {
  return requests.filter(
    (one) =>
      one.method.toUpperCase() === method &&
      one.resource !== 'ping' &&
      foldIds(URL.parse(one.url)?.pathname ?? '').endsWith(path),
  ).length;
}
