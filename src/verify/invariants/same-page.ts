import { type PageModel, type PageNode, walkNodes } from '../model/page-model.ts';

/** Whether a page showed and did nothing at all that can be observed between two moments, but for the focus. */
export function isUnchanged(before: PageModel, after: PageModel): boolean {
  const happened = [
    after.requests,
    after.dialogs,
    after.popups,
    after.downloads,
    after.blocked,
    after.errors,
  ];
  return (
    happened.every((list) => list.length === 0) &&
    before.url === after.url &&
    before.title === after.title &&
    String(before.storageKeys) === String(after.storageKeys) &&
    JSON.stringify(before.storageDigests) === JSON.stringify(after.storageDigests) &&
    isSameTree(before.nodes, after.nodes)
  );
}

/** Equal but for the references, which are new with every reading. */
export function isSameTree(a: readonly PageNode[], b: readonly PageNode[]): boolean {
  return print(a) === print(b);
}

function print(nodes: readonly PageNode[]): string {
  return JSON.stringify(nodes, (key, value: unknown) => (key === 'ref' ? undefined : value));
}

const DIALOGS: ReadonlySet<string> = new Set(['dialog', 'alertdialog']);

/** The dialogs that a page shows, in document order. */
export function dialogsOf(page: PageModel): readonly PageNode[] {
  return [...walkNodes(page.nodes)].filter((node) => DIALOGS.has(node.role));
}

/** Whether what has the focus stands in this part of the page; not so when the like of it stands outside too. */
export function hasFocusInside(page: PageModel, part: PageNode): boolean {
  const { focus } = page;
  if (focus === undefined) return false;
  const isFocus = (node: PageNode): boolean => node.role === focus.role && node.name === focus.name;
  return [...walkNodes([part])].some(isFocus);
}

/**
 * Whether a dialog looks like one that holds the page: it says so by its role, or stands in the middle of the window.
 *
 * Banners for cookies, popovers and chats are dialogs too, at an edge or beside what opened them.
 */
export function looksModal(page: PageModel, dialog: PageNode): boolean {
  if (dialog.role === 'alertdialog') return true;
  const root = page.nodes[0]?.box;
  const { box } = dialog;
  if (root === undefined || box === undefined) return false;
  const middle = box.x + box.width / 2;
  const isCentred = Math.abs(middle - (root.x + root.width / 2)) <= Math.max(12, root.width * 0.02);
  return isCentred && box.width >= 200 && box.height >= 80 && box.width < root.width * 0.95 && box.y >= 8;
}
