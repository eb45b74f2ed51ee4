import { onBoth, type Pair } from './pair.ts';
import type { Session } from './ports.ts';
import type { Run } from './run.ts';
import { pathOn } from './site.ts';

/** What leaves the session or destroys something, even when it is only a link. */
const DANGEROUS =
  /log.?out|sign.?out|abmelden|delete|remove|destroy|unsubscribe|deactivate|close.account|cancel.(?:order|subscription)/i;
/** Files are not pages. */
const FILE = /\.(?:pdf|zip|gz|csv|xlsx?|docx?|png|jpe?g|gif|svg|webp|mp4|xml|json|txt|ics)$/i;

/** Paths on the site that either side links to, those of the base first. */
export async function linkedPaths(run: Run, sessions: Pair<Session>): Promise<readonly string[]> {
  const links = await onBoth(sessions, (session) => session.listLinks());
  const avoid = run.request.settings.explore.avoid.map((name) => name.toLowerCase());
  const paths = new Set<string>();
  for (const side of ['base', 'head'] as const) {
    const site = run.sites[side];
    for (const { url, name } of links[side] ?? []) {
      const path = site === undefined ? undefined : pathOn(site, url);
      if (path === undefined || FILE.test(path.split('?')[0] ?? '')) continue;
      if (DANGEROUS.test(`${name} ${path}`) || avoid.includes(name.toLowerCase())) {
        run.coverage.notReached.set(path, `“${name}” looks like a link that leaves or destroys something`);
        continue;
      }
      paths.add(path);
    }
  }
  return [...paths];
}
