import type { PageModel } from '../model/page-model.ts';
import { templateText } from '../model/template-text.ts';
import { pathTemplate } from '../site.ts';
import type { Divergence } from './divergence.ts';
import { diverge, type Scene } from './scene.ts';

const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+)$/;

/** Judges whether the head's page talks to another environment than its own. */
export function judgeEnvironment(scene: Scene): readonly Divergence[] {
  const addresses = new Set(addressesOf(scene.after.head).filter((url) => isForeignEnvironment(url, scene)));
  const [first] = addresses;
  if (first === undefined) return [];
  const { host, pathname } = new URL(first);
  return [
    diverge({
      kind: 'request',
      about: `environment|${LOCAL.test(new URL(first).hostname) ? 'local' : host}|${new URL(first).protocol}`,
      category: 'environment',
      severity: 'high',
      source: 'foreign-environment',
      what: `the page talks to ${host}${templateText(pathname)}, which is not its own deployment`,
      expected: 'requests to its own deployment',
      actual: first,
    }),
  ];
}

/** Every address that a page asked for, also what our own policy refused. */
export function addressesOf({ requests, blocked, errors, brokenImages }: PageModel): readonly string[] {
  return [
    ...requests.map(({ url }) => url),
    ...blocked.map(({ url }) => url),
    ...errors.flatMap(({ kind, message }) =>
      kind === 'request' ? (/^\S+ (\S+)/.exec(message)?.[1] ?? []) : [],
    ),
    ...brokenImages,
  ].filter((url) => /^(?:https?|wss?):/.test(url) && URL.canParse(url));
}

/**
 * Whether an address that the head uses belongs to another deployment: the base's, this machine, a twin of what the base
 * asks its own server for, or the same without encryption. A third party that the base does not use may be a new one.
 */
export function isForeignEnvironment(address: string, { sites, knowledge, after }: Scene): boolean {
  if (!URL.canParse(address) || !/^(?:https?|wss?):/.test(address)) return false;
  const url = new URL(address);
  const own = sites.head.root;
  if (url.host === own.host) return own.protocol === 'https:' && url.protocol === 'http:';
  if (url.host === sites.base.root.host) return true;
  const onBase = addressesOf(after.base).map((other) => new URL(other));
  if (knowledge.base.hosts.has(url.host) || onBase.some(({ host }) => host === url.host)) return false;
  if (own.protocol === 'https:' && url.protocol === 'http:') return true;
  if (LOCAL.test(url.hostname)) return true;
  const path = pathTemplate(url.pathname);
  return onBase.some(
    ({ host, pathname }) =>
      host === sites.base.root.host && pathname !== '/' && pathTemplate(pathname) === path,
  );
}
