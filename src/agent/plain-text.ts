import { visibleProse } from './untrusted-text.ts';

const CODE = /(`+)([^`\n]+)\1/;

/**
 * A model's words as plain text: no HTML, images, links, mentions or commands come of it, and what looks like code
 * stays code. White space is folded and it is cut at `max`.
 */
export function plainText(text: string, max: number): string {
  const folded = visibleProse(text, max * 2)
    .replace(/\s+/g, ' ')
    .trim();
  const parts = folded.split(new RegExp(CODE, 'g'));
  // A match gives three parts: what stands before, its ticks, its code.
  const plain = parts
    .map((part, index) =>
      index % 3 === 0 ? withoutMarkup(part) : index % 3 === 2 ? `\`${withoutAddresses(part)}\`` : '',
    )
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > max ? `${plain.slice(0, max - 1).trimEnd()}…` : plain;
}

function withoutMarkup(text: string): string {
  return withoutAddresses(
    text
      .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
      .replace(/<\/?[a-z][^<>]*>/gi, '')
      .replace(/(^|[^\w`])@(?=[\w-])/g, '$1')
      .replace(/^\s*\/(?=[a-z])/i, '')
      .replace(/^\s*(?:#{1,6}|>+|[-*+])\s+/, ''),
  );
}

/** Addresses of the machine itself and of examples lead nowhere. */
const HARMLESS =
  /^[a-z]+:\/\/(?:localhost|127\.0\.0\.1|(?:[\w-]+\.)*example(?:\.(?:com|org|net))?)(?=[:/]|$)/i;

function withoutAddresses(text: string): string {
  return text.replace(
    /\b[a-z][a-z\d+.-]*:\/\/[^\s`"'<>)\]]+|\b(?:data|javascript):[^\s`"'<>)\]]+/gi,
    (address) => (HARMLESS.test(address) ? address : '(address left out)'),
  );
}
