import type { PageModel, PageNode } from '../model/page-model.ts';

/** A text that the page shows, with where it stands. */
export interface PageText {
  readonly text: string;
  readonly node: PageNode;
  /** From the root to the parent of `node`. */
  readonly ancestors: readonly PageNode[];
  /** A program's text, or something that somebody may have typed: not the page's own words. */
  readonly isQuoted: boolean;
}

/** Roles whose text is what a person typed or chose. */
export const FIELD_ROLES: ReadonlySet<string> = new Set([
  'textbox',
  'searchbox',
  'spinbutton',
  'combobox',
  'slider',
]);
const LABELLED: ReadonlySet<string> = new Set([...FIELD_ROLES, 'checkbox', 'radio', 'switch']);
const QUOTED_ROLES: ReadonlySet<string> = new Set([...FIELD_ROLES, 'code', 'blockquote', 'log', 'math']);

/** Longer texts hold nothing that a rule looks for, and would make the patterns slow. */
const MAX_TEXT = 500;

// A model never changes, and a dozen rules read the same one: without these it takes three times as long.
const textsOfPage = new WeakMap<readonly PageNode[], readonly PageText[]>();
const textOfNode = new WeakMap<PageNode, string>();

/** Every text in reading order, each once: a name only where neither the text nor the children say it. */
export function pageTexts(nodes: readonly PageNode[]): readonly PageText[] {
  const known = textsOfPage.get(nodes);
  if (known !== undefined) return known;
  const texts = readTexts(nodes, []);
  textsOfPage.set(nodes, texts);
  return texts;
}

/** All that a node shows in one text: its own and that of everything below it. */
export function textOf(node: PageNode): string {
  const known = textOfNode.get(node);
  if (known !== undefined) return known;
  const text = joined(readTexts([node], [])).slice(0, MAX_TEXT * 4);
  textOfNode.set(node, text);
  return text;
}

function readTexts(nodes: readonly PageNode[], ancestors: readonly PageNode[]): readonly PageText[] {
  const own = new Set(nodes.map((node) => node.text));
  return nodes.flatMap((node) => {
    const path = [...ancestors, node];
    const below = readTexts(node.children, path);
    const isQuoted = path.some((one) => QUOTED_ROLES.has(one.role));
    // What labels a control stands beside it and is its name: said once.
    const isSaidBeside = LABELLED.has(node.role) && own.has(node.name);
    const isSaidBelow =
      node.name === '' || squeeze(`${node.text}${joined(below)}`).includes(squeeze(node.name));
    return [
      ...[isSaidBeside || isSaidBelow ? '' : node.name, node.text]
        .map((text) => fold(text.slice(0, MAX_TEXT)))
        .filter((text) => text !== '')
        .map((text) => ({ text, node, ancestors, isQuoted })),
      ...below,
    ];
  });
}

function joined(texts: readonly PageText[]): string {
  return texts.map((one) => one.text).join(' ');
}

/** Runs of white space as one space. */
export function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Short, lower-case form for keys: without digits, so that it is the same with other values. */
export function keyOf(text: string): string {
  return fold(text.toLowerCase().replace(/[\d.,:()\-−–]+/g, ' ')).slice(0, 60);
}

const PROGRAMMING =
  /(?<![\w.])(?:(?:java|type|ecma|coffee)script|(?:numpy|pandas|sql|graphql|jinja|handlebars|mustache|webhook|boolean|stack ?trace|placeholders?|template variables?|merge (?:tags?|fields?)|platzhalter|syntax|regex|endpoint|runtime))\b/i;

/** Whether the page speaks about programs: there, words such as `undefined` and `{{name}}` are its subject. */
export function isTechnical(page: PageModel): boolean {
  return pageTexts(page.nodes).some((one) => one.node.role === 'code' || PROGRAMMING.test(one.text));
}
