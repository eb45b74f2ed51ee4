import { likeItems } from './groups.ts';
import { type PageModel, type PageNode, walkDocument, walkNodes } from './page-model.ts';

const MIN_LETTERS = 4;

/**
 * Words to search the longest list of a page for: one from within the text of an item, the beginning of one in capitals,
 * and the first word of another item. Fewer where the list says less.
 */
export function searchWords(model: PageModel): readonly string[] {
  const lists = [...walkDocument(model.nodes)].map(likeItems);
  const items = lists.reduce((longest, one) => (one.length > longest.length ? one : longest), []);
  const texts = items.map(wordsOf).filter((words) => words.length > 0);
  const [middle, last] = [texts[Math.floor(texts.length / 2)], texts.at(-1)];
  const within = middle?.find((word, index) => index > 0 && word !== middle[0]);
  const words = [
    within?.toLowerCase(),
    within?.slice(0, Math.max(MIN_LETTERS, within.length - 2)).toUpperCase(),
    last?.[0],
  ];
  return [...new Set(words.filter((word) => word !== undefined))];
}

function wordsOf(item: PageNode): readonly string[] {
  const texts = [...walkNodes([item])].flatMap(({ role, name, text }) =>
    role === 'link' || role === 'heading' ? [name, text] : [text],
  );
  return texts.flatMap((text) => text.split(/[^\p{L}]+/u)).filter((word) => word.length >= MIN_LETTERS);
}
