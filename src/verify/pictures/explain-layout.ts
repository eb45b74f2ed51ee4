import type { ElementBox } from '../ports.ts';
import type { ElementChange } from './element-change.ts';
import type { Tree } from './match-elements.ts';

type LayoutChange = Extract<ElementChange, { kind: 'text' | 'resized' | 'moved' }>;

/** Margins and gaps that come or go with an element, and rounding. */
const SPACE = 120;
const ROUNDING = 3;
/** Causes that are named when nothing explains why something moved or grew. */
const MAX_UNEXPLAINED = 4;
const PASSES = 60;
/** Boxes as wide as their content, not as their parent. */
const SHRINKS = /inline|flex|grid|table/;

/** How an element differs in place and size, along one axis. */
interface Delta {
  readonly move: number;
  readonly growth: number;
}

type Axis = 'x' | 'y';

interface Moved {
  readonly base: ElementBox;
  readonly head: ElementBox;
  readonly delta: Readonly<Record<Axis, Delta>>;
}

/**
 * Tells which moves and changes of size follow from the given causes, and names causes for the rest.
 *
 * An element grows with its text, its children, its parent, or its neighbours in a row; it moves with its parent, or
 * because something beside it came, went or grew, and by no more than that. What such steps do not reach from a cause
 * is unexplained: the one that changed most is taken for a cause in its own right, until nothing is left.
 */
export function explainLayout(
  tree: Tree,
  roots: readonly ElementChange[],
): { readonly unexplained: readonly ElementChange[]; readonly displaced: number } {
  const moved = listMoved(tree);
  const causes: ElementChange[] = [...roots];
  const unexplained: LayoutChange[] = [];
  let left = withoutExplained(tree, moved, causes);
  while (left.length > 0 && unexplained.length < MAX_UNEXPLAINED) {
    const cause = pickCause(left, tree);
    if (cause === undefined) break;
    unexplained.push(cause);
    causes.push(cause);
    left = withoutExplained(tree, moved, causes);
  }
  return { unexplained, displaced: Math.max(0, moved.length - left.length - unexplained.length) };
}

function listMoved({ head, pairs }: Tree): readonly Moved[] {
  return head.flatMap((element) => {
    const old = pairs.get(element);
    if (old === undefined) return [];
    const x = { move: element.x - old.x, growth: element.width - old.width };
    const y = { move: element.y - old.y, growth: element.height - old.height };
    if (x.move === 0 && y.move === 0 && x.growth === 0 && y.growth === 0) return [];
    return [{ base: old, head: element, delta: { x, y } }];
  });
}

/** What the causes bring into a parent: room taken or given by what was added, removed or changed in it. */
interface Ground {
  readonly roots: ReadonlyMap<ElementBox, ElementChange['kind']>;
  /** Extents of what was added to or removed from an element, by the head's element. */
  readonly surplus: ReadonlyMap<ElementBox, Readonly<Record<Axis, number>>>;
  readonly children: ReadonlyMap<ElementBox, readonly Moved[]>;
  readonly byHead: ReadonlyMap<ElementBox, Moved>;
  readonly explained: ReadonlySet<ElementBox>;
}

function withoutExplained(
  tree: Tree,
  moved: readonly Moved[],
  causes: readonly ElementChange[],
): readonly Moved[] {
  const explained = new Set<ElementBox>();
  const children = new Map<ElementBox, Moved[]>();
  for (const one of moved) {
    const parent = tree.parents.head.get(one.head);
    if (parent === undefined) continue;
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [one]);
    else list.push(one);
  }
  const ground: Ground = {
    roots: new Map(causes.flatMap((one) => (one.kind === 'removed' ? [] : [[one.head, one.kind] as const]))),
    surplus: listSurplus(tree, causes),
    children,
    byHead: new Map(moved.map((one) => [one.head, one])),
    explained,
  };
  let left = moved;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const rest = left.filter((one) => {
      const isExplained = follows(one, 'x', tree, ground) && follows(one, 'y', tree, ground);
      if (isExplained) explained.add(one.head);
      return !isExplained;
    });
    if (rest.length === left.length) return rest;
    left = rest;
  }
  return left;
}

