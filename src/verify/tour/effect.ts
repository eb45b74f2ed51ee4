import { abstractState } from '../model/abstract-state.ts';
import { type PageModel, walkNodes } from '../model/page-model.ts';

/**
 * What an action did: nothing to be seen, led to another page, changed what the page shows, or sent or stored something
 * that lasts.
 */
export type Effect = 'none' | 'moved' | 'shown' | 'kept';

const ORDER: readonly Effect[] = ['none', 'moved', 'shown', 'kept'];

export function effectOf(before: PageModel, after: PageModel): Effect {
  if (isSending(after)) return 'kept';
  if (before.storageKeys.join() !== after.storageKeys.join()) return 'kept';
  if (before.storageDigest !== after.storageDigest) return 'kept';
  if (before.url !== after.url) return 'moved';
  const isSame = abstractState(before) === abstractState(after) && textOf(before) === textOf(after);
  return isSame ? 'none' : 'shown';
}

/** Whether an action changed something beyond where one is. */
export function isMutation(effect: Effect): boolean {
  return effect === 'shown' || effect === 'kept';
}

/** The greater of two effects. */
export function greater(one: Effect | undefined, other: Effect): Effect {
  return one === undefined || ORDER.indexOf(other) > ORDER.indexOf(one) ? other : one;
}

/** Whether a page asked its servers for more than to read. */
export function isSending({ requests }: PageModel): boolean {
  return requests.some(
    ({ method, resource }) => resource !== 'ping' && !/^(?:GET|HEAD|OPTIONS)$/.test(method),
  );
}

function textOf(model: PageModel): string {
  return [...walkNodes(model.nodes)].map((node) => `${node.name}|${node.text}`).join('\n');
}
