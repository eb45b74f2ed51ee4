/** GitHub refuses longer comments and reviews. */
export const MAX_BODY = 65_536;
/** GitHub refuses longer check-run fields. */
export const MAX_CHECK_FIELD = 65_535;
/** What we aim at, so that redaction and GitHub's own counting have room. */
export const BODY_TARGET = 60_000;

/** A part of a body. Parts are placed in the order given and get their room in the order of `rank`. */
export interface Part {
  /** 0 first: a part of rank 0 is small and always there. */
  readonly rank: number;
  /** Renders within `budget` characters, leaving out whole items with a note; `''` when nothing fits. */
  readonly render: (budget: number) => string;
}

/** Joins the parts by blank lines within `limit` characters; a part that finds no room is left out whole. */
export function fitParts(parts: readonly Part[], limit: number = BODY_TARGET): string {
  const rendered = new Map<Part, string>();
  let left = limit;
  for (const part of [...parts].sort((a, b) => a.rank - b.rank)) {
    const text = part.render(Math.max(0, left - 2));
    if (text === '' || (text.length + 2 > left && part.rank > 0)) continue;
    rendered.set(part, text);
    left -= text.length + 2;
  }
  return parts
    .map((part) => rendered.get(part))
    .filter((text) => text !== undefined)
    .join('\n\n');
}

/** A part that is shown whole or not at all. */
export function wholePart(rank: number, text: string): Part {
  return { rank, render: (budget) => (rank === 0 || text.length <= budget ? text : '') };
}

/**
 * Joins as many items as fit in `budget`, in order, and says how many were left out.
 *
 * Items are taken whole, so that a cut never falls inside a fence, a `<details>` or a surrogate pair.
 */
export function fitList(
  items: readonly string[],
  budget: number,
  options: { readonly separator: string; readonly more: (left: number) => string },
): string {
  const taken: string[] = [];
  let used = 0;
  for (const [index, item] of items.entries()) {
    const left = items.length - index - 1;
    const note = left === 0 ? 0 : options.separator.length + options.more(items.length).length;
    const size = item.length + (taken.length === 0 ? 0 : options.separator.length);
    if (used + size + note > budget) break;
    taken.push(item);
    used += size;
  }
  const missing = items.length - taken.length;
  if (missing === 0) return taken.join(options.separator);
  const note = options.more(missing);
  if (taken.length === 0) return note.length <= budget ? note : '';
  return [...taken, note].join(options.separator);
}

/** Folds `content` under `title` (already inert HTML) within `budget`; `''` when it does not fit. */
export function foldedPart(
  rank: number,
  title: string,
  content: (budget: number) => string,
  options: { readonly isOpen?: boolean } = {},
): Part {
  return {
    rank,
    render: (budget) => {
      const inner = content(budget - folded(title, '', options).length);
      return inner === '' ? '' : folded(title, inner, options);
    },
  };
}

/** Our own `<details>`; `title` must be inert HTML, `content` inert Markdown. */
export function folded(title: string, content: string, options: { readonly isOpen?: boolean } = {}): string {
  const open = options.isOpen === true ? ' open' : '';
  return `<details${open}><summary>${title}</summary>\n\n${content}\n\n</details>`;
}
