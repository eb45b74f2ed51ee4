import type { Mail } from '../verify/login/ports.ts';

const MAX_DEPTH = 5;
const MAX_PARTS = 30;
const MAX_LINKS = 100;
const MAX_TEXT = 100_000;

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Reads a message (RFC 5322, MIME): its subject, its words, and the addresses it links to. Never throws. */
export function parseMail(raw: Buffer): Mail {
  const message = splitPart(raw);
  const texts: string[] = [];
  const links: string[] = [];
  let left = MAX_PARTS;
  const visit = (part: Part, depth: number): void => {
    if (depth > MAX_DEPTH || (left -= 1) < 0) return;
    const type = part.headers.get('content-type') ?? 'text/plain';
    const boundary = parameterOf(type, 'boundary');
    if (/^multipart\//i.test(type) && boundary !== undefined) {
      for (const inner of splitMultipart(part.body, boundary)) visit(splitPart(inner), depth + 1);
    } else if (/^text\/html/i.test(type)) {
      const html = decodeBody(part, type);
      for (const [, , address = ''] of html.matchAll(/\bhref\s*=\s*(["'])(https?:\/\/[^"'<>\s]{1,2000})\1/gi))
        links.push(unescapeHtml(address));
      texts.push(textOf(html));
    } else if (/^text\//i.test(type)) {
      const text = decodeBody(part, type);
      for (const [address] of text.matchAll(/https?:\/\/[^\s<>"')\]]{1,2000}/g))
        links.push(address.replace(/[.,;:!?]+$/, ''));
      texts.push(text);
    }
  };
  visit(message, 0);
  return {
    subject: decodeWords(message.headers.get('subject') ?? '').slice(0, 500),
    text: texts.join('\n').slice(0, MAX_TEXT),
    links: [...new Set(links)].slice(0, MAX_LINKS),
  };
}

function splitPart(raw: Buffer): Part {
  const text = raw.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text);
  const head = end === null ? text : text.slice(0, end.index);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: end === null ? Buffer.alloc(0) : raw.subarray(end.index + end[0].length) };
}

function splitMultipart(body: Buffer, boundary: string): readonly Buffer[] {
  const text = body.toString('latin1');
  const pieces = `\n${text}`.split(`\n--${boundary}`).slice(1);
  const end = pieces.findIndex((piece) => piece.startsWith('--'));
  const parts = end < 0 ? pieces : pieces.slice(0, end);
  return parts.slice(0, MAX_PARTS).map((piece) => Buffer.from(piece.replace(/^[ \t]*\r?\n/, ''), 'latin1'));
}

function parameterOf(header: string, name: string): string | undefined {
  const found = new RegExp(String.raw`;\s*${name}\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))`, 'i').exec(
    header,
  );
  return found?.[1] ?? found?.[2];
}

function decodeBody({ headers, body }: Part, type: string): string {
  const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase();
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body.toString('latin1'), 'base64')
      : encoding === 'quoted-printable'
        ? decodeQuoted(body.toString('latin1').replace(/[ \t]*=\r?\n/g, ''))
        : body;
  return decodeBytes(bytes, parameterOf(type, 'charset'));
}

function decodeQuoted(text: string): Buffer {
  const plain = text.replace(/=([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}

function decodeBytes(bytes: Uint8Array, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that nobody knows: the letters of a code and a link are the same in nearly all of them.
    return new TextDecoder('latin1').decode(bytes);
  }
}

/** Encoded words of a header (RFC 2047). */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(
      /=\?([\w-]{1,40})\?([bq])\?([^?]{0,2000})\?=/gi,
      (_all, charset: string, how: string, word: string) =>
        decodeBytes(
          how.toLowerCase() === 'b' ? Buffer.from(word, 'base64') : decodeQuoted(word.replaceAll('_', ' ')),
          charset,
        ),
    );
}

function textOf(html: string): string {
  const visible = html
    .slice(0, MAX_TEXT * 4)
    .replace(/<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<(?:br|\/p|\/div|\/tr|\/h\d|\/li)\b[^>]{0,500}>/gi, '\n')
    .replace(/<[^>]{0,2000}>/g, ' ');
  return unescapeHtml(visible).replace(/[ \t]+/g, ' ');
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function unescapeHtml(text: string): string {
  return text.replace(
    /&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
    (all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
      const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return point > 0 && point <= 0x10_ff_ff ? String.fromCodePoint(point) : all;
    },
  );
}
