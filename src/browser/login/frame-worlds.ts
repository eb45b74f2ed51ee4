import type { CDPSession } from 'playwright';
import { bounded } from '../bounded.ts';

/** More frames than this are advertisements. */
const MAX_FRAMES = 12;
const WORLD = 'firsthand-login';

/** Our own world in one document of a frame; it ends with the document. */
export interface FrameWorld {
  /** Calls a function's source; all is sent by value. `undefined` when the document is gone or did not answer in time. */
  call(source: string, values: readonly unknown[], limitMs: number): Promise<unknown>;
}

/**
 * Opens a world of ours, which scripts cannot reach, in the page and in the frames that live in its process: those of
 * the same site. The page comes first.
 */
export async function openFrameWorlds(cdp: CDPSession, limitMs: number): Promise<readonly FrameWorld[]> {
  const tree = await bounded(cdp.send('Page.getFrameTree'), limitMs);
  if (tree === undefined) return [];
  const worlds: FrameWorld[] = [];
  for (const frameId of frameIds(tree.frameTree).slice(0, MAX_FRAMES)) {
    // Asked for by name, it is the same world every time, for as long as the document lives.
    const created = await bounded(
      cdp.send('Page.createIsolatedWorld', { frameId, worldName: WORLD }),
      limitMs,
    );
    if (created !== undefined) worlds.push(toWorld(cdp, created.executionContextId));
  }
  return worlds;
}

interface FrameTree {
  readonly frame: { readonly id: string };
  readonly childFrames?: readonly FrameTree[];
}

function frameIds(tree: FrameTree): readonly string[] {
  return [tree.frame.id, ...(tree.childFrames ?? []).flatMap(frameIds)];
}

function toWorld(cdp: CDPSession, executionContextId: number): FrameWorld {
  return {
    async call(source, values, limitMs) {
      const called = cdp.send('Runtime.callFunctionOn', {
        functionDeclaration: source,
        arguments: values.map((value) => ({ value })),
        executionContextId,
        returnByValue: true,
      });
      const answer = await bounded(called, limitMs);
      return answer === undefined || answer.exceptionDetails !== undefined ? undefined : answer.result.value;
    },
  };
}
