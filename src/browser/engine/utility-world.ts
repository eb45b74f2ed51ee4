import type { CDPSession } from 'playwright';
import { bounded } from '../bounded.ts';
import { ELEMENTS } from '../read-facts.ts';

/** Runs functions of ours in a world of the page that its scripts cannot reach. */
export interface UtilityWorld {
  /** Calls `work`, a function or its source; all is sent by value. `undefined` when the page did not answer in time. */
  call<Argument, Result>(
    work: ((argument: Argument) => Result) | string,
    argument: Argument,
    limitMs: number,
  ): Promise<Result | undefined>;
  /** Calls `work` with the element that the last reading called `ref`; `undefined` also when it is gone. */
  callOn<Argument, Result>(
    ref: string,
    work: (element: Element, argument: Argument) => Result,
    argument: Argument,
    limitMs: number,
  ): Promise<Result | undefined>;
}

/**
 * Finds Playwright's own isolated world in the main frame of a tab.
 *
 * There, and only there, elements carry what `ariaSnapshotJSON` called them (`_ariaRef`: ref, role and name).
 */
export async function openUtilityWorld(cdp: CDPSession, mainFrame: string): Promise<UtilityWorld> {
  let contextId: number | undefined;
  let found: (() => void)[] = [];
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    const frame: unknown = context.auxData?.['frameId'];
    if (frame !== mainFrame || !context.name.startsWith('__playwright_utility_world')) return;
    contextId = context.id;
    const released = found;
    found = [];
    for (const go of released) go();
  });
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (executionContextId === contextId) contextId = undefined;
  });
  cdp.on('Runtime.executionContextsCleared', () => {
    contextId = undefined;
  });
  await cdp.send('Runtime.enable');
  const send = async (declaration: string, values: readonly unknown[], limitMs: number): Promise<unknown> => {
    if (contextId === undefined) {
      const created = new Promise<void>((resolve) => {
        found.push(resolve);
      });
      await bounded(created, limitMs);
    }
    if (contextId === undefined) return undefined;
    const called = cdp.send('Runtime.callFunctionOn', {
      functionDeclaration: declaration,
      arguments: values.map((value) => ({ value })),
      executionContextId: contextId,
      returnByValue: true,
      awaitPromise: true,
    });
    const answer = await bounded(called, limitMs);
    if (answer === undefined || answer.exceptionDetails !== undefined) return undefined;
    return answer.result.value;
  };
  // The world is ours, but what is read in it comes from the page: callers check what matters to them.
  return {
    call: async <Argument, Result>(
      work: ((argument: Argument) => Result) | string,
      argument: Argument,
      limitMs: number,
    ) => (await send(String(work), [argument], limitMs)) as Result | undefined,
    callOn: async <Argument, Result>(
      ref: string,
      work: (element: Element, argument: Argument) => Result,
      argument: Argument,
      limitMs: number,
    ) => {
      const declaration = `(ref, argument) => {
        const element = globalThis[${JSON.stringify(ELEMENTS)}]?.get(ref);
        return element?.isConnected ? (${String(work)})(element, argument) : undefined;
      }`;
      return (await send(declaration, [ref, argument], limitMs)) as Result | undefined;
    },
  };
}
