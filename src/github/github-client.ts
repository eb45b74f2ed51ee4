import { type Octokit, RequestError } from 'octokit';
import type { RepositoryRef } from '../domain/pull-request.ts';
import { invariant } from '../lib/invariant.ts';
import { describeRefusal, readGraphqlRefusal, toGitHubError } from './github-errors.ts';
import type { GraphqlField, Operation } from './required-permissions.ts';

type Rest = Octokit['rest'];
type Method<Name extends Operation> = Name extends `${infer Scope extends keyof Rest}.${infer Call}`
  ? Call extends keyof Rest[Scope]
    ? Rest[Scope][Call]
    : never
  : never;
type Callable<Name extends Operation> = Extract<Method<Name>, (...args: never[]) => unknown>;
export type Input<Name extends Operation> = NonNullable<Parameters<Callable<Name>>[0]> & RepositoryRef;
type Output<Name extends Operation> =
  Awaited<ReturnType<Callable<Name>>> extends { data: infer Data } ? Data : never;

/** A reply, or one of the refusals that the caller said it expects. */
export type Reply<Data> =
  | { readonly kind: 'ok'; readonly data: Data; readonly hasMore: boolean }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string };

/** Calls GitHub's REST interface as one installation. */
export interface GitHubClient {
  /** Calls `name`; throws `TransientError`, `UserError` or a plain error as `toGitHubError` decides. */
  call<Name extends Operation>(name: Name, input: Input<Name>, signal: AbortSignal): Promise<Output<Name>>;
  /** Like `call`, but returns a refusal whose status is one of `expected` instead of throwing. */
  tryCall<Name extends Operation>(
    name: Name,
    input: Input<Name>,
    expected: readonly number[],
    signal: AbortSignal,
  ): Promise<Reply<Output<Name>>>;
  /**
   * Asks the GraphQL interface for `field`. Refused when GitHub's answer has errors, or when there is no such
   * interface; throws as `call` does for the rest. `data` is to be checked by the caller.
   */
  graphql(
    field: GraphqlField,
    on: RepositoryRef,
    document: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> },
    signal: AbortSignal,
  ): Promise<Reply<unknown>>;
}

/** GitHub's largest page. */
const PAGE_SIZE = 100;

export function createGitHubClient(octokit: Octokit, renewToken: () => Promise<unknown>): GitHubClient {
  const renewing = async (attempt: () => Promise<unknown>, signal: AbortSignal): Promise<unknown> => {
    signal.throwIfAborted();
    try {
      return await untilAborted(attempt(), signal);
    } catch (error) {
      signal.throwIfAborted();
      // The token was revoked, or this machine slept through its hour.
      if (!(error instanceof RequestError && error.status === 401)) throw error;
      await untilAborted(renewToken(), signal);
      return await untilAborted(attempt(), signal);
    }
  };

  const send = async <Name extends Operation>(name: Name, input: Input<Name>, signal: AbortSignal) => {
    const method = findMethod(octokit, name);
    // A write that GitHub carried out may still end in a 502; repeating it blindly would post twice.
    const retries = isRead(name) ? {} : { retries: 0 };
    return await renewing(() => method({ ...input, request: { signal, ...retries } }), signal);
  };

  const tryCall: GitHubClient['tryCall'] = async (name, input, expected, signal) => {
    signal.throwIfAborted();
    try {
      const response = await send(name, input, signal);
      // Octokit's types promise this shape for each operation.
      const { data, headers } = response as { data: Output<typeof name>; headers: { link?: string } };
      return { kind: 'ok', data, hasMore: /rel="next"/u.test(headers.link ?? '') };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof RequestError && expected.includes(error.status)) {
        return { kind: 'refused', status: error.status, reason: describeRefusal(error) };
      }
      throw toGitHubError(error, name, nameSubject(input));
    }
  };

  return {
    tryCall,
    async graphql(field, on, { query, variables }, signal) {
      const what = `${field} on ${nameSubject(on)}`;
      const attempt = () =>
        octokit.graphql<unknown>(query, { ...variables, request: { signal, retries: 0 } });
      try {
        return { kind: 'ok', data: await renewing(attempt, signal), hasMore: false };
      } catch (error) {
        signal.throwIfAborted();
        const refusal = readGraphqlRefusal(error, what);
        if (refusal instanceof Error) throw refusal;
        return { kind: 'refused', ...refusal };
      }
    },
    async call(name, input, signal) {
      const reply = await tryCall(name, input, [], signal);
      invariant(reply.kind === 'ok', 'a refusal that is not expected is thrown');
      return reply.data;
    },
  };
}

/**
 * Reads the items of a list page by page, at most `maxPages` pages.
 *
 * Pages are counted, not followed: no address that a reply names is ever called. Returns undefined when a page is
 * refused with a status that its reader expects.
 */
export async function listPages<Item>(
  readPage: (page: { readonly page: number; readonly per_page: number }) => Promise<Reply<readonly Item[]>>,
  maxPages = 100,
): Promise<readonly Item[] | undefined> {
  const items: Item[] = [];
  for (let page = 1; page <= maxPages; page += 1) {
    const reply = await readPage({ page, per_page: PAGE_SIZE });
    if (reply.kind === 'refused') return undefined;
    items.push(...reply.data);
    if (!reply.hasMore) break;
  }
  return items;
}

function findMethod(octokit: Octokit, name: Operation): (input: object) => Promise<unknown> {
  const [scope = '', call = ''] = name.split('.');
  // The names were checked against Octokit's types in required-permissions.ts.
  const methods = octokit.rest as unknown as Record<
    string,
    Record<string, (input: object) => Promise<unknown>>
  >;
  const method = methods[scope]?.[call];
  invariant(method !== undefined, `Octokit knows ${name}`);
  return method;
}

function isRead(name: Operation): boolean {
  return /\.(?:list|get|compare)/u.test(name);
}

function nameSubject(input: RepositoryRef & { pull_number?: number; issue_number?: number }): string {
  const number = input.pull_number ?? input.issue_number;
  return `${input.owner}/${input.repo}${number === undefined ? '' : `#${number}`}`;
}

/** Settles with `promise`, or rejects at once when the signal is aborted: the throttle's waits do not listen to it. */
async function untilAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
