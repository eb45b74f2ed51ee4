import { blocksOf } from './blocks.ts';
import { readStyleRules } from './style-rules.ts';

/** What only holds for a moment, or is drawn beside an element: the element itself is looked for. */
const MOMENTARY =
  /::?(?:before|after|placeholder|selection|marker|backdrop|first-line|first-letter|file-selector-button|-[\w-]+)(?:\([^)]*\))?|:(?:hover|focus|focus-visible|focus-within|active|visited|link|target|checked|disabled|enabled|open|invalid|valid|user-invalid|placeholder-shown|autofill)(?![\w-])/g;
/** Wrappers of Vue, Svelte and CSS modules. */
const WRAPPED = /:{1,2}(?:global|deep|v-deep|slotted|local)\(([^()]*)\)/g;
/** Elements that every page has. */
const EVERYWHERE = /^(?:\*|html|body|:root|#root|#app|#__next|main)$/i;
const MAX_LENGTH = 200;

/** Selectors of the style rules on `lines` of a file, as they match in the page. */
export function changedSelectors(path: string, text: string, lines: ReadonlySet<number>): readonly string[] {
  if (/\.(?:sass|styl)$/i.test(path)) return [];
  const isModule = /\.module\.\w+$/i.test(path);
  const found = new Set<string>();
  for (const { kind, text: style, linesBefore } of blocksOf(path, text)) {
    if (kind !== 'style') continue;
    for (const { selectors, startLine, endLine, inner } of readStyleRules(style)) {
      const isChanged = [...lines].some((one) => {
        const line = one - linesBefore;
        return (
          line >= startLine && line <= endLine && !inner.some(([from, to]) => line >= from && line <= to)
        );
      });
      if (isChanged) for (const one of selectors) for (const live of toLive(one, isModule)) found.add(live);
    }
  }
  return [...found];
}

function toLive(selector: string, isModule: boolean): readonly string[] {
  const plain = selector
    .replace(WRAPPED, '$1')
    .replace(/:(?:global|local)\s+/g, '')
    .replace(MOMENTARY, '')
    .trim();
  if (plain === '' || plain.length > MAX_LENGTH || EVERYWHERE.test(plain)) return [];
  // Placeholders, parts of names and what a preprocessor fills in match nothing.
  if (/[%$@`]|#\{|^[>+~]|[>+~]$|:host/.test(plain)) return [];
  // Class names of modules keep their own name somewhere in the one that is made.
  return [isModule ? plain.replace(/\.(-?[_a-zA-Z][\w-]*)/g, '[class*="$1"]') : plain];
}
