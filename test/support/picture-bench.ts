import { chromium } from 'playwright';
import { captureScreenshot } from '../../src/browser/capture-screenshot.ts';
import { describeElements, elementQuery, readElements } from '../../src/browser/describe-elements.ts';
import { shootOver } from '../../src/browser/engine/chromium-engine.ts';
import { findBrowser } from '../../src/browser/find-browser.ts';
import { compareScreenshots, type PictureDiff } from '../../src/verify/pictures/compare-screenshots.ts';
import { decodePng } from '../../src/verify/pictures/decode-png.ts';
import { findCauses, type PictureCause } from '../../src/verify/pictures/picture-causes.ts';
import type { ElementBox } from '../../src/verify/ports.ts';

/** One page as a real Chromium draws it. */
export interface Drawn {
  readonly png: Uint8Array;
  readonly elements: readonly ElementBox[];
}

/** A Chromium that draws pages from their source. */
export interface PictureBench {
  draw(html: string): Promise<Drawn>;
  /** Why the picture of the head differs from that of the base. */
  compare(base: string, head: string): Promise<{ diff: PictureDiff; causes: readonly PictureCause[] }>;
  close(): Promise<void>;
}

export async function openPictureBench(): Promise<PictureBench> {
  const found = await findBrowser();
  if (found.kind === 'missing') throw new Error(found.why);
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ['--disable-partial-raster'],
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  const shoot = shootOver(await page.context().newCDPSession(page));
  const draw = async (html: string): Promise<Drawn> => {
    await page.setContent(html);
    const png = await captureScreenshot({ page, shoot }, { masks: [], secrets: [] });
    if (png === undefined) throw new Error('no picture');
    return { png, elements: readElements(await page.evaluate(describeElements, elementQuery(1))) };
  };
  return {
    draw,
    async compare(base, head) {
      const [first, second] = [await draw(base), await draw(head)];
      const diff = compareScreenshots(decodePng(first.png), decodePng(second.png));
      return { diff, causes: findCauses(diff, first.elements, second.elements) };
    },
    close: () => browser.close(),
  };
}
