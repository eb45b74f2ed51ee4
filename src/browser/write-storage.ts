/*
 * What a login left, put back by the page itself: these functions run there, so they refer to nothing outside themselves.
 */

export type Entries = Readonly<Record<string, string>>;

/** Key of the entry that says that a load has begun with what was put back. */
export const MARK = 'firsthand:restored';

export interface WriteOrder {
  readonly mark: string;
  readonly session: { readonly origin: string; readonly entries: Entries };
  readonly locals: readonly { readonly origin: string; readonly entries: Entries }[];
}

/** Runs in the page, before its scripts. */
export function writeStorage({ mark, session, locals }: WriteOrder): void {
  try {
    if (window !== window.top || sessionStorage.getItem(mark) !== null) return;
    sessionStorage.clear();
    window.name = '';
    if (location.origin === session.origin) {
      for (const [name, value] of Object.entries(session.entries)) sessionStorage.setItem(name, value);
    }
    for (const { origin, entries } of locals) {
      if (origin !== location.origin) continue;
      for (const [name, value] of Object.entries(entries)) localStorage.setItem(name, value);
    }
    sessionStorage.setItem(mark, '1');
  } catch {
    // A document without storage has nothing to begin with.
  }
}

/** Runs in our own world of the page. */
export function removeMark(mark: string): void {
  try {
    sessionStorage.removeItem(mark);
  } catch {
    // A document without storage has no mark either.
  }
}
