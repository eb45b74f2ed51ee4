import { onBoth, type Pair } from './pair.ts';
import type { Session } from './ports.ts';
import type { Run } from './run.ts';
import { pathOn } from './site.ts';

/** What leaves the session or destroys something, even when it is only a link. */
export const DANGEROUS =
  /log.?out|sign.?out|abmelden|delete|remove|destroy|unsubscribe|deactivate|close.account|cancel.(?:order|subscription)/i;
/** Files are not pages. */
const FILE = /\.(?:pdf|zip|gz|csv|xlsx?|docx?|png|jpe?g|gif|svg|webp|mp4|xml|json|txt|ics)$/i;

/** Links of one page that are followed. */
const MAX_LINKS = 500;

/** A path that a page links to, and on which side. */
export interface LinkedPath {
  readonly path: string;
  readonly isOnBase: boolean;
  readonly isOnHead: boolean;
}

/** Paths on the site that either side links to, those of the base first. */
export async function linkedPaths(run: Run, sessions: Pair<Session>): Promise<readonly LinkedPath[]> {
  const links = await onBoth(sessions, (session) => session.listLinks());
  const avoid = run.request.settings.explore.avoid.map((name) => name.toLowerCase());
  const paths = new Map<string, { isOnBase: boolean; isOnHead: boolean }>();
  for (const side of ['base', 'head'] as const) {
    const site = run.sites[side];
    const listed = links[side] ?? [];
    if (listed.length > MAX_LINKS) noteManyLinks(run);
    for (const { url, name } of listed.slice(0, MAX_LINKS)) {
      const path = site === undefined ? undefined : pathOn(site, url);
      if (path === undefined || FILE.test(path.split('?')[0] ?? '')) continue;
      if (avoid.includes(name.toLowerCase())) {
        run.coverage.notReached.set(path, `“${name}” is named in explore.avoid`);
        continue;
      }
      if (DANGEROUS.test(`${name} ${path}`)) {
        run.coverage.notReached.set(path, `“${name}” looks like a link that leaves or destroys something`);
        continue;
      }
      const known = paths.get(path) ?? { isOnBase: false, isOnHead: false };
      if (side === 'base') known.isOnBase = true;
      else known.isOnHead = true;
      paths.set(path, known);
    }
  }
  return [...paths].map(([path, sides]) => ({ path, ...sides }));
}

function noteManyLinks(run: Run): void {
  const why = `only the first ${MAX_LINKS} links of a page are followed`;
  run.coverage.notReached.set(`links after the first ${MAX_LINKS} of a page`, why);
  run.shortfalls.add(why);
}
