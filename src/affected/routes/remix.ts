import type { Project } from '../read-project.ts';
import { type Convention, filesBelow, inFolder, rootsOf, toPattern } from './convention.ts';
import { follow, itemsOf, type Placed, textOf } from './evaluate.ts';
import { flattenTree, type RouteNode } from './route-tree.ts';

const PACKAGES = [
  '@remix-run/react',
  '@remix-run/node',
  '@remix-run/dev',
  '@react-router/dev',
  '@react-router/node',
];
const SOURCE = /\.(?:[jt]sx?|mdx?)$/;

/** Remix and the framework mode of React Router: `routes.ts`, flat files or nested folders below `app/routes`. */
export const remix: Convention = {
  framework: 'remix',
  find: (project) => {
    const found = rootsOf(project, PACKAGES).map((root) => {
      const app = inFolder(root, 'app');
      const config = ['routes.ts', 'routes.js', 'routes.tsx', 'routes.mts']
        .map((name) => inFolder(app, name))
        .find((path) => project.files.has(path));
      const ofAll = filesBelow(project, app)
        .filter((path) => /^(?:root|entry\.(?:client|server))\.[jt]sx?$/.test(path))
        .map((path) => inFolder(app, path));
      const nodes = config === undefined ? conventional(project, app) : configured(project, app, config);
      const { routes, lists = [] } = flattenTree(nodes, { framework: 'remix' });
      return {
        routes: routes.map((route) => ({ ...route, also: [...(route.also ?? []), ...ofAll] })),
        lists,
      };
    });
    return { routes: found.flatMap(({ routes }) => routes), lists: found.flatMap(({ lists }) => lists) };
  },
};

function configured(project: Project, app: string, file: string): readonly RouteNode[] {
  const list = follow(project, { file, shape: { kind: 'name', name: 'default' } });
  return declared(project, { app, list, open: new Set(), made: { count: 0 } }, 0);
}

interface Declaring {
  readonly app: string;
  readonly list: Placed;
  /** Lists that are being read, and how many routes were made of all: a list may hold itself. */
  readonly open: Set<Placed['shape']>;
  readonly made: { count: number };
}

const MAX_DEPTH = 16;
const MAX_NODES = 4000;

/** `route(path, file, [inner])`, `index(file)`, `layout(file, [inner])`, `prefix(path, [inner])` and `flatRoutes()`. */
function declared(
  project: Project,
  { app, list, open, made }: Declaring,
  depth: number,
): readonly RouteNode[] {
  if (depth > MAX_DEPTH || open.has(list.shape)) return [];
  open.add(list.shape);
  const nodes = itemsOf(project, list).flatMap((item): readonly RouteNode[] => {
    const { file, shape } = follow(project, item);
    if (shape?.kind !== 'call' || made.count >= MAX_NODES) return [];
    made.count += 1;
    const given = shape.arguments;
    const text = (index: number): string | undefined =>
      textOf(project, { file, shape: given[index] ?? null });
    const inner = (): readonly RouteNode[] => {
      const last = given.findLast(
        (one) => one?.kind === 'list' || one?.kind === 'name' || one?.kind === 'call',
      );
      return last === undefined
        ? []
        : declared(project, { app, list: { file, shape: last }, open, made }, depth + 1);
    };
    const module = (name: string | undefined): readonly string[] => {
      const path =
        name === undefined
          ? undefined
          : project.resolve(inFolder(app, 'routes.ts'), name.startsWith('.') ? name : `./${name}`);
      return path === undefined ? [] : [path];
    };
    switch (shape.callee.split('.').at(-1) ?? '') {
      case 'route':
        return [{ path: text(0), components: module(text(1)), children: inner(), file }];
      case 'index':
        return [{ path: undefined, components: module(text(0)), children: [], file }];
      case 'layout':
        return [{ path: undefined, components: module(text(0)), children: inner(), file }];
      case 'prefix':
        return [{ path: text(0), components: [], children: inner(), file }];
      case 'flatRoutes':
        return conventional(project, app);
      default:
        return [];
    }
  });
  open.delete(list.shape);
  return nodes;
}

