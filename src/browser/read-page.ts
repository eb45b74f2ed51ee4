import { bounded } from './bounded.ts';
import { HANDLER_EVENTS } from './note-handlers.ts';
import type { Tab } from './open-tab.ts';
import { ELEMENTS, type FactsQuery, type PageFacts, READ_FACTS } from './read-facts.ts';
import type { PageModel, PageNode } from './reading-types.ts';
import { namelessRefs, toPageNodes } from './to-page-nodes.ts';

const ANSWER_MS = 4_000;
const READ_MS = 15_000;
const MAX_ELEMENTS = 50_000;
const MAX_FOUND = 200;
const MAX_TEXT = 500;
const MAX_STORED = 200_000;

/** What the page shows at this moment. */
export type PageReading = Pick<
  PageModel,
  | 'url'
  | 'title'
  | 'nodes'
  | 'focus'
  | 'storageKeys'
  | 'storageDigests'
  | 'hasMoreBelow'
  | 'brokenImages'
  | 'look'
> & {
  /** Ref of the element that has the focus. */
  readonly focusRef?: string;
};

/** Reads the page without a picture; `undefined` when it did not answer. Never throws because of what a page does. */
export async function readPage({ page, world, ...tab }: Tab): Promise<PageReading | undefined> {
  const cookies = bounded(tab.cookieNames(), READ_MS);
  // Asked first, so that a page which is only large is told from one that does not answer.
  const alive = bounded(tab.evaluate('1'), ANSWER_MS);
  const reading = bounded<unknown>(page.ariaSnapshotJSON({ mode: 'ai', timeout: READ_MS }), READ_MS);
  if ((await alive) === undefined) return undefined;
  const tree = await reading;
  if (tree === undefined) return undefined;
  const query: FactsQuery = {
    nameless: namelessRefs(tree),
    elements: ELEMENTS,
    maxElements: MAX_ELEMENTS,
    maxFound: MAX_FOUND,
    maxText: MAX_TEXT,
    maxStored: MAX_STORED,
    handlers: HANDLER_EVENTS,
  };
  const facts = await world.call<FactsQuery, PageFacts>(READ_FACTS, query, READ_MS);
  if (facts === undefined) return undefined;
  const nodes = toPageNodes(tree, facts);
  const names = ((await cookies) ?? []).map((name) => `cookie:${name}`);
  const focused = facts.focusRef === '' ? undefined : findNode(nodes, (node) => node.ref === facts.focusRef);
  return {
    url: facts.url,
    title: facts.title,
    nodes,
    ...(focused === undefined ? {} : { focus: { role: focused.role, name: focused.name } }),
    ...(focused?.ref === undefined ? {} : { focusRef: focused.ref }),
    storageKeys: [...new Set([...names, ...Object.keys(facts.storageDigests)])].sort(),
    storageDigests: facts.storageDigests,
    ...(facts.hasMoreBelow ? { hasMoreBelow: true } : {}),
    brokenImages: facts.brokenImages,
    look: facts.look,
  };
}

function findNode(nodes: readonly PageNode[], holds: (node: PageNode) => boolean): PageNode | undefined {
  for (const node of nodes) {
    const found = holds(node) ? node : findNode(node.children, holds);
    if (found !== undefined) return found;
  }
  return undefined;
}
