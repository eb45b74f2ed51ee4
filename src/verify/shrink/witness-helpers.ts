import { MAX_LINE, VOLATILE } from './error-line.ts';
import { quote, readingHelpers } from './target-code.ts';

/**
 * Functions that a witness test may carry, by name, each followed by those it calls. Their rules are those by which the
 * engine itself finds elements, settles and checks, so that a witness tells what the engine saw.
 */
const HELPERS: readonly (readonly [name: string, code: string])[] = [
  [
    'open',
    `/** Opens a path of the deployment; an answer of 400 or more fails. */
async function open(page: Page, site: string, path: string): Promise<void> {
  const start = new URL(site);
  const root = start.pathname.endsWith('/') && start.search === '' ? start.pathname : '/';
  const address = new URL(path.replace(/^\\/+/, ''), new URL(root, start)).href;
  const response = await page.goto(address, { waitUntil: 'domcontentloaded' });
  expect(response?.status() ?? 200, \`opens \${path}\`).toBeLessThan(400);
}`,
  ],
  [
    'inNewTab',
    `/** The same address in a new tab of the same window. */
async function inNewTab(page: Page, watched: Watched): Promise<Page> {
  const tab = await page.context().newPage();
  watch(tab, watched);
  await tab.goto(page.url(), { waitUntil: 'domcontentloaded' });
  return tab;
}`,
  ],
  [
    'Watched',
    `interface Watched {
  readonly errors: string[];
  /** When each request under way began. */
  readonly loading: Map<Request, number>;
  /** Method and path of what was sent to servers, ids folded. */
  readonly sent: string[];
}`,
  ],
  [
    'watch',
    `/** Notes what goes wrong and what is under way, and accepts every dialog. */
function watch(page: Page, watched: Watched): Watched {
  const { errors, loading, sent } = watched;
  page.on('dialog', (dialog) => dialog.accept().catch(() => undefined));
  page.on('pageerror', (error) => errors.push(plain(\`exception: \${error}\`)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(plain(\`console: \${message.text()}\`));
  });
  page.on('request', (request) => {
    if (!['eventsource', 'websocket'].includes(request.resourceType())) loading.set(request, Date.now());
    if (request.resourceType() !== 'ping') sent.push(\`\${request.method()} \${foldIds(new URL(request.url()).pathname)}\`);
  });
  page.on('requestfinished', (request) => loading.delete(request));
  page.on('requestfailed', (request) => {
    loading.delete(request);
    const reason = request.failure()?.errorText ?? '';
    if (reason.includes('ERR_ABORTED')) return;
    errors.push(plain(\`request: \${request.method()} \${request.url()} (\${reason})\`));
  });
  page.on('response', (response) => {
    const request = response.request();
    const status = response.status();
    if (status >= 400) errors.push(plain(\`request \${status}: \${request.method()} \${request.url()}\`));
  });
  return watched;
}`,
  ],
  [
    'foldIds',
    `/** A path in which every part with a digit is folded: ids are others in every run. */
function foldIds(path: string): string {
  return path
    .split('/')
    .map((part) => (/\\d/.test(part) ? ':id' : part))
    .join('/');
}`,
  ],
  [
    'timesSent',
    `/** How often it has been sent, as soon as it has been, at most three seconds later. */
async function timesSent(page: Page, { sent }: Watched, method: string, path: string): Promise<number> {
  const count = (): number => sent.filter((one) => one.startsWith(method + ' ') && one.endsWith(path)).length;
  for (let waited = 0; waited < 3_000 && count() === 0; waited += 100) await page.waitForTimeout(100);
  await page.waitForTimeout(500);
  return count();
}`,
  ],
  [
    'plain',
    `/** An error without what changes from run to run: origins, queries, names of builds, numbers. */
function plain(error: string): string {
  const [, label = '', message = ''] = /^([^:]*): (.*)$/s.exec(error) ?? [];
  const short = message${VOLATILE.map(
    ([pattern, replacement]) => `\n    .replace(new RegExp(${quote(pattern)}, 'g'), ${quote(replacement)})`,
  ).join('')};
  return \`\${label}: \${short.trim().slice(0, ${MAX_LINE})}\`;
}`,
  ],
  [
    'isReported',
    `/** Whether the error is reported within three seconds. */
async function isReported(page: Page, { errors }: Watched, error: string): Promise<boolean> {
  for (let waited = 0; waited < 3_000 && !errors.includes(error); waited += 100) await page.waitForTimeout(100);
  return errors.includes(error);
}`,
  ],
  [
    'settled',
    `/** Waits until for half a second nothing has been loading and nothing has changed, at most ten seconds. */
async function settled(page: Page, { loading }: Watched): Promise<void> {
  let before = '';
  let quiet = 0;
  for (let waited = 0; quiet < 500 && waited < 10_000; waited += 100) {
    await page.waitForTimeout(100);
    const sign = await page
      .evaluate(() => [document.readyState, location.href, document.body?.innerText].join(' '))
      .catch(() => '');
    // What loads for longer is a stream or a long poll.
    const isLoading = [...loading.values()].some((since) => Date.now() - since < 2_500);
    quiet = sign === before && sign.startsWith('complete') && !isLoading ? quiet + 100 : 0;
    before = sign;
  }
}`,
  ],
  [
    'choose',
    `/** Chooses in a list of the browser, or in one that the page draws. */
async function choose(page: Page, list: Locator, option: string): Promise<void> {
  if ((await list.evaluate((element) => element.tagName, undefined, { timeout: 5_000 })) === 'SELECT') {
    await list.selectOption(option, { timeout: 5_000 });
    return;
  }
  const choice = (): Promise<Locator | undefined> =>
    seen([page.getByRole('option', { name: option, exact: true })]);
  if ((await choice()) === undefined) await list.click({ timeout: 5_000 });
  await (await shown(choice)).click({ timeout: 5_000 });
}`,
  ],
  [
    'scrollToEnd',
    `/** Scrolls the window and every part that scrolls to its end. */
async function scrollToEnd(page: Page): Promise<void> {
  await page.evaluate(() => {
    const parts = [...document.querySelectorAll('body *')].filter(
      (part) =>
        part.clientHeight > 0 &&
        part.scrollHeight > part.clientHeight &&
        /auto|scroll/.test(getComputedStyle(part).overflowY),
    );
    for (const part of [document.scrollingElement ?? document.documentElement, ...parts])
      part.scrollTo({ top: part.scrollHeight, behavior: 'instant' });
  });
}`,
  ],
  [
    'shows',
    `/** Whether the page shows a text, in one element or across several. */
async function shows(page: Page, text: string): Promise<boolean> {
  const fold = (shown: string): string => shown.replace(/\\s+/g, ' ').trim();
  if (fold(await page.locator('body').innerText()).includes(fold(text))) return true;
  // Style may change the case of what is shown.
  return (await page.getByText(text).filter({ visible: true }).count()) > 0;
}`,
  ],
  [
    'pathOf',
    `function pathOf(page: Page): string {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}`,
  ],
  [
    'shown',
    `/** Waits up to five seconds until something is seen; the first of it. */
async function shown(look: () => Promise<Locator | undefined>): Promise<Locator> {
  await expect.poll(async () => (await look()) !== undefined, 'shows the element').toBe(true);
  const found = await look();
  if (found === undefined) throw new Error('the element went away');
  return found.first();
}`,
  ],
  [
    'seenIn',
    `/** What is seen in the smallest part of the page that holds a text. */
async function seenIn(
  page: Page,
  within: string,
  readings: (part: Locator) => readonly Locator[],
  nth?: number,
): Promise<Locator | undefined> {
  const parts = page.locator(PARTS).filter({ hasText: within }).or(page.getByLabel(within));
  const sizes = await parts.evaluateAll((all) => all.map((one) => one.textContent?.length ?? 0));
  const smallestFirst = sizes.map((size, index) => ({ size, index })).sort((a, b) => a.size - b.size);
  for (const { index } of smallestFirst.slice(0, 20)) {
    const found = await seen(readings(parts.nth(index)));
    if (found !== undefined) return nth === undefined ? found : await seen([found.nth(nth)]);
  }
  return undefined;
}`,
  ],
  [
    'PARTS',
    `const PARTS =
  'li, tr, article, section, fieldset, form, dialog, nav, aside, [role=listitem], [role=row], [role=article], [role=region], [role=group], [role=dialog], [role=form]';`,
  ],
  [
    'seen',
    `/** What the first way to read a name shows that shows anything at this moment. */
async function seen(readings: readonly Locator[], nth?: number): Promise<Locator | undefined> {
  for (const reading of readings) {
    const visible = reading.filter({ visible: true });
    if ((await visible.count()) > 0) return nth === undefined ? visible : await seen([visible.nth(nth)]);
  }
  return undefined;
}`,
  ],
  ...readingHelpers(),
  ['Role', `type Role = Parameters<Page['getByRole']>[0];`],
  [
    'byRoles',
    `function byRoles(
  scope: Page | Locator,
  roles: readonly Role[],
  options: { name: string; exact?: boolean },
): Locator {
  return roles.map((role) => scope.getByRole(role, options)).reduce((all, one) => all.or(one));
}`,
  ],
];

/** The functions that `code` calls, directly or through one another, in a fixed order. */
export function helpersFor(code: string): string {
  const used = new Set<string>();
  const look = (text: string): void => {
    for (const [name, source] of HELPERS) {
      if (used.has(name) || !new RegExp(String.raw`\b${name}\b`).test(withoutTexts(text))) continue;
      used.add(name);
      look(source);
    }
  };
  look(code);
  return HELPERS.filter(([name]) => used.has(name))
    .map(([, source]) => source)
    .join('\n\n');
}

/** Names in comments and in quoted texts call nothing. */
function withoutTexts(code: string): string {
  return code.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '""');
}
