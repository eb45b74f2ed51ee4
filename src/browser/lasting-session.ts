import { BrowserLostError } from '../domain/errors.ts';
import type { Navigation, Session, StepOutcome } from '../verify/ports.ts';

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

/** What was asked of a session since its last fresh start, and the session that knows it. */
class LastingWay {
  current: Session;
  private way: Call[] = [];
  private isClosed = false;
  private readonly lasting: Lasting;

  constructor(first: Session, lasting: Lasting) {
    this.current = first;
    this.lasting = lasting;
  }

  /** Does `work`, again in a new browser when the old one ended meanwhile, and remembers it as `kept` says. */
  async run<Result>(
    work: (session: Session) => Promise<Result>,
    kept: 'start' | 'kept' | 'asked',
    mayBeLost: (result: Result) => boolean,
  ): Promise<Result> {
    for (;;) {
      const session = this.current;
      const done = await work(session).then(
        (result) => ({ kind: 'result', result }) as const,
        (error: unknown) => ({ kind: 'error', error }) as const,
      );
      const isDoubtful = done.kind === 'error' || mayBeLost(done.result);
      if (isDoubtful && !this.isClosed && (await this.lasting.isLost(session))) {
        await this.rebuild(kept === 'start' ? [] : this.way);
        continue;
      }
      if (done.kind === 'error') throw done.error;
      if (kept === 'start') this.way = [work];
      else if (kept === 'kept' && this.way.length <= MAX_CALLS) this.way.push(work);
      return done.result;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.way = [];
    this.lasting.onClose(this.current);
    await this.current.close();
  }

  private async rebuild(again: readonly Call[]): Promise<void> {
    if (this.way.length > MAX_CALLS) {
      throw new BrowserLostError(
        'the browser ended, and the way to where it was is too long to be gone again',
      );
    }
    do {
      this.current = await this.lasting.reopen(this.current);
      for (const call of again) await call(this.current).catch(() => undefined);
    } while (await this.lasting.isLost(this.current));
  }
}

const always = (): boolean => true;
const never = (): boolean => false;
const notLoaded = ({ kind }: Navigation): boolean => kind !== 'loaded';
const notDone = ({ kind }: StepOutcome): boolean => kind !== 'done';
const isHung = (seen: { readonly isHung: boolean }): boolean => seen.isHung;
const isAbsent = (found: unknown): boolean => found === undefined;
const isEmpty = ({ length }: readonly unknown[]): boolean => length === 0;

/**
 * A session that outlives its browser: when that ends in the middle of a call, everything since the last fresh start is
 * done again in a new one, and then the call.
 *
 * Page time and chance are the run's own, so the way leads where it did; what the servers remember of it may show twice.
 */
export function createLastingSession(first: Session, lasting: Lasting): Session {
  const way = new LastingWay(first, lasting);
  return {
    goto: (url, limitMs) => way.run((one) => one.goto(url, limitMs), 'kept', notLoaded),
    perform: (step, limitMs, stop) => way.run((one) => one.perform(step, limitMs, stop), 'kept', notDone),
    act: (step, limitMs) => way.run((one) => one.act(step, limitMs), 'kept', notDone),
    reset: (url, limitMs) => way.run((one) => one.reset(url, limitMs), 'start', notLoaded),
    pass: (ms) => way.run((one) => one.pass(ms), 'kept', always),
    observe: () => way.run((one) => one.observe(), 'kept', isHung),
    read: () => way.run((one) => one.read(), 'kept', isHung),
    audit: () => way.run((one) => one.audit(), 'asked', isAbsent),
    capture: () => way.run((one) => one.capture(), 'asked', isAbsent),
    describeElements: () => way.run((one) => one.describeElements(), 'asked', isEmpty),
    listLinks: () => way.run((one) => one.listLinks(), 'asked', isEmpty),
    readLoginPage: () => way.run((one) => one.readLoginPage(), 'kept', always),
    typeCredential: (ref, value) =>
      way.run(
        (one) => one.typeCredential(ref, value),
        'kept',
        (typed) => typed !== 'typed',
      ),
    pressControl: (ref, how) => way.run((one) => one.pressControl(ref, how), 'kept', always),
    takeRan: () => way.run((one) => one.takeRan(), 'asked', never),
    readInlineScripts: () => way.run((one) => one.readInlineScripts(), 'asked', isEmpty),
    readServed: (url, maxBytes) => way.run((one) => one.readServed(url, maxBytes), 'asked', isAbsent),
    storage: () => way.run((one) => one.storage(), 'asked', always),
    readStoredState: (json, mayUse) => way.current.readStoredState(json, mayUse),
    useStorage: (storage) => way.run((one) => one.useStorage(storage), 'kept', always),
    close: () => way.close(),
  };
}
