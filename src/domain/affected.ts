/** An address, or a pattern of addresses, that a repository declares, and the file that serves it. */
export interface Route {
  /**
   * Path with a leading slash. `:id` stands for one segment, `:id?` for one or none, `:rest+` for one or more and
   * `:rest*` for any number. Behind `/#` when the address bar shows it there.
   */
  readonly pattern: string;
  readonly file: string;
  /** Such as `next` or `express`. */
  readonly framework: string;
  /** `endpoint`: answers scripts, not people. */
  readonly kind: 'page' | 'endpoint';
  /** HTTP method in capitals; absent when it answers to GET or to any. */
  readonly method?: string;
  /** Other files that take part whenever the route is shown, such as layouts. */
  readonly also?: readonly string[];
}

/** A route that a change reaches. */
export interface AffectedRoute extends Pick<Route, 'pattern' | 'file' | 'framework' | 'kind' | 'method'> {
  /** Imports between the changed file and the route's own; 0 when it is one of its own. */
  readonly distance: number;
  /** The files on that way, the changed one first. */
  readonly via: readonly string[];
  readonly reason: string;
}

/** One changed place of a diff, and how it could be seen in the product. */
export interface ChangedPart {
  readonly path: string;
  /** Lines of the head, 1-based and inclusive; where something was only removed, the line before and after it. */
  readonly startLine: number;
  readonly endLine: number;
  /** Patterns of the routes that the file reaches, nearest first. */
  readonly routes: readonly string[];
  /** Selectors of the style rules that change, as they match in the page. */
  readonly selectors: readonly string[];
  /** Texts that people could read, of the base and of the head. */
  readonly texts: readonly string[];
  /** Why nothing of it can be seen in the product, such as that it is a test. */
  readonly unseen?: string;
  /** What of it a browser could run; absent when nothing. */
  readonly code?: ChangedCode;
}

/** Lines of code of one changed place; comments, imports and lone brackets are left out. */
export interface ChangedCode {
  /** On the head. */
  readonly added: readonly CodeLine[];
  /** On the base, in the file of this name there. */
  readonly removed: readonly CodeLine[];
  readonly oldPath: string;
}

export interface CodeLine {
  /** 1-based, on the side that has it. */
  readonly line: number;
  readonly text: string;
}

/** What of a product a change may affect, as far as its files tell. */
export interface Affected {
  /** Nearest first. */
  readonly routes: readonly AffectedRoute[];
  readonly parts: readonly ChangedPart[];
  readonly selectors: readonly string[];
  readonly texts: readonly string[];
  /** Patterns of the pages that it does not reach, so that one of them is not taken for one that it does. */
  readonly otherPages: readonly string[];
  /** Why the whole product must be looked at alike; absent when `routes` says where to begin. */
  readonly sweep?: string;
}

/** Whether a path, with or without a query, lies on a route. Ids that were folded to `:id` match what is dynamic. */
export function matchesRoute(pattern: string, path: string): boolean {
  return matchSegments(segmentsOf(pattern), segmentsOf(path.split('?')[0] ?? path));
}

/** The page that a path shows, when a change reaches it: of several patterns the one that says most of the path counts. */
export function affectedPage(
  { routes, otherPages }: Pick<Affected, 'routes' | 'otherPages'>,
  path: string,
): AffectedRoute | undefined {
  const pages = routes.filter((route) => route.kind === 'page' && matchesRoute(route.pattern, path));
  const best = pages.toSorted((a, b) => exactness(b.pattern) - exactness(a.pattern))[0];
  if (best === undefined) return undefined;
  const isOther = otherPages.some(
    (one) => exactness(one) > exactness(best.pattern) && matchesRoute(one, path),
  );
  return isOther ? undefined : best;
}

/** What is fixed counts most, then one segment, then any number of them. */
function exactness(pattern: string): number {
  return segmentsOf(pattern).reduce((sum, one) => {
    if (!isDynamic(one)) return sum + 100;
    return sum + (/[*+]$/.test(one) ? -50 : 1);
  }, 0);
}

/** Whether a pattern is one address, which can be opened as it stands. */
export function isStatic(pattern: string): boolean {
  return !segmentsOf(pattern).some(isDynamic) && !pattern.startsWith('/#');
}

/** `/about`, `/about/`, `/about.html` and `/about/index.html` are one. */
function segmentsOf(path: string): readonly string[] {
  return path
    .replace(/(?:\/index)?\.html?$/i, '')
    .split('/')
    .filter((segment) => segment !== '');
}

function isDynamic(segment: string): boolean {
  return segment.startsWith(':');
}

/** Row by row, so that many `*` in a row cost no more than their number. */
function matchSegments(pattern: readonly string[], path: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const segment of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (!isDynamic(segment)) {
        if (isSame(segment, path[at])) next.add(at + 1);
        continue;
      }
      const quantifier = /[?*+]$/.exec(segment)?.[0];
      if (quantifier === '?' || quantifier === '*') next.add(at);
      const most = quantifier === '*' || quantifier === '+' ? path.length : Math.min(at + 1, path.length);
      for (let to = at + 1; to <= most; to++) next.add(to);
    }
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(path.length);
}

function isSame(segment: string, other: string | undefined): boolean {
  return other !== undefined && segment.toLowerCase() === other.toLowerCase();
}
