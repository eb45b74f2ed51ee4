/** What is known of a service that hosts previews. */
export interface Provider {
  readonly name: string;
  /** Logins of the apps through which it speaks at GitHub, whole. Nobody else can have a login that ends in `[bot]`. */
  readonly bots: RegExp;
  /** Hosts below which it serves what its customers deploy. */
  readonly sites: RegExp;
  /** `host/path` of its own pages: consoles, logs, documentation. */
  readonly console: RegExp;
  /**
   * The address of what is deployed from the base branch, as it follows from a preview's. Given as pattern of the
   * preview's `host/path` and what to put in its place; `{branch}` is the base branch.
   */
  readonly production?: readonly (readonly [preview: RegExp, production: string])[];
}

/**
 * It speaks through workflows of the repository, as the person who connected it (Heroku, for all but GitHub Enterprise Cloud), or
 * under a login that we have not seen at work: DigitalOcean’s app has the slug `digitalocean`, and nothing that it posted was found.
 */
const NONE = /(?!)/u;

/** Sources: the services' own documentation, and comments that their apps left on public pull requests. */
export const PROVIDERS: readonly Provider[] = [
  {
    name: 'Vercel',
    bots: /^vercel\[bot\]$/iu,
    sites: /\.(?:vercel\.app|now\.sh)$/iu,
    console: /^(?:[\w-]+\.)?vercel\.(?:com|link|live)(?:\/|$)/iu,
  },
  {
    name: 'Netlify',
    bots: /^netlify\[bot\]$/iu,
    sites: /\.netlify\.app$|--[\w-]+\.netlify\.com$/iu,
    console: /^(?:app|api|docs|www|answers)\.netlify\.com(?:\/|$)|^netlify\.(?:com|app)(?:\/|$)/iu,
    production: [[/^[\w-]+--([\w-]+)\.netlify\.(app|com)\/.*$/iu, 'https://$1.netlify.$2/']],
  },
  {
    name: 'Cloudflare',
    bots: /^cloudflare-(?:pages|workers-and-pages)\[bot\]$/iu,
    sites: /\.(?:pages|workers)\.dev$/iu,
    console: /^(?:dash|developers|www)\.cloudflare\.com(?:\/|$)|^(?:pages|workers)\.dev(?:\/|$)/iu,
    production: [[/^[\w-]+\.([\w-]+)\.pages\.dev\/.*$/iu, 'https://$1.pages.dev/']],
  },
  {
    name: 'Render',
    bots: /^render\[bot\]$/iu,
    sites: /\.onrender\.com$/iu,
    console: /^(?:(?:dashboard|docs|www)\.)?render\.com(?:\/|$)/iu,
  },
  {
    name: 'Railway',
    bots: /^railway-app\[bot\]$/iu,
    sites: /\.up\.railway\.app$/iu,
    console: /^(?:[\w-]+\.)?railway\.(?:app|com)(?:\/|$)/iu,
  },
  {
    name: 'Fly.io',
    bots: /^fly-io\[bot\]$/iu,
    sites: /\.fly\.dev$/iu,
    console: /^(?:[\w-]+\.)?fly\.io(?:\/|$)/iu,
  },
  {
    name: 'GitHub Pages',
    // Of a branch; what a workflow publishes is announced by the workflow.
    bots: /^github-pages\[bot\]$/iu,
    sites: /\.github\.io$|\.pages\.github\.io$/iu,
    console: /^(?:docs|pages)\.github\.com(?:\/|$)/iu,
    production: [[/^([\w-]+\.github\.io)\/([\w.-]+)\/pr-preview\/.*$/iu, 'https://$1/$2/']],
  },
  {
    name: 'Azure Static Web Apps',
    bots: NONE,
    sites: /\.azurestaticapps\.net$/iu,
    console: /^(?:portal\.azure|learn\.microsoft|docs\.microsoft|azure\.microsoft)\.com(?:\/|$)|^aka\.ms\//iu,
    production: [
      [
        /^([\w-]+-[0-9a-f]{8,12})-[\w-]+\.[a-z0-9]+(\.\d+)?\.azurestaticapps\.net\/.*$/iu,
        'https://$1$2.azurestaticapps.net/',
      ],
    ],
  },
  {
    name: 'AWS Amplify',
    bots: /^aws-amplify-[a-z]{2}-[a-z]+-\d\[bot\]$/iu,
    sites: /\.amplifyapp\.com$/iu,
    console:
      /^(?:[\w-]+\.)*(?:console\.)?aws\.amazon\.com(?:\/|$)|^(?:[\w-]+\.)?console\.amplify\.aws(?:\/|$)/iu,
    production: [[/^pr-\d+\.([\w-]+)\.amplifyapp\.com\/.*$/iu, 'https://{branch}.$1.amplifyapp.com/']],
  },
  {
    name: 'Heroku',
    bots: NONE,
    sites: /\.herokuapp\.com$/iu,
    console: /^(?:(?:dashboard|devcenter|www|id)\.)?heroku\.com(?:\/|$)/iu,
  },
  {
    name: 'Firebase Hosting',
    bots: NONE,
    sites: /\.(?:web\.app|firebaseapp\.com)$/iu,
    console: /^(?:console\.)?firebase\.google\.com(?:\/|$)/iu,
    production: [[/^([\w-]+?)--[\w-]+-[a-z0-9]{8}\.web\.app\/.*$/iu, 'https://$1.web.app/']],
  },
  {
    name: 'Surge',
    bots: NONE,
    sites: /\.surge\.sh$/iu,
    console: /^surge\.sh(?:\/|$)/iu,
  },
  {
    name: 'DigitalOcean',
    bots: NONE,
    sites: /\.ondigitalocean\.app$/iu,
    console: /^(?:(?:cloud|docs|www)\.)?digitalocean\.com(?:\/|$)/iu,
  },
  {
    name: 'Deno Deploy',
    bots: /^deno-deploy\[bot\]$/iu,
    sites: /\.deno\.(?:dev|net)$/iu,
    console: /^(?:(?:dash|console|docs|www)\.)?deno\.(?:com|dev)(?:\/|$)/iu,
  },
];

