import type { Route } from '../../domain/affected.ts';
import type { Edge } from '../import-graph.ts';
import type { Shape } from '../ports.ts';
import type { Project } from '../read-project.ts';
import { type Convention, type FoundRoutes, rootsOf, toPattern } from './convention.ts';
import { componentsOf, follow, textOf } from './evaluate.ts';
import { toSegment } from './route-tree.ts';
import { type Call, fileOf, type Mount, mountsOf, placesOf, prefixOf, splitLast } from './server-mounts.ts';
import { templatesOf, templateUses } from './server-templates.ts';

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
