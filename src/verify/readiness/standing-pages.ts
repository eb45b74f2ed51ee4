/** A page that a host puts in front of a deployment, or in its place. All of the signs given must be there. */
export interface StandingPage {
  /**
   * `protected` and `absent` do not go away by waiting. `under-way` is a build or a cold start that may take a minute or
   * two; `empty` and `broken` are waited for as long as any other error.
   */
  readonly kind: 'protected' | 'absent' | 'under-way' | 'empty' | 'broken';
  /** Of the deployment, where the words alone could be the product's own. */
  readonly host?: RegExp;
  readonly title?: RegExp;
  /** Of the page's accessibility tree and title. */
  readonly text?: RegExp;
  /** Status of the document. */
  readonly status?: readonly number[];
  /** Host to which the page was to be led, and the browser may not go. */
  readonly leadsTo?: RegExp;
  /** What it means, in words that continue “https://… ”. */
  readonly what: string;
  /** What its owner can do. */
  readonly advice?: string;
  /** The configured headers that are meant to get past it, in lower case. */
  readonly headers?: readonly string[];
}

const VERCEL_BYPASS =
  'make a secret in Vercel under Settings → Deployment Protection → Protection Bypass for Automation (VERCEL_AUTOMATION_BYPASS_SECRET), store it, and set preview.headers to { x-vercel-protection-bypass: { secret: NAME } }';
const ACCESS_TOKEN =
  'make a service token in Cloudflare Zero Trust under Access → Service Auth, allow it in the policy, store both parts, and set preview.headers to { cf-access-client-id: { secret: NAME }, cf-access-client-secret: { secret: NAME } }';
const BASIC =
  'store both and set preview.basicAuth to { username: { secret: NAME }, password: { secret: NAME } }';

