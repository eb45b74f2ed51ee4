import type { Difference } from '../difference.ts';
import type { Environment } from '../plan.ts';
import type { LoginSettings } from '../settings.ts';
import { type Claim, claimOf } from './claim.ts';
import { errorLine } from './error-line.ts';
import { canLogIn, logInCode } from './log-in-code.ts';
import { stepCode } from './step-code.ts';
import { elementCode, quote } from './target-code.ts';
import { helpersFor } from './witness-helpers.ts';

export interface WitnessOptions {
  /** How to log in first; left out: the steps need no login. */
  readonly login?: LoginSettings | undefined;
  /** The window and the like in which the difference shows; left out: what the test's own configuration says. */
  readonly environment?: Environment | undefined;
}

/**
 * Writes a self-contained Playwright test that performs the steps on `BASE_URL` and on `HEAD_URL`, and fails where the
 * difference shows. A side whose address is not given is skipped.
 *
 * Undefined for differences that a plain test cannot tell, such as most of those of a picture, and behind a login that
 * a test cannot repeat.
 */
export function writeWitness(
  difference: Difference,
  { login, environment }: WitnessOptions = {},
): string | undefined {
  const claim = claimOf(difference);
  if (claim === undefined || (login !== undefined && !canLogIn(login))) return undefined;
  const hasTouch = environment?.viewport.hasTouch === true;
  const lines = [
    `test.skip(site === '', 'no address of this side: set BASE_URL and HEAD_URL');`,
    'test.setTimeout(90_000);',
    'const watched = watch(page, { errors: [], loading: new Map(), sent: [] });',
    ...(login === undefined ? [] : logInCode(login)),
    ...claim.steps.flatMap((step, index) => [
      ...(claim.kind === 'request' && index === claim.steps.length - 1 ? ['watched.sent.length = 0;'] : []),
      ...stepCode(step, { hasTouch }),
    ]),
    ...assertionCode(claim),
  ];
  const opensTabs = claim.steps.some((step) => 'go' in step && step.go === 'new tab');
  const body = `${environment === undefined ? '' : `test.use(${useCode(environment)});\n\n`}for (const [side, site = ''] of Object.entries(sites)) {
  test(side + ${quote(`: ${difference.title.replace(/\s+/g, ' ')}`)}, async ({ page${opensTabs ? ': firstPage' : ''} }) => {
${[...(opensTabs ? ['let page = firstPage;'] : []), ...lines].map((line) => `    ${line}`).join('\n')}
  });
}`;
  const helpers = helpersFor(body);
  const types = ['Locator', 'Page', 'Request'].filter((name) =>
    new RegExp(String.raw`\b${name}\b`).test(helpers),
  );
  return `import { expect, ${types.map((name) => `type ${name}, `).join('')}test } from '@playwright/test';

// Passes on the base and fails on the head. Run with: BASE_URL=… HEAD_URL=… npx playwright test
const sites = { base: process.env.BASE_URL, head: process.env.HEAD_URL };

${body}

${helpers}
`;
}

function assertionCode(claim: Claim): readonly string[] {
  switch (claim.kind) {
    case 'step':
      return [];
    case 'error':
      return [
        `expect(await isReported(page, watched, ${quote(errorLine(claim.error))}), 'the page reports the error').toBe(false);`,
      ];
    case 'request': {
      const { method, path, times } = claim.sends;
      return [
        `expect(await timesSent(page, watched, ${quote(method)}, ${quote(path)}), 'how often it is sent').toBe(${times});`,
      ];
    }
    case 'style': {
      const { of, property, value } = claim.style;
      return [`await expect(${elementCode(of, 'see')}).toHaveCSS(${quote(property)}, ${quote(value)});`];
    }
    default:
      return claim satisfies never;
  }
}

function useCode({ engine, viewport, colorScheme, locale, timezone }: Environment): string {
  const { width, height, deviceScaleFactor, isMobile, hasTouch } = viewport;
  // Firefox refuses to open a context that is told whether it is mobile.
  const device = engine === 'firefox' ? '' : `\n  isMobile: ${isMobile},`;
  const browser = engine === undefined ? '' : `\n  browserName: ${quote(engine)},`;
  return `{${browser}
  viewport: { width: ${width}, height: ${height} },
  deviceScaleFactor: ${deviceScaleFactor},${device}
  hasTouch: ${hasTouch},
  colorScheme: ${quote(colorScheme)},
  locale: ${quote(locale)},
  timezoneId: ${quote(timezone)},
  serviceWorkers: 'block',
  contextOptions: { reducedMotion: 'reduce' },
}`;
}
