import type { Shape } from '../ports.ts';
import type { Project } from '../read-project.ts';
import { componentsOf, follow, itemsOf, type Placed, textOf } from './evaluate.ts';
import type { RouteNode } from './route-tree.ts';

/** How a router names the parts of a route object. */
export interface ObjectWords {
  /** Fields that hold what is shown. */
  readonly shows: readonly string[];
  /** Fields that hold inner routes. */
  readonly children: readonly string[];
  /** Fields without which an object with a path is no route, beside those. */
  readonly others: readonly string[];
}

type ObjectShape = Extract<Shape, { kind: 'object' }>;

const MAX_DEPTH = 16;
/** Levels of inner entries by which a list of routes is told from a menu. */
const MAX_LOOKED_INTO = 2;
/** Routes that the lists of a project are read for: a list may hold itself. */
const MAX_NODES = 4000;

/** The outermost lists of route objects in a project's files, as trees. Lists that stand in others are there only. */
export function findRouteObjects(
  project: Project,
  files: readonly string[],
  words: ObjectWords,
  isRouting: (file: string) => boolean,
): readonly RouteNode[] {
  const used = new Set<Shape>();
  const roots: Placed[] = [];
  for (const file of files) {
    if (!isRouting(file)) continue;
    const { bindings = {}, declarations = [] } = project.facts.get(file) ?? {};
    const lists = [...Object.values(bindings), ...declarations].flatMap((shape) => listsIn(shape));
    for (const shape of lists) {
      if (itemsOf(project, { file, shape }).some((item) => isRoute(project, item, words)))
        roots.push({ file, shape });
    }
  }
  const context: TreeContext = { project, words, used, open: new Set(), made: { count: 0 } };
  const trees = roots.map((root) => ({ root, nodes: nodesOf(context, root, 0) }));
  const seen = new Set<string>();
  return trees
    .filter(({ root }) => !used.has(root.shape))
    .flatMap(({ nodes }) => nodes)
    .filter((node) => {
      // A binding and the call that it is given to say the same twice.
      const key = JSON.stringify(node);
      return !seen.has(key) && seen.add(key) !== undefined;
    });
}

interface TreeContext {
  readonly project: Project;
  readonly words: ObjectWords;
  /** Lists that stand in another one. */
  readonly used: Set<Shape>;
  /** Lists that are being read, and how many routes were made of all. */
  readonly open: Set<Shape>;
  readonly made: { count: number };
}

/** Lists that a binding or a call holds, not those inside of other lists. */
function listsIn(shape: Shape, depth = 0): readonly Shape[] {
  if (shape === null || depth > 4) return [];
  if (shape.kind === 'list') return [shape];
  if (shape.kind === 'call') return shape.arguments.flatMap((one) => listsIn(one, depth + 1));
  if (shape.kind === 'object') return Object.values(shape.fields).flatMap((one) => listsIn(one, depth + 1));
  return shape.kind === 'function' ? listsIn(shape.returns, depth + 1) : [];
}

function isRoute(project: Project, item: Placed, words: ObjectWords, depth = 0): boolean {
  const { shape } = follow(project, item);
  if (shape?.kind !== 'object') return false;
  const has = (name: string): boolean => Object.hasOwn(shape.fields, name);
  if (!has('path') && !has('index')) return false;
  if ([...words.shows, ...words.others, 'loadChildren'].some(has)) return true;
  // A menu has a path and children as well; the children of a route are routes.
  return words.children.some((name) => {
    const inner = has(name) ? (shape.fields[name] ?? null) : null;
    return (
      depth < MAX_LOOKED_INTO &&
      itemsOf(project, { file: item.file, shape: inner }).some((one) =>
        isRoute(project, one, words, depth + 1),
      )
    );
  });
}

function nodesOf(context: TreeContext, list: Placed, depth: number): readonly RouteNode[] {
  const { project, used, open, made } = context;
  if (depth > MAX_DEPTH || open.has(list.shape)) return [];
  if (list.shape?.kind === 'list' && depth === 0) {
    for (const item of list.shape.items)
      if (item?.kind === 'spread') markUsed(context, { file: list.file, shape: item.of });
  }
  open.add(list.shape);
  const nodes = itemsOf(project, list).flatMap((item) => {
    const { file, shape } = follow(project, item);
    if (item.shape?.kind === 'name' && shape !== null) used.add(shape);
    if (shape?.kind !== 'object' || made.count >= MAX_NODES) return [];
    made.count += 1;
    return [toNode(context, { file, shape }, depth)];
  });
  open.delete(list.shape);
  return nodes;
}

function markUsed({ project, used }: TreeContext, placed: Placed): void {
  const { shape } = follow(project, placed);
  if (shape !== null) used.add(shape);
}

function toNode(context: TreeContext, { file, shape }: Placed<ObjectShape>, depth: number): RouteNode {
  const { project, words } = context;
  const field = (name: string): Placed => ({
    file,
    shape: Object.hasOwn(shape.fields, name) ? (shape.fields[name] ?? null) : null,
  });
  const components = words.shows.flatMap((name) => componentsOf(project, field(name)));
  const children = words.children.flatMap((name) => innerOf(context, field(name), depth + 1));
  const path = Object.hasOwn(shape.fields, 'path') ? textOf(project, field('path')) : undefined;
  const isUnknown = Object.hasOwn(shape.fields, 'path') && path === undefined;
  const isSilent =
    isUnknown ||
    (components.length === 0 &&
      ['redirect', 'redirectTo', 'loader'].some((name) => Object.hasOwn(shape.fields, name)));
  return { path, components, children, file, isSilent };
}

/** Inner routes, also those of a list or a module that is loaded when they are needed. */
function innerOf(context: TreeContext, placed: Placed, depth: number): readonly RouteNode[] {
  const { project, used } = context;
  const { shape } = placed;
  if (shape === null) return [];
  const loaded = shape.kind === 'function' ? { file: placed.file, shape: shape.returns } : placed;
  const found = follow(project, loaded);
  if (found.shape?.kind === 'list') {
    used.add(found.shape);
    return nodesOf(context, found, depth);
  }
  if (loaded.shape?.kind !== 'import') return [];
  // A module of Angular's: its routes stand in it, or in a routing module that it imports.
  const to = project.resolve(placed.file, loaded.shape.specifier);
  if (to === undefined) return [];
  const imported = (project.facts.get(to)?.imports ?? []).flatMap(
    ({ specifier }) => project.resolve(to, specifier) ?? [],
  );
  for (const file of [to, ...imported]) {
    const { bindings = {} } = project.facts.get(file) ?? {};
    for (const one of Object.values(bindings)) {
      if (
        one?.kind !== 'list' ||
        !itemsOf(project, { file, shape: one }).some((item) => isRoute(project, item, context.words))
      )
        continue;
      used.add(one);
      return nodesOf(context, { file, shape: one }, depth);
    }
  }
  return [];
}
