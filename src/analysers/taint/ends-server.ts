import type { Machine } from './machine.ts';

/** Functions that run their callback later, when who called them has returned. */
const LATER =
  /^(?:fs|dns|zlib|child_process|http|https|net|crypto)\.\w+$|^(?:setTimeout|setInterval|setImmediate|process\.nextTick)$|^(?:fs|db|conn|connection|pool|redis|client)\.\w+$/;

/** Whether what is thrown here is thrown in a callback of a request's handler, with no `try` around. */
export function endsServer({ state: { frames, thrown } }: Machine): boolean {
  const at = frames.findLastIndex(({ handedTo }) => handedTo !== undefined);
  const callback = frames[at];
  if (callback?.handedTo === undefined || callback.fn?.node.async === true) return false;
  if (thrown.length > callback.tries || !LATER.test(callback.handedTo.name)) return false;
  // A function of its own that is called on the way may hand the error on.
  if (frames.slice(at + 1).some(({ fn }) => fn?.node.async === true)) return false;
  return frames.slice(0, at).some(({ handedTo }) => HANDLES_REQUESTS.test(handedTo?.spelled ?? ''));
}

const HANDLES_REQUESTS =
  /(?:^|\.)(?:app|router|server|api|routes?|express\(\)|Router\(\))\.(?:get|post|put|delete|patch|all|use|options|head)$|createServer$/;
