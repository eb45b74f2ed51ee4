import { type PageModel, type PageNode, walkDocument } from './page-model.ts';

const MAX_LENGTH = 40;
const MIN_CHOICES = 2;

/**
 * What looks like the entries of a menu or a list of options that was not there before: short texts side by side with
 * nothing else between them. Such entries need not have a role, nor a pointer of their own where they open inside of
 * something that can be pressed.
 */
export function openedChoices(model: PageModel, before: PageModel): ReadonlySet<PageNode> {
  const known = new Set([...walkDocument(before.nodes)].map(({ text }) => text));
  const choices = new Set<PageNode>();
  for (const { children } of walkDocument(model.nodes)) {
    if (children.length < MIN_CHOICES || !children.every((child) => isChoice(child, known))) continue;
    for (const child of children) choices.add(child);
  }
  return choices;
}

function isChoice({ role, text, children }: PageNode, known: ReadonlySet<string>): boolean {
  return (
    role === 'generic' &&
    children.length === 0 &&
    text !== '' &&
    text.length <= MAX_LENGTH &&
    !known.has(text)
  );
}
