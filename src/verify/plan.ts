import picomatch from 'picomatch';
import { UserError } from '../domain/errors.ts';
import type { Flow } from '../domain/flow.ts';
import type { OtherEngine, Viewport } from './ports.ts';
import type { VerifyRequest } from './request.ts';
import type { VerifySettings, ViewportSetting } from './settings.ts';

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
  /** The system asks pages for less motion. */
  readonly reducedMotion: boolean;
  /** `offline`: pages load, and then have no network. */
  readonly network: 'online' | 'offline' | 'slow';
  /** Chromium when left out. */
  readonly engine?: OtherEngine;
}

/** One that is tried when the default one is through. */
export interface LaterEnvironment {
  readonly environment: Environment;
  /** The configuration names it: not to have tried it is a shortfall. */
  readonly isAsked: boolean;
}

export interface Plan {
  readonly flows: readonly Flow[];
  /** The first is the default one, in which the login happens. */
  readonly environments: readonly Environment[];
  readonly later: readonly LaterEnvironment[];
  readonly notReached: readonly { readonly what: string; readonly why: string }[];
}

/**
 * Chooses what is driven: flows by the paths that the diff touches or by name, in every viewport and environment. The first
 * of `engines`, which are there beside Chromium, comes last, unless windows or another engine are asked for.
 */
export function planRun(request: VerifyRequest, engines: readonly OtherEngine[] = []): Plan {
  const { settings } = request;
  const flows = chooseFlows(request);
  const left = settings.flows.filter((flow) => !flows.includes(flow));
  const notReached = left.map((flow) => ({
    what: `flow ${flow.name}`,
    why: request.flows === undefined ? 'the diff touches none of its paths' : 'not among the flows asked for',
  }));
  const environments = (settings.viewports ?? ['desktop' as const]).map((setting) =>
    inWindow(toViewport(setting)),
  );
  const [first = inWindow(PRESETS.desktop)] = environments;
  const asked = settings.environments.map((variant) => ({
    environment: vary(first, variant),
    isAsked: true,
  }));
  const hasEngine = asked.some(({ environment }) => environment.engine !== undefined);
  const second = (hasEngine ? [] : engines.slice(0, 1)).map((browser) => ({
    environment: vary(first, { browser }),
    isAsked: false,
  }));
  const phone = { environment: inWindow(PRESETS.mobile), isAsked: false };
  return {
    flows,
    environments,
    later: [...asked, ...(settings.viewports === undefined ? [phone, ...second] : [])],
    notReached,
  };
}

function inWindow(viewport: Viewport): Environment {
  return {
    name: viewport.name,
    viewport,
    colorScheme: 'light',
    locale: 'en-US',
    timezone: 'UTC',
    reducedMotion: true,
    network: 'online',
  };
}

function vary(first: Environment, variant: VerifySettings['environments'][number]): Environment {
  const { browser, colorScheme, locale, timezone, reducedMotion, offline, slow } = variant;
  const engine = browser === 'chromium' ? undefined : browser;
  const network = offline === true ? 'offline' : slow === true ? 'slow' : 'online';
  const words = [
    first.name,
    engine,
    colorScheme,
    locale,
    timezone,
    reducedMotion === undefined ? undefined : reducedMotion ? 'reduced motion' : 'with motion',
    network === 'online' ? undefined : network === 'slow' ? 'slow network' : network,
  ];
  return {
    name: words.filter((word) => word !== undefined).join(', '),
    viewport: first.viewport,
    colorScheme: colorScheme ?? first.colorScheme,
    locale: locale ?? first.locale,
    timezone: timezone ?? first.timezone,
    reducedMotion: reducedMotion ?? first.reducedMotion,
    network,
    ...(engine === undefined ? {} : { engine }),
  };
}

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
