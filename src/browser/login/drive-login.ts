import { createHash } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright';
import type { LoginControl, LoginPage, Pressing } from '../../verify/login/ports.ts';
import type { BrowserPolicy, CredentialTyping } from '../../verify/ports.ts';
import { bounded } from '../bounded.ts';
import { type Hit, hitTest } from '../hit-test.ts';
import type { Tab } from '../open-tab.ts';
import { type FrameWorld, openFrameWorlds } from './frame-worlds.ts';
import { FOUND, SCAN_LOGIN, type ScannedFrame, type ScanQuery } from './scan-login.ts';
import { type TypeOrder, typeValue } from './type-value.ts';

const LIMIT_MS = 4_000;
const MAX_ELEMENTS = 20_000;
const MAX_CONTROLS = 400;
const MAX_TEXT = 40_000;

/** What a session needs to read a login page and to act on it. */
export interface LoginDriver {
  read(tab: Tab): Promise<LoginPage>;
  type(ref: string, value: string): Promise<CredentialTyping>;
  press(tab: Tab, ref: string, how: Pressing): Promise<'pressed' | 'absent' | 'covered'>;
}

/** Reads and drives login pages by the worlds of the last reading: what has navigated since is absent. */
export function createLoginDriver(context: BrowserContext, policy: BrowserPolicy): LoginDriver {
  let worlds: readonly FrameWorld[] = [];
  const worldOf = (ref: string): FrameWorld | undefined => worlds[Number(ref.split(':')[0])];
  return {
    async read(tab) {
      worlds = tab.cdp === undefined ? [] : await openFrameWorlds(tab.cdp, LIMIT_MS);
      const frames = await Promise.all(worlds.map(scan));
      const cookies = await bounded(context.cookies(), LIMIT_MS);
      const kept = cookies?.map(({ name, value, domain }) => [domain, name, value]);
      const digest = createHash('sha256').update(
        JSON.stringify([kept, frames.map((frame) => frame?.stored)]),
      );
      return {
        url: tab.page.url(),
        title: frames[0]?.title ?? '',
        controls: frames.flatMap((frame) => frame?.controls ?? []),
        text: frames
          .map((frame) => frame?.text ?? '')
          .join('\n')
          .slice(0, MAX_TEXT),
        isPartial: frames.length === 0 || cookies === undefined || frames.includes(undefined),
        hasCaptcha: frames.some((frame) => frame?.hasCaptcha === true),
        storageDigest: digest.digest('hex'),
      };
    },
    async type(ref, value) {
      const world = worldOf(ref);
      const origin = await world?.call('() => self.origin', [], LIMIT_MS);
      if (world === undefined || typeof origin !== 'string') return 'absent';
      const targets = await world.call(TARGETS, [FOUND, ref], LIMIT_MS);
      if (!Array.isArray(targets)) return 'absent';
      const isAllowed = [origin, ...targets].every((address) => mayGo(String(address), policy));
      if (!isAllowed) return 'origin-refused';
      const order: TypeOrder = { found: FOUND, ref, value, origin };
      const typed = await world.call(String(typeValue), [order], LIMIT_MS);
      return typed === 'typed' || typed === 'origin-refused' ? typed : 'absent';
    },
    async press({ page }, ref, how) {
      const world = worldOf(ref);
      return world === undefined ? 'absent' : press(page, world, { ref, how });
    },
  };
}

async function press(
  page: Page,
  world: FrameWorld,
  { ref, how }: { readonly ref: string; readonly how: Pressing },
): Promise<'pressed' | 'absent' | 'covered'> {
  if (how === 'enter') {
    if ((await world.call(onElement('element.focus(); return true;'), [FOUND, ref], LIMIT_MS)) !== true)
      return 'absent';
    await bounded(page.keyboard.press('Enter'), LIMIT_MS);
    return 'pressed';
  }
  if (how === 'script') {
    const clicked = await world.call(
      onElement('setTimeout(() => element.click()); return true;'),
      [FOUND, ref],
      LIMIT_MS,
    );
    return clicked === true ? 'pressed' : 'absent';
  }
  const hit = (await world.call(HIT, [FOUND, ref], LIMIT_MS)) as
    | (Hit & { dx: number; dy: number })
    | undefined;
  if (hit === undefined || hit.kind === 'hidden') return 'absent';
  if (hit.kind !== 'free') return 'covered';
  await bounded(page.mouse.click(hit.x + hit.dx, hit.y + hit.dy), LIMIT_MS);
  return 'pressed';
}

async function scan(world: FrameWorld, frame: number): Promise<ScannedFrame | undefined> {
  const query: ScanQuery = {
    found: FOUND,
    frame,
    maxElements: MAX_ELEMENTS,
    maxControls: MAX_CONTROLS,
    maxText: MAX_TEXT,
  };
  const scanned = (await world.call(SCAN_LOGIN, [query], LIMIT_MS)) as ScannedFrame | undefined;
  // The world is ours, so the answer has the form that our function gives it.
  return scanned === undefined ? undefined : { ...scanned, controls: scanned.controls.filter(isSound) };
}

/**
 * Where the field's form is sent, also by its buttons, as far as that is an address. A form can hide its own methods
 * behind fields that are named like them, so those of its prototype are called.
 */
const TARGETS = onElement(`
  const form = element.form;
  if (form === null || form === undefined) return [];
  const { getAttribute, querySelectorAll } = Element.prototype;
  const inside = querySelectorAll.call(form, '[formaction]');
  const buttons = [...inside, ...document.querySelectorAll('[form][formaction]')].slice(0, 50);
  const given = [getAttribute.call(form, 'action'), ...buttons.map((one) => getAttribute.call(one, 'formaction'))];
  return given.filter((address) => (address ?? '').trim() !== '').flatMap((address) => {
    const url = URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) ? [url.href] : [];
  });`);

function mayGo(address: string, policy: BrowserPolicy): boolean {
  return URL.canParse(address) && policy.mayVisit(new URL(address));
}

function isSound({ ref, label }: LoginControl): boolean {
  return typeof ref === 'string' && typeof label === 'string';
}

function onElement(body: string): string {
  return `(found, ref) => {
    const element = globalThis[found]?.get(ref);
    if (!element?.isConnected) return undefined;
    ${body}
  }`;
}

/** Where a click would land, and how far the frame lies from the page's corner. */
const HIT = onElement(`
  let dx = 0, dy = 0;
  try {
    for (let view = window; view !== view.top; view = view.parent) {
      const frame = view.frameElement, box = frame.getBoundingClientRect();
      dx += box.left + frame.clientLeft;
      dy += box.top + frame.clientTop;
    }
  } catch {
    return { kind: 'covered', by: 'another site', dx, dy };
  }
  return { ...(${String(hitTest)})(element), dx, dy };`);
