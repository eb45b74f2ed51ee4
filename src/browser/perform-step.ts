import type { Locator, Page } from 'playwright';
import { describeTarget, type Step, type Target } from '../domain/flow.ts';
import type { Purpose } from '../domain/target-readings.ts';
import { sleep } from '../lib/sleep.ts';
import type { StepOutcome } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import { checkExpectation } from './check-expectation.ts';
import { type Hit, hitTest } from './hit-test.ts';
import { resolveTarget } from './resolve-target.ts';
import { scrollToEnd } from './scroll-to-end.ts';

const POLL_MS = 50;
const ACTION_MS = 3_000;

export interface PerformOptions {
  readonly limitMs: number;
  readonly hasTouch: boolean;
  /** Page time stands still, so nothing moves. */
  readonly isStill?: boolean;
  /** Whether trying once more is of no use. */
  readonly isStopped: () => boolean;
  /** Lets some of the page's time pass before the next try; on the machine's clock it passes by itself. */
  readonly passTime?: () => Promise<void>;
}

/** A step that is done in the page as it is; the others need the session. */
export type PageStep = Exclude<Step, { goto: string } | { go: string }>;
type Pressing = 'click' | 'doubleClick' | 'hover';

/** Tries the step until it can be done, the time is up, or it is stopped. */
export async function performStep(
  page: Page,
  step: PageStep,
  { limitMs, isStopped, passTime, ...pressing }: PerformOptions,
): Promise<StepOutcome> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const outcome = await attempt(page, step, pressing);
    if (outcome.kind === 'done' || performance.now() >= deadline || isStopped()) return outcome;
    await sleep(POLL_MS);
    await passTime?.();
  }
}

type PressOptions = Pick<PerformOptions, 'hasTouch' | 'isStill'>;

async function attempt(page: Page, step: PageStep, options: PressOptions): Promise<StepOutcome> {
  if (page.isClosed()) return { kind: 'impossible', why: 'the page closed itself' };
  if ('click' in step) return point(page, step.click, { how: 'click', ...options });
  if ('doubleClick' in step) return point(page, step.doubleClick, { how: 'doubleClick', ...options });
  if ('hover' in step) return point(page, step.hover, { how: 'hover', ...options });
  if ('fill' in step) return fill(page, step.fill.field, step.fill.value);
  if ('select' in step) return select(page, step.select, options);
  if ('press' in step) {
    return done(page.keyboard.press(step.press), `the key ${step.press} could not be pressed`);
  }
  if ('scroll' in step) return done(page.evaluate(scrollToEnd), 'the page did not scroll');
  return checkExpectation(page, step.expect);
}

async function find(page: Page, target: Target, purpose: Purpose): Promise<Locator | undefined> {
  return (await bounded(resolveTarget(page, target, purpose), ACTION_MS * 2))?.first();
}

interface PointOptions extends PressOptions {
  readonly how: Pressing;
}

async function point(page: Page, target: Target, options: PointOptions): Promise<StepOutcome> {
  const locator = await find(page, target, 'click');
  if (locator === undefined) return absent(target);
  return press(page, locator, { ...options, shown: describeTarget(target) });
}

async function press(
  page: Page,
  locator: Locator,
  { shown, how, hasTouch, isStill }: PointOptions & { readonly shown: string },
): Promise<StepOutcome> {
  const first = await hit(locator);
  if (first?.kind !== 'free') return obstacle(shown, first);
  // A target that still moves would be missed: it must be where it was a moment ago.
  const { x, y } = first;
  if (isStill === true) return pressAt(page, first, { how, hasTouch, shown });
  await sleep(16);
  const second = await hit(locator);
  if (second?.kind !== 'free') return obstacle(shown, second);
  if (Math.abs(second.x - x) > 1 || Math.abs(second.y - y) > 1) {
    return { kind: 'impossible', why: `${shown} did not stop moving` };
  }
  return pressAt(page, { x, y }, { how, hasTouch, shown });
}

/** Clicks, double-clicks, taps or points at a place of the window. */
export function pressAt(
  page: Page,
  { x, y }: { readonly x: number; readonly y: number },
  { how, hasTouch, shown }: PointOptions & { readonly shown: string },
): Promise<StepOutcome> {
  if (how === 'hover') return done(page.mouse.move(x, y), `${shown} could not be pointed at`);
  if (how === 'doubleClick') return done(page.mouse.dblclick(x, y), `${shown} did not take the double click`);
  const pressed = hasTouch ? page.touchscreen.tap(x, y) : page.mouse.click(x, y);
  return done(pressed, `${shown} did not take the click`);
}

function hit(locator: Locator): Promise<Hit | undefined> {
  return bounded(locator.evaluate(hitTest, undefined, { timeout: ACTION_MS }), ACTION_MS);
}

/** Says what keeps an element from being clicked. */
export function obstacle(shown: string, found: Hit | undefined): StepOutcome {
  if (found?.kind === 'covered') return { kind: 'impossible', why: `${shown} is covered by ${found.by}` };
  if (found?.kind === 'disabled') return { kind: 'impossible', why: `${shown} is disabled` };
  if (found?.kind === 'hidden') return { kind: 'impossible', why: `${shown} is not visible` };
  return { kind: 'impossible', why: `${shown} went away or the page does not answer` };
}

async function fill(page: Page, field: Target, value: string): Promise<StepOutcome> {
  const locator = await find(page, field, 'fill');
  if (locator === undefined) return absent(field);
  const shown = describeTarget(field);
  if (!((await bounded(locator.isEditable({ timeout: ACTION_MS }), ACTION_MS)) ?? false)) {
    return { kind: 'impossible', why: `${shown} cannot be typed into` };
  }
  return done(locator.fill(value, { timeout: ACTION_MS }), `${shown} did not take the text`);
}

async function select(
  page: Page,
  { field, option }: { readonly field: Target; readonly option: string },
  options: PressOptions,
): Promise<StepOutcome> {
  const locator = await find(page, field, 'select');
  if (locator === undefined) return absent(field);
  const tag = await bounded(
    locator.evaluate((element) => element.tagName, undefined, { timeout: ACTION_MS }),
    ACTION_MS,
  );
  if (tag === 'SELECT') {
    const chosen = locator.selectOption(option, { timeout: ACTION_MS });
    return done(chosen, `${describeTarget(field)} has no option “${option}” to choose`);
  }
  const inList = await find(page, { role: 'option', name: option }, 'click');
  if (inList !== undefined) {
    return press(page, inList, { shown: `option “${option}”`, how: 'click', ...options });
  }
  const opened = await press(page, locator, { shown: describeTarget(field), how: 'click', ...options });
  return opened.kind === 'impossible'
    ? opened
    : { kind: 'impossible', why: `${describeTarget(field)} shows no option “${option}”` };
}

/** Waits for an input of ours to be taken by the page. */
export async function done(work: Promise<unknown>, why: string): Promise<StepOutcome> {
  const finished = await bounded(
    work.then(() => true),
    ACTION_MS,
  );
  return finished === true ? { kind: 'done' } : { kind: 'impossible', why };
}

export function absent(target: Target): StepOutcome {
  return { kind: 'impossible', why: `${describeTarget(target)} is not on the page` };
}
