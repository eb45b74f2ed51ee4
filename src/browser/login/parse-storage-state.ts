import { z } from 'zod';
import type { StorageState } from '../../verify/ports.ts';
import { toStorageState } from '../storage-state.ts';

/** Playwright's own form, as `storageState()` writes it. What else stands in it is left out. */
const stateSchema = z.object({
  cookies: z
    .array(
      z.object({
        name: z.string().min(1),
        value: z.string(),
        domain: z.string().min(1),
        path: z.string().default('/'),
        expires: z.number().default(-1),
        httpOnly: z.boolean().default(false),
        secure: z.boolean().default(false),
        sameSite: z.enum(['Strict', 'Lax', 'None']).default('Lax'),
      }),
    )
    .max(500)
    .default([]),
  origins: z
    .array(
      z.object({
        origin: z.string(),
        localStorage: z
          .array(z.object({ name: z.string(), value: z.string() }))
          .max(1_000)
          .default([]),
      }),
    )
    .max(50)
    .default([]),
});

interface Taking {
  readonly site: URL;
  readonly mayUse: (origin: URL) => boolean;
}

/**
 * Reads a storage state in Playwright's JSON and makes it one of `site`.
 *
 * Every preview has a host of its own, so what was recorded on another allowed origin is taken as the site's. What
 * belongs elsewhere is left out: no cookie goes to a host that the configuration does not allow.
 */
export function parseStorageState(json: string, { site, mayUse }: Taking): StorageState | undefined {
  const parsed = stateSchema.safeParse(toJson(json));
  if (!parsed.success) return undefined;
  const isAllowed = (host: string): boolean =>
    [site.port, ''].some((port) =>
      ['https:', 'http:'].some((scheme) => {
        const address = `${scheme}//${host}${port === '' ? '' : `:${port}`}`;
        return URL.canParse(address) && mayUse(new URL(address));
      }),
    );
  const hosts = new Set(
    parsed.data.origins.flatMap(({ origin }) =>
      URL.canParse(origin) && mayUse(new URL(origin)) ? [new URL(origin).hostname] : [],
    ),
  );
  const isSecure = site.protocol === 'https:';
  const cookies = parsed.data.cookies.flatMap((cookie) => {
    const host = cookie.domain.replace(/^\./, '');
    const holds = site.hostname === host || site.hostname.endsWith(`.${host}`);
    if (!holds && !hosts.has(host) && !isAllowed(host)) return [];
    // A parent domain's cookie would be sent to hosts beside the site as well.
    return [
      {
        ...cookie,
        domain: site.hostname,
        secure: cookie.secure && isSecure,
        sameSite: cookie.sameSite === 'None' && !isSecure ? ('Lax' as const) : cookie.sameSite,
      },
    ];
  });
  const entries = parsed.data.origins
    .filter(({ origin }) => URL.canParse(origin) && mayUse(new URL(origin)))
    .sort((one, other) => Number(one.origin === site.origin) - Number(other.origin === site.origin))
    .flatMap(({ localStorage }) => localStorage);
  if (cookies.length === 0 && entries.length === 0) return undefined;
  const byName = new Map(entries.map(({ name, value }) => [name, value]));
  const localStorage = [...byName].map(([name, value]) => ({ name, value }));
  return toStorageState({
    cookies,
    origins: localStorage.length === 0 ? [] : [{ origin: site.origin, localStorage }],
  });
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
