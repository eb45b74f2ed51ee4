import type { IncomingMessage, ServerResponse } from 'node:http';
import { holds } from '../auth/authorise.ts';
import { type Caller, canSee, identify, isGranted } from '../auth/caller.ts';
import { resolveCommit } from '../git/commits.ts';
import { findInTree, readBlob } from '../git/objects.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import type { LoggedRequest } from '../http/request-log.ts';
import type { Site } from '../site.ts';
import type { FakeRepository } from '../state.ts';
import { serveGit } from './serve-git.ts';

/** Answers what is not the API: files as they are in git, avatars, and git over HTTP. */
export async function serveWeb(
  site: Site,
  {
    request,
    response,
    requests,
  }: { request: IncomingMessage; response: ServerResponse; requests: LoggedRequest[] },
): Promise<void> {
  const url = new URL(request.url ?? '/', site.serverUrl);
  const route = findRoute(url);
  const logged: LoggedRequest = {
    operationId: route?.operationId ?? 'web/unknown',
    method: request.method ?? 'GET',
    path: url.pathname + url.search,
    body: undefined,
    caller: 'anonymous',
    status: 0,
  };
  requests.push(logged);
  response.on('close', () => {
    logged.status = response.statusCode;
  });
  try {
    if (route === undefined) throw notFound();
    if (route.operationId === 'web/avatar') return sendAvatar(response, route.rest);
    const caller = identify(site, request.headers.authorization);
    const repository = readable(site, caller, route.repository);
    if (route.operationId === 'web/raw') return await sendFile(response, repository, route.rest);
    await serveGit(repository, { request, response, url, path: route.rest });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Git asks for credentials only when told that they would help.
    const isGit = route?.operationId.startsWith('git/') === true;
    const status =
      isGit && error.status === 404 && request.headers.authorization === undefined ? 401 : error.status;
    response.writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      ...(status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {}),
    });
    response.end(`${error.message}\n`);
  }
}

interface Route {
  readonly operationId: 'web/raw' | 'web/avatar' | 'git/upload-pack' | 'git/receive-pack';
  readonly repository: string;
  readonly rest: string;
}

function findRoute(url: URL): Route | undefined {
  const avatar = /^\/avatars\/u\/(\d+)$/.exec(url.pathname)?.[1];
  if (avatar !== undefined) return { operationId: 'web/avatar', repository: '', rest: avatar };
  const git = /^\/([^/]+\/[^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/.exec(
    url.pathname,
  );
  if (git !== null) {
    const isPush =
      url.pathname.endsWith('/git-receive-pack') || url.searchParams.get('service') === 'git-receive-pack';
    return {
      operationId: isPush ? 'git/receive-pack' : 'git/upload-pack',
      repository: git[1] ?? '',
      rest: git[2] ?? '',
    };
  }
  const raw = /^\/([^/]+\/[^/]+)\/(raw|blob)\/(.+)$/.exec(url.pathname);
  if (raw === null || (raw[2] === 'blob' && url.searchParams.get('raw') !== 'true')) return undefined;
  return { operationId: 'web/raw', repository: raw[1] ?? '', rest: decodeURIComponent(raw[3] ?? '') };
}

/** The repository, if the caller may read its contents; one that it may not see is not found. */
function readable(site: Site, caller: Caller, fullName: string): FakeRepository {
  const repository = site.state.repositories.get(decodeURIComponent(fullName));
  if (repository === undefined || caller.kind === 'app' || !canSee(caller, repository)) throw notFound();
  if (caller.kind === 'installation') {
    const mayRead = isGranted(caller, repository) && holds(caller.token.permissions, ['contents:read']);
    if (!mayRead) throw new ApiError(403, 'Write access to repository not granted.');
  }
  return repository;
}

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

async function sendFile(response: ServerResponse, { gitDir }: FakeRepository, rest: string): Promise<void> {
  const slash = rest.indexOf('/');
  const commit = await resolveCommit(gitDir, rest.slice(0, slash));
  const item = commit && (await findInTree(gitDir, commit, rest.slice(slash + 1)));
  const bytes = item && item.type === 'blob' ? await readBlob(gitDir, item.sha) : undefined;
  if (bytes === undefined) throw notFound();
  // As on raw.githubusercontent.com: pictures as such, everything else as plain text.
  const type = TYPES[rest.slice(rest.lastIndexOf('.') + 1).toLowerCase()] ?? 'text/plain; charset=utf-8';
  response.writeHead(200, {
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  response.end(bytes);
}

function sendAvatar(response: ServerResponse, id: string): void {
  const hue = (Number(id) * 47) % 360;
  response.writeHead(200, { 'content-type': 'image/svg+xml' });
  response.end(
    `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" rx="20" fill="hsl(${hue} 45% 55%)"/></svg>`,
  );
}