function conventional(project: Project, app: string): readonly RouteNode[] {
  const folder = inFolder(app, 'routes');
  const files = filesBelow(project, folder).filter((path) => SOURCE.test(path));
  return isNested(files)
    ? files.flatMap((path) => nestedNode(folder, path, files))
    : flatNodes(folder, files);
}

/** In flat routes a folder holds one `route`, and what belongs to it. */
function isNested(files: readonly string[]): boolean {
  const parts = files.map((path) => path.split('/')).filter(({ length }) => length > 1);
  const flat = new Set(
    parts.filter(([, name = '']) => /^route\.[jt]sx?$/.test(name)).map(([folder]) => folder),
  );
  return parts.some(([folder = '']) => !folder.includes('.') && !flat.has(folder));
}

/** Version 1: `blog/$slug.tsx`, with `blog.tsx` as its frame, `__auth/login.tsx` without one in the address. */
function nestedNode(folder: string, path: string, files: readonly string[]): readonly RouteNode[] {
  const stem = path.replace(SOURCE, '');
  const isFrame = files.some((one) => one !== path && one.startsWith(`${stem}/`));
  if (isFrame && stem.startsWith('__')) return [];
  const parts = stem.split('/');
  const frames = parts
    .slice(0, -1)
    .map((_, index) => parts.slice(0, index + 1).join('/'))
    .flatMap((frame) => files.filter((one) => one.replace(SOURCE, '') === frame))
    .reverse();
  const segments = parts
    .filter((part) => !part.startsWith('__') && part !== 'index')
    .flatMap((part) => splitDots(part).map(segment));
  const components = [path, ...frames].map((one) => inFolder(folder, one));
  return [{ path: toPattern(segments), components, children: [], file: inFolder(folder, path) }];
}

/** Version 2: `blog.$slug.tsx`, with `blog.tsx` as its frame. https://reactrouter.com/how-to/file-route-conventions */
function flatNodes(folder: string, files: readonly string[]): readonly RouteNode[] {
  const ids = new Map<string, string>();
  for (const path of files) {
    const [first = '', second] = path.split('/');
    const id =
      second === undefined
        ? first.replace(SOURCE, '')
        : /^(?:route|index)\.[jt]sx?$/.test(second) && path.split('/').length === 2
          ? first
          : undefined;
    if (id !== undefined) ids.set(id, path);
  }
  // One that is named like `_auth` only frames others.
  const shown = [...ids].filter(([id]) => !/(?:^|\.)_(?!index$)[^.]*$/.test(id));
  return shown.map(([id, path]) => {
    const parts = splitDots(id);
    const frames = parts
      .slice(0, -1)
      .map((_, index) => ids.get(parts.slice(0, index + 1).join('.')))
      .filter((frame) => frame !== undefined)
      .reverse();
    const segments = parts
      .filter((part) => !part.startsWith('_'))
      .map((part) => segment(part.replace(/_$/, '')));
    const components = [path, ...frames].map((one) => inFolder(folder, one));
    return { path: toPattern(segments), components, children: [], file: inFolder(folder, path) };
  });
}

/** Dots separate, but for those in brackets. */
function splitDots(name: string): readonly string[] {
  return (name.match(/(?:\[[^\]]*\]|[^.])+/g) ?? []).filter((part) => part !== '');
}

function segment(part: string): string {
  if (part === '$') return ':rest*';
  const [, optional] = /^\((.+)\)$/.exec(part) ?? [];
  const plain = (optional ?? part).replace(/\[([^\]]*)\]/g, '$1');
  const named = plain.startsWith('$') ? `:${plain.slice(1)}` : plain;
  if (optional === undefined) return named;
  return named.startsWith(':') ? `${named}?` : `:${named}?`;
}
