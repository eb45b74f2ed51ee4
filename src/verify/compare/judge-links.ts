import { foldVolatile } from '../model/template-text.ts';
import { addressOf, pathOn, type Site } from '../site.ts';
import type { Divergence } from './divergence.ts';
import { expectLink } from './expectations.ts';
import { isForeignEnvironment } from './judge-environment.ts';
import type { AtomPair } from './match-atoms.ts';
import { causeText, diverge, nameAtom, notBefore, type Scene } from './scene.ts';
import { cut } from './text-facts.ts';

/** Judges where the links lead that both sides show, without following them. */
export function judgeLinks(scene: Scene): readonly Divergence[] {
  const differing = (pairs: readonly AtomPair[]): readonly AtomPair[] =>
    pairs.filter((pair) => hrefs(pair, scene) !== undefined);
  const found = notBefore(
    differing([...scene.matching.same, ...scene.matching.moved]),
    differing([...(scene.matchingBefore?.same ?? []), ...(scene.matchingBefore?.moved ?? [])]),
    ({ base, head }) => `${base.text}|${base.node.url}|${head.node.url}`,
  );
  return found.flatMap((pair) => {
    const { base: from = '', head: to = '' } = hrefs(pair, scene) ?? {};
    const isForeign = isForeignEnvironment(addressOn(scene.sites.head, pair.head.node.url ?? ''), scene);
    if (!isForeign && !isWrongPath(from, to, scene)) return [];
    return diverge({
      kind: 'place',
      about: `link|${causeText(scene.knowledge, pair.base.text)}`,
      category: isForeign ? 'environment' : 'flow',
      severity: 'high',
      source: 'link-target',
      what: `${nameAtom(pair.head)} leads to ${cut(to)} instead of ${cut(from)}`,
      expected: from,
      actual: to,
      expect: expectLink(scene.after, pair.base),
      ...pair,
    });
  });
}

/** The targets as paths on the sites, when both have one and they are not the same. */
function hrefs({ base, head }: AtomPair, { sites }: Scene): { base: string; head: string } | undefined {
  if (base.role !== 'link' || head.role !== 'link') return undefined;
  const [from, to] = [base.node.url ?? '', head.node.url ?? ''];
  if (isEmpty(from) || isEmpty(to)) return undefined;
  const paths = { base: linkPath(sites.base, from), head: linkPath(sites.head, to) };
  return foldVolatile(paths.base) === foldVolatile(paths.head) ? undefined : paths;
}

/** The path that a link leads to, with the part behind `#`; an address elsewhere as it stands. */
export function linkPath(site: Site, href: string): string {
  const address = addressOn(site, href);
  const path = pathOn(site, address);
  if (path === undefined) return address;
  return `${path.replace(/(?<=.)\/(?=$|\?)/, '')}${URL.canParse(address) ? new URL(address).hash : ''}`;
}

function addressOn(site: Site, href: string): string {
  if (URL.canParse(href)) return href;
  return href.startsWith('/') ? new URL(href, site.root).href : addressOf(site, href);
}

function isEmpty(href: string): boolean {
  return href === '' || href === '#' || href === '#!' || href.startsWith('javascript:');
}

/** A path that leads elsewhere on the base, or one whose old target the head still has: it was not just renamed. */
function isWrongPath(from: string, to: string, { knowledge }: Scene): boolean {
  const bare = (path: string): string => path.split(/[?#]/)[0] ?? path;
  if (bare(from) === bare(to)) return true;
  return knowledge.base.paths.has(bare(to)) || knowledge.head.paths.has(bare(from));
}