/** `host/path` of services that report on commits and never serve what is deployed. */
const REPORTERS =
  /^(?:[\w-]+\.)*(?:circleci\.com|travis-ci\.(?:com|org)|buildkite\.com|appveyor\.com|semaphoreci\.com|cirrus-ci\.com|drone\.io|codecov\.io|coveralls\.io|codeclimate\.com|sonarcloud\.io|sonarqube\.(?:com|org)|percy\.io|chromatic\.com|argos-ci\.com|happo\.io|applitools\.com|meticulous\.ai|snyk\.io|deepsource\.com|codacy\.com|codefactor\.io|coderabbit\.ai|sentry\.io|datadoghq\.com|cypress\.io|currents\.dev|browserstack\.com|saucelabs\.com|stackblitz\.com|codesandbox\.io|gitpod\.io|github\.dev|githubusercontent\.com|shields\.io|badgen\.net|jenkins\.io|teamcity\.com|linear\.app|notion\.so|slack\.com|figma\.com|youtube\.com|npmjs\.com|pypi\.org|rubygems\.org|crates\.io|docker\.com|docker\.io|google\.com|googleapis\.com)(?:[:/]|$)|^(?:dev\.azure|gitlab|bitbucket|app\.codecov)\.(?:com|org|io)(?:\/|$)/iu;

function placeOf(url: URL): string {
  return `${url.host}${url.pathname}`;
}

/** The service on whose hosts the address lies. */
export function providerOfSite(url: URL): Provider | undefined {
  const place = placeOf(url);
  return PROVIDERS.find(({ sites, console: own }) => sites.test(url.hostname) && !own.test(place));
}

/** The service that speaks at GitHub under this login. */
export function providerOfBot(login: string): Provider | undefined {
  return PROVIDERS.find(({ bots }) => bots.test(login));
}

/**
 * Whose console, log or report the address is; undefined when it may be a deployed site. `github` is the origin of the
 * GitHub server: GitHub Actions puts the address of its log where others put the site.
 */
export function whoseConsole(url: URL, github: string): string | undefined {
  const place = placeOf(url);
  if (url.origin === github || /^(?:[\w-]+\.)?github\.com$/iu.test(url.hostname)) return 'GitHub';
  const provider = PROVIDERS.find(({ console: own }) => own.test(place));
  if (provider !== undefined) return provider.name;
  return REPORTERS.test(place) ? url.hostname : undefined;
}

/** The address of what is deployed from the base branch, as it follows from that of a preview; see `Provider`. */
export function productionOf(preview: URL, baseRef: string): string | undefined {
  const place = placeOf(preview);
  for (const [pattern, production] of providerOfSite(preview)?.production ?? []) {
    const address = place.replace(pattern, production).replace('{branch}', branchLabel(baseRef));
    if (address !== place && URL.canParse(address)) return new URL(address).href;
  }
  return undefined;
}

/** The branch as hosting services put it in a host name: one label of at most 63 characters. */
export function branchLabel(branch: string): string {
  return branch
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/gu, '');
}
