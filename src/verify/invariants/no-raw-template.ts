import type { Invariant } from './invariant.ts';
import { isTechnical, keyOf, type PageText, pageTexts } from './page-texts.ts';

const TEMPLATES: readonly RegExp[] = [
  /\{\{\{?\s*[\w$.|()'"\s-]{1,60}?\s*\}?\}\}/,
  /\$\{[\w$.()[\]'"?\s-]{1,60}\}/,
  /<%[=-]?\s*[\w$.()\s]{1,60}\s*%>/,
  /\{%\s*\w[^%]{0,60}%\}/,
  /%\{\w{1,40}\}|%\(\w{1,40}\)[sd]/,
  /(?<![\w%/.-])%[sd](?![\w%/-])/,
  // A place in a message that was never filled: `{count} items`, `Hello {0}`.
  /(?<![\w/=?&{$%\\-])\{(?:\d|[a-z][a-zA-Z_]{1,30})\}(?![\w/}])/,
  /\btranslation missing: [\w.-]+|\[missing ["“]?[\w.-]+["”]? translation\]|\bmissing(?:_| )translation\b/i,
];

/** What ends like a file, a host or a package is a name, and not the key of a text. */
const NAME_END =
  /[.](?:com|org|net|io|dev|app|de|uk|co|ai|gov|edu|info|biz|me|tv|eu|fr|ch|at|us|nl|es|it|test|local|example|internal|html?|[cm]?[jt]sx?|css|scss|json|md|mdx|png|jpe?g|svg|gif|webp|pdf|csv|tsv|xml|ya?ml|txt|zip|gz|py|rb|go|rs|java|kt|php|sh|docx?|xlsx?|pptx?|mp[34]|log|lock|toml|ini|env|exe|dmg|vue|sql|db)$/i;
const NAME_START = /^(?:www|com|org|net|io|de|app|dev|v?\d)[.]/i;
const KEY = /^[a-z][a-zA-Z0-9]*(?:[_-][a-zA-Z0-9]+)*(?:[.:][a-zA-Z][a-zA-Z0-9]*(?:[_-][a-zA-Z0-9]+)*){1,5}$/;
const SHOUTED_KEY = /^[A-Z]{3,}[A-Z_]*(?:\.[A-Z][A-Z_]{2,}){1,5}$/;
/** Words at the end of a key that say what sort of text is meant. */
const KEY_WORD =
  /[._:-](?:title|label|button|btn|submit|cancel|save|heading|headline|placeholder|description|message|error|total|subtotal|caption|tooltip|hint|subtitle|text|cta|add_?to_?cart|checkout|empty|confirm)$/i;
const UI_ROLES: ReadonlySet<string> = new Set([
  'button',
  'link',
  'heading',
  'tab',
  'columnheader',
  'rowheader',
  'term',
  'menuitem',
  'checkbox',
  'radio',
  'paragraph',
  'generic',
  'text',
  'textbox',
  'searchbox',
  'combobox',
]);

/** Every text is finished: no place in a template was left open, no key stands where its translation should. */
export const noRawTemplate: Invariant = {
  name: 'no-raw-template',
  check: ({ after }) => {
    if (isTechnical(after)) return [];
    const texts = pageTexts(after.nodes).filter((one) => isOwnWords(one));
    const keys = texts.filter((one) => isKey(one.text) && UI_ROLES.has(one.node.role));
    return texts.flatMap((one) => {
      const raw =
        openPlace(one.text) ?? (keys.includes(one) && isTranslationKey(one, keys) ? one.text : undefined);
      if (raw === undefined) return [];
      return [
        {
          key: `no-raw-template|${raw.slice(0, 60)}|${one.node.role}|${keyOf(one.text)}`,
          what: `the page shows the raw text “${raw}”`,
          severity: 'medium' as const,
          category: 'state' as const,
          expected: 'the text that is meant',
          actual: one.text.slice(0, 120),
          node: one.node,
          ...(one.text === one.node.text ? { expect: { notText: raw } } : {}),
        },
      ];
    });
  },
};

/** A field's value is the user's own text, its name is not. */
function isOwnWords({ text, node, isQuoted }: PageText): boolean {
  return text.length <= 200 && (!isQuoted || text === node.name);
}

function openPlace(text: string): string | undefined {
  for (const template of TEMPLATES) {
    const found = template.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

function isKey(text: string): boolean {
  if (NAME_END.test(text) || NAME_START.test(text) || text.length > 80) return false;
  return KEY.test(text) || SHOUTED_KEY.test(text);
}

/** A dotted word may also be a name; it is a key when it says so, or when its like stands beside it. */
function isTranslationKey({ text }: PageText, keys: readonly PageText[]): boolean {
  const parts = text.split(/[.:]/);
  const isCompound = parts.length >= 3 || /_|[a-z][A-Z]/.test(parts.at(-1) ?? '');
  if (KEY_WORD.test(text) || SHOUTED_KEY.test(text)) return true;
  const alike = keys.filter(
    (one) => one.text !== text && one.text.startsWith(`${parts[0]}${text.charAt(parts[0]?.length ?? 0)}`),
  );
  return isCompound && alike.length > 0;
}
