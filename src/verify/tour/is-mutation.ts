import { abstractState } from '../model/abstract-state.ts';
import { type PageModel, walkNodes } from '../model/page-model.ts';

/** Whether an action changed something beyond where one is: the state, texts and values, what is stored or was sent. */
export function isMutation(before: PageModel, after: PageModel): boolean {
  if (isSending(after)) return true;
  if (before.storageKeys.join() !== after.storageKeys.join()) return true;
  if (before.url !== after.url) return false;
  return abstractState(before) !== abstractState(after) || textOf(before) !== textOf(after);
}

function textOf(model: PageModel): string {
  return [...walkNodes(model.nodes)].map((node) => `${node.name}|${node.text}`).join('\n');
}

/** Whether a page asked its servers for more than to read. */
export function isSending({ requests }: PageModel): boolean {
  return requests.some(({ method }) => !/^(?:GET|HEAD|OPTIONS)$/.test(method));
}
