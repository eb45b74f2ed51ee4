import { listActions } from '../model/list-actions.ts';
import type { PageModel } from '../model/page-model.ts';
import { pathTemplate } from '../site.ts';
import { kindOf } from './topics.ts';

/** Pages of one folder that are alike, such as one for each product: their addresses alone need not tell. */
export interface PageKinds {
  /** The template of a path, or `/rooms/*` for a page of a folder whose pages are known to be alike. */
  of(path: string): string;
  /** Notes what a visited page looks like. */
  note(path: string, page: PageModel): void;
}

/** After so many that are alike the others of a folder are taken to be. */
const ENOUGH = 3;
/** Pages are alike when so large a part of their controls is the same, of at least so many. */
const ALIKE = 0.7;
const MIN_CONTROLS = 3;

export function createPageKinds(): PageKinds {
  const folders = new Map<string, ReadonlySet<string>[]>();
  return {
    of(path) {
      const template = pathTemplate(path);
      const folder = folderOf(template);
      const seen = folder === undefined ? [] : (folders.get(folder) ?? []);
      return seen.length >= ENOUGH && areAlike(seen) ? `${folder}/*` : template;
    },
    note(path, page) {
      const folder = folderOf(pathTemplate(path));
      if (folder !== undefined) folders.set(folder, [...(folders.get(folder) ?? []), controlsOf(page)]);
    },
  };
}

/** The path without its last part; undefined for the pages of the first level, which are as unlike as a site's menu. */
function folderOf(template: string): string | undefined {
  const end = template.lastIndexOf('/');
  return end <= 0 || template.includes('?') ? undefined : template.slice(0, end);
}

/** Most of what can be done on each can be done on the first. */
function areAlike([first, ...others]: readonly ReadonlySet<string>[]): boolean {
  return (
    first !== undefined &&
    first.size >= MIN_CONTROLS &&
    others.every((one) => {
      const same = [...one].filter((name) => first.has(name)).length;
      return same >= ALIKE * Math.max(first.size, one.size);
    })
  );
}

/** What can be done on a page beside what stands on every page. */
function controlsOf(page: PageModel): ReadonlySet<string> {
  const actions = listActions(page, { vocabulary: [], isForbidden: () => false });
  return new Set(actions.filter(({ control, sort }) => control !== sort).map(kindOf));
}
