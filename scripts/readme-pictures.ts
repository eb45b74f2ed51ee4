// Takes the README's pictures from the page that `npm run demo` wrote: run that first, then this.
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Locator } from 'playwright';
import { findBrowser } from '../src/browser/find-browser.ts';

/** White space around what is cut out, in pixels. */
const MARGIN = 12;

const root = resolve(import.meta.dirname, '..');
const page = resolve(process.argv[2] ?? 'firsthand-out', 'demo.html');
const folder = resolve(root, 'docs/pictures');

const found = await findBrowser(process.env['FIRSTHAND_BROWSER_PATH']);
if (found.kind === 'missing') throw new Error(found.why);
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: found.path,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const tab = await browser.newPage({ viewport: { width: 1100, height: 1000 }, deviceScaleFactor: 1 });
  await tab.goto(pathToFileURL(page).href);

  const take = async (place: Locator, name: string): Promise<void> => {
    await place.waitFor();
    // Of the document, not of the window: the page may have scrolled.
    const { x, y, width, height } = await place.evaluate((element) => {
      const box = element.getBoundingClientRect();
      return { x: box.x + window.scrollX, y: box.y + window.scrollY, width: box.width, height: box.height };
    });
    const clip = { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
    await tab.screenshot({ path: resolve(folder, `${name}.png`), clip, fullPage: true });
  };

  await take(
    tab
      .locator('div')
      .filter({ has: tab.locator('h3') })
      .last(),
    'review',
  );
  const visual = tab
    .locator('details')
    .filter({ hasText: '€84.00' })
    .filter({ has: tab.locator('img') })
    .first();
  await visual.locator('> summary').click();
  await take(visual.locator('table').first(), 'visual-finding');
} finally {
  await browser.close();
}
