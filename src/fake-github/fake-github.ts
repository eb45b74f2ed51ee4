import type { IncomingMessage, ServerResponse } from 'node:http';
import { createState, type FakeAppOptions, type FakeRepositoryOptions } from './create-state.ts';
import { serveGraphql } from './graphql/serve-graphql.ts';
import { createFaults, type Faults } from './http/faults.ts';
import { listen } from './http/listen.ts';
import type { LoggedRequest } from './http/request-log.ts';
import { createLimiter, type SecondaryLimit } from './http/secondary-limit.ts';
import { createPeople, type People } from './people/people.ts';
import { createHandlers } from './rest/handlers.ts';
import { type RestServer, serveRest } from './rest/serve-rest.ts';
import { type Site, timestamp } from './site.ts';
import type { FakeState } from './state.ts';
import { createJudge, type Judge } from './validator/judge.ts';
import { serveWeb } from './web/serve-web.ts';
import { deliver } from './webhooks/deliver.ts';

export type * from './state.ts';
export type { FakeRepositoryOptions };

export interface FakeGitHubOptions {
  readonly repositories: readonly FakeRepositoryOptions[];
  readonly app?: FakeAppOptions;
  /** How long an installation's token is good, in milliseconds; an hour, as at GitHub, when left out. */
  readonly tokenLifetimeMs?: number;
  /** What becomes of a request that breaks GitHub's description: 422, the default, or carried out. Kept in either case. */
  readonly brokenRequests?: 'refuse' | 'pass';
  /** 0, the default, takes a free one. Always on the loopback address. */
  readonly port?: number;
  readonly now?: () => Date;
}

/** A GitHub of one's own: REST, GraphQL, git, raw files and webhooks over real git repositories. */
export interface FakeGitHub {
  /** Of the REST API: Octokit's `baseUrl`. GraphQL is where Octokit then looks for it. */
  readonly apiUrl: string;
  /** Of pages, raw files and git: `${serverUrl}/owner/repo.git`. */
  readonly serverUrl: string;
  readonly state: FakeState;
  readonly people: People;
  readonly judge: Judge;
  readonly faults: Faults;
  readonly limits: SecondaryLimit;
  /** Every request so far, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** A personal token with which to act over the API as that person. */
  tokenOf(login: string): string;
  /** Keeps a manifest as the page "Register new GitHub App" would, and returns the one-time code for it. */
  submitManifest(manifest: Readonly<Record<string, unknown>>): string;
  /** Resolves when every webhook sent so far was answered; throws when the fake could not make one. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;
/** Where GitHub Enterprise Server has its API, so that one server can be both API and pages. */
const API_PATH = '/api/v3';
const GRAPHQL_PATH = '/api/graphql';

/** Starts a fake GitHub over the given git repositories. */
export async function startFakeGitHub(options: FakeGitHubOptions): Promise<FakeGitHub> {
  const now = options.now ?? (() => new Date());
  let lastId = 1000;
  const nextId = (): number => (lastId += 1);
  const { app = {}, repositories } = options;
  const state = await createState({ app, repositories, nextId, createdAt: timestamp(now()) });
  const judge = createJudge();
  // No request can come before this function has given its address away.
  const server = await listen((request, response) => route(rest, request, response), options.port ?? 0);
  const { site, idle } = createSite({ state, url: server.url, now, nextId, judge });
  const limits: SecondaryLimit = { contentPerMinute: undefined, retryAfterSeconds: 60 };
  const rest: RestServer = {
    site,
    judge,
    faults: createFaults(),
    handlers: createHandlers(options.tokenLifetimeMs ?? HOUR_MS),
    limit: createLimiter(limits, now),
    requests: [],
    brokenRequests: options.brokenRequests ?? 'refuse',
  };
  return {
    apiUrl: site.apiUrl,
    serverUrl: site.serverUrl,
    state,
    people: createPeople(site),
    judge,
    faults: rest.faults,
    limits,
    requests: rest.requests,
    tokenOf(login) {
      const token = `ghp_fake${login}`;
      state.userTokens.set(token, login);
      return token;
    },
    submitManifest(manifest) {
      const code = `code${nextId()}`;
      state.manifestCodes.set(code, manifest);
      return code;
    },
    idle,
    async close() {
      await server.close();
      await idle();
    },
  };
}

function createSite({
  url,
  judge,
  ...shared
}: Pick<Site, 'state' | 'now' | 'nextId'> & { url: string; judge: Judge }) {
  const inFlight = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const site: Site = {
    ...shared,
    apiUrl: `${url}${API_PATH}`,
    serverUrl: url,
    emit: (event) => track(inFlight, deliver(site, judge, event)),
    emitLater: (event) => {
      // A receiver's failure is kept as data: this is a fault of the fake, and `idle` tells of it.
      track(inFlight, deliver(site, judge, event)).catch((error: unknown) => failures.push(error));
    },
  };
  const idle = async (): Promise<void> => {
    while (inFlight.size > 0) await Promise.allSettled(inFlight);
    if (failures.length > 0) throw new AggregateError(failures, 'the fake GitHub could not make a webhook');
  };
  return { site, idle };
}

async function route(rest: RestServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '/';
  if (path === API_PATH || path.startsWith(`${API_PATH}/`)) return await serveRest(rest, request, response);
  if (path === GRAPHQL_PATH) return await serveGraphql(rest, request, response);
  await serveWeb(rest.site, { request, response, requests: rest.requests });
}

async function track(inFlight: Set<Promise<void>>, work: Promise<void>): Promise<void> {
  inFlight.add(work);
  try {
    await work;
  } finally {
    inFlight.delete(work);
  }
}
