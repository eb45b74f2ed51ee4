import { nameOf } from '../model/groups.ts';
import type { PageNode } from '../model/page-model.ts';
import type { Run } from '../run.ts';
import { isOnOrigin } from '../site.ts';

/** What ends the session or destroys the account itself, whatever it is written on. */
const DESTROYS =
  /\b(?:log.?out|sign.?out|abmelden|deactivate|close (?:my |your |the )?account|delete (?:my |your |the )?(?:account|workspace|organi[sz]ation|profile)|unsubscribe|cancel (?:my |your |the )?subscription)\b/i;

/** Tells of each control of a page why exploration must leave it alone; undefined when it need not. */
export function createForbidden(
  { sites, request }: Run,
  pageUrl: string,
): (node: PageNode) => string | undefined {
  const { preview, explore } = request.settings;
  const own = [sites.base, sites.head].flatMap((site) => (site === undefined ? [] : [site.root.origin]));
  const origins = [...own, ...preview.origins];
  const avoid = explore.avoid.map((name) => name.toLowerCase());
  return (node) => {
    const { role, url: href } = node;
    const name = nameOf(node);
    if (name !== '' && avoid.includes(name.toLowerCase())) return 'it is named in explore.avoid';
    if (DESTROYS.test(name)) return 'it looks like something that ends the session or cannot be undone';
    if (role !== 'link' || href === undefined || !URL.canParse(href, pageUrl)) return undefined;
    const url = new URL(href, pageUrl);
    if (url.protocol === 'javascript:') return undefined;
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'it opens another program';
    return isOnOrigin(url, origins) ? undefined : 'it leads to another site';
  };
}
