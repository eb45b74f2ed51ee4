import { originsOf } from '../import-graph.ts';
import type { Shape } from '../ports.ts';
import type { Project } from '../read-project.ts';

/** A shape, and the file in which its names mean something. */
export interface Placed<Of extends Shape = Shape> {
  readonly file: string;
  readonly shape: Of;
}

const MAX_STEPS = 10;
const MAX_NESTED = 60;

/** What a name or an import stands for, as far as literals tell; the shape itself when it is neither. */
export function follow(project: Project, { file, shape }: Placed, steps = 0): Placed {
  if (shape === null || steps > MAX_STEPS) return { file, shape };
  if (shape.kind === 'import') {
    const to = project.resolve(file, shape.specifier);
    return to === undefined
      ? { file, shape }
      : exported(project, { file: to, name: shape.member ?? 'default' }, steps + 1);
  }
  if (shape.kind !== 'name') return { file, shape };
  const [name = '', ...members] = shape.name.split('.');
  const start = named(project, file, name, steps + 1);
  let at = start === undefined ? undefined : follow(project, start, steps + 1);
  for (const member of members) {
    const inner: Shape | undefined = at?.shape?.kind === 'object' ? at.shape.fields[member] : undefined;
    at =
      at === undefined || inner === undefined
        ? undefined
        : follow(project, { file: at.file, shape: inner }, steps + 1);
  }
  return at ?? { file, shape };
}

function named(project: Project, file: string, name: string, steps: number): Placed | undefined {
  const facts = project.facts.get(file);
  const own = facts !== undefined && Object.hasOwn(facts.bindings, name) ? facts.bindings[name] : undefined;
  if (own !== undefined) return { file, shape: own };
  const from = importOf(project, file, name);
  return from === undefined ? undefined : exported(project, { file: from.file, name: from.name }, steps);
}

/** What a file exports under a name, also when it only hands it on. */
function exported(
  project: Project,
  of: { readonly file: string; readonly name: string },
  steps: number,
): Placed {
  for (const file of [of.file, ...originsOf(project, of.file, of.name)]) {
    const bindings = project.facts.get(file)?.bindings ?? {};
    const shape = Object.hasOwn(bindings, of.name) ? bindings[of.name] : undefined;
    if (shape !== undefined && shape !== null) return follow(project, { file, shape }, steps + 1);
  }
  return { file: of.file, shape: null };
}

/** The file from which a module imports a name, and what it is called there. */
export function importOf(
  project: Project,
  file: string,
  name: string,
): { readonly file: string; readonly name: string } | undefined {
  for (const { specifier, names, isReexport } of project.facts.get(file)?.imports ?? []) {
    if (isReexport || !Object.hasOwn(names, name)) continue;
    const to = project.resolve(file, specifier);
    if (to !== undefined) return { file: to, name: names[name] ?? 'default' };
  }
  return undefined;
}

/** The text that a shape stands for, when it is one or a name of one. */
export function textOf(project: Project, placed: Placed): string | undefined {
  const { shape } = follow(project, placed);
  return shape?.kind === 'text' ? shape.text : undefined;
}

/** Lists that stand in lists, again and again, are read up to a number. */
const MAX_LISTS = 200;
const MAX_LISTED = 2000;

/** The entries of a list, with what is spread into it; a name of a list counts. */
export function itemsOf(project: Project, placed: Placed): readonly Placed[] {
  const items: Placed[] = [];
  let lists = 0;
  const visit = (one: Placed): void => {
    if (lists++ >= MAX_LISTS || items.length >= MAX_LISTED) return;
    const { file, shape } = follow(project, one);
    // `createRoutesFromElements(…)`, `prefix('x', […])` and the like are dealt with by their framework.
    if (shape?.kind === 'call') items.push({ file, shape });
    if (shape?.kind !== 'list') return;
    for (const item of shape.items) {
      if (item?.kind === 'spread') visit({ file, shape: item.of });
      else items.push({ file, shape: item });
    }
  };
  visit(placed);
  return items.slice(0, MAX_LISTED);
}

/** The files of the components that a shape shows, the innermost first. */
export function componentsOf(project: Project, placed: Placed): readonly string[] {
  return [...new Set(shownBy({ project, seen: new Set() }, placed, 0))];
}

interface Search {
  readonly project: Project;
  /** Names that were looked up: each is followed once, so that circles end. */
  readonly seen: Set<string>;
}

function shownBy(search: Search, { file, shape }: Placed, steps: number): readonly string[] {
  if (shape === null || steps > MAX_NESTED) return [];
  const inner = (one: Shape): readonly string[] => shownBy(search, { file, shape: one }, steps + 1);
  if (shape.kind === 'name') return ofName(search, { file, name: shape.name }, steps);
  if (shape.kind === 'import') {
    const to = search.project.resolve(file, shape.specifier);
    return to === undefined ? [] : [originOf(search.project, to, shape.member ?? 'default')];
  }
  if (shape.kind === 'call') return shape.arguments.map(inner).find((found) => found.length > 0) ?? [];
  if (shape.kind === 'function') return inner(shape.returns);
  if (shape.kind === 'object') return Object.values(shape.fields).flatMap(inner);
  if (shape.kind === 'list') return shape.items.flatMap(inner);
  if (shape.kind !== 'element') return [];
  const given = Object.values(shape.attributes).filter((one) => one?.kind === 'element');
  const own = /^[A-Z]/.test(shape.name) ? ofName(search, { file, name: shape.name }, steps) : [];
  return [...shape.children.flatMap(inner), ...given.flatMap(inner), ...own];
}

function ofName(
  search: Search,
  { file, name }: { readonly file: string; readonly name: string },
  steps: number,
): readonly string[] {
  const { project, seen } = search;
  const key = `${name} ${file}`;
  if (seen.has(key)) return [];
  seen.add(key);
  const [first = '', second] = name.split('.');
  const bindings = project.facts.get(file)?.bindings ?? {};
  const own = Object.hasOwn(bindings, first) ? bindings[first] : undefined;
  if (own !== undefined && own !== null) {
    if (own.kind === 'function' || own.kind === 'class') return [file];
    const found = shownBy(search, { file, shape: own }, steps + 1);
    return found.length > 0 ? found : [file];
  }
  const from = importOf(project, file, first);
  if (from === undefined) return [];
  const wanted = from.name === '*' && second !== undefined ? second : from.name;
  const made = originOf(project, from.file, wanted);
  // `export const Orders = lazy(() => import('./orders'))` in a list of pages.
  const behind = project.facts.get(made)?.bindings[wanted];
  if (behind?.kind === 'call') {
    const found = shownBy(search, { file: made, shape: behind }, steps + 1);
    if (found.length > 0) return found;
  }
  return [made];
}

function originOf(project: Project, file: string, name: string): string {
  return name === '*' ? file : (originsOf(project, file, name).at(-1) ?? file);
}
