import { sleep } from '../lib/sleep.ts';
import { bounded } from './bounded.ts';
import { findSecrets, setVisibility } from './hide-secrets.ts';
import { loadLazyImages } from './load-lazy-images.ts';
import type { Tab } from './open-tab.ts';

const MAX_HEIGHT = 5_000;
const MAX_WIDTH = 2_500;
const CAPTURE_MS = 8_000;
const EVALUATE_MS = 2_500;

export interface CaptureOptions {
  readonly masks: readonly string[];
  readonly secrets: readonly string[];
  /** Reads the page meanwhile; nothing is hidden before it has ended. */
  readonly reading?: Promise<unknown>;
}

/**
 * Takes a PNG of the whole page, up to 5,000 CSS pixels high, with caret and animations frozen, images that load when
 * they are scrolled to loaded, and masks blanked.
 *
 * One capture is enough: what two deployments show alike in two captures stands still, and what they do not is captured
 * again by whoever compares them.
 */
export async function captureScreenshot(
  { page, shoot }: Pick<Tab, 'page' | 'shoot'>,
  { masks, secrets, reading }: CaptureOptions,
): Promise<Uint8Array | undefined> {
  await loadLazyImages(page);
  const [size, places] = await Promise.all([
    bounded(page.evaluate(freeze, masks), EVALUATE_MS),
    findSecrets(page, secrets),
  ]);
  if (size === undefined) return undefined;
  if (places.length > 0) await reading;
  await setVisibility(places, 'hidden');
  try {
    const clip = {
      x: 0,
      y: 0,
      width: Math.min(size.width, MAX_WIDTH),
      height: Math.min(size.height, MAX_HEIGHT),
    };
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const shot = await bounded(shoot(clip, size.fits), CAPTURE_MS);
      if (shot !== undefined) return shot;
      // "Unable to capture screenshot" comes now and then on pages with endless animations, and passes.
      await sleep(20);
    }
    return await bounded(page.screenshot({ fullPage: true, timeout: CAPTURE_MS, clip }), CAPTURE_MS);
  } finally {
    await Promise.all([setVisibility(places, ''), bounded(page.evaluate(unfreeze), EVALUATE_MS)]);
  }
}

/** Runs in the page: stops what moves, blanks the masks, scrolls to the top, and returns the page's size. */
function freeze(masks: readonly string[]): { width: number; height: number; fits: boolean } {
  const quiet = `*, *::before, *::after { caret-color: transparent !important; }
    input[type="password"], input[autocomplete~="one-time-code"] {
      -webkit-text-fill-color: transparent !important; text-shadow: none !important;
    }`;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(quiet);
  for (const selector of masks) {
    try {
      sheet.insertRule(`${selector} { clip-path: inset(100%) !important; }`, sheet.cssRules.length);
    } catch {
      // An invalid selector masks nothing; the configuration's own check reports it.
    }
  }
  const scroller = document.scrollingElement ?? document.documentElement;
  const state = { sheet, x: scroller.scrollLeft, y: scroller.scrollTop };
  Object.defineProperty(document, Symbol.for('firsthand.frozen'), { value: state, configurable: true });
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  for (const animation of document.getAnimations()) {
    const end = animation.effect?.getComputedTiming().endTime;
    try {
      if (typeof end === 'number' && Number.isFinite(end)) animation.finish();
      else animation.cancel();
    } catch {
      // An animation with playback rate 0 cannot be finished; it does not move either.
    }
  }
  if (state.y !== 0 || state.x !== 0) scroller.scrollTo({ left: 0, top: 0, behavior: 'instant' });
  return {
    width: Math.max(scroller.clientWidth, Math.min(scroller.scrollWidth, scroller.clientWidth * 2)),
    height: Math.max(scroller.clientHeight, scroller.scrollHeight),
    fits:
      scroller.scrollHeight <= scroller.clientHeight &&
      scroller.scrollWidth <= scroller.clientWidth &&
      window.visualViewport?.scale === 1,
  };
}

/** Runs in the page: takes back what `freeze` did, but for the animations that it ended. */
function unfreeze(): void {
  const key = Symbol.for('firsthand.frozen');
  const state: unknown = Reflect.get(document, key);
  if (typeof state !== 'object' || state === null || !('sheet' in state)) return;
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== state.sheet);
  const scroller = document.scrollingElement ?? document.documentElement;
  const [left, top] = [Number(Reflect.get(state, 'x')), Number(Reflect.get(state, 'y'))];
  if (left !== 0 || top !== 0) scroller.scrollTo({ left, top, behavior: 'instant' });
  Reflect.deleteProperty(document, key);
}
