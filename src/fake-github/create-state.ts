import { generateKeyPair } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { findGitDir, runGit } from './git/run-git.ts';
import type { FakeApp, FakeRepository, FakeState, FakeUser, Permissions, RepositoryRole } from './state.ts';

export interface FakeRepositoryOptions {
  readonly owner: string;
  readonly name: string;
  /** A git repository, bare or with a work tree. It is served in place and written to. */
  readonly folder: string;
  readonly isPrivate?: boolean;
  /** What its `HEAD` names when left out. */
  readonly defaultBranch?: string;
  /** Full name of the repository that this one is a fork of. */
  readonly forkOf?: string;
  /** People's standing by login; the owner administers, and others read unless it is private. */
  readonly roles?: Readonly<Record<string, RepositoryRole>>;
  /** Whether the app is installed there; true, except for forks. */
  readonly isInstalled?: boolean;
}

export interface FakeAppOptions {
  readonly id?: number;
  readonly slug?: string;
  readonly name?: string;
  readonly webhookSecret?: string;
  readonly webhookUrl?: string;
  /** What its owner granted; an installation gets the same. */
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
}

const DEFAULT_PERMISSIONS: Permissions = {
  metadata: 'read',
  checks: 'write',
  contents: 'write',
  deployments: 'read',
  issues: 'write',
  pull_requests: 'write',
  statuses: 'read',
};
const DEFAULT_EVENTS = [
  'check_run',
  'check_suite',
  'deployment_status',
  'issue_comment',
  'pull_request',
  'status',
];

interface StateOptions {
  readonly app: FakeAppOptions;
  readonly repositories: readonly FakeRepositoryOptions[];
  readonly createdAt: string;
  readonly nextId: () => number;
}

export async function createState(options: StateOptions): Promise<FakeState> {
  const { nextId, createdAt } = options;
  const users = new Map<string, FakeUser>();
  const user = (login: string, type: FakeUser['type'] = 'User'): FakeUser => {
    const known = users.get(login) ?? { id: nextId(), login, type };
    users.set(login, known);
    return known;
  };
  const state: FakeState = {
    app: await createApp(options, user),
    installations: new Map(),
    repositories: new Map(),
    users,
    tokens: new Map(),
    userTokens: new Map(),
    deliveries: [],
    manifestCodes: new Map(),
  };
  for (const repository of options.repositories) {
    const created = await createRepository(repository, { ...options, owner: user(repository.owner) });
    state.repositories.set(created.fullName, created);
    for (const login of created.roles.keys()) user(login);
  }
  for (const [login, served] of Map.groupBy(options.repositories, (repository) => repository.owner)) {
    const names = served
      .filter((repository) => repository.isInstalled ?? repository.forkOf === undefined)
      .map((repository) => `${repository.owner}/${repository.name}`);
    if (names.length === 0) continue;
    const id = nextId();
    const { permissions } = state.app;
    state.installations.set(id, { id, account: user(login), repositories: names, permissions, createdAt });
  }
  return state;
}

/** Made once in a process, because it takes up to a second. */
let keys: ReturnType<typeof generateKeys> | undefined;

function generateKeys() {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    // The form in which GitHub hands keys out.
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

async function createApp(
  { app, nextId, createdAt }: StateOptions,
  user: (login: string, type: FakeUser['type']) => FakeUser,
): Promise<FakeApp> {
  keys ??= generateKeys();
  const id = app.id ?? nextId();
  const slug = app.slug ?? 'firsthand';
  return {
    id,
    clientId: `Iv23fake${id}`,
    slug,
    name: app.name ?? 'Firsthand',
    owner: user('app-owner', 'User'),
    bot: user(`${slug}[bot]`, 'Bot'),
    ...(await keys),
    webhookSecret: app.webhookSecret ?? 'a secret of the fake GitHub',
    webhookUrl: app.webhookUrl,
    permissions: app.permissions ?? DEFAULT_PERMISSIONS,
    events: app.events ?? DEFAULT_EVENTS,
    createdAt,
  };
}

async function createRepository(
  options: FakeRepositoryOptions,
  { owner, nextId, createdAt }: StateOptions & { readonly owner: FakeUser },
): Promise<FakeRepository> {
  const folder = path.resolve(options.folder);
  const gitDir = await findGitDir(folder);
  return {
    id: nextId(),
    owner,
    name: options.name,
    fullName: `${owner.login}/${options.name}`,
    gitDir,
    isPrivate: options.isPrivate === true,
    defaultBranch: options.defaultBranch ?? (await runGit(gitDir, ['symbolic-ref', '--short', 'HEAD'])),
    forkOf: options.forkOf,
    createdAt,
    roles: new Map(Object.entries(options.roles ?? {})),
    pulls: new Map(),
    issues: new Map(),
    issueComments: new Map(),
    reviews: new Map(),
    reviewComments: new Map(),
    checkSuites: new Map(),
    checkRuns: new Map(),
    deployments: new Map(),
    statuses: [],
  };
}
