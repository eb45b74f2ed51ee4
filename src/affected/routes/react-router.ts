import type { Shape } from '../ports.ts';
import type { Project } from '../read-project.ts';
import { type Convention, type FoundRoutes, rootsOf } from './convention.ts';
import { componentsOf, follow, itemsOf, type Placed, textOf } from './evaluate.ts';
import { findRouteObjects } from './route-objects.ts';
import { flattenTree, type RouteNode } from './route-tree.ts';

const PACKAGES = [
  'react-router',
  'react-router-dom',
  '@remix-run/router',
  'wouter',
  '@tanstack/react-router',
];
const WORDS = {
  shows: ['element', 'Component', 'component', 'lazy', 'render'],
  children: ['children', 'routes'],
  others: ['loader', 'errorElement', 'handle'],
};
const SHOWS = ['element', 'component', 'Component', 'lazy', 'render'];

/** React Router: `<Route>` elements and route objects. https://reactrouter.com/start/declarative/routing */
export const reactRouter: Convention = {
  framework: 'react-router',
  find: (project): FoundRoutes => {
    const roots = rootsOf(project, PACKAGES);
    const files = [...project.facts.keys()].filter((path) =>
      roots.some((root) => root === '.' || path.startsWith(`${root}/`)),
    );
    const objects = findRouteObjects(project, files, WORDS, (file) =>
      /\bpath\s*:|\bindex\s*:/.test(project.texts.get(file) ?? ''),
    );
    const elements = files.flatMap((file) => elementNodes(project, file));
    const isHash = files.some((file) =>
      /\bcreateHashRouter\b|<HashRouter\b/.test(project.texts.get(file) ?? ''),
    );
    return flattenTree([...objects, ...elements], { framework: 'react-router', isHash });
  },
};

/** The outermost elements of a file that are routes. */
function elementNodes(project: Project, file: string): readonly RouteNode[] {
  const declared = (project.facts.get(file)?.declarations ?? []).filter((shape) => shape?.kind === 'element');
  return declared.flatMap((shape) => nodesOf(project, { file, shape }, 0));
}

const MAX_DEPTH = 16;

function nodesOf(project: Project, { file, shape }: Placed, depth: number): readonly RouteNode[] {
  if (depth > MAX_DEPTH || shape === null) return [];
  const inner = (one: Shape): readonly RouteNode[] => nodesOf(project, { file, shape: one }, depth + 1);
  if (shape.kind === 'list') return shape.items.flatMap(inner);
  if (shape.kind !== 'element') return [];
  const children = shape.children.flatMap(inner);
  const { path, index } = shape.attributes;
  const isRoute =
    shape.name.endsWith('Route') && (path !== undefined || index !== undefined || children.length > 0);
  if (!isRoute) return children;
  const shown = SHOWS.flatMap((name) =>
    componentsOf(project, { file, shape: shape.attributes[name] ?? null }),
  );
  // Version 5 shows what stands inside of the element.
  const within =
    shown.length > 0 || children.length > 0
      ? []
      : shape.children.flatMap((one) => componentsOf(project, { file, shape: one }));
  // `PrivateRoute` is a component of the product's own.
  const own =
    shape.name === 'Route' ? [] : componentsOf(project, { file, shape: { kind: 'name', name: shape.name } });
  const components = [...shown, ...within, ...own];
  return pathsOf(project, { file, shape: path ?? null }).map((one) => ({
    path: one,
    components,
    children,
    file,
    isSilent:
      components.length === 0 && children.length === 0 && /Navigate|Redirect/.test(JSON.stringify(shape)),
  }));
}

/** One path, several, or none. */
function pathsOf(project: Project, placed: Placed): readonly (string | undefined)[] {
  if (placed.shape === null) return [undefined];
  const { shape } = follow(project, placed);
  if (shape?.kind === 'list') return itemsOf(project, placed).flatMap((item) => textOf(project, item) ?? []);
  const text = textOf(project, placed);
  // A path that only running the code would tell.
  return text === undefined ? [] : [text];
}
