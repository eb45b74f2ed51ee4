import type { BrowserContext } from 'playwright';
import type { Step } from '../domain/flow.ts';
import { sleep } from '../lib/sleep.ts';
import type {
  BrowserPolicy,
  Navigation,
  Session,
  SessionOptions,
  StepOutcome,
  StorageState,
} from '../verify/ports.ts';
import { actOnNode, actOnText, hasFocus, isByText, isOnlyText, toNodeStep } from './act-on-node.ts';
import { bounded } from './bounded.ts';
import { captureScreenshot } from './capture-screenshot.ts';
import { describeElements, elementQuery, readElements } from './describe-elements.ts';
import { goInHistory } from './go-in-history.ts';
import { createLoginDriver } from './login/drive-login.ts';
import { parseStorageState } from './login/parse-storage-state.ts';
import { look } from './look.ts';
import { navigate } from './navigate.ts';
import type { Tab } from './open-tab.ts';
import type { PageEvents } from './page-events.ts';
import { performStep } from './perform-step.ts';
import { readLinks } from './read-links.ts';
import { type PageReading, readPage } from './read-page.ts';
import { resetTab } from './reset-tab.ts';
import { settle } from './settle.ts';
import { settleFast } from './settle-fast.ts';
import { type Restoring, readStorageState } from './storage-state.ts';
import { createScriptWatch } from './watch-scripts.ts';

const READ_MS = 5_000;
const CLOSE_MS = 3_000;
/** One more than are followed, to tell that there are more. */
const MAX_LINKS = 501;
/** Page time that passes at once while nothing is expected to happen. */
const PASS_MS = 400;
const MAX_ORIGINS = 50;
const HUNG: StepOutcome = { kind: 'impossible', why: 'the page does not answer any more' };

export interface SessionParts {
  readonly context: BrowserContext;
  readonly tab: Tab;
  readonly openTab: () => Promise<Tab>;
  readonly events: PageEvents;
  readonly options: SessionOptions;
  readonly policy: BrowserPolicy;
  /** Of the run's filtering proxy on this machine. */
  readonly proxyPort: number;
  /** What the login left is put back when the first document loads. */
  readonly restoring: Restoring;
  /** Why the proxy reached nothing at this address, if it did not. */
  readonly whyFailed: (url: string) => string | undefined;
}

/** What changes while a session lives. */
interface State {
  tab: Tab;
  restoring: Restoring | undefined;
  /** What every fresh start begins with. */
  storage: StorageState | undefined;
  isHung: boolean;
  busyMs: number;
  /** How often the document of the tab had changed when it was last settled. */
  before: { readonly documents: number; readonly changes: number };
  reading: PageReading | undefined;
  /** Where the focus was read, or put by a step since. */
  focusRef: string | undefined;
  readonly origins: Set<string>;
}

type Driving = Pick<Session, 'goto' | 'perform' | 'act' | 'reset' | 'pass'>;
type Seeing = Pick<Session, 'observe' | 'read' | 'audit' | 'capture' | 'describeElements' | 'listLinks'>;

export function createSession(parts: SessionParts): Session {
  const { context, policy, restoring } = parts;
  const state: State = {
    tab: parts.tab,
    restoring,
    storage: parts.options.storage,
    isHung: false,
    busyMs: 0,
    before: { documents: 0, changes: 0 },
    reading: undefined,
    focusRef: undefined,
    origins: new Set([parts.options.site.origin]),
  };
  const login = createLoginDriver(context, policy);
  return {
    ...driving(parts, state),
    ...seeing(parts, state),
    ...createScriptWatch({
      context,
      tab: () => state.tab,
      isHung: () => state.isHung,
      site: parts.options.site,
      headers: parts.options.headers,
      proxyPort: parts.proxyPort,
      isWatching: parts.options.watchesScripts === true,
    }),
    readLoginPage: () => login.read(state.tab),
    typeCredential: (ref, value) => login.type(ref, value),
    async pressControl(ref, how) {
      const outcome = await login.press(state.tab, ref, how);
      if (outcome === 'pressed') await settled(parts, state);
      return outcome;
    },
    storage: () => readStorageState(context, state.tab.page),
    readStoredState: (json, mayUse) => parseStorageState(json, { site: parts.options.site, mayUse }),
    async useStorage(storage) {
      state.storage = storage;
      await state.restoring?.end();
      state.restoring = await resetTab(context, state.tab, { origins: [...state.origins], storage });
    },
    async close() {
      await bounded(context.close(), CLOSE_MS);
    },
  };
}

