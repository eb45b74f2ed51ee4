import { type Browser, chromium, type Page } from 'playwright';
import { findBrowser } from '../../src/browser/find-browser.ts';
import type {
  FieldFacts,
  NodeBox,
  NodeStates,
  PageModel,
  PageNode,
} from '../../src/verify/model/page-model.ts';
import { pageModel } from './page-models.ts';
import { htmlPage } from './serve-pages.ts';

/** Turns HTML into models as the browser sees them, in one page of one real Chromium. */
export interface ModelReader {
  read(html: string, over?: Partial<PageModel>): Promise<PageModel>;
  close(): Promise<void>;
}

export function openModelReader(): ModelReader {
  let opened: Promise<{ readonly browser: Browser; readonly page: Page }> | undefined;
  return {
    async read(html, over = {}) {
      opened ??= open();
      const { page } = await opened;
      await page.setContent(htmlPage(html));
      const nodes = (await page.ariaSnapshotJSON({ mode: 'ai', boxes: true })) as readonly RawNode[];
      return pageModel('', { nodes: nodes.map(toNode), ...over });
    },
    async close() {
      await (await opened)?.browser.close();
    },
  };
}

async function open(): Promise<{ readonly browser: Browser; readonly page: Page }> {
  const found = await findBrowser();
  const browser = await chromium.launch({
    ...(found.kind === 'found' ? { executablePath: found.path } : {}),
    args: ['--no-sandbox'],
  });
  return { browser, page: await browser.newPage({ viewport: { width: 1280, height: 800 } }) };
}

type RawNode =
  | string
  | (NodeStates & {
      readonly role: string;
      readonly name?: string;
      readonly text?: string;
      readonly url?: string;
      readonly placeholder?: string;
      readonly ref?: string;
      readonly cursor?: string;
      readonly box?: NodeBox;
      readonly field?: FieldFacts;
      readonly children?: readonly RawNode[];
    });

const STATES = ['checked', 'disabled', 'expanded', 'invalid', 'level', 'pressed', 'selected'];

function toNode(raw: RawNode): PageNode {
  if (typeof raw === 'string') {
    return { role: 'text', name: '', text: raw, states: {}, isClickable: false, children: [] };
  }
  const { role, name = '', text = '', url, placeholder, ref, cursor, box, children = [] } = raw;
  return {
    role,
    name,
    text,
    states: Object.fromEntries(Object.entries(raw).filter(([key]) => STATES.includes(key))),
    isClickable: cursor === 'pointer',
    children: children.map(toNode),
    ...(url === undefined ? {} : { url }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(ref === undefined ? {} : { ref }),
    ...(box === undefined ? {} : { box }),
  };
}
