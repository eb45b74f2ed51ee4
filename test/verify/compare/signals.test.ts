import { catalogue, dashboard, FILE, PRODUCTS, settings } from './apps.ts';
import { click, testFaults } from './judge.ts';

testFaults([
  // console and network
  {
    says: 'an exception',
    open: { base: dashboard() },
    steps: [
      {
        step: click('Export CSV'),
        base: dashboard(),
        head: { tree: dashboard(), errors: [{ kind: 'exception', message: 'TypeError: rows is undefined' }] },
      },
    ],
    kind: 'error',
    what: /throws: TypeError/,
  },
  {
    says: 'a failed request',
    open: { base: dashboard() },
    steps: [
      {
        step: click('Last 30 days'),
        base: dashboard(),
        head: {
          tree: dashboard(),
          errors: [{ kind: 'request', message: 'GET https://pr-7.app.test/api/stats?days=30', status: 500 }],
        },
      },
    ],
    kind: 'error',
    what: /answers 500/,
  },
  {
    says: 'a change that is not sent',
    open: { base: settings() },
    steps: [{ step: click('Save'), base: { tree: settings(), requests: [FILE] }, head: settings() }],
    kind: 'request',
    what: /nothing is sent.*POST \/api\/settings/,
  },
  {
    says: 'a change that is sent twice',
    open: { base: settings() },
    steps: [
      {
        step: click('Save'),
        base: { tree: settings(), requests: [FILE] },
        head: {
          tree: settings(),
          requests: [1, 2].map(() => ({ ...FILE, url: 'https://pr-7.app.test/api/settings' })),
        },
      },
    ],
    kind: 'request',
    what: /2 times instead of 1/,
  },
  {
    says: 'a file that is not offered',
    open: { base: dashboard() },
    steps: [
      {
        step: click('Export CSV'),
        base: { tree: dashboard(), downloads: ['orders.csv'] },
        head: dashboard(),
      },
    ],
    kind: 'download',
    what: /no file/,
  },
  {
    says: 'a picture that does not load',
    open: {
      base: catalogue(PRODUCTS),
      head: { tree: catalogue(PRODUCTS), brokenImages: ['https://pr-7.app.test/img/pen.png'] },
    },
    kind: 'image',
    what: /\/img\/pen.png/,
  },
  // environment
  {
    says: 'amounts without the currency that the environment should name',
    open: { base: dashboard(), head: dashboard({ revenue: 'undefined12,400' }) },
    kind: 'text',
    what: /undefined12,400/,
  },
  {
    says: 'a page that talks to this machine',
    open: {
      base: dashboard(),
      head: {
        tree: dashboard(),
        requests: [{ method: 'GET', url: 'http://localhost:3000/api/stats', resource: 'fetch' }],
      },
    },
    kind: 'request',
    what: /localhost:3000/,
  },
  {
    says: 'a page that talks to the base deployment',
    open: {
      base: dashboard(),
      head: {
        tree: dashboard(),
        requests: [{ method: 'GET', url: 'https://main.app.test/api/stats', resource: 'fetch', status: 200 }],
      },
    },
    kind: 'request',
    what: /main.app.test/,
  },
  {
    says: 'a page that talks to another deployment for what the base asks its own',
    open: {
      base: {
        tree: dashboard(),
        requests: [{ method: 'GET', url: 'https://main.app.test/api/stats', resource: 'fetch', status: 200 }],
      },
      head: {
        tree: dashboard(),
        blocked: [{ url: 'https://api.production.example/api/stats', why: 'not allowed', kind: 'request' }],
      },
    },
    kind: 'request',
    what: /api.production.example/,
  },
  {
    says: 'a page without encryption',
    open: {
      base: dashboard(),
      head: {
        tree: dashboard(),
        requests: [{ method: 'GET', url: 'http://pr-7.app.test/api/stats', resource: 'fetch', status: 200 }],
      },
    },
    kind: 'request',
    what: /pr-7.app.test/,
  },
  {
    says: 'a page that hangs',
    open: { base: dashboard(), head: { tree: '', isHung: true } },
    kind: 'hang',
    what: /stops answering/,
  },
  {
    says: 'an empty page',
    open: { base: dashboard(), head: '' },
    kind: 'missing',
    what: /the page is empty/,
  },
  {
    says: 'a page that is busy for long',
    open: { base: dashboard() },
    steps: [{ step: click('Last 30 days'), base: dashboard(), head: { tree: dashboard(), busyMs: 4_000 } }],
    kind: 'slow',
    what: /4.0 s/,
  },
]);
