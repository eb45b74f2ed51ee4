import { access } from 'node:fs/promises';
import { type BrowserType, chromium, firefox, webkit } from 'playwright';
import type { EngineLimits, OtherEngine } from '../../verify/ports.ts';

export type EngineName = 'chromium' | OtherEngine;

export const ENGINES: Readonly<Record<EngineName, { readonly title: string; readonly type: BrowserType }>> = {
  chromium: { title: 'Chromium', type: chromium },
  firefox: { title: 'Firefox', type: firefox },
  webkit: { title: 'WebKit', type: webkit },
};

/** Whether Playwright's own build of an engine is on this machine: it drives no other. */
export async function isInstalled(engine: OtherEngine): Promise<boolean> {
  return access(ENGINES[engine].type.executablePath()).then(
    () => true,
    () => false,
  );
}

export function whyNotInstalled(engine: OtherEngine): string {
  return `Playwright’s ${ENGINES[engine].title} is not installed: "npx playwright install ${engine}" installs it`;
}

/** What is not done in an engine that is driven without the protocol of Chromium's developer tools. */
export function limitsOf(engine: OtherEngine): EngineLimits {
  const { title } = ENGINES[engine];
  return {
    whyNotOpened: ({ network }) =>
      network === 'slow' ? `the network of ${title} cannot be made slow` : undefined,
    // Playwright sends a header that it adds along a redirect, to whatever host that leads.
    keptHeaders: (headers) =>
      Object.fromEntries(
        Object.entries(headers).filter(
          ([name, value]) => name.toLowerCase() === 'authorization' && /^basic /i.test(value),
        ),
      ),
    notTried: ({ viewport, isLoggedIn }) => [
      { what: 'barriers to accessibility', why: `they are looked for in Chromium only` },
      { what: 'which of the changed code runs', why: 'functions are counted in Chromium only' },
      ...(isLoggedIn
        ? [
            {
              what: 'logging in',
              why: 'what the login in Chromium left is used, and is not renewed when it ends',
            },
          ]
        : []),
      ...(viewport.isMobile && engine === 'firefox'
        ? [{ what: 'the layout of a phone', why: 'Firefox has its window size only' }]
        : []),
    ],
  };
}