function listSurplus(
  { pairs, parents }: Tree,
  causes: readonly ElementChange[],
): ReadonlyMap<ElementBox, Readonly<Record<Axis, number>>> {
  const onHead = new Map([...pairs].map(([head, base]) => [base, head]));
  const surplus = new Map<ElementBox, Record<Axis, number>>();
  for (const change of causes) {
    const [element, parent] =
      change.kind === 'added'
        ? [change.head, parents.head.get(change.head)]
        : change.kind === 'removed'
          ? [change.base, onHead.get(parents.base.get(change.base) ?? change.base)]
          : [];
    if (element === undefined || parent === undefined) continue;
    const sum = surplus.get(parent) ?? { x: 0, y: 0 };
    sum.x += element.width + SPACE;
    sum.y += element.height + SPACE;
    surplus.set(parent, sum);
  }
  return surplus;
}

/** Whether what happened to an element along one axis follows from what is explained already. */
function follows(one: Moved, axis: Axis, tree: Tree, ground: Ground): boolean {
  const { move, growth } = one.delta[axis];
  const kind = ground.roots.get(one.head);
  if (kind === 'restyled' || kind === 'resized' || kind === 'moved') return true;
  const parent = tree.parents.head.get(one.head);
  const around = parent === undefined ? undefined : ground.byHead.get(parent);
  const known = around !== undefined && ground.explained.has(around.head) ? around : undefined;
  const parentGrowth = known === undefined ? 0 : Math.abs(known.delta[axis].growth);
  const beside = parent === undefined ? 0 : roomIn(parent, axis, ground, one);
  if (growth !== 0) {
    const fits = axis === 'y' || shrinks(one.head, parent);
    const own = kind === 'text' && fits ? Infinity : 0;
    const inside = fits ? roomIn(one.head, axis, ground) : 0;
    const row = parent !== undefined && shrinks(one.head, parent) ? beside : 0;
    if (Math.abs(growth) > own + inside + parentGrowth + row + ROUNDING) return false;
  }
  const follow = move - (around?.delta[axis].move ?? 0);
  if (move === 0) return true;
  if (follow === 0) return known !== undefined;
  if (around !== undefined && known === undefined) return false;
  const isRestyledAround = parent !== undefined && ground.roots.get(parent) === 'restyled';
  if (isRestyledAround) return true;
  return Math.abs(follow) <= beside + parentGrowth + Math.abs(growth) + ROUNDING;
}

/** How much room the explained changes inside an element take or give along an axis. */
function roomIn(parent: ElementBox, axis: Axis, ground: Ground, but?: Moved): number {
  let room = ground.surplus.get(parent)?.[axis] ?? 0;
  for (const child of ground.children.get(parent) ?? []) {
    if (child === but) continue;
    const isKnown =
      ground.explained.has(child.head) ||
      ground.roots.has(child.head) ||
      (but === undefined && child.delta[axis].growth === 0);
    if (!isKnown) continue;
    const { growth, move } = child.delta[axis];
    room += Math.abs(growth);
    if (ground.roots.get(child.head) === 'restyled') room += Math.abs(move) + SPACE;
  }
  return room;
}

function shrinks(element: ElementBox, parent: ElementBox | undefined): boolean {
  const { display = '', position = '', float = 'none' } = element.styles;
  return (
    /^(?:inline|table)/.test(display) ||
    SHRINKS.test(parent?.styles['display'] ?? '') ||
    position === 'absolute' ||
    position === 'fixed' ||
    float !== 'none'
  );
}

/**
 * The most likely cause: widths are handed down, so the outermost that became wider or narrower; heights are handed up,
 * so the innermost that became higher or lower; else the first that moved. Of several the one that changed most.
 */
function pickCause(left: readonly Moved[], { parents }: Tree): LayoutChange | undefined {
  const grew = (axis: Axis): ReadonlyMap<ElementBox, Moved> =>
    new Map(
      left.filter(({ delta }) => Math.abs(delta[axis].growth) > ROUNDING).map((one) => [one.head, one]),
    );
  const [wider, higher] = [grew('x'), grew('y')];
  const outer = [...wider.values()].filter(({ head }) => {
    const parent = parents.head.get(head);
    return parent === undefined || !wider.has(parent);
  });
  const holders = new Set([...higher.keys()].map((head) => parents.head.get(head)));
  const inner = [...higher.values()].filter(({ head }) => !holders.has(head));
  const resized = mostGrown(outer, 'x') ?? mostGrown(inner, 'y');
  const picked = resized ?? left[0];
  if (picked === undefined) return undefined;
  return { kind: resized === undefined ? 'moved' : 'resized', base: picked.base, head: picked.head };
}

/** The first of equals. */
function mostGrown(candidates: readonly Moved[], axis: Axis): Moved | undefined {
  return candidates.reduce<Moved | undefined>(
    (best, one) =>
      best === undefined || Math.abs(one.delta[axis].growth) > Math.abs(best.delta[axis].growth) ? one : best,
    undefined,
  );
}
