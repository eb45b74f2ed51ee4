import { describe, expect, it } from 'vitest';
import { renderMarkdown, renderReviewMarkdown } from '../../src/demo/render-markdown.ts';
import { type Addresses, sanitiseHtml } from '../../src/demo/sanitise-html.ts';

const PIXEL = 'data:image/png;base64,iVBORw0KGgo=';
const addresses: Addresses = {
  pictureOf: (address) => (address === 'https://pictures.example/a.png' ? PIXEL : undefined),
  isLinked: (address) => !address.includes('127.0.0.1'),
};

const sanitise = (input: string): string => sanitiseHtml(input, addresses).markup;
const render = (text: string): string => renderMarkdown(text, addresses).markup.trim();

describe('sanitiseHtml', () => {
  it('keeps what GitHub keeps', () => {
    const kept =
      '<details open><summary>A <b>b</b></summary><table><tr><td align="right" colspan="2">x<br>y</td></tr></table></details>';
    expect(sanitise(kept)).toBe(kept);
    expect(sanitise('<sub>low</sub><KBD>k</KBD>')).toBe('<sub>low</sub><kbd>k</kbd>');
  });

  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['<svg onload=alert(1)><p>x</p></svg>', '<p>x</p>'],
    [
      '<iframe src="https://evil.example"></iframe>',
      '&lt;iframe src="https://evil.example"&gt;&lt;/iframe&gt;',
    ],
    ['<p onclick="alert(1)" style="position:fixed" class="x" id="checks">x</p>', '<p>x</p>'],
    ['<form action="https://evil.example"><button>Go</button></form>', 'Go'],
    ['<meta http-equiv="refresh" content="0;url=https://evil.example">', ''],
    ['<base href="https://evil.example/">', ''],
    ['<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="  java&#115;cript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="java\nscript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="data:text/html,<script>alert(1)</script>">x</a>', '<a>x</a>'],
    ['<a href="//evil.example">x</a>', '<a>x</a>'],
    ['<input type="text" name="body">', ''],
    ['<!-- hidden <b>x</b> -->shown', 'shown'],
    ['<!-- never closed <script>', ''],
    ['a < b && c > d &copy; &nope', 'a &lt; b &amp;&amp; c &gt; d &copy; &amp;nope'],
    ['<p title="<script>alert(1)</script>">x', '<p>x</p>'],
    ['<p "><script>', '&lt;p "&gt;&lt;script&gt;'],
  ])('takes %s for %s', (input, output) => {
    expect(sanitise(input)).toBe(output);
  });

  it('writes links anew and tells the visited site nothing', () => {
    expect(sanitise('<a href="https://a.example/?q=&quot;&gt;" target=_blank>x</a>')).toBe(
      '<a href="https://a.example/?q=%22%3E" rel="nofollow noopener noreferrer">x</a>',
    );
  });

  it('shows only pictures that it was given, and never makes the page fetch one', () => {
    expect(
      sanitise('<img src="https://pictures.example/a.png" alt="A" width="280" onerror=alert(1)>'),
    ).toContain(`<img src="${PIXEL}" alt="A" width="280">`);
    expect(sanitise('<img src="https://evil.example/pixel.gif" alt="<b>">')).toBe(
      '<span class="no-picture">&lt;b&gt;</span>',
    );
    expect(sanitise(`<img src="data:image/svg+xml;base64,PHN2Zz4=" alt="">`)).toBe(
      '<span class="no-picture">picture</span>',
    );
  });

  it('keeps elements inside their box', () => {
    expect(sanitise('</article></div><b>x')).toBe('<b>x</b>');
    expect(sanitise('<div><b>x</div>y')).toBe('<div><b>x</b></div>y');
    expect(sanitise('<b>'.repeat(5000)).match(/<b>/g)).toHaveLength(100);
  });

  it('unlinks addresses that are not to be linked, and pictures', () => {
    expect(sanitise('<a href="http://127.0.0.1:1/x">x</a>')).toBe('<a>x</a>');
    expect(sanitise('<a href="https://pictures.example/a.png">x</a>')).toBe('<a>x</a>');
  });

  it('reads the longest hostile body in a moment', () => {
    for (const piece of ['<a b="', '<a b=\'"', '<a ', '<!-', '<p x=', '&#', '<a' + ' '.repeat(50)]) {
      expect(sanitise(piece.repeat(Math.floor(65_536 / piece.length)))).not.toContain('<script');
    }
  });
});

describe('renderMarkdown', () => {
  it('reads the dialect of GitHub comments', () => {
    expect(render('one\ntwo')).toBe('<p>one<br>two</p>');
    expect(render('- [x] done')).toContain('<input type="checkbox" disabled checked>');
    expect(render('| a |\n| --- |\n| b |')).toContain('<td>b</td>');
    expect(render('```ts\na < b\n```')).toBe('<pre><code class="language-ts">a &lt; b\n</code></pre>');
  });

  it('does not let Markdown bring back what was taken out', () => {
    expect(render('[x](javascript:alert(1)) ![y](https://evil.example/y.png)')).toBe(
      '<p><a>x</a> <span class="no-picture">y</span></p>',
    );
    expect(render('`</code><script>`')).toBe('<p><code>&lt;/code&gt;&lt;script&gt;</code></p>');
    expect(render('<https://a.example/"onmouseover=alert(1)>')).not.toContain('"onmouseover');
  });
});

describe('renderReviewMarkdown', () => {
  it('shows a suggestion as the lines it takes out and puts in', () => {
    const shown = renderReviewMarkdown(
      'Use it:\n\n```suggestion\nconst a = "<b>";\n```',
      ['let a = 1;'],
      addresses,
    );
    expect(shown.markup).toContain('<span class="row removed">let a = 1;\n</span>');
    expect(shown.markup).toContain('<span class="row added">const a = &quot;&lt;b&gt;&quot;;\n</span>');
  });
});
