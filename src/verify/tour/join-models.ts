import type { PageModel } from '../model/page-model.ts';

/** The later of two readings, with everything that happened in both. */
export function joinModels(first: PageModel, second: PageModel): PageModel {
  return {
    ...second,
    errors: [...first.errors, ...second.errors],
    requests: [...first.requests, ...second.requests],
    dialogs: [...first.dialogs, ...second.dialogs],
    popups: [...first.popups, ...second.popups],
    downloads: [...first.downloads, ...second.downloads],
    blocked: [...first.blocked, ...second.blocked],
    busyMs: Math.max(first.busyMs, second.busyMs),
  };
}
