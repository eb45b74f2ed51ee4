/** What the thread of the embedded database is asked. */
export type PgliteRequest =
  | { readonly id: number; readonly op: 'query'; readonly text: string; readonly values?: readonly unknown[] }
  | { readonly id: number; readonly op: 'listen' | 'unlisten'; readonly channel: string }
  | { readonly id: number; readonly op: 'close' };

/** What it says: that it is ready, an answer to the request of that id, or a notification. */
export type PgliteReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'rows'; readonly id: number; readonly rows: Record<string, unknown>[] }
  | { readonly kind: 'error'; readonly id: number; readonly message: string; readonly code?: string }
  | { readonly kind: 'notification'; readonly channel: string; readonly payload: string };

/** `Omit` that keeps the members of a union apart. */
type WithoutId<Request> = Request extends unknown ? Omit<Request, 'id'> : never;
export type PgliteCall = WithoutId<PgliteRequest>;
