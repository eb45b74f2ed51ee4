/** What goes wrong with one request. */
export interface Fault {
  /** A status to answer with, a connection that breaks, or one that is never answered. */
  readonly answer: number | 'reset' | 'timeout';
  /** Whether the request takes effect first; its answer is lost then. Before is the default. */
  readonly when?: 'before' | 'after';
  /** How many requests in a row, 1 when left out. */
  readonly times?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Troubles that a test orders for coming requests, by operation. */
export interface Faults {
  /** The next request of that operation (`*`: of any) fails so. Orders for one operation are used up in turn. */
  next(operationId: string, fault: Fault): void;
  take(operationId: string, when: 'before' | 'after'): Fault | undefined;
}

export function createFaults(): Faults {
  const waiting: { operationId: string; fault: Fault; left: number }[] = [];
  return {
    next(operationId, fault) {
      waiting.push({ operationId, fault, left: fault.times ?? 1 });
    },
    take(operationId, when) {
      const order = waiting.find(
        ({ operationId: id, fault, left }) =>
          left > 0 && (id === '*' || id === operationId) && (fault.when ?? 'before') === when,
      );
      if (order === undefined) return undefined;
      order.left -= 1;
      return order.fault;
    },
  };
}
