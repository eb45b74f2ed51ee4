import type { Expectation } from '../../domain/flow.ts';
import { foldVolatile } from '../model/template-text.ts';
import { pathOn, pathTemplate, type Site } from '../site.ts';
import { readAtoms } from './atoms.ts';
import type { Divergence } from './divergence.ts';
import { diverge, type Scene } from './scene.ts';
import { cut } from './text-facts.ts';
import type { Moment } from './transition.ts';

/** Judges where the step led to. Nothing, where both are at the same page or the head only calls it otherwise. */
export function judgePlace(scene: Scene): Divergence | undefined {
  const { before, after, sites } = scene;
  const [from, to] = [placeOf(sites.base, after.base.url), placeOf(sites.head, after.head.url)];
  if (from === to) return undefined;
  const was = before && {
    base: placeOf(sites.base, before.base.url),
    head: placeOf(sites.head, before.head.url),
  };
  if (was?.base === from && was.head === to) return undefined;
  const isSamePage = looksAlike(after, scene);
  const isNamedAnew = was === undefined || (was.base !== from && was.head !== to);
  if (isSamePage && isNamedAnew && !scene.knowledge.base.paths.has(to)) return undefined;
  const shown = { base: showPlace(sites.base, after.base.url), head: showPlace(sites.head, after.head.url) };
  const isForeign =
    pathOn(sites.head, after.head.url) === undefined && pathOn(sites.base, after.base.url) !== undefined;
  const query = pathOn(sites.base, after.base.url);
  return diverge({
    kind: 'place',
    about: `${from}|${to}`,
    category: isForeign ? 'environment' : 'flow',
    severity: isSamePage ? 'medium' : 'high',
    source: 'other-page',
    what: isSamePage
      ? `the address is ${cut(shown.head)} instead of ${cut(shown.base)}`
      : `the page is ${cut(shown.head)} instead of ${cut(shown.base)}`,
    expected: shown.base,
    actual: shown.head,
    expect: expectPlace(query, scene),
  });
}

/** The path, and the query where only that tells the two apart; nothing where they hold ids. */
function expectPlace(path: string | undefined, scene: Scene): Expectation | undefined {
  if (path === undefined || foldVolatile(path) !== path || path.includes('*')) return undefined;
  if (!isSamePath(scene)) return { url: path.split('?')[0] ?? path };
  return path.includes('?') ? { url: path } : undefined;
}

function isSamePath({ after, sites }: Scene): boolean {
  const path = (site: Site, url: string): string | undefined => pathOn(site, url)?.split('?')[0];
  return path(sites.base, after.base.url) === path(sites.head, after.head.url);
}

/** Where a page is, without ids and values; the part behind `#` counts where it is a route. */
export function placeOf(site: Site, address: string): string {
  const path = pathOn(site, address);
  if (path === undefined)
    return URL.canParse(address) ? `${new URL(address).host}${new URL(address).pathname}` : address;
  return `${pathTemplate(path)}${routeIn(address)}`;
}

function routeIn(address: string): string {
  const hash = URL.canParse(address) ? new URL(address).hash : '';
  return hash.length < 2 || hash === '#!' || hash === '#/' ? '' : `#${pathTemplate(hash.slice(1))}`;
}

function showPlace(site: Site, address: string): string {
  const path = pathOn(site, address);
  return path === undefined ? address : `${path}${URL.canParse(address) ? new URL(address).hash : ''}`;
}

/** Both show much the same, so that it is one page under two addresses. */
function looksAlike(after: Moment, { matching }: Scene): boolean {
  const size = Math.max(readAtoms(after.base).length, readAtoms(after.head).length);
  return size > 0 && matching.same.length + matching.moved.length >= 0.8 * size;
}
