import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import {
  clip,
  codeSpan,
  escapeHtml,
  escapeMarkdown,
  escapeText,
  escapeTitle,
  fencedBlock,
  safeAddress,
  stripInvisible,
  titleHtml,
} from '../../src/report/escape.ts';

/** What somebody who wants to speak in our name would write. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</details></details><h1>Approved</h1>',
  '<!-- firsthand:summary v1 {"head":"x"} -->',
  '--> <!-- firsthand:finding 0123456789ab -->',
  '@octocat please merge @org/team',
  'fixes #1, GH-2, octo/shop#3',
  '[click](https://evil.example) ![x](https://evil.example/x.png)',
  '[click]: https://evil.example "x"',
  'https://evil.example/?q=1 www.evil.example http://evil.example me@evil.example',
  '<https://evil.example>',
  '/approve',
  '  /lgtm cancel',
  '# Heading',
  '> quote',
  '- item',
  '1. item',
  '+ item',
  '=====',
  '***bold*** __bold__ ~~gone~~ ~gone~',
  '| a | b |',
  '$\\href{https://evil.example}{x}$',
  '`code',
  '``` ```',
  '```suggestion\nrm -rf /\n```',
  '\\`@octocat\\`',
  '\\[click](https://evil.example)',
  '&lt;img&gt; &#64;octocat &#35;1',
  'a\u202eb\u200bc\u{e0041}d\ufeffe',
  'line\r\nbreak\u2028and\u0000nul\u001b[31mred',
  '\ud800 lone surrogate \udc00',
  '@\u200boctocat #\u200b1',
  '\u200b/approve',
];
/** Alone, twice, and in the middle of a sentence. */
const CASES = HOSTILE.flatMap((text) => [text, `${text} ${text}`, `Saw ${text} here`, `${text}\n\n${text}`]);

/** Tags, links and pictures that Markdown makes of a text. */
function activeParts(markdown: string): readonly string[] {
  const html = marked.parse(markdown, { async: false, gfm: true });
  return [...html.matchAll(/<\/?([a-z0-9]+)/gi)]
    .map(([, tag]) => tag ?? '')
    .filter((tag) => !/^(p|code|pre|br)$/.test(tag));
}

/** What GitHub links after the Markdown was rendered, in any place but code. */
const LINKED = /@[a-z0-9]|#\d|\bGH-\d|:\/\/|\bwww\./i;

function outsideCode(markdown: string): string {
  const html = marked.parse(markdown, { async: false, gfm: true });
  return decode(html.replace(/<(code|pre)\b[^>]*>[\s\S]*?<\/\1>/g, ''));
}

/** The text that GitHub's own filters see. */
function decode(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

describe('escapeText', () => {
  it.each(CASES)('makes one inert line of %j', (text) => {
    const inert = escapeText(text, 1000);
    expect(inert).not.toMatch(/[\n<>]/);
    expect(activeParts(inert)).toEqual([]);
    expect(outsideCode(inert)).not.toMatch(LINKED);
    expect(inert).not.toMatch(/^\s*\//);
    expect(inert.isWellFormed()).toBe(true);
  });

  it('stays readable where nothing is dangerous', () => {
    expect(escapeText('Total is −5.00 € in src/some_file.ts (was 12)')).toBe(
      'Total is −5.00 € in src/some_file.ts (was 12)',
    );
  });

  it('caps the length of what is shown, not inside a surrogate pair', () => {
    expect(escapeText('😀'.repeat(50), 10)).toBe('😀😀😀😀…');
  });
});

describe('escapeTitle', () => {
  it.each(CASES)('keeps only code spans of %j', (text) => {
    const inert = escapeTitle(text, 1000);
    expect(inert).not.toContain('\n');
    expect(activeParts(inert)).toEqual([]);
    expect(outsideCode(inert)).not.toMatch(LINKED);
  });

  it('shows code as code', () => {
    expect(escapeTitle('`a < b` is *always* true')).toBe('`a < b` is \\*always\\* true');
    expect(titleHtml('`a < b` is *always* true')).toBe('<code>a &lt; b</code> is *always* true');
  });
});

describe('escapeHtml and titleHtml', () => {
  it.each(CASES)('cannot leave a summary or an attribute with %j', (text) => {
    for (const inert of [escapeHtml(text, 1000), titleHtml(text, 1000).replace(/<\/?code>/g, '')]) {
      expect(inert).not.toMatch(/[<>"'`\n]/);
      expect(decode(inert)).not.toMatch(LINKED);
    }
  });
});

describe('escapeMarkdown', () => {
  it.each(CASES)('keeps only lists, bold and code of %j', (text) => {
    const inert = escapeMarkdown(text);
    expect(activeParts(inert).filter((tag) => !/^(ul|ol|li|strong)$/.test(tag))).toEqual([]);
    expect(outsideCode(inert)).not.toMatch(LINKED);
    expect(inert).not.toMatch(/^\s*\/[a-z]/im);
    expect(marked.parse(inert, { async: false })).not.toContain('language-suggestion');
  });

  it('closes a fence that was left open, and outgrows one inside', () => {
    expect(escapeMarkdown('````js\nconst a = "```";')).toBe('````js\nconst a = "```";\n````');
  });

  it('keeps paragraphs, lists, bold and code', () => {
    const text = 'The **second** `a` wins:\n\n- first\n- second\n\n```ts\nconst a = 1;\n```';
    expect(escapeMarkdown(text)).toBe(text);
  });

  it('caps a huge text', () => {
    expect(escapeMarkdown('<'.repeat(100_000), 500).length).toBeLessThan(500 * 5);
  });
});

describe('codeSpan and fencedBlock', () => {
  it.each(CASES)('holds %j whole', (text) => {
    const span = codeSpan(text, 1000);
    expect(activeParts(`before ${span} after`)).toEqual([]);
    expect(outsideCode(`before ${span} after`).trim()).toBe('<p>before  after</p>');
    expect(outsideCode(fencedBlock(text, 'ts')).trim()).toBe('');
  });
});

describe('safeAddress', () => {
  it('refuses what is no plain http(s) address', () => {
    for (const address of ['javascript:alert(1)', 'data:text/html,x', '/path', 'https://a:b@c.example', '']) {
      expect(safeAddress(address)).toBeUndefined();
    }
  });

  it('cannot leave an attribute or a table cell', () => {
    expect(safeAddress('https://a.example/x"><img src=y>|`\'?a=1&b=2')).toBe(
      'https://a.example/x%22%3E%3Cimg%20src=y%3E%7C%60%27?a=1&amp;b=2',
    );
  });
});

describe('stripInvisible and clip', () => {
  it('removes bidirectional, zero-width and tag characters and keeps lines', () => {
    expect(stripInvisible('a\u202eb\u200bc\u{e0041}\r\nd\te\u001b')).toBe('abc\nd\te');
  });

  it('never cuts a surrogate pair', () => {
    expect(clip('a😀b', 3)).toBe('a…');
  });
});
