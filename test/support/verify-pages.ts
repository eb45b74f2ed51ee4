import { createBrowserLauncher } from '../../src/browser/open-browser.ts';
import type { VerifyReport } from '../../src/domain/report.ts';
import { verifyPreview } from '../../src/verify/pipeline.ts';
import type { Browser, BrowserLauncher, BrowserPolicy, VerifyPorts } from '../../src/verify/ports.ts';
import type { VerifyProgress, VerifyRequest } from '../../src/verify/request.ts';
import { type VerifySettings, verifySettingsSchema } from '../../src/verify/settings.ts';

/** Exploring a page of a test to its end would only take time. */
const FEW = 8;

/** A run's report and everything that it wrote or said. */
export interface TriedPages {
  readonly report: VerifyReport;
  readonly artifacts: ReadonlyMap<string, Uint8Array>;
  readonly progress: readonly VerifyProgress[];
}

export interface TryOptions extends Partial<Omit<VerifyRequest, 'settings' | 'head' | 'base'>> {
  readonly settings?: object;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly browser?: BrowserLauncher;
  readonly signal?: AbortSignal;
}

/** Settings as the configuration would give them. */
export function verifySettings(settings: unknown = {}): VerifySettings {
  return verifySettingsSchema.parse(settings);
}

/** Runs the whole verification on two addresses of this machine, in a real browser. */
export async function tryPages(
  addresses: { readonly head: string; readonly base?: string },
  options: TryOptions = {},
): Promise<TriedPages> {
  const artifacts = new Map<string, Uint8Array>();
  const progress: VerifyProgress[] = [];
  const { settings, secrets = {}, browser = createBrowserLauncher(), signal, ...request } = options;
  const startedAt = performance.now();
  const ports: VerifyPorts = {
    browser,
    artifacts: {
      async write(name, bytes) {
        artifacts.set(name, bytes);
      },
    },
    secrets: { find: async (name) => secrets[name] },
    onProgress: (one) => {
      progress.push(one);
    },
    elapsedMs: () => performance.now() - startedAt,
  };
  const report = await verifyPreview(
    {
      head: addresses.head,
      ...(addresses.base === undefined ? {} : { base: addresses.base }),
      // What comes after the default window is a test's own choice: it takes time.
      settings: verifySettings({ viewports: ['desktop'], explore: { actions: FEW }, ...settings }),
      credentials: { kind: 'allowed' },
      privateHosts: Object.values(addresses).map((address) => new URL(address).host),
      seed: 1,
      startedAt: new Date(),
      version: '0.0.0',
      readyWaitMs: 0,
      ...request,
    },
    ports,
    signal ?? new AbortController().signal,
  );
  return { report, artifacts, progress };
}

/** Runs once what several tests look at, when the first of them asks. */
export function once<Result>(run: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => {
    made ??= run();
    return made;
  };
}

/**
 * One browser for many runs of a test file: each run gets the policy of its own, and closing a run's browser leaves it
 * running.
 */
export function sharedBrowser(): { readonly launcher: BrowserLauncher; close(): Promise<void> } {
  const policies: BrowserPolicy[] = [];
  const privateHosts: string[] = [];
  let shared: Promise<Browser> | undefined;
  return {
    launcher: {
      async open(policy) {
        policies.push(policy);
        privateHosts.push(...policy.privateHosts);
        shared ??= createBrowserLauncher().open(
          { mayVisit: (url) => policies.some((one) => one.mayVisit(url)), privateHosts },
          new AbortController().signal,
        );
        const browser = await shared;
        return {
          name: browser.name,
          openSession: (options) => browser.openSession(options),
          replaced: () => browser.replaced(),
          close: async () => undefined,
        };
      },
    },
    async close() {
      await (await shared)?.close();
    },
  };
}
