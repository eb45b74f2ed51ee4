import { type Browser, type CDPSession, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/browser/audit.ts';
import { findBrowser } from '../../src/browser/find-browser.ts';
import { compareAudits } from '../../src/verify/accessibility/compare-audits.ts';
import type { AccessibilityViolation } from '../../src/verify/ports.ts';
import { htmlPage, type ServedPages, servePages } from '../support/serve-pages.ts';

const shop = ({
  label = '<label for="mail">Email</label>',
  color = '#222',
  alt = 'Mug',
  extra = '',
} = {}): string => `
  <main><h1 style="color:#222;background:#fff">Shop 3</h1><img src="data:," alt="${alt}">
  <form>${label}<input id="mail"><button style="color:${color};background:#fff">Buy</button></form>
  <p style="color:#bbb;background:#fff">Small print of 2026</p>${extra}</main>`;

/** A page that meddles with all that an audit could use, under a policy that lets no foreign script in. */
const hostile = `<meta http-equiv="content-security-policy" content="script-src 'unsafe-inline'; connect-src 'none'">
  <script>
    window.axe = { run: () => Promise.resolve({ violations: [] }) };
    JSON.stringify = () => '[]'; Array.prototype.map = () => []; Array.prototype.flatMap = () => [];
    Document.prototype.querySelectorAll = () => []; Element.prototype.getAttribute = () => 'x';
    window.getComputedStyle = () => ({}); window.setTimeout = () => 0; window.Promise = undefined;
  </script>${shop({ label: '' })}`;

let site: ServedPages;
let browser: Browser;
let page: Page;
let cdp: CDPSession;

beforeAll(async () => {
  site = await servePages({
    '/': shop(),
    '/head': shop({ label: '', color: '#aaa' }),
    '/renamed': shop().replace('Small print of 2026', 'Fine print of 2027'),
    '/hostile': hostile,
    '/huge': '<p>text</p>'.repeat(7_000),
    '/busy': `${shop()}<script>setTimeout(() => { for (;;); }, 0)</script>`,
  });
  const found = await findBrowser();
  browser = await chromium.launch({
    ...(found.kind === 'found' ? { executablePath: found.path } : {}),
    args: ['--no-sandbox'],
  });
  page = await browser.newPage();
  cdp = await page.context().newCDPSession(page);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

async function auditOf(path: string): Promise<readonly AccessibilityViolation[] | undefined> {
  await page.goto(site.url + path);
  return audit(cdp);
}

describe('audit', () => {
  it('names the elements that break a rule, contrast included', async () => {
    expect(await auditOf('/')).toEqual([
      {
        rule: 'color-contrast',
        impact: 'serious',
        help: expect.stringContaining('contrast'),
        role: 'p',
        name: 'Small print of 2026',
        selector: 'p',
        why: expect.stringMatching(/contrast of 1\.\d+.*4\.5:1/),
      },
    ]);
  });

  it('finds on the head alone what the head broke, and only that', async () => {
    const found = compareAudits(await auditOf('/'), await auditOf('/head'));
    expect(found.map(({ source, severity, what }) => ({ source, severity, what }))).toEqual([
      { source: 'axe/color-contrast', severity: 'medium', what: expect.stringMatching(/: button “Buy”$/) },
      { source: 'axe/label', severity: 'high', what: expect.stringMatching(/: a textbox without a name$/) },
    ]);
  });

  it('says nothing of a page and its repair, or of a fault that only got another name', async () => {
    expect(compareAudits(await auditOf('/head'), await auditOf('/'))).toEqual([]);
    expect(compareAudits(await auditOf('/'), await auditOf('/renamed'))).toEqual([]);
  });

  it('is out of reach for the page and its content security policy, and leaves nothing behind in it', async () => {
    expect((await auditOf('/hostile'))?.map((one) => one.rule)).toEqual(['color-contrast', 'label']);
    expect(await page.evaluate('Object.keys(window.axe)')).toEqual(['run']);
  });

  it('can be repeated on the same document', async () => {
    const first = await auditOf('/head');
    expect(first).toHaveLength(3);
    expect(await audit(cdp)).toEqual(first);
  });

  it('does not look at a page that is too large, nor wait for one that does not answer', async () => {
    expect(await auditOf('/huge')).toBeUndefined();
    await page.goto(`${site.url}/busy`, { waitUntil: 'commit' });
    expect(await audit(cdp)).toBeUndefined();
    await page.goto(`${site.url}/`);
    expect(await audit(cdp)).toHaveLength(1);
  });

  it('looks into shadow trees', async () => {
    await page.setContent(htmlPage('<main><my-box></my-box></main>'));
    await page.evaluate(() => {
      const host = document.querySelector('my-box');
      if (host !== null) host.attachShadow({ mode: 'open' }).innerHTML = '<img src="data:,">';
    });
    expect((await audit(cdp))?.map((one) => one.rule)).toContain('image-alt');
  });
});