/** Texts and addresses as the services show them; the first that fits is told. */
export const STANDING_PAGES: readonly StandingPage[] = [
  // Protection.
  {
    kind: 'protected',
    leadsTo: /(?:^|\.)vercel\.com$/iu,
    what: 'is behind Vercel Authentication',
    advice: VERCEL_BYPASS,
    headers: ['x-vercel-protection-bypass'],
  },
  {
    kind: 'protected',
    status: [401, 403],
    text: /log ?in to vercel|vercel authentication|authentication required[\s\S]{0,2000}vercel/iu,
    what: "is behind Vercel's deployment protection",
    advice: VERCEL_BYPASS,
    headers: ['x-vercel-protection-bypass'],
  },
  {
    kind: 'protected',
    status: [401],
    text: /password protected (?:deployment|site|page)|this (?:site|deployment|page) is (?:password )?protected/iu,
    host: /\.vercel\.app$/iu,
    what: "is behind Vercel's password protection",
    advice: VERCEL_BYPASS,
    headers: ['x-vercel-protection-bypass'],
  },
  {
    kind: 'protected',
    leadsTo: /(?:^|\.)netlify\.com$/iu,
    what: "is behind Netlify's team login",
    advice:
      'in Netlify, let deploy previews be public under Access & security → Visitor access, or protect them with basic authentication and set preview.basicAuth',
  },
  {
    kind: 'protected',
    status: [401],
    text: /password protected|(?:site|page) is (?:password )?protected|enter the password/iu,
    what: 'is behind a password of its host, as Netlify sets one for a site',
    advice:
      'take previews out of the password protection (in Netlify: Access & security → Visitor access), or protect them with basic authentication and set preview.basicAuth',
  },
  {
    kind: 'protected',
    leadsTo: /(?:^|\.)cloudflareaccess\.com$/iu,
    what: 'is behind Cloudflare Access',
    advice: ACCESS_TOKEN,
    headers: ['cf-access-client-id', 'cf-access-client-secret'],
  },
  {
    kind: 'protected',
    status: [401, 403],
    text: /cloudflare access|sign in[\s\S]{0,200}cloudflareaccess/iu,
    what: 'is behind Cloudflare Access',
    advice: ACCESS_TOKEN,
    headers: ['cf-access-client-id', 'cf-access-client-secret'],
  },
  {
    kind: 'protected',
    status: [403, 503],
    text: /(?:checking your browser|just a moment|attention required|verify(?:ing)? you are human)[\s\S]{0,2000}cloudflare|sorry, you have been blocked/iu,
    what: "is behind Cloudflare's check for bots",
    advice: 'let requests with a header of your own pass in a WAF rule, and set it in preview.headers',
  },
  {
    kind: 'protected',
    leadsTo: /^login\.(?:microsoftonline|live|windows)\.(?:com|net)$|\.b2clogin\.com$/iu,
    what: 'is behind a Microsoft (Azure) login',
    advice:
      'let previews be visited without it (in Azure Static Web Apps: staticwebapp.config.json, or the visitor password; in App Service: Authentication → Allow unauthenticated access)',
  },
  {
    kind: 'protected',
    leadsTo: /^(?:[\w-]+\.)?github\.com$|\.github\.dev$/iu,
    what: 'is behind a GitHub login, as private Pages and Codespaces ports are',
    advice: 'publish the preview where it can be visited without it',
  },
  {
    kind: 'protected',
    leadsTo: /^accounts\.google\.com$/iu,
    what: 'is behind a Google login, such as Identity-Aware Proxy',
    advice:
      'let a service account pass and set its token in preview.headers, or publish the preview without it',
  },
  {
    kind: 'protected',
    text: /you are about to visit[\s\S]{0,500}ngrok/iu,
    what: 'is behind the warning page of ngrok',
    advice: 'set preview.headers to { ngrok-skip-browser-warning: "1" }',
    headers: ['ngrok-skip-browser-warning'],
  },
  {
    kind: 'protected',
    text: /deceptive site ahead|your connection is not private/iu,
    what: 'is refused by the browser',
  },

  // Being built, being deployed, waking up.
  {
    kind: 'under-way',
    text: /(?:this )?deployment (?:is )?(?:currently )?(?:building|queued|being (?:built|deployed))|this deployment is not ready|DEPLOYMENT_NOT_READY|build (?:is )?in progress/iu,
    what: 'is still being built',
  },
  {
    kind: 'under-way',
    text: /service (?:is )?(?:starting|waking) up|application loading|your service is (?:live soon|spinning up)|allocating compute resources/iu,
    host: /\.onrender\.com$/iu,
    what: 'is still waking up (Render lets services sleep)',
  },
  {
    kind: 'under-way',
    status: [502, 503, 504],
    text: /service (?:is )?(?:starting|waking) up|your service is (?:live soon|spinning up)/iu,
    what: 'is still starting',
  },
  {
    kind: 'under-way',
    text: /your app will appear here once you complete your first deployment/iu,
    what: 'is not deployed yet, says AWS Amplify',
  },
  {
    kind: 'under-way',
    text: /your azure static web app is live and waiting for your content|congratulations on your new site/iu,
    host: /\.azurestaticapps\.net$/iu,
    what: 'has no content yet, says Azure Static Web Apps',
  },
  {
    kind: 'under-way',
    text: /your app service is up and running|your web app is running and waiting for your content/iu,
    what: 'has no content yet, says Azure App Service',
  },

  // Not there.
  {
    kind: 'absent',
    status: [404, 410],
    text: /DEPLOYMENT_NOT_FOUND|deployment (?:could not be|has not been|not) found|the deployment you are (?:looking for|trying to access)/iu,
    what: 'does not exist at its host',
    advice: 'it may have been deleted; deploy the commit again',
  },
  {
    kind: 'absent',
    text: /DEPLOYMENT_(?:DISABLED|PAUSED)|this deployment (?:is temporarily paused|has been (?:disabled|paused))/iu,
    what: 'is switched off at Vercel, which says that the deployment is paused or disabled',
    advice: 'look at the account’s limits at Vercel',
  },
  {
    kind: 'absent',
    status: [404],
    text: /(?:looks like you'?ve followed a broken link|site not found)[\s\S]*netlify/iu,
    what: 'does not exist at Netlify',
  },
  {
    kind: 'absent',
    status: [404],
    text: /there isn'?t a github pages site here/iu,
    what: 'does not exist at GitHub Pages',
  },
  {
    kind: 'absent',
    text: /404: not found|404 not found/iu,
    host: /\.azurestaticapps\.net$/iu,
    status: [404],
    what: 'does not exist at Azure Static Web Apps',
    advice: 'the environment of a closed or an old pull request is deleted',
  },
  {
    kind: 'absent',
    title: /^site not found$/iu,
    host: /\.(?:web\.app|firebaseapp\.com)$/iu,
    what: 'does not exist at Firebase Hosting',
  },
  {
    kind: 'empty',
    // The words alone are those of many an empty list.
    host: /\.(?:herokuapp\.com|workers\.dev|pages\.dev)$/iu,
    text: /there'?s nothing here,? yet|nothing is here yet|there is nothing here yet|no such app/iu,
    what: 'has nothing deployed',
  },
  {
    kind: 'empty',
    text: /the train has not arrived at the station/iu,
    what: 'has nothing deployed, says Railway',
  },

  // It is there and does not run.
  {
    kind: 'broken',
    status: [500, 502, 503],
    text: /application error[\s\S]*(?:an error occurred in the application|heroku)/iu,
    what: 'shows an application error of Heroku: the app crashed or did not start',
  },
  {
    kind: 'broken',
    status: [500, 502, 503, 504],
    text: /application failed to respond/iu,
    what: 'does not run: Railway says that the application failed to respond',
  },
  {
    kind: 'broken',
    status: [500, 502, 503, 504],
    text: /FUNCTION_INVOCATION_(?:FAILED|TIMEOUT)|this serverless function has (?:crashed|timed out)/iu,
    what: 'does not run: its function crashed or timed out at Vercel',
  },
  {
    kind: 'broken',
    status: [500, 502, 503, 504, 520, 521, 522, 523, 524, 530],
    text: /error 1\d{3}\b|error 52\d\b|worker threw exception|argo tunnel error|cloudflare tunnel error|host error/iu,
    what: 'cannot be reached by Cloudflare, or its worker threw an exception',
  },

  // Whatever says no without a name.
  {
    kind: 'protected',
    status: [401],
    what: 'is behind a login of its host, which asks for a user name and a password or another proof before it shows anything',
    advice: `where that is basic authentication, ${BASIC}; for another scheme set preview.headers`,
    headers: ['authorization'],
  },
  {
    kind: 'protected',
    status: [403],
    what: 'is behind a login of its host, or refuses visitors from where this runs',
    advice: 'let this machine’s address pass, or set preview.headers to what lets a request pass',
  },
];
