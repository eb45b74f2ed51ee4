import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright';
import { PNG } from 'pngjs';

/** What is commonly done, to compare with: Playwright's full-page picture, taken until two in a row are equal. */
export async function stockCapture(page: Page, url: string): Promise<Buffer> {
  await page.goto(url, { waitUntil: 'networkidle' });
  let before: Buffer | undefined;
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const shot = await page.screenshot({ fullPage: true, animations: 'disabled' });
    if (before?.equals(shot) === true) return shot;
    before = shot;
    await page.waitForTimeout(100);
  }
  throw new Error(`${url} did not stand still`);
}

/** Decodes with pngjs, compares with pixelmatch, encodes the difference with pngjs. */
export function stockCompare(first: Uint8Array, second: Uint8Array): { changed: number; diff: Buffer } {
  const [base, head] = [PNG.sync.read(Buffer.from(first)), PNG.sync.read(Buffer.from(second))];
  const { width } = head;
  const height = Math.max(base.height, head.height);
  const diff = new PNG({ width, height });
  const changed = pixelmatch(padded(base, height), padded(head, height), diff.data, width, height, {
    threshold: 0.1,
  });
  return { changed, diff: PNG.sync.write(diff) };
}

/** pixelmatch takes pictures of one size only. */
function padded(image: PNG, height: number): Buffer {
  if (image.height === height) return image.data;
  const data = Buffer.alloc(image.width * height * 4, 255);
  image.data.copy(data);
  return data;
}
