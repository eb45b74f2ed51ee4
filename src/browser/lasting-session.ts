import { BrowserLostError } from '../domain/errors.ts';
import type { Session } from '../verify/ports.ts';

/** Calls that are remembered since the last fresh start; a longer way cannot be gone again. */
const MAX_CALLS = 1_000;

export interface Lasting {
  /** Whether the browser of this session has ended; false once the run is over, when nothing is to be saved. */
  isLost(session: Session): Promise<boolean>;
  /** Opens the same session in another browser. Throws `BrowserLostError` when it was replaced often enough. */
  reopen(lost: Session): Promise<Session>;
  /** Hears that nobody uses the session any more. */
  onClose(session: Session): void;
}

type Call = (session: Session) => Promise<unknown>;

/**
 * A session that outlives its browser: when that ends in the middle of a call, everything since the last fresh start is
 * done again in a new one, and then the call.
 *
 * Page time and chance are the run's own, so the way leads where it did; what the servers remember of it may show twice.
 */
export function createLastingSession(first: Session, lasting: Lasting): Session {
  let current = first;
  let way: Call[] = [];
  let isClosed = false;

  const rebuild = async (again: readonly Call[]): Promise<void> => {
    if (way.length > MAX_CALLS) {
      throw new BrowserLostError(
        'the browser ended, and the way to where it was is too long to be gone again',
      );
    }
    do {
      current = await lasting.reopen(current);
      for (const call of again) await call(current).catch(() => undefined);
    } while (await lasting.isLost(current));
  };

  const run = async <Result>(
    work: (session: Session) => Promise<Result>,
    { isKept, isStart }: { readonly isKept: boolean; readonly isStart?: boolean },
    mayBeLost: (result: Result) => boolean,
  ): Promise<Result> => {
    for (;;) {
      const session = current;
      const done = await work(session).then(
        (result) => ({ kind: 'result', result }) as const,
        (error: unknown) => ({ kind: 'error', error }) as const,
      );
      const isDoubtful = done.kind === 'error' || mayBeLost(done.result);
      if (isDoubtful && !isClosed && (await lasting.isLost(session))) {
        await rebuild(isStart === true ? [] : way);
        continue;
      }
      if (done.kind === 'error') throw done.error;
      if (isStart === true) way = [work];
      else if (isKept && way.length <= MAX_CALLS) way.push(work);
      return done.result;
    }
  };
  const always = (): boolean => true;
  const asked = { isKept: false };
  const done = { isKept: true };

  return {
    goto: (url, limitMs) =>
      run(
        (one) => one.goto(url, limitMs),
        done,
        ({ kind }) => kind !== 'loaded',
      ),
    perform: (step, limitMs, stop) =>
      run(
        (one) => one.perform(step, limitMs, stop),
        done,
        ({ kind }) => kind !== 'done',
      ),
    act: (step, limitMs) =>
      run(
        (one) => one.act(step, limitMs),
        done,
        ({ kind }) => kind !== 'done',
      ),
    reset: (url, limitMs) =>
      run(
        (one) => one.reset(url, limitMs),
        { isKept: true, isStart: true },
        ({ kind }) => kind !== 'loaded',
      ),
    pass: (ms) => run((one) => one.pass(ms), done, always),
    observe: () =>
      run(
        (one) => one.observe(),
        done,
        ({ isHung }) => isHung,
      ),
    read: () =>
      run(
        (one) => one.read(),
        done,
        ({ isHung }) => isHung,
      ),
    audit: () =>
      run(
        (one) => one.audit(),
        asked,
        (found) => found === undefined,
      ),
    capture: () =>
      run(
        (one) => one.capture(),
        asked,
        (png) => png === undefined,
      ),
    describeElements: () =>
      run(
        (one) => one.describeElements(),
        asked,
        ({ length }) => length === 0,
      ),
    listLinks: () =>
      run(
        (one) => one.listLinks(),
        asked,
        ({ length }) => length === 0,
      ),
    readLoginPage: () => run((one) => one.readLoginPage(), done, always),
    typeCredential: (ref, value) =>
      run(
        (one) => one.typeCredential(ref, value),
        done,
        (typed) => typed !== 'typed',
      ),
    pressControl: (ref, how) => run((one) => one.pressControl(ref, how), done, always),
    storage: () => run((one) => one.storage(), asked, always),
    readStoredState: (json, mayUse) => current.readStoredState(json, mayUse),
    useStorage: (storage) => run((one) => one.useStorage(storage), done, always),
    async close() {
      isClosed = true;
      way = [];
      lasting.onClose(current);
      await current.close();
    },
  };
}
