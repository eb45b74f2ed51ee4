import type { BrowserContext, CDPSession } from 'playwright';
import type { Session } from '../verify/ports.ts';

/** A slow mobile network, as Lighthouse has it: 562 ms for a round trip, 1.4 Mbit/s down and 0.7 up. */
const SLOW = { offline: false, latency: 562.5, downloadThroughput: 184_320, uploadThroughput: 84_480 };
/** Page time in which a page may say that the network is gone. */
const NOTICE_MS = 50;

/** Makes the network of a page slow, from its next request on. */
export async function slowDown(cdp: CDPSession): Promise<void> {
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', SLOW);
}

/** A session whose pages load and then have no network any more, until the next one is opened. */
export function goingOffline(session: Session, context: Pick<BrowserContext, 'setOffline'>): Session {
  const whileOnline = async <Result>(load: () => Promise<Result>): Promise<Result> => {
    await context.setOffline(false);
    const result = await load();
    await context.setOffline(true);
    await session.pass(NOTICE_MS);
    return result;
  };
  return {
    ...session,
    goto: (url, limitMs) => whileOnline(() => session.goto(url, limitMs)),
    reset: (url, limitMs) => whileOnline(() => session.reset(url, limitMs)),
    act: (step, limitMs) =>
      'goto' in step ? whileOnline(() => session.act(step, limitMs)) : session.act(step, limitMs),
  };
}
