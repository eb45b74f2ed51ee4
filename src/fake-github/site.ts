import type { FakeInstallation, FakeRepository, FakeState, FakeUser } from './state.ts';

/** What every part of the fake shares. */
export interface Site {
  readonly state: FakeState;
  /** Of the REST API, without a slash at the end. */
  readonly apiUrl: string;
  /** Of the web pages and of git over HTTP, without a slash at the end. */
  readonly serverUrl: string;
  readonly now: () => Date;
  /** A number never given before. */
  nextId(): number;
  /** Sends a webhook to the app, if it is subscribed and installed; resolves when it was answered. */
  emit(event: SiteEvent): Promise<void>;
  /** As `emit`, without waiting: for events that a request of the app itself causes. */
  emitLater(event: SiteEvent): void;
}

export interface SiteEvent {
  readonly event: string;
  readonly action?: string;
  readonly repository: FakeRepository;
  readonly sender: FakeUser;
  /** The payload's own fields; installation, repository and sender are added. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The time as GitHub writes it: whole seconds, UTC. */
export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

export function nodeId(type: string, id: number): string {
  return Buffer.from(`${type}:${id}`).toString('base64');
}

/** The user of that login, made when it is new. */
export function userOf(site: Pick<Site, 'state' | 'nextId'>, login: string): FakeUser {
  const { users } = site.state;
  const user = users.get(login) ?? { id: site.nextId(), login, type: 'User' as const };
  users.set(login, user);
  return user;
}

export function installationOf(state: FakeState, repository: FakeRepository): FakeInstallation | undefined {
  return [...state.installations.values()].find((installation) => covers(installation, repository));
}

export function covers(installation: FakeInstallation, repository: FakeRepository): boolean {
  return installation.repositories === 'all'
    ? installation.account.login === repository.owner.login
    : installation.repositories.includes(repository.fullName);
}

/** A person's standing in a repository; the owner administers it. */
export function roleOf(repository: FakeRepository, login: string): string {
  if (repository.owner.login === login) return 'admin';
  return repository.roles.get(login) ?? (repository.isPrivate ? 'none' : 'read');
}
