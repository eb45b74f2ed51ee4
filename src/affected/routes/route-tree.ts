import type { Route } from '../../domain/affected.ts';
import type { Edge } from '../import-graph.ts';
import { type FoundRoutes, toPattern } from './convention.ts';

/** A route as a router is told of it, with those that it frames. */
export interface RouteNode {
  /** Relative to the outer route unless it begins with a slash; absent for one that only frames others. */
  readonly path?: string | undefined;
  /** Files of what is shown, the innermost first. */
  readonly components: readonly string[];
  readonly children: readonly RouteNode[];
  /** It has nothing to show of its own, such as one that leads elsewhere. */
  readonly isSilent?: boolean;
  /** Where it is declared. */
  readonly file: string;
}

const MAX_DEPTH = 16;

/** Makes the routes of a tree; paths of inner routes continue those of the outer ones. */
export function flattenTree(
  nodes: readonly RouteNode[],
  { framework, isHash = false }: { readonly framework: string; readonly isHash?: boolean },
): FoundRoutes {
  const routes: Route[] = [];
  const lists: Edge[] = [];
  const visit = (
    node: RouteNode,
    outer: { readonly prefix: string; readonly frames: readonly string[] },
    depth: number,
  ): void => {
    if (depth > MAX_DEPTH) return;
    const path = node.path ?? '';
    const full = path.startsWith('/') ? path : `${outer.prefix}/${path}`;
    lists.push(...node.components.filter((one) => one !== node.file).map((one) => [node.file, one] as const));
    const frames = [...new Set([...node.components, ...outer.frames, node.file])];
    const isOwn =
      node.children.length === 0 ||
      (node.path !== undefined && !hasIndex(node) && node.components.length > 0);
    if (isOwn && node.isSilent !== true) {
      const pattern = toPattern(full.split('/').map(toSegment));
      const [file = node.file, ...also] = frames;
      routes.push({ pattern: isHash ? `/#${pattern}` : pattern, file, framework, kind: 'page', also });
    }
    for (const child of node.children) visit(child, { prefix: full, frames }, depth + 1);
  };
  for (const node of nodes) visit(node, { prefix: '', frames: [] }, 0);
  return { routes, lists };
}

function hasIndex({ children }: RouteNode): boolean {
  return children.some(({ path }) => path === undefined || path === '');
}

/** `:id(\\d+)`, `:id{[0-9]+}`, `*`, `**`, `:rest(.*)` and `:pathMatch(.*)*` in one spelling. */
export function toSegment(segment: string): string {
  if (segment === '*' || segment === '**' || segment === '(.*)' || segment === '/*') return ':rest*';
  const [, name, group, quantifier = ''] = /^:([\w-]+)(\(.*\)|\{.*\})?([?*+])?$/.exec(segment) ?? [];
  if (name !== undefined) {
    const isRest = group === '(.*)' || group === '(.+)' || group === '{.+}';
    return `:${name}${isRest && quantifier === '' ? '*' : quantifier}`;
  }
  return segment.includes(':') || segment.includes('*')
    ? `:${segment.replace(/[^\w]/g, '') || 'part'}`
    : segment;
}
