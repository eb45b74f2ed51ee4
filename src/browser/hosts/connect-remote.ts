import { TransientError } from '../../domain/errors.ts';
import { ENGINES, type EngineName } from '../engine/engines.ts';
import { createBrowserHost } from './browser-host.ts';
import type { Place } from './browser-pool.ts';
import { NOWHERE } from './start-local.ts';

const CONNECT_MS = 20_000;
const CLOSE_MS = 5_000;

/**
 * A Playwright server, by its WebSocket address. One that starts a browser for each connection is asked to give it a proxy
 * that leads nowhere: only contexts, which have one of ours, reach anything.
 */
export function remotePlace(endpoint: string, engine: EngineName = 'chromium'): Place {
  const name = new URL(endpoint).host;
  const { title, type } = ENGINES[engine];
  return {
    name,
    async start() {
      try {
        const browser = await type.connect(endpoint, {
          timeout: CONNECT_MS,
          headers: { 'x-playwright-launch-options': JSON.stringify({ proxy: NOWHERE }) },
        });
        return await createBrowserHost(browser, {
          name: `${title} ${browser.version()} at ${name}`,
          engine,
          isRemote: true,
          async end() {
            const limit = AbortSignal.timeout(CLOSE_MS);
            const late = new Promise<void>((resolve) => {
              limit.addEventListener('abort', () => resolve(), { once: true });
            });
            // It may have ended already.
            await Promise.race([browser.close().catch(() => undefined), late]);
          },
        });
      } catch (cause) {
        if (engine !== 'chromium') {
          const how = `"npx playwright install ${engine}" installs it there`;
          throw new TransientError(
            `the browser server at ${name} (FIRSTHAND_BROWSER_WS) gives no ${title}: ${how}`,
            { cause },
          );
        }
        throw new TransientError(
          `the browser server at ${name} (FIRSTHAND_BROWSER_WS) does not answer as Playwright’s of this version: ${firstLine(cause)}`,
          { cause },
        );
      }
    },
  };
}

/** The address can hold a token. */
function firstLine(cause: unknown): string {
  const [line = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  return line.replace(/wss?:\/\/\S+/g, 'the server').slice(0, 200);
}
