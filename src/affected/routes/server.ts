import type { Route } from '../../domain/affected.ts';
import type { Edge } from '../import-graph.ts';
import { TEMPLATE } from '../kinds-of-files.ts';
import type { Shape } from '../ports.ts';
import type { Project } from '../read-project.ts';
import { type Convention, type FoundRoutes, rootsOf, toPattern } from './convention.ts';
import { componentsOf, follow, importOf, type Placed, textOf } from './evaluate.ts';
import { toSegment } from './route-tree.ts';

const FRAMEWORKS: readonly (readonly [framework: string, packages: readonly string[]])[] = [
  ['express', ['express', 'express-promise-router', 'restify', 'polka']],
  ['fastify', ['fastify']],
  ['koa', ['koa', '@koa/router', 'koa-router']],
  ['hono', ['hono', '@hono/zod-openapi']],
];
const METHODS: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'del',
  'head',
  'options',
  'all',
  'any',
]);
/** Clients have methods of the same names. */
const CLIENT =
  /^(?:axios|http|https|fetch|client|api|request|agent|supertest|\$|jQuery|ky|got|superagent|cache|redis|map|params|headers|config|session|storage|localStorage|i18n)$/i;
/** Methods of an answer by which a page is sent. */
const SENDS_PAGE: ReadonlySet<string> = new Set([
  'render',
  'view',
  'sendFile',
  'sendfile',
  'html',
  'renderFile',
  'renderToString',
  'renderToPipeableStream',
]);
const SENDS_DATA: ReadonlySet<string> = new Set(['json', 'sendStatus', 'jsonp', 'status']);

type Call = Extract<Shape, { kind: 'call' }>;

/** Express, Fastify, Koa and Hono: methods of an application or a router, and routers that are mounted below a path. */
export const server: Convention = {
  framework: 'express',
  find: (project): FoundRoutes => {
    const found = FRAMEWORKS.map(([framework, packages]) => {
      const roots = rootsOf(project, packages);
      const files = [...project.facts.keys()].filter((path) =>
        roots.some((root) => root === '.' || path.startsWith(`${root}/`)),
      );
      return files.length === 0 ? { routes: [], lists: [] } : routesOf(project, framework, files);
    });
    return {
      routes: found.flatMap(({ routes }) => routes),
      lists: found.flatMap(({ lists }) => lists),
      uses: templateUses(project),
    };
  },
};

/** A router: the file and the name in it; all of a file when another one mounts it. */
interface Mount {
  readonly of: string;
  readonly prefix: string;
  readonly by: string;
}

function routesOf(
  project: Project,
  framework: string,
  files: readonly string[],
): { readonly routes: readonly Route[]; readonly lists: readonly Edge[] } {
  const mounts = new Map<string, Mount[]>();
  const lists: Edge[] = [];
  const find = templatesOf(project);
  const isRouter = (file: string): boolean =>
    callsOf(project, file).some(
      ({ callee }) =>
        METHODS.has(splitLast(callee)[1] ?? '') || /\.(?:use|route|register|mount)$/.test(callee),
    );
  for (const file of files) {
    for (const call of callsOf(project, file)) {
      for (const mount of mountsOf(project, file, call)) {
        if (!isRouter(fileOf(mount.of))) continue;
        const known = mounts.get(mount.of);
        if (known === undefined) mounts.set(mount.of, [mount]);
        else known.push(mount);
        const to = fileOf(mount.of);
        if (to !== file) lists.push([file, to]);
      }
    }
  }
  const routes = files.flatMap((file) =>
    callsOf(project, file).flatMap((call) =>
      ownRoutes(project, { file, call }).flatMap(({ receiver, path, ...route }) =>
        placesOf(mounts, { file, receiver }).map(({ prefix, by }): Route => {
          const full = [prefix, prefixOf(project, file, receiver), path].join('/');
          const pattern = toPattern(full.split('/').map(toSegment));
          const kind =
            route.kind === 'page' && /^\/(?:api|v\d+|graphql|trpc|rpc)(?:\/|$)/.test(pattern)
              ? 'endpoint'
              : route.kind;
          const sent = route.sends.flatMap((name) => find(name) ?? []);
          // What only one of the file's routes shows is not what the whole file shows.
          lists.push(
            ...[...sent, ...route.handlers].filter((one) => one !== file).map((one) => [file, one] as const),
          );
          const also = [...route.handlers, ...sent, ...by].filter((one) => one !== file);
          return {
            pattern,
            file,
            framework,
            kind,
            ...(route.method === undefined ? {} : { method: route.method }),
            also: [...new Set(also)],
          };
        }),
      ),
    ),
  );
  return { routes, lists };
}

function callsOf(project: Project, file: string): readonly Call[] {
  return (project.facts.get(file)?.declarations ?? []).filter(
    (shape): shape is Call => shape?.kind === 'call',
  );
}

