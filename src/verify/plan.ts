import picomatch from 'picomatch';
import { UserError } from '../domain/errors.ts';
import type { Flow } from '../domain/flow.ts';
import type { Viewport } from './ports.ts';
import type { VerifyRequest } from './request.ts';
import type { ViewportSetting } from './settings.ts';

const PRESETS: Readonly<Record<'desktop' | 'tablet' | 'mobile', Viewport>> = {
  desktop: {
    name: 'desktop',
    width: 1280,
    height: 800,
    deviceScaleFactor: 1,
    isMobile: false,
    hasTouch: false,
  },
  tablet: { name: 'tablet', width: 768, height: 1024, deviceScaleFactor: 1, isMobile: false, hasTouch: true },
  // The size of a Pixel 7, at one picture pixel for each CSS pixel.
  mobile: { name: 'mobile', width: 412, height: 915, deviceScaleFactor: 1, isMobile: true, hasTouch: true },
};

/** One way to open the product: base and head always get the same. */
export interface Environment {
  /** Such as `desktop` or `mobile, dark, de-DE`. */
  readonly name: string;
  readonly viewport: Viewport;
  readonly colorScheme: 'light' | 'dark';
  readonly locale: string;
  readonly timezone: string;
}

export interface Plan {
  readonly flows: readonly Flow[];
  /** The first is the one in which the login happens. */
  readonly environments: readonly Environment[];
  readonly notReached: readonly { readonly what: string; readonly why: string }[];
  /** Configured environments that this version cannot try, in words. */
  readonly untried: readonly string[];
}

/** Chooses what is driven: flows by the paths that the diff touches or by name, in every viewport and environment. */
export function planRun(request: VerifyRequest): Plan {
  const flows = chooseFlows(request);
  const left = request.settings.flows.filter((flow) => !flows.includes(flow));
  const notReached = left.map((flow) => ({
    what: `flow ${flow.name}`,
    why: request.flows === undefined ? 'the diff touches none of its paths' : 'not among the flows asked for',
  }));
  const untried: string[] = [];
  const environments: Environment[] = request.settings.viewports.map((setting) => ({
    ...DEFAULT_ENVIRONMENT,
    name: toViewport(setting).name,
    viewport: toViewport(setting),
  }));
  for (const variant of request.settings.environments) {
    const first = environments[0]?.viewport ?? PRESETS.desktop;
    const { browser, colorScheme, locale, timezone, offline, slow } = variant;
    const name = [first.name, colorScheme, locale, timezone].filter((part) => part !== undefined).join(', ');
    const unsupported = [
      browser === undefined || browser === 'chromium' ? undefined : `browser ${browser}`,
      offline === true ? 'offline' : undefined,
      slow === true ? 'a slow network' : undefined,
    ].filter((part) => part !== undefined);
    for (const what of unsupported) {
      notReached.push({
        what: `environment ${what}`,
        why: 'this version drives Chromium on an ordinary network only',
      });
    }
    if (unsupported.length > 0) {
      untried.push(unsupported.join(', '));
      continue;
    }
    environments.push({
      name,
      viewport: first,
      colorScheme: colorScheme ?? 'light',
      locale: locale ?? DEFAULT_ENVIRONMENT.locale,
      timezone: timezone ?? DEFAULT_ENVIRONMENT.timezone,
    });
  }
  return { flows, environments, notReached, untried };
}

const DEFAULT_ENVIRONMENT: Pick<Environment, 'colorScheme' | 'locale' | 'timezone'> = {
  colorScheme: 'light',
  locale: 'en-US',
  timezone: 'UTC',
};

function chooseFlows({ settings, flows: names, changedPaths }: VerifyRequest): readonly Flow[] {
  if (names !== undefined && names.length > 0) {
    const unknown = names.filter((name) => !settings.flows.some((flow) => flow.name === name));
    if (unknown.length > 0) {
      const known = settings.flows.map((flow) => `“${flow.name}”`).join(', ');
      throw new UserError(
        `there is no flow named ${unknown.map((name) => `“${name}”`).join(', ')}; ${known === '' ? 'the configuration has no flows' : `there are ${known}`}`,
      );
    }
    return settings.flows.filter((flow) => names.includes(flow.name));
  }
  return settings.flows.filter(({ paths }) => {
    if (paths === undefined || changedPaths === undefined) return true;
    const touches = picomatch([...paths], { dot: true });
    return changedPaths.some((path) => touches(path));
  });
}

function toViewport(setting: ViewportSetting): Viewport {
  return typeof setting === 'string' ? PRESETS[setting] : setting;
}
