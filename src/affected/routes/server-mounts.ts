import type { Shape } from '../ports.ts';
import type { Project } from '../read-project.ts';
import { componentsOf, follow, importOf, type Placed, textOf } from './evaluate.ts';

export type Call = Extract<Shape, { kind: 'call' }>;

/** A router: the file and the name in it; all of a file when another one mounts it. */
export interface Mount {
  readonly of: string;
  readonly prefix: string;
  readonly by: string;
}

/** The file of a router that is named as in `Mount`. */
export function fileOf(router: string): string {
  return router.slice(router.indexOf(' ') + 1);
}

/** `use('/orders', orders)`, `route('/orders', orders)`, `register(orders, { prefix: '/orders' })`, `use(orders.routes())`. */
export function mountsOf(
  project: Project,
  file: string,
  { callee, arguments: given }: Call,
): readonly Mount[] {
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

export interface Place {
  readonly prefix: string;
  /** Files that mount it, directly or not. */
  readonly by: readonly string[];
}

const MAX_PLACES = 20;
const MAX_MOUNTS = 8;

/** Where a router answers: below every place where it is mounted, or at the root. */
export function placesOf(
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
export function prefixOf(project: Project, file: string, receiver: string): string {
  const made = project.facts.get(file)?.bindings[receiver];
  if (made?.kind !== 'call') return '';
  const [first = null] = made.arguments;
  if (splitLast(made.callee)[1] === 'basePath') return textOf(project, { file, shape: first }) ?? '';
  return first?.kind === 'object'
    ? (textOf(project, { file, shape: first.fields.prefix ?? null }) ?? '')
    : '';
}

/** The receiver and the name of a method. */
export function splitLast(callee: string): readonly [string | undefined, string | undefined] {
  const dot = callee.lastIndexOf('.');
  return dot === -1 ? [undefined, undefined] : [callee.slice(0, dot), callee.slice(dot + 1)];
}