function driving(parts: SessionParts, state: State): Driving {
  const { events, options } = parts;
  const load = (url: string, limitMs: number): Promise<Navigation> =>
    loadPage(parts, state, { url, limitMs });
  const hasTouch = options.viewport.hasTouch;
  return {
    goto: load,
    async perform(step, limitMs, stop) {
      if (state.isHung) return HUNG;
      const isStopped = (): boolean => stop?.aborted === true && events.inFlight() === 0;
      const passTime =
        state.tab.clock === undefined ? {} : { passTime: () => passRound(parts, state, PASS_MS) };
      const outcome = await ('go' in step
        ? go(parts, state, step.go)
        : performStep(state.tab.page, step, { limitMs, hasTouch, isStopped, ...passTime }));
      if (outcome.kind === 'done' && !('expect' in step)) await settled(parts, state);
      return outcome;
    },
    async act(step, limitMs) {
      if (state.isHung) return HUNG;
      if ('goto' in step) {
        const loaded = await load(new URL(step.goto, options.site).href, limitMs);
        return loaded.kind === 'loaded' ? { kind: 'done' } : { kind: 'impossible', why: loaded.why };
      }
      const outcome = (await bounded(act(parts, state, step), limitMs)) ?? HUNG;
      if (outcome.kind === 'done' && !('expect' in step)) await settled(parts, state);
      return outcome;
    },
    async reset(url, limitMs) {
      await closeOtherTabs(parts, state);
      const { tab } = state;
      if (tab.clock !== undefined) {
        tab.clock.session.now = tab.clock.session.at;
        await tab.clock.prepare(tab.clock.session.at);
      }
      await state.restoring?.end();
      state.restoring = await resetTab(parts.context, tab, {
        origins: [...state.origins],
        storage: state.storage,
      });
      state.isHung = false;
      const loaded = await load(url, limitMs);
      await bounded(tab.forgetHistory?.() ?? Promise.resolve(), READ_MS);
      return loaded;
    },
    async pass(ms) {
      if (state.tab.clock === undefined) await sleep(ms);
      else
        for (let left = ms; left > 0; left -= PASS_MS) await passRound(parts, state, Math.min(left, PASS_MS));
      await settled(parts, state);
    },
  };
}

/** What `act` does before the page settles. */
async function act(
  parts: SessionParts,
  state: State,
  step: Exclude<Step, { goto: string }>,
): Promise<StepOutcome> {
  const { tab } = state;
  const hasTouch = parts.options.viewport.hasTouch;
  if ('go' in step) return go(parts, state, step.go);
  if ('press' in step && step.press !== 'Escape') {
    const { focusRef } = state;
    if (focusRef === undefined) return { kind: 'impossible', why: 'nothing on the page has the focus' };
    if (!(await hasFocus(tab, focusRef))) return { kind: 'impossible', why: 'the focus is elsewhere by now' };
  }
  const nodeStep = toNodeStep(step);
  const nodes = state.reading?.nodes;
  if (
    nodeStep === undefined ||
    nodes === undefined ||
    (isByText(nodeStep) && !isOnlyText(nodes, nodeStep.target))
  ) {
    // Without page time between two tries there is nothing to try again for.
    const isStill = tab.clock !== undefined;
    const searched = await performStep(tab.page, step, {
      limitMs: 0,
      hasTouch,
      isStill,
      isStopped: () => true,
    });
    if (searched.kind === 'done' || nodeStep === undefined || nodes === undefined) return searched;
    return (await actOnText(tab, nodes, { step: nodeStep, hasTouch })) ?? searched;
  }
  const { ref, ...outcome } = await actOnNode(tab, nodes, { step: nodeStep, hasTouch });
  if (ref !== undefined) state.focusRef = ref;
  return outcome;
}

