import { chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureScreenshot } from '../../src/browser/capture-screenshot.ts';
import { shootOver } from '../../src/browser/engine/chromium-engine.ts';
import { findBrowser } from '../../src/browser/find-browser.ts';
import { decodePng } from '../../src/verify/pictures/decode-png.ts';
import { type ServedPages, servePages } from '../support/serve-pages.ts';

const SQUARE = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100" fill="#c00000"/></svg>`;
const far = (image: string): string =>
  `<style>body { margin: 0 }</style><div style="height:4500px"></div>${image}`;

let site: ServedPages;
let browser: Awaited<ReturnType<typeof chromium.launch>>;
beforeAll(async () => {
  site = await servePages({
    '/square.svg': (_request, response) =>
      response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(SQUARE),
    '/lazy': far('<img loading="lazy" width="100" height="100" src="/square.svg">'),
    '/scripted': far(`<img width="100" height="100" data-src="/square.svg"><script>
      new IntersectionObserver((entries, observer) => entries.filter((e) => e.isIntersecting).forEach((e) => {
        e.target.src = e.target.dataset.src; observer.disconnect();
      })).observe(document.querySelector('img'))</script>`),
  });
  const found = await findBrowser();
  if (found.kind === 'missing') throw new Error(found.why);
  browser = await chromium.launch({
    executablePath: found.path,
    chromiumSandbox: process.getuid?.() !== 0,
  });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

describe('captureScreenshot', () => {
  it.each(['lazy', 'scripted'])('shows a %s image far below the window', async (path) => {
    const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
    const shoot = shootOver(await page.context().newCDPSession(page));
    await page.goto(`${site.url}/${path}`);
    const picture = decodePng(
      (await captureScreenshot({ page, shoot }, { masks: [], secrets: [] })) ?? Buffer.alloc(0),
    );
    const at = (4_550 * picture.width + 50) * 4;
    expect([...picture.data.subarray(at, at + 3)]).toEqual([192, 0, 0]);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await page.close();
  });
});
