import type { Variant } from './variant.ts';

export const LEDGER_VARIANTS: readonly Variant[] = [
  {
    id: 'ledger-cancel-missing',
    app: 'ledger',
    harmless: false,
    family: 'missing element',
    description: 'The buttons of the dialog were rearranged and one got lost.',
    sees: 'The dialog for a transaction has no “Cancel”.',
    edits: [
      { file: 'web/dialog.js', find: '<button type="button" class="cancel">Cancel</button>', replace: '' },
      {
        file: 'web/dialog.js',
        find: "inner.querySelector('.cancel').addEventListener",
        replace: "inner.querySelector('.cancel')?.addEventListener",
      },
    ],
  },
  {
    id: 'ledger-budget-missing',
    app: 'ledger',
    harmless: false,
    family: 'missing element',
    description: 'The list of budgets is cut for a preview of the top three.',
    sees: 'The budget for Health is missing from the list, while the sums still count it.',
    edits: [
      {
        file: 'web/budgets.js',
        find: '${list.map((one) => row(one, warnAt))',
        replace: '${list.slice(0, -1).map((one) => row(one, warnAt))',
      },
    ],
  },
  {
    id: 'ledger-empty-note-missing',
    app: 'ledger',
    harmless: false,
    family: 'missing element',
    description: 'The condition of the note looks at another list.',
    sees: 'A search that finds nothing leaves an empty table without a word.',
    edits: [
      {
        file: 'web/transactions.js',
        find: '${list.length === 0 ? \'<p class="empty">',
        replace: '${CATEGORIES.length === 0 ? \'<p class="empty">',
      },
    ],
  },
  {
    id: 'ledger-delete-dead',
    app: 'ledger',
    harmless: false,
    family: 'no response',
    description: 'The confirmation is not awaited, so the answer is a promise compared with true.',
    sees: 'Delete, then Delete in the dialog: the transaction stays.',
    edits: [
      {
        file: 'web/transactions.js',
        find: "if (!(await ask(`Delete “${one.payee}” over ${money(one.amount)}?`, 'Delete'))) return;",
        replace:
          "const answer = ask(`Delete “${one.payee}” over ${money(one.amount)}?`, 'Delete');\n      if (answer !== true) return;",
      },
    ],
  },
  {
    id: 'ledger-escape-notices-dead',
    app: 'ledger',
    harmless: false,
    family: 'no response',
    description: 'The listener for keys went to an element that never has the focus.',
    sees: 'Escape does not close the notifications.',
    edits: [
      {
        file: 'web/main.js',
        find: "document.addEventListener('keydown'",
        replace: "view.addEventListener('keydown'",
      },
    ],
  },
  {
    id: 'ledger-mark-read-dead',
    app: 'ledger',
    harmless: false,
    family: 'no response',
    description: 'The badge is not counted again after the notices are read.',
    sees: '“Mark all as read” leaves the badge at 2 until the page is loaded again.',
    edits: [
      {
        file: 'web/main.js',
        find: "    await call('POST', '/notices/read');\n    return loadNotices();",
        replace: "    return call('POST', '/notices/read');",
      },
    ],
  },
  {
    id: 'ledger-back-dead',
    app: 'ledger',
    harmless: false,
    family: 'wrong navigation',
    description: 'The tab is put into the state of the history instead of into its address.',
    sees: 'Choosing a tab leaves the address alone, and reloading leads back to the overview.',
    edits: [
      {
        file: 'web/main.js',
        find: "history.pushState({ name }, '', name === 'overview' ? '/' : `/${name}`)",
        replace: "history.pushState({ name }, '', '/')",
      },
    ],
  },
  {
    id: 'ledger-see-all-leads-to-budgets',
    app: 'ledger',
    harmless: false,
    family: 'wrong navigation',
    description: 'The button was copied from another card.',
    sees: '“See all transactions” opens the budgets.',
    edits: [
      {
        file: 'web/overview.js',
        find: '<button data-tab="transactions" class="main">',
        replace: '<button data-tab="budgets" class="main">',
      },
    ],
  },
  {
    id: 'ledger-balance-wrong',
    app: 'ledger',
    harmless: false,
    family: 'wrong result',
    description: 'Spent is counted positive now, and the balance still adds it.',
    sees: 'The balance is income plus spending.',
    edits: [{ file: 'server.ts', find: 'balance: income - spent', replace: 'balance: income + spent' }],
  },
  {
    id: 'ledger-cents-cut',
    app: 'ledger',
    harmless: false,
    family: 'wrong result',
    description: 'Amounts are rounded to whole units while they are read from the form.',
    sees: 'Change an amount to 12.50 and save: the list says 12.00.',
    edits: [
      {
        file: 'web/transactions.js',
        find: "Math.round(Number(fields.amount.replace(',', '.')) * 100)",
        replace: "Math.floor(Number(fields.amount.replace(',', '.'))) * 100",
      },
    ],
  },
  {
    id: 'ledger-open-filter-inverted',
    app: 'ledger',
    harmless: false,
    family: 'wrong result',
    description: 'A negation too many in the filter.',
    sees: '“Not cleared only” shows those that are cleared.',
    edits: [
      {
        file: 'server.ts',
        find: "query.get('open') !== '1' || !one.cleared",
        replace: "query.get('open') !== '1' || one.cleared",
      },
    ],
  },
  {
    id: 'ledger-filter-forgotten-on-save',
    app: 'ledger',
    harmless: false,
    family: 'cross-flow state',
    description: 'After a change everything is loaded, without the filters that the page still shows.',
    sees: 'Choose a category, tick “Cleared” of a row: the table shows all categories, the select still names one.',
    edits: [
      {
        file: 'web/transactions.js',
        find: '{ cleared: event.target.checked });\n    await reload();',
        replace: "{ cleared: event.target.checked });\n    draw(rows, await call('GET', '/transactions'));",
      },
    ],
  },
  {
    id: 'ledger-summary-cached',
    app: 'ledger',
    harmless: false,
    family: 'cross-flow state',
    description: 'The summary is kept in the browser to save a request, and nothing throws it away.',
    sees: 'Delete a transaction and go back to the overview: the sums are the old ones.',
    edits: [
      {
        file: 'web/overview.js',
        find: 'export async function overview() {\n  const summary = await',
        replace: 'let summary;\n\nexport async function overview() {\n  summary ??= await',
      },
    ],
  },
  {
    id: 'ledger-currency-stale',
    app: 'ledger',
    harmless: false,
    family: 'cross-flow state',
    description: 'Saving the settings no longer loads them again.',
    sees: 'Change the currency to $ and look at the overview: amounts are still in € until the page is reloaded.',
    edits: [
      { file: 'web/settings.js', find: '        await loadSettings();\n', replace: '' },
      {
        file: 'web/settings.js',
        find: "import { loadSettings, say } from './main.js';",
        replace: "import { say } from './main.js';",
      },
    ],
  },
  {
    id: 'ledger-discard-saves-later',
    app: 'ledger',
    harmless: false,
    family: 'cross-flow state',
    description: 'Fields are collected while one types, and discarding does not empty the collection.',
    sees: 'Change the household, Discard, change the currency, Save: the discarded name is saved.',
    edits: [
      {
        file: 'web/settings.js',
        find: "    form.addEventListener('input', () => setDirty(true));",
        replace:
          "    const changed = {};\n    form.addEventListener('input', ({ target }) => {\n      if (target.type !== 'checkbox') changed[target.name] = target.value;\n      setDirty(true);\n    });",
      },
      {
        file: 'web/settings.js',
        find: 'const fields = Object.fromEntries(new FormData(form));',
        replace: 'const fields = { ...Object.fromEntries(new FormData(form)), ...changed };',
      },
    ],
  },
  {
    id: 'ledger-added-twice',
    app: 'ledger',
    harmless: false,
    family: 'cross-flow state',
    description: 'The guard against sending twice was dropped, and the request waits for a moment.',
    sees: 'A double click on “Save” of a new transaction adds it twice.',
    edits: [
      { file: 'web/dialog.js', find: '    if (isSaving) return;\n    isSaving = true;\n', replace: '' },
      { file: 'web/dialog.js', find: '  let isSaving = false;\n', replace: '' },
      { file: 'web/dialog.js', find: ' finally {\n      isSaving = false;\n    }', replace: '' },
    ],
  },
  {
    id: 'ledger-edit-keeps-last',
    app: 'ledger',
    harmless: false,
    family: 'cross-flow state',
    description: 'The dialog is built once per title and shown again.',
    sees: 'Edit one transaction, Cancel, edit another one: the first one’s values are in the form.',
    edits: [
      {
        file: 'web/dialog.js',
        find: 'export function form(title, fields, save) {\n',
        replace:
          'export function form(title, fields, save) {\n  if (dialog.dataset.title === title) return dialog.showModal();\n  dialog.dataset.title = title;\n',
      },
      {
        file: 'web/dialog.js',
        find: 'export function ask(question, yes) {\n',
        replace: 'export function ask(question, yes) {\n  delete dialog.dataset.title;\n',
      },
    ],
  },
  {
    id: 'ledger-notices-behind',
    app: 'ledger',
    harmless: false,
    family: 'visual',
    description: 'The tabs got a stacking order for a shadow, above that of the notifications.',
    sees: 'The open notifications are covered by the row of tabs.',
    edits: [
      {
        file: 'web/ledger.css',
        find: '.tabs {\n',
        replace: '.tabs {\n  position: relative;\n  z-index: 30;\n',
      },
    ],
  },
  {
    id: 'ledger-chart-empty',
    app: 'ledger',
    harmless: false,
    family: 'visual',
    description: 'The bars get their width in another unit.',
    sees: 'The chart has labels but no bars.',
    edits: [
      {
        file: 'web/overview.js',
        find: '<rect x="100" y="${y + 3}" width="${width}"',
        replace: '<rect x="100" y="${y + 3}" width="${width / 1000}em"',
      },
    ],
  },
  {
    id: 'ledger-settings-refused',
    app: 'ledger',
    harmless: false,
    family: 'console/network',
    description: 'The server expects the new name of a field that the page does not send yet.',
    sees: 'Saving the settings is refused with status 422 whatever one enters.',
    edits: [
      {
        file: 'server.ts',
        find: 'const warnAt = Number(body.warnAt);',
        replace: 'const warnAt = Number(body.warnPercent);',
      },
    ],
  },
  {
    id: 'ledger-logo-missing',
    app: 'ledger',
    harmless: false,
    family: 'console/network',
    description: 'The picture is asked for by a name that the build does not write.',
    sees: 'Beside the household there is a broken picture, and a 404 in the console.',
    edits: [{ file: 'web/index.html', find: '<img src="/logo.svg"', replace: '<img src="/logo@2x.svg"' }],
  },
  {
    id: 'ledger-rejection-in-background',
    app: 'ledger',
    harmless: false,
    family: 'console/network',
    description: 'Every view reports itself to an endpoint that was never built.',
    sees: 'Nothing on the page; each tab leaves a 404 in the network log.',
    edits: [
      {
        file: 'web/main.js',
        find: '  const mine = turn;\n',
        replace: "  const mine = turn;\n  fetch('/api/usage', { method: 'POST', body: name });\n",
      },
    ],
  },
  {
    id: 'ledger-api-of-development',
    app: 'ledger',
    harmless: false,
    family: 'environment',
    description: 'The address of the developer’s own server stands in the built script.',
    sees: 'The notifications are never loaded: they are asked of localhost:8787.',
    edits: [
      {
        file: 'web/main.js',
        find: "  const list = await call('GET', '/notices');\n",
        replace:
          "  const list = await fetch('http://localhost:8787/api/notices').then((answer) => answer.json(), () => []);\n",
      },
    ],
  },
  {
    id: 'ledger-currency-from-environment',
    app: 'ledger',
    harmless: false,
    family: 'environment',
    description: 'The currency comes from a variable that is set in production only.',
    sees: 'In the preview all amounts begin with “undefined”.',
    edits: [
      {
        file: 'server.ts',
        find: "'GET /api/settings': (book) => book.settings,",
        replace:
          "'GET /api/settings': (book) => ({ ...book.settings, currency: String(process.env.LEDGER_CURRENCY) }),",
      },
    ],
  },
  {
    id: 'ledger-request-helper',
    app: 'ledger',
    harmless: true,
    kind: 'other implementation',
    description: 'Requests are made with XMLHttpRequest, which can be aborted in old browsers.',
    edits: [
      {
        file: 'web/api.js',
        find: '  const response = await fetch(`/api${path}`, {',
        replace: '  const response = await send(`/api${path}`, {',
      },
      {
        file: 'web/api.js',
        find: "let currency = '€';",
        replace:
          "function send(url, { method, headers, body }) {\n  return new Promise((resolve, reject) => {\n    const request = new XMLHttpRequest();\n    request.open(method, url);\n    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);\n    request.onload = () =>\n      resolve({ ok: request.status < 400, json: async () => JSON.parse(request.responseText) });\n    request.onerror = () => reject(new Error('No connection'));\n    request.send(body);\n  });\n}\n\nlet currency = '€';",
      },
    ],
  },
  {
    id: 'ledger-endpoint-renamed',
    app: 'ledger',
    harmless: true,
    kind: 'endpoint renamed',
    description: 'The endpoint for notices is called messages, in server and page.',
    edits: [
      { file: 'server.ts', find: '/api/notices', replace: '/api/messages', all: true },
      { file: 'web/main.js', find: "'/notices", replace: "'/messages", all: true },
    ],
  },
  {
    id: 'ledger-search-sooner',
    app: 'ledger',
    harmless: true,
    kind: 'faster',
    description: 'The search waits for a shorter time, and the message stays longer.',
    edits: [
      {
        file: 'web/transactions.js',
        find: 'timer = setTimeout(reload, 250);',
        replace: 'timer = setTimeout(reload, 120);',
      },
      { file: 'web/main.js', find: '  }, 4000);', replace: '  }, 4500);' },
    ],
  },
  {
    id: 'ledger-print-button',
    app: 'ledger',
    harmless: true,
    kind: 'new feature',
    description: 'A button that copies the address of the overview, beside the others.',
    edits: [
      {
        file: 'web/overview.js',
        find: '<button data-tab="transactions" class="main">See all transactions</button>`;',
        replace:
          '<button data-tab="transactions" class="main">See all transactions</button>\n      <button id="explain" aria-expanded="false">How is this counted?</button>\n      <p id="how" hidden>Everything in April, cleared or not.</p>`;\n    view.querySelector(\'#explain\').addEventListener(\'click\', (event) => {\n      const how = view.querySelector(\'#how\');\n      how.hidden = !how.hidden;\n      event.currentTarget.setAttribute(\'aria-expanded\', String(!how.hidden));\n    });',
      },
    ],
  },
  {
    id: 'ledger-labels',
    app: 'ledger',
    harmless: true,
    kind: 'accessibility',
    description: 'Buttons get labels equal to their text, the row of tabs a name, the search a label.',
    edits: [
      {
        file: 'web/index.html',
        find: '<div class="tabs" role="tablist">',
        replace: '<div class="tabs" role="tablist" aria-label="Parts of the book">',
      },
      {
        file: 'web/index.html',
        find: '<button role="tab" data-tab="budgets">',
        replace: '<button role="tab" aria-label="Budgets" data-tab="budgets">',
      },
      {
        file: 'web/transactions.js',
        find: '<input type="search" id="q" placeholder="Search payees"',
        replace: '<input type="search" id="q" aria-label="Search payees" placeholder="Search payees"',
      },
    ],
  },
  {
    id: 'ledger-templates-split',
    app: 'ledger',
    harmless: true,
    kind: 'refactoring',
    description: 'A row of the table becomes a function, and the table gets a wrapper.',
    edits: [
      {
        file: 'web/transactions.js',
        find: '    <table>\n      <thead>',
        replace: '    <div class="table-box"><table>\n      <thead>',
      },
      {
        file: 'web/transactions.js',
        find: "        .join('')}</tbody>\n    </table>",
        replace: "        .join('')}</tbody>\n    </table></div>",
      },
      {
        file: 'web/transactions.js',
        find: '          (one) => `<tr data-id="${one.id}">',
        replace: '          (one) => `<tr data-id="${one.id}" data-kind="${one.category.toLowerCase()}">',
      },
    ],
  },
];
