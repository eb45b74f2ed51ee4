import { escapeHtml, Html, html } from './html.ts';

/** What the page does with addresses in text from outside. */
export interface Addresses {
  /** A picture's `data:` address for the address in the text; `undefined` shows the alternative text instead. */
  readonly pictureOf: (address: string) => string | undefined;
  /** Whether a link to this http(s) address is kept; otherwise its text stays, unlinked. */
  readonly isLinked: (address: string) => boolean;
}

/** Elements that GitHub keeps in comments (https://github.com/gjtorikian/html-pipeline, its sanitisation filter). */
const KEPT = new Set(
  `a b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img
  input ins kbd li mark ol p pre q s samp small span strike strong sub summary sup table tbody td tfoot th thead tr tt
  ul var wbr`.split(/\s+/),
);

const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr']);

/** Shown as text rather than dropped: the list of GFM's tag filter (https://github.github.com/gfm/, section 6.11). */
const SHOWN_AS_TEXT = new Set('title textarea style xmp iframe noembed noframes script plaintext'.split(' '));

/** Chromium stops nesting at 512 elements and would then read our closing tags as somebody else's. */
const MAX_DEPTH = 100;

const TOKEN =
  /<!--[^]*?(?:-->|$)|<(\/?)([a-z][a-z0-9]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$/;

/**
 * Reduces HTML that anyone may have written to the elements and attributes that GitHub keeps.
 *
 * Nothing of the input is copied but text: each kept tag is written anew from its parsed name and attributes, what
 * looks like a tag and is none is escaped, and elements are closed in order, so that a comment cannot end the box it
 * is shown in.
 */
export function sanitiseHtml(input: string, addresses: Addresses): Html {
  const open: string[] = [];
  let output = '';
  let end = 0;
  for (const match of input.matchAll(TOKEN)) {
    output += escapeStray(input.slice(end, match.index));
    end = match.index + match[0].length;
    const name = match[2]?.toLowerCase();
    if (name === undefined) continue;
    if (SHOWN_AS_TEXT.has(name)) output += escapeStray(match[0]);
    else if (KEPT.has(name)) {
      output +=
        match[1] === '/' ? close(name, open) : start(name, { attributes: match[3] ?? '', open, addresses });
    }
  }
  output += escapeStray(input.slice(end));
  return new Html(
    output +
      open
        .reverse()
        .map((name) => `</${name}>`)
        .join(''),
  );
}

function start(
  name: string,
  tag: { readonly attributes: string; readonly open: string[]; readonly addresses: Addresses },
): string {
  const given = readAttributes(tag.attributes);
  if (name === 'img') return picture(given, tag.addresses);
  if (name === 'input') return given.get('type') === 'checkbox' ? checkbox(given) : '';
  if (VOID.has(name)) return `<${name}>`;
  if (tag.open.length >= MAX_DEPTH) return '';
  tag.open.push(name);
  return `<${name}${keptAttributes(name, given, tag.addresses)}>`;
}

/** Closes the element and those left open inside it; nothing when it is not open. */
function close(name: string, open: string[]): string {
  const index = open.lastIndexOf(name);
  if (index === -1) return '';
  return open
    .splice(index)
    .reverse()
    .map((inner) => `</${inner}>`)
    .join('');
}

function keptAttributes(name: string, given: ReadonlyMap<string, string>, addresses: Addresses): string {
  const kept: string[] = [];
  const keep = (attribute: string, pattern: RegExp): void => {
    const value = given.get(attribute);
    if (value !== undefined && pattern.test(value)) kept.push(` ${attribute}="${escapeHtml(value)}"`);
  };
  keep('align', /^(?:left|right|center)$/i);
  if (name === 'details' && given.has('open')) kept.push(' open');
  if (name === 'code') keep('class', /^language-[\w+#.-]{1,30}$/);
  if (name === 'ol') keep('start', /^\d{1,9}$/);
  if (name === 'td' || name === 'th') {
    keep('colspan', /^\d{1,2}$/);
    keep('rowspan', /^\d{1,2}$/);
  }
  const href = name === 'a' ? linkTo(given.get('href'), addresses) : undefined;
  if (href !== undefined) kept.push(` href="${escapeHtml(href)}" rel="nofollow noopener noreferrer"`);
  return kept.join('');
}

function linkTo(address: string | undefined, { isLinked, pictureOf }: Addresses): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  if (protocol === 'mailto:') return href;
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && isLinked(href) && pictureOf(address) === undefined ? href : undefined;
}

/** A picture that a click enlarges, without a script: see `details.zoom` in the page's style. */
function picture(given: ReadonlyMap<string, string>, { pictureOf }: Addresses): string {
  const alt = given.get('alt') ?? '';
  const data = pictureOf(given.get('src') ?? '');
  if (data === undefined || !PICTURE.test(data))
    return html`<span class="no-picture">${alt || 'picture'}</span>`.markup;
  const width = /^\d{1,4}$/.exec(given.get('width') ?? '')?.[0];
  const size = width === undefined ? '' : ` width="${width}"`;
  const image = `<img src="${data}" alt="${escapeHtml(alt)}"${size}>`;
  return `<details class="zoom"><summary title="Enlarge">${image}</summary></details>`;
}

function checkbox(given: ReadonlyMap<string, string>): string {
  return `<input type="checkbox" disabled${given.has('checked') ? ' checked' : ''}>`;
}

/** Lower-case names; the first of several wins, as in browsers. */
function readAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, decodeEntities(double ?? single ?? bare ?? ''));
  }
  return attributes;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (whole, decimal, hex, name) => {
      if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? whole;
      const code =
        typeof decimal === 'string' ? Number.parseInt(decimal, 10) : Number.parseInt(String(hex), 16);
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}

/** Escapes what would otherwise begin a tag or an entity that is none. */
function escapeStray(text: string): string {
  return text
    .replaceAll(/&(?!#\d{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,31};)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
