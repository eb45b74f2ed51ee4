/** Runs in the page. */
export function readLinks(limit: number): { url: string; name: string }[] {
  const links = new Map<string, { url: string; name: string }>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    if (links.size >= limit) break;
    const url = String(link.href);
    // The place of an address is that of its first link, its name that of the last.
    if (link.getClientRects().length === 0 || link.hasAttribute('download')) continue;
    const name = (link.getAttribute('aria-label') ?? link.textContent ?? '').replace(/\s+/g, ' ').trim();
    links.set(url, { url, name: name.slice(0, 100) });
  }
  return [...links.values()];
}