function fileOf(router: string): string {
  return router.slice(router.indexOf(' ') + 1);
}

/** `use('/orders', orders)`, `route('/orders', orders)`, `register(orders, { prefix: '/orders' })`, `use(orders.routes())`. */
function mountsOf(project: Project, file: string, { callee, arguments: given }: Call): readonly Mount[] {
  const [receiver = '', method] = splitLast(callee);
  if (method !== 'use' && method !== 'route' && method !== 'register' && method !== 'mount') return [];
  const [first = null] = given;
  const path = textOf(project, { file, shape: first });
  const options = given.findLast((one) => one?.kind === 'object');
  const prefix =
    path ??
    (options?.kind === 'object'
      ? textOf(project, { file, shape: options.fields.prefix ?? null })
      : undefined) ??
    '';
  return given.flatMap((one): readonly Mount[] => {
    const router = routerOf(project, { file, shape: one });
    return router === undefined || router === `${receiver} ${file}`
      ? []
      : [{ of: router, prefix: join(prefixOf(project, file, receiver), prefix), by: `${receiver} ${file}` }];
  });
}

function join(a: string, b: string): string {
  return `${a}/${b}`;
}

/** The router that an argument is: a name of this file, or another file as a whole. */
function routerOf(project: Project, { file, shape }: Placed): string | undefined {
  if (shape === null) return undefined;
  if (shape.kind === 'call') {
    const [receiver = '', method] = splitLast(shape.callee);
    if (method === 'routes' || method === 'middleware' || method === 'callback')
      return routerOf(project, { file, shape: { kind: 'name', name: receiver } });
    return shape.on?.kind === 'import' ? routerOf(project, { file, shape: shape.on }) : undefined;
  }
  if (shape.kind === 'import') {
    const to = project.resolve(file, shape.specifier);
    return to === undefined ? undefined : `* ${to}`;
  }
  if (shape.kind !== 'name') return undefined;
  const name = shape.name.split('.')[0] ?? '';
  const from = importOf(project, file, name);
  const made =
    from === undefined
      ? undefined
      : (componentsOf(project, { file, shape: { kind: 'name', name } })[0] ?? from.file);
  if (made !== undefined && made !== file) return `* ${made}`;
  const own = follow(project, { file, shape: { kind: 'name', name } });
  if (own.file !== file) return `* ${own.file}`;
  const binding = project.facts.get(file)?.bindings[name];
  if (binding?.kind === 'import') return routerOf(project, { file, shape: binding });
  return binding?.kind === 'call' || binding?.kind === 'function' ? `${name} ${file}` : undefined;
}

interface Place {
  readonly prefix: string;
  /** Files that mount it, directly or not. */
  readonly by: readonly string[];
}

const MAX_PLACES = 20;
const MAX_MOUNTS = 8;

/** Where a router answers: below every place where it is mounted, or at the root. */
function placesOf(
  mounts: ReadonlyMap<string, readonly Mount[]>,
  { file, receiver }: { readonly file: string; readonly receiver: string },
): readonly Place[] {
  const mountsOfRouter = (router: string): readonly Mount[] => {
    const all = mounts.get(`* ${fileOf(router)}`) ?? [];
    return [...(mounts.get(router) ?? []), ...all];
  };
  let open: readonly (Place & { readonly router: string })[] = [
    { prefix: '', by: [], router: `${receiver} ${file}` },
  ];
  const places: Place[] = [];
  for (let steps = 0; open.length > 0 && steps <= MAX_MOUNTS; steps++) {
    const next: (Place & { readonly router: string })[] = [];
    for (const { prefix, by, router } of open) {
      const found = mountsOfRouter(router);
      if (found.length === 0) places.push({ prefix, by });
      for (const mount of found)
        next.push({ prefix: join(mount.prefix, prefix), by: [...by, fileOf(mount.by)], router: mount.by });
    }
    open = next.slice(0, MAX_PLACES);
  }
  // What is only mounted on itself answers nowhere that is known.
  return places.length === 0 ? [{ prefix: '', by: [] }] : places.slice(0, MAX_PLACES);
}

/** What a router was made with: `new Router({ prefix: '/x' })`, `new Hono().basePath('/x')`. */
function prefixOf(project: Project, file: string, receiver: string): string {
  const made = project.facts.get(file)?.bindings[receiver];
  if (made?.kind !== 'call') return '';
  const [first = null] = made.arguments;
  if (splitLast(made.callee)[1] === 'basePath') return textOf(project, { file, shape: first }) ?? '';
  return first?.kind === 'object'
    ? (textOf(project, { file, shape: first.fields.prefix ?? null }) ?? '')
    : '';
}

interface OwnRoute {
  readonly receiver: string;
  readonly path: string;
  readonly kind: Route['kind'];
  readonly method?: string;
  readonly handlers: readonly string[];
  readonly sends: readonly string[];
}

