import { loadGitHubDescription, type Operation } from './description.ts';

export interface FoundOperation {
  readonly operation: Operation;
  /** The route's parameters, URL-decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** These may contain slashes: `git/ref/heads/main`, `compare/main...feature/x`. */
const MULTI_SEGMENT = new Set(['ref', 'path', 'basehead']);

interface Route {
  readonly operation: Operation;
  readonly pattern: RegExp;
  readonly literals: number;
}

let routes: ReadonlyMap<string, readonly Route[]> | undefined;

/** Finds what GitHub calls a request to its REST API; `path` is relative to the API's root and has no query. */
export function findOperation(method: string, path: string): FoundOperation | undefined {
  routes ??= indexRoutes();
  for (const { operation, pattern } of routes.get(method) ?? []) {
    const match = pattern.exec(path);
    if (match === null) continue;
    // An optional part that was not there is undefined, although the type says otherwise.
    const groups: Record<string, string | undefined> = match.groups ?? {};
    const parameters = Object.entries(groups).map(([name, value]) => [name, decode(value ?? '')]);
    return { operation, parameters: Object.fromEntries(parameters) };
  }
  return undefined;
}

/** By method, those with the most fixed segments first, so that `pulls/comments` is never read as a number. */
function indexRoutes(): ReadonlyMap<string, readonly Route[]> {
  const all = loadGitHubDescription().operations.map((operation) => ({
    operation,
    pattern: toPattern(operation.path),
    literals: operation.path.split('/').filter((segment) => !segment.includes('{')).length,
  }));
  all.sort((a, b) => b.literals - a.literals);
  return Map.groupBy(all, (route) => route.operation.method);
}

function toPattern(path: string): RegExp {
  const source = path
    .split(/(\/?\{\w+\})/)
    .map((part) => {
      const name = /^\/?\{(\w+)\}$/.exec(part)?.[1];
      if (name === undefined) return part.replaceAll('.', String.raw`\.`);
      // The root of the contents has no path, and then no slash either.
      if (part === '/{path}') return '(?:/(?<path>.*))?';
      const slash = part.startsWith('/') ? '/' : '';
      return MULTI_SEGMENT.has(name) ? `${slash}(?<${name}>.+)` : `${slash}(?<${name}>[^/]+)`;
    })
    .join('');
  return new RegExp(`^${source}$`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not valid percent-encoding: then it stands for itself.
    return text;
  }
}
