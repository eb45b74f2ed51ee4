import type { CallExpression } from 'oxc-parser';
import type { ChangeRule, Hit } from '../change-rule.ts';
import type { Project } from '../project.ts';
import { allOf, SCRIPT, type Source } from '../source.ts';
import { isTestScript } from '../tests.ts';

const VERBS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete']);
/** Names that a server, an application or a router goes by. */
const ROUTER =
  /(?:^|\.)(?:app|server|router|route|routes|api|fastify|koa|hono|\w+(?:App|Router|Routes|Api))$/;
const CLIENT =
  /^(?:fetch|axios|ky|got|\$fetch|useFetch|useSWR|request|(?:axios|http|ky|got|api|client|apiClient|httpClient)\.(?:get|post|put|patch|delete|request))$/;

interface Route {
  readonly verb: string;
  readonly path: string;
  readonly line: number;
}

/** A route that the server no longer answers while the client still calls it. */
export const removedRoute: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/removed-route',
  category: 'logic',
  text: {
    title: 'A route is gone that the client still calls',
    body: 'Nothing answers {subject} any more, and code that the change leaves as it is still calls it: it will get 404. Change the caller too, or keep the route.',
    severity: 'high',
    confidence: 0.88,
  },
  bad: [
    {
      base: {
        'server.js': "app.get('/api/orders/:id', show);\napp.post('/api/orders', add);\n",
        'client.js': 'export const load = (id) => fetch(`/api/orders/${id}`);\n',
      },
      head: {
        'server.js': "app.get('/api/purchases/:id', show);\napp.post('/api/orders', add);\n",
        'client.js': 'export const load = (id) => fetch(`/api/orders/${id}`);\n',
      },
      at: ['server.js:-1'],
    },
    {
      base: {
        'orders.ts': "router.delete('/orders/all', clear);\n",
        'page.tsx': "export const clear = () => fetch('/orders/all', { method: 'DELETE' });\n",
      },
      head: {
        'orders.ts': 'export {};\n',
        'page.tsx': "export const clear = () => fetch('/orders/all', { method: 'DELETE' });\n",
      },
      at: ['orders.ts:-1'],
    },
  ],
  good: [
    {
      base: {
        'server.js': "app.get('/api/orders/:id', show);\n",
        'client.js': 'export const load = (id) => fetch(`/api/orders/${id}`);\n',
      },
      head: {
        'server.js': 'app.use(orders);\n',
        'orders.js': "router.get('/api/orders/:id', show);\n",
        'client.js': 'export const load = (id) => fetch(`/api/orders/${id}`);\n',
      },
    },
    {
      base: {
        'server.js': "app.get('/api/orders', show);\n",
        'client.js': "export const load = () => fetch('/api/orders', { method: 'POST' });\n",
      },
      head: {
        'server.js': 'export {};\n',
        'client.js': "export const load = () => fetch('/api/orders', { method: 'POST' });\n",
      },
    },
    {
      base: {
        'server.js': "app.get('/api/orders', show);\n",
        'client.js': "export const load = () => fetch('https://other.example/api/orders');\n",
      },
      head: {
        'server.js': 'export {};\n',
        'client.js': "export const load = () => fetch('https://other.example/api/orders');\n",
      },
    },
    {
      base: { 'server.js': "app.get('/', show);\n", 'client.js': "export const load = () => fetch('/');\n" },
      head: { 'server.js': 'export {};\n', 'client.js': "export const load = () => fetch('/');\n" },
    },
  ],
  reads: (path) => SCRIPT.test(path) && !isTestScript(path),
  check: ({ base, head }, project) => {
    const before = routesOf(base).filter(({ path }) => /\/[\w-]{3,}/.test(path));
    const isGone = ({ verb, path }: Route): boolean =>
      ![head, ...project.files.map((file) => file.head)].some((source) =>
        routesOf(source).some(
          (route) => fits(route.verb, verb) && shapeOf(path).endsWith(shapeOf(route.path)),
        ),
      );
    return before.filter(isGone).flatMap((route) => hitOf(route, project));
  },
};

function hitOf({ verb, path, line }: Route, project: Project): readonly Hit[] {
  const users = project.scripts.flatMap((script) => {
    const source = isTestScript(script) ? undefined : project.head(script);
    return callsOf(source)
      .filter((call) => fits(call.verb, verb) && shapeOf(call.path) === shapeOf(path))
      .map((call) => ({ path: script, line: call.line }));
  });
  const subject = `${verb === 'all' ? '' : `${verb.toUpperCase()} `}${path}`;
  return users.length === 0 ? [] : [{ startLine: line, side: 'LEFT', subject, places: users }];
}

function fits(one: string, two: string): boolean {
  return one === two || one === 'all' || two === 'all';
}

/** Every parameter of a path is the same to us. */
function shapeOf(path: string): string {
  return path
    .replace(/[?#].*$/, '')
    .split('/')
    .map((part) => (/^[:*{[]|\$\{|\}/.test(part) ? ':' : part.toLowerCase()))
    .join('/')
    .replace(/\/$/, '');
}

/** `app.get('/path', handler)` and its like. */
function routesOf(source: Source | undefined): readonly Route[] {
  if (source?.parsed === undefined) return [];
  return allOf(source.parsed.program, 'CallExpression').flatMap((call): readonly Route[] => {
    const { callee, arguments: given } = call;
    if (callee.type !== 'MemberExpression' || callee.computed || given.length < 2) return [];
    const verb = callee.property.name;
    if (!(VERBS.has(verb) || verb === 'all') || !ROUTER.test(source.textOf(callee.object))) return [];
    const path = textOfPath(call, source);
    return path?.startsWith('/') === true ? [{ verb, path, line: source.lineOf(call.start) }] : [];
  });
}

/** Calls of the browser's side with a path on the same host. */
function callsOf(source: Source | undefined): readonly Route[] {
  if (source?.parsed === undefined) return [];
  return allOf(source.parsed.program, 'CallExpression').flatMap((call): readonly Route[] => {
    const name = source.textOf(call.callee);
    const path = textOfPath(call, source);
    if (!CLIENT.test(name) || path?.startsWith('/') !== true || path.startsWith('//')) return [];
    const method = name.split('.')[1];
    const options = call.arguments[1] === undefined ? '' : source.textOf(call.arguments[1]);
    const named = /\bmethod: *['"`](\w+)['"`]/.exec(options)?.[1]?.toLowerCase();
    const isOpen = /\bmethod\b/.test(options) && named === undefined;
    const plain = method !== undefined && VERBS.has(method) ? method : 'get';
    return [{ verb: isOpen ? 'all' : (named ?? plain), path, line: source.lineOf(call.start) }];
  });
}

function textOfPath({ arguments: [first] }: CallExpression, source: Source): string | undefined {
  if (first?.type === 'Literal' && typeof first.value === 'string') return first.value;
  return first?.type === 'TemplateLiteral' ? source.text.slice(first.start + 1, first.end - 1) : undefined;
}