function ownRoutes(
  project: Project,
  { file, call }: { readonly file: string; readonly call: Call },
): readonly OwnRoute[] {
  const [receiver = '', method = ''] = splitLast(call.callee);
  const name = receiver.split('.').at(-1) ?? '';
  if (receiver === '' || CLIENT.test(name)) return [];
  const given = call.arguments;
  if (method === 'route' && given[0]?.kind === 'object') {
    const { method: verb = null, url = null, handler = null } = given[0].fields;
    const verbs =
      verb?.kind === 'list'
        ? verb.items.map((one) => textOf(project, { file, shape: one }))
        : [textOf(project, { file, shape: verb })];
    const path = textOf(project, { file, shape: url });
    return path === undefined
      ? []
      : verbs.flatMap((one) =>
          toRoute(project, { file, receiver: name, path, verb: one ?? 'get', handlers: [handler] }),
        );
  }
  if (!METHODS.has(method)) return [];
  if (call.on?.kind === 'call' && splitLast(call.on.callee)[1] !== undefined) {
    // `app.route('/orders').get(list).post(add)`
    const start = startOfChain(call.on);
    const path =
      start === undefined ? undefined : textOf(project, { file, shape: start.arguments[0] ?? null });
    if (start !== undefined && path !== undefined && start.arguments.length === 1)
      return toRoute(project, {
        file,
        receiver: splitLast(start.callee)[0] ?? '',
        path,
        verb: method,
        handlers: given,
      });
  }
  const [first = null, ...handlers] = given;
  const paths = first?.kind === 'list' ? first.items : [first];
  if (!handlers.some((one) => one === null || one.kind !== 'object')) return [];
  const root = name.replace(/\(.*$/, '');
  return paths.flatMap((one) => {
    const path = textOf(project, { file, shape: one });
    return path === undefined || !/^[/*]|^$/.test(path)
      ? []
      : toRoute(project, { file, receiver: root, path, verb: method, handlers });
  });
}

function startOfChain(call: Call): Call | undefined {
  let at: Shape = call;
  for (let steps = 0; at?.kind === 'call' && steps < 12; steps++) {
    if (splitLast(at.callee)[1] === 'route') return at;
    at = at.on ?? null;
  }
  return undefined;
}

function toRoute(
  project: Project,
  {
    file,
    receiver,
    path,
    verb,
    handlers,
  }: {
    readonly file: string;
    readonly receiver: string;
    readonly path: string;
    readonly verb: string;
    readonly handlers: readonly Shape[];
  },
): readonly OwnRoute[] {
  const method = verb.toUpperCase() === 'DEL' ? 'DELETE' : verb.toUpperCase();
  const isGet = method === 'GET' || method === 'ALL' || method === 'ANY' || method === 'HEAD';
  const functions = handlers.flatMap((one) => {
    const { shape } = follow(project, { file, shape: one });
    return shape?.kind === 'function' ? [shape] : [];
  });
  const called = functions.flatMap(({ calls }) => calls);
  const sendsData = called.some((one) => SENDS_DATA.has(one)) && !called.some((one) => SENDS_PAGE.has(one));
  const kind = isGet && !sendsData ? 'page' : 'endpoint';
  const files = handlers.flatMap((one) =>
    one?.kind === 'name' ? componentsOf(project, { file, shape: one }) : [],
  );
  return [
    {
      receiver,
      path,
      kind,
      ...(isGet ? {} : { method }),
      handlers: files,
      sends: handlers.flatMap((one) => (one?.kind === 'function' ? one.sends : [])),
    },
  ];
}

function splitLast(callee: string): readonly [string | undefined, string | undefined] {
  const dot = callee.lastIndexOf('.');
  return dot === -1 ? [undefined, undefined] : [callee.slice(0, dot), callee.slice(dot + 1)];
}

/** Templates that a script renders by their name. */
function templateUses(project: Project): readonly Edge[] {
  const find = templatesOf(project);
  const edges: Edge[] = [];
  for (const [path, text] of project.facts.size === 0 ? [] : project.texts) {
    if (!project.facts.has(path)) continue;
    for (const [, name = ''] of text.matchAll(
      /\b(?:render|view|renderFile)\(\s*["'`]([\w./-]{1,200})["'`]/g,
    )) {
      const to = find(name);
      if (to !== undefined) edges.push([path, to]);
    }
  }
  return edges;
}

/** Finds a template, or a document that is sent, by the name that a script gives it. */
function templatesOf({ files }: Project): (name: string) => string | undefined {
  const known = [...files].filter((path) => TEMPLATE.test(path) || /\.html?$/i.test(path));
  return (name) => {
    const stem = name.replace(/^(?:\.?\/)+/, '');
    return known.find((path) =>
      [path, path.replace(/\.\w+$/, '')].some((one) => one === stem || one.endsWith(`/${stem}`)),
    );
  };
}
