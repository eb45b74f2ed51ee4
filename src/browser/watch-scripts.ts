import type { BrowserContext, CDPSession } from 'playwright';
import type { RanFunction, RanScript, ScriptWatch } from '../verify/ran/ports.ts';
import { bounded } from './bounded.ts';
import type { TabEngine } from './engine/tab-engine.ts';
import { fetchOwnFile } from './fetch-own-file.ts';

const TAKE_MS = 3_000;
const READ_MS = 10_000;
/** A page that makes more of them in one step is not worth knowing. */
const MAX_FUNCTIONS = 300_000;
const MAX_INLINE = 2_000_000;

/**
 * Counts which functions run, from the next script on. Function by function and each once: that costs a page nothing that
 * could be measured, where counting blocks and calls would.
 */
export async function countFunctions(cdp: CDPSession): Promise<void> {
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.startPreciseCoverage', { callCount: false, detailed: false });
}

export interface ScriptWatchParts {
  readonly context: BrowserContext;
  readonly tab: () => Pick<TabEngine, 'cdp' | 'world'>;
  readonly isHung: () => boolean;
  readonly site: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly proxyPort: number;
  /** Whether functions are counted. */
  readonly isWatching: boolean;
}

export function createScriptWatch(parts: ScriptWatchParts): ScriptWatch {
  const { context, tab, isHung, site, headers, proxyPort } = parts;
  let { isWatching } = parts;
  return {
    async takeRan() {
      const { cdp } = tab();
      if (!isWatching || isHung() || cdp === undefined) return undefined;
      const taken = await bounded(cdp.send('Profiler.takePreciseCoverage'), TAKE_MS);
      const count = taken?.result.reduce((sum, { functions }) => sum + functions.length, 0);
      // What answers late, or with too much, would do so at every step.
      if (count === undefined || count > MAX_FUNCTIONS) isWatching = false;
      return taken === undefined ? undefined : toScripts(taken.result);
    },
    readInlineScripts: async () => (await tab().world.call(inlineScripts, MAX_INLINE, TAKE_MS)) ?? [],
    async readServed(address, maxBytes) {
      if (!URL.canParse(address)) return undefined;
      const url = new URL(address);
      if (url.origin !== site.origin) return undefined;
      const cookies = (await bounded(context.cookies(address), TAKE_MS)) ?? [];
      const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      const all = { ...headers, ...(cookie === '' ? {} : { cookie }) };
      return fetchOwnFile(url, { proxyPort, headers: all, maxBytes, limitMs: READ_MS });
    },
  };
}

type Taken = Awaited<ReturnType<typeof takeCoverage>>['result'];
/** Only for the shape of its answer. */
const takeCoverage = (cdp: CDPSession) => cdp.send('Profiler.takePreciseCoverage');

function toScripts(taken: Taken): readonly RanScript[] {
  let left = MAX_FUNCTIONS;
  return taken.flatMap(({ scriptId, url, functions }) => {
    // Scripts without an address are ours, or made by a script at run time.
    if (!/^https?:/.test(url) || left <= 0) return [];
    left -= functions.length;
    const ranges = functions.flatMap(({ ranges }): readonly RanFunction[] => {
      const [own] = ranges;
      return own === undefined ? [] : [{ start: own.startOffset, end: own.endOffset, hasRun: own.count > 0 }];
    });
    return [{ id: scriptId, url, functions: ranges }];
  });
}

/** Runs in the page. */
export function inlineScripts(most: number): string[] {
  const texts: string[] = [];
  let length = 0;
  for (const script of document.scripts) {
    const text = script.src === '' ? (script.textContent ?? '') : '';
    length += text.length;
    if (length > most) break;
    if (text !== '') texts.push(text);
  }
  return texts;
}
