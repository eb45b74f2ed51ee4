import { isCode } from '../model/field-values.ts';
import { type PageModel, walkNodes } from '../model/page-model.ts';

/** Words of the product that are worth typing: codes that it shows, and words of its lists to search for. */
export interface Words {
  gather(model: PageModel): void;
  list(): readonly string[];
}

const MAX_WORDS = 60;
/** Everyday capitals that are no codes. */
const NO_CODES = new Set(['HTML', 'HTTP', 'HTTPS', 'JSON', 'FREE', 'SALE', 'TOTAL', 'CART', 'HOME', 'LOGIN']);
const ITEMS = new Set(['listitem', 'row', 'article', 'cell', 'heading']);

export function createWords(): Words {
  const words = new Set<string>();
  return {
    gather({ nodes }) {
      for (const node of walkNodes(nodes)) {
        const text = `${node.text} ${node.name} ${node.placeholder ?? ''}`;
        for (const word of text.split(/[^\p{L}\p{N}-]+/u)) {
          if (words.size >= MAX_WORDS) return;
          if (isCode(word) && !NO_CODES.has(word)) words.add(word);
          else if (ITEMS.has(node.role) && /^\p{L}{4,}$/u.test(word)) words.add(word);
        }
      }
    },
    list: () => [...words],
  };
}
