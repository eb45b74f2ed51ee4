import type { Caller } from '../auth/caller.ts';
import type { Site } from '../site.ts';
import type { FakeRepository, FakeUser } from '../state.ts';
import { notFound } from './api-error.ts';

/** One authorised, judged request to the REST API. */
export interface Call {
  readonly site: Site;
  readonly operationId: string;
  /** The route's parameters, URL-decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The full address asked for, to make those of other pages. */
  readonly url: URL;
  readonly body: unknown;
  readonly accept: string;
  readonly caller: Caller;
}

/** A call about a repository that the caller may see. */
export interface RepositoryCall extends Call {
  readonly repository: FakeRepository;
}

export interface Reply {
  readonly status: number;
  /** Sent as JSON; with `text`, that is sent instead. */
  readonly body?: unknown;
  readonly text?: { readonly type: string; readonly content: string | Uint8Array };
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => Promise<Reply> | Reply;
export type RepositoryHandler = (call: RepositoryCall) => Promise<Reply> | Reply;

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function created(body: unknown): Reply {
  return { status: 201, body };
}

/** The request's body. The judge has compared it with the description before any handler sees it, hence the cast. */
export function bodyOf<Body>(call: Call): Body {
  return (call.body ?? {}) as Body;
}

export function numberOf(call: Call, name: string): number {
  return Number(call.parameters[name]);
}

/** What is stored under the number that the route names; 404 when there is nothing. */
export function findIn<Item>(items: ReadonlyMap<number, Item>, call: Call, name: string): Item {
  const item = items.get(numberOf(call, name));
  if (item === undefined) throw notFound();
  return item;
}

/** Who a write is attributed to. */
export function authorOf({ caller, site }: Call): FakeUser {
  return caller.kind === 'user' ? caller.user : site.state.app.bot;
}
