/**
 * Where a page gets its time and its random numbers from, but for timers: functions that run in the page's own world,
 * sent as source text by `clock-page.ts`. Each may only use its arguments, the page's globals and itself.
 */

/* oxlint-disable typescript/unbound-method -- functions of the browser are kept here to be called with Reflect.apply */

type Call = (self: unknown, args: readonly unknown[]) => unknown;
type Replace = (owner: object | undefined, name: string, call: Call) => void;

export function replaceDates(read: () => number, replaceFunction: Replace): void {
  const NativeDate = Date;
  const construct = Reflect.construct;
  const apply = Reflect.apply;
  const asText = NativeDate.prototype.toString;
  const whole = (): number => {
    const now = read();
    return now - (now % 1);
  };
  const replaced: typeof Date = new Proxy(NativeDate, {
    construct: (target, args, newTarget): Date =>
      construct(target, args.length === 0 ? [whole()] : args, newTarget === replaced ? target : newTarget),
    apply: () => apply(asText, construct(NativeDate, [whole()]), []),
  });
  replaceFunction(NativeDate, 'now', whole);
  NativeDate.prototype.constructor = replaced;
  Object.defineProperty(window, 'Date', { value: replaced, writable: true, configurable: true });
}

export function replaceTemporal(read: () => number, replaceFunction: Replace): void {
  const apply = Reflect.apply;
  const whole = (): number => Math.floor(read());
  const temporal: unknown = Reflect.get(window, 'Temporal');
  if (typeof temporal !== 'object' || temporal === null) return;
  const Instant: unknown = Reflect.get(temporal, 'Instant');
  const from: unknown =
    typeof Instant === 'function' ? Reflect.get(Instant, 'fromEpochMilliseconds') : undefined;
  const now: unknown = Reflect.get(temporal, 'Now');
  if (typeof from !== 'function' || typeof now !== 'object' || now === null) return;
  const zone: unknown = Reflect.get(now, 'timeZoneId');
  const instant = (): unknown => apply(from, Instant, [whole()]);
  replaceFunction(now, 'instant', instant);
  const inZone =
    (part: string): Call =>
    (_self, args) => {
      const at: unknown = instant();
      const toZoned: unknown = Reflect.get(Object(at), 'toZonedDateTimeISO');
      if (typeof toZoned !== 'function' || typeof zone !== 'function') return undefined;
      const zoned: unknown = apply(toZoned, at, [args[0] ?? apply(zone, now, [])]);
      const cut: unknown = part === '' ? undefined : Reflect.get(Object(zoned), part);
      return typeof cut === 'function' ? apply(cut, zoned, []) : zoned;
    };
  replaceFunction(now, 'zonedDateTimeISO', inZone(''));
  replaceFunction(now, 'plainDateTimeISO', inZone('toPlainDateTime'));
  replaceFunction(now, 'plainDateISO', inZone('toPlainDate'));
  replaceFunction(now, 'plainTimeISO', inZone('toPlainTime'));
}

/** The formats that take the present time when they are given none. */
export function replaceFormats(read: () => number, replaceFunction: Replace): void {
  const apply = Reflect.apply;
  const formats = Intl.DateTimeFormat.prototype;
  const parts = formats.formatToParts;
  replaceFunction(formats, 'formatToParts', (self, args) => apply(parts, self, [args[0] ?? read()]));
  const descriptor = Object.getOwnPropertyDescriptor(formats, 'format');
  const native = descriptor?.get;
  if (native === undefined) return;
  const get = new Proxy(native, {
    apply: (_target, self) => {
      const format: unknown = apply(native, self, []);
      if (typeof format !== 'function') return format;
      return new Proxy(format, { apply: (_t, that, args) => apply(format, that, [args[0] ?? read()]) });
    },
  });
  Object.defineProperty(formats, 'format', { ...descriptor, get });
}

export function replacePerformance(
  state: { readonly start: number; readonly stamp: number },
  read: () => number,
  replaceFunction: Replace,
): void {
  replaceFunction(Performance.prototype, 'now', () => read() - state.start);
  Object.defineProperty(Performance.prototype, 'timeOrigin', {
    get: () => state.start,
    configurable: true,
    enumerable: true,
  });
  // Programs compare what an event carries with `performance.now()`: both must come from one clock.
  const apply = Reflect.apply;
  const stamps = new WeakMap<object, number>();
  const { get: getStamp, set: setStamp } = WeakMap.prototype;
  Object.defineProperty(Event.prototype, 'timeStamp', {
    get(this: object) {
      const known: unknown = apply(getStamp, stamps, [this]);
      if (typeof known === 'number') return known;
      const stamp = state.stamp - state.start;
      apply(setStamp, stamps, [this, stamp]);
      return stamp;
    },
    configurable: true,
    enumerable: true,
  });
}

/** A small generator (mulberry32) is enough: nothing secret depends on it. */
export function replaceRandomness(seed: number, replaceFunction: Replace): void {
  let state = seed | 0;
  const multiply = Math.imul;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = multiply(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + multiply(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const apply = Reflect.apply;
  const Bytes = Uint8Array;
  const fill = Crypto.prototype.getRandomValues;
  replaceFunction(Math, 'random', () => next() / 4_294_967_296);
  replaceFunction(Crypto.prototype, 'getRandomValues', (self, args) => {
    // The browser checks what it is given, and throws as it should.
    const array: unknown = apply(fill, self, args);
    if (!ArrayBuffer.isView(array)) return array;
    const bytes = new Bytes(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = next();
    return array;
  });
  replaceFunction(Crypto.prototype, 'randomUUID', () => {
    let text = '';
    for (let i = 0; i < 36; i += 1) {
      const digit = next() % 16;
      if (i === 8 || i === 13 || i === 18 || i === 23) text += '-';
      else if (i === 14) text += '4';
      else text += '0123456789abcdef'[i === 19 ? 8 + (digit % 4) : digit];
    }
    return text;
  });
}
