import type { PageModel, PageNode } from '../../src/verify/model/page-model.ts';

const STATES = ['checked', 'disabled', 'expanded', 'invalid', 'pressed', 'selected'] as const;

/** One node; a test gives what matters to it. */
export function pageNode(role: string, name = '', over: Partial<PageNode> = {}): PageNode {
  return { role, name, text: '', states: {}, isClickable: false, children: [], ...over };
}

/**
 * A page from its nodes or from the text form of an accessibility tree: one node a line, indented by two blanks, such as
 * `button "Save" [disabled]`, `textbox "Name": Ada`, `paragraph: Hello`, `"loose text"`; `@/path` is a link's address
 * and `[pointer]` a block that shows a hand.
 */
export function pageModel(tree: string | readonly PageNode[], facts: Partial<PageModel> = {}): PageModel {
  return {
    url: 'http://base.test/',
    title: 'App',
    nodes: typeof tree === 'string' ? parseNodes(tree) : tree,
    storageKeys: [],
    brokenImages: [],
    errors: [],
    requests: [],
    dialogs: [],
    popups: [],
    downloads: [],
    blocked: [],
    busyMs: 10,
    isHung: false,
    ...facts,
  };
}

function parseNodes(tree: string): readonly PageNode[] {
  const lines = tree.split('\n').filter((line) => line.trim() !== '');
  const depth = (line: string): number => line.length - line.trimStart().length;
  const read = (from: number, to: number): PageNode[] => {
    const nodes: PageNode[] = [];
    for (let at = from; at < to; ) {
      const line = lines[at] ?? '';
      let end = at + 1;
      while (end < to && depth(lines[end] ?? '') > depth(line)) end += 1;
      nodes.push(parseNode(line.trim(), read(at + 1, end)));
      at = end;
    }
    return nodes;
  };
  return read(0, lines.length);
}

function parseNode(line: string, children: readonly PageNode[]): PageNode {
  const loose = /^"(.*)"$/.exec(line);
  const parts = /^(\w+)(?: "([^"]*)")?((?: \[[^\]]+\]| @\S+)*)(?:: ?(.*))?$/.exec(line);
  if (loose === null && parts === null) throw new Error(`not a node: ${line}`);
  const [, role = 'text', name = '', marks = '', text = ''] = parts ?? ['', 'text', '', '', loose?.[1] ?? ''];
  const url = /@(\S+)/.exec(marks)?.[1];
  const placeholder = /\[placeholder ([^\]]*)\]/.exec(marks)?.[1];
  const states = Object.fromEntries(
    STATES.filter((state) => marks.includes(`[${state}]`)).map((state) => [state, true]),
  );
  return pageNode(role, name, {
    text,
    states,
    ...(url === undefined ? {} : { url }),
    ...(placeholder === undefined ? {} : { placeholder }),
    isClickable: marks.includes('[pointer]') || role === 'link',
    children,
  });
}
