/**
 * Patterns of names. `fs.readFile` is that function of that module; `{a,b}` is one of several, `*` any part of one
 * name, `**` anything. With `~` in front, the pattern is held against the end of the code as it is spelled, case
 * ignored: `~{db,pool}.query` matches `this.db.query`.
 */
export interface NamePattern {
  readonly isSpelled: boolean;
  readonly regex: RegExp;
  /** The last names that it can match; `undefined` when any. */
  readonly lasts: readonly string[] | undefined;
}

export function namePattern(pattern: string): NamePattern {
  const isSpelled = pattern.startsWith('~');
  const body = isSpelled ? pattern.slice(1) : pattern;
  const source = body.replace(/\*\*|\*|[.()[\]^$+?|]|[{},]/g, (token) => {
    if (token === '**') return '.*';
    if (token === '*') return '[^.]*';
    if (token === '{') return '(?:';
    if (token === '}') return ')';
    if (token === ',') return '|';
    return `\\${token}`;
  });
  const regex = isSpelled ? new RegExp(`(?:^|[.])${source}$`, 'i') : new RegExp(`^${source}$`);
  const last = /(?:^|\.)((?:\{[^{}]*\}|[^.{}])*)$/.exec(body)?.[1] ?? '';
  const alternatives =
    /^\{([^{}*]*)\}$/.exec(last)?.[1]?.split(',') ?? (/[*{]/.test(last) ? undefined : [last]);
  return {
    isSpelled,
    regex,
    lasts: isSpelled ? alternatives?.map((name) => name.toLowerCase()) : alternatives,
  };
}

/** What is known under names that match patterns. */
export interface PatternIndex<Item> {
  find(name: string, spelled: string): readonly Item[];
}

interface Entry<Item> {
  readonly pattern: NamePattern;
  readonly item: Item;
}

/** Sorts items by the last name of their patterns, so that looking up tries few of them. */
export function indexPatterns<Item>(
  items: Iterable<{ readonly patterns: readonly string[]; readonly item: Item }>,
): PatternIndex<Item> {
  const byLast = new Map<string, Entry<Item>[]>();
  const others: Entry<Item>[] = [];
  for (const { patterns, item } of items) {
    for (const entry of patterns.map((text) => ({ pattern: namePattern(text), item }))) {
      if (entry.pattern.lasts === undefined) others.push(entry);
      else for (const last of entry.pattern.lasts) byLast.set(last, [...(byLast.get(last) ?? []), entry]);
    }
  }
  const cache = new Map<string, readonly Item[]>();
  return {
    find(name, spelled) {
      const key = `${name} ${spelled}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const found = new Set<Item>();
      const lasts = new Set([lastOf(name), lastOf(spelled), lastOf(spelled).toLowerCase()]);
      for (const { pattern, item } of [...lasts].flatMap((last) => byLast.get(last) ?? []).concat(others)) {
        if (pattern.regex.test(pattern.isSpelled ? spelled : name)) found.add(item);
      }
      const items = [...found];
      if (cache.size < MAX_CACHED) cache.set(key, items);
      return items;
    },
  };
}

const MAX_CACHED = 20_000;

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
