/** Where a click on an element would land, in CSS pixels of the window. */
export type Hit =
  | { readonly kind: 'free'; readonly x: number; readonly y: number }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'covered'; readonly by: string };

/**
 * Runs in the page: brings the element into the window and asks what lies on top at its centre.
 *
 * It answers in a few milliseconds where a click would wait for its whole limit.
 */
export function hitTest(element: Element): Hit {
  const boxOf = (candidate: Element): DOMRect | undefined =>
    [...candidate.getClientRects()].find((rect) => rect.width > 0 && rect.height > 0);
  const describe = (candidate: Element): string => {
    const name =
      candidate.getAttribute('aria-label') ?? (candidate.textContent ?? '').replace(/\s+/g, ' ').trim();
    const role = candidate.getAttribute('role') ?? candidate.tagName.toLowerCase();
    return name === '' ? role : `${role} “${name.slice(0, 60)}”`;
  };
  if (element.matches(':disabled') || element.closest('[aria-disabled="true"], [inert]') !== null) {
    return { kind: 'disabled' };
  }
  // A check box that is drawn by its label is pressed by its label.
  const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined;
  const shown = boxOf(element) === undefined && label ? label : element;
  let box = boxOf(shown);
  if (box === undefined) return { kind: 'hidden' };
  if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) {
    shown.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    box = boxOf(shown) ?? box;
  }
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  let top = document.elementFromPoint(x, y);
  while (top?.shadowRoot) {
    const inner = top.shadowRoot.elementFromPoint(x, y);
    if (inner === null || inner === top) break;
    top = inner;
  }
  if (top === null) return { kind: 'covered', by: 'the edge of the window' };
  for (
    let node: Node | null = top;
    node !== null;
    node = node instanceof ShadowRoot ? node.host : node.parentNode
  ) {
    if (
      node === shown ||
      node === element ||
      (node instanceof HTMLLabelElement && node.control === element)
    ) {
      return { kind: 'free', x, y };
    }
  }
  const cover = top.closest('dialog, [role="dialog"], [role="alertdialog"], [aria-label], [id]') ?? top;
  return { kind: 'covered', by: describe(cover.contains(shown) ? top : cover) };
}