function seeing({ events, options }: SessionParts, state: State): Seeing {
  return {
    async observe() {
      const { shown, picture } = state.isHung ? {} : await look(state.tab, options);
      const { errors, dialogs, popups, blocked } = events.take();
      return {
        url: state.tab.page.url(),
        title: shown?.title ?? '',
        snapshot: shown?.snapshot ?? '',
        errors,
        dialogs,
        popups,
        blocked,
        ...(shown === undefined || picture === undefined ? {} : { screenshot: picture }),
        isHung: shown === undefined,
      };
    },
    async read() {
      const reading = state.isHung ? undefined : await readPage(state.tab);
      state.reading = reading;
      const { focusRef, ...shown } = reading ?? { ...NOTHING_READ, url: state.tab.page.url() };
      state.focusRef = focusRef;
      return { ...shown, ...events.take(), busyMs: state.busyMs, isHung: reading === undefined };
    },
    audit: async () => (state.isHung ? undefined : state.tab.audit?.()),
    capture: () => captureScreenshot(state.tab, options),
    async describeElements() {
      const query = elementQuery(options.viewport.deviceScaleFactor);
      return readElements(await bounded(state.tab.page.evaluate(describeElements, query), READ_MS));
    },
    async listLinks() {
      return (await bounded(state.tab.page.evaluate(readLinks, MAX_LINKS), READ_MS)) ?? [];
    },
  };
}

const NOTHING_READ: Omit<PageReading, 'url'> = { title: '', nodes: [], storageKeys: [], brokenImages: [] };

async function loadPage(
  { events, whyFailed }: SessionParts,
  state: State,
  { url, limitMs }: { readonly url: string; readonly limitMs: number },
): Promise<Navigation> {
  const { tab } = state;
  const navigation = await navigate(tab.page, url, { events, whyFailed, limitMs });
  if (navigation.kind !== 'loaded') return navigation;
  await settled({ events }, state);
  noteOrigin(tab, state);
  await state.restoring?.end();
  state.restoring = undefined;
  return navigation;
}

function noteOrigin(tab: Tab, state: State): void {
  for (const frame of tab.page.frames()) {
    const origin = URL.canParse(frame.url()) ? new URL(frame.url()).origin : 'null';
    if (origin !== 'null' && state.origins.size < MAX_ORIGINS) state.origins.add(origin);
  }
}

async function settled({ events }: Pick<SessionParts, 'events'>, state: State): Promise<void> {
  const { tab } = state;
  const { clock } = tab;
  if (clock === undefined) {
    const startedAt = performance.now();
    const kind = await settle(tab.page, events);
    state.busyMs = Math.round(performance.now() - startedAt);
    if (kind === 'hung') state.isHung = true;
    return;
  }
  const result = await settleFast({ ...tab, clock }, events, state.before);
  state.before = result;
  state.busyMs = result.busyMs;
  if (result.kind === 'hung') state.isHung = true;
  noteOrigin(tab, state);
}

/** Lets page time pass when nothing is under way. */
async function passRound({ events }: SessionParts, state: State, ms: number): Promise<void> {
  const { tab } = state;
  await tab.navigation.whenLoaded(READ_MS);
  await events.whenIdle(tab.page, READ_MS);
  await tab.clock?.advance(ms, false);
}

async function go(
  parts: SessionParts,
  state: State,
  where: 'back' | 'forward' | 'reload' | 'new tab',
): Promise<StepOutcome> {
  if (where !== 'new tab') return goInHistory(state.tab, where);
  const url = state.tab.page.url();
  const tab = await bounded(parts.openTab(), READ_MS);
  if (tab === undefined) return { kind: 'impossible', why: 'no tab could be opened' };
  switchTo(state, tab);
  const { events, whyFailed } = parts;
  const loaded = await navigate(tab.page, url, { events, whyFailed, limitMs: READ_MS });
  return loaded.kind === 'loaded' ? { kind: 'done' } : { kind: 'impossible', why: loaded.why };
}

function switchTo(state: State, tab: Tab): void {
  state.tab = tab;
  state.before = { documents: tab.navigation.documents(), changes: 0 };
  state.reading = undefined;
  state.focusRef = undefined;
}

async function closeOtherTabs({ context, tab }: SessionParts, state: State): Promise<void> {
  const others = context.pages().filter((page) => page !== tab.page);
  await Promise.all(others.map((page) => bounded(page.close(), CLOSE_MS)));
  if (state.tab !== tab) switchTo(state, tab);
}
