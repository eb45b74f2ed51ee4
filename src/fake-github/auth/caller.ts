import { ApiError } from '../http/api-error.ts';
import { covers, roleOf, type Site, userOf } from '../site.ts';
import type { FakeInstallation, FakeRepository, FakeToken, FakeUser } from '../state.ts';
import { verifyAppJwt } from './app-jwt.ts';

/** Who sends a request. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'app' }
  | { readonly kind: 'installation'; readonly installation: FakeInstallation; readonly token: FakeToken }
  | { readonly kind: 'user'; readonly user: FakeUser };

/** Reads an `Authorization` header of the API, or of git (basic, with the token as password). 401 when it is no good. */
export function identify(site: Site, authorization: string | undefined): Caller {
  if (authorization === undefined) return { kind: 'anonymous' };
  const [scheme = '', credentials = ''] = authorization.split(' ', 2);
  if (/^basic$/i.test(scheme)) {
    return identifyToken(
      site,
      Buffer.from(credentials, 'base64')
        .toString('utf8')
        .replace(/^[^:]*:/, ''),
    );
  }
  if (!/^(bearer|token)$/i.test(scheme)) throw new ApiError(401, 'Bad credentials');
  return identifyToken(site, credentials);
}

function identifyToken(site: Site, credentials: string): Caller {
  if (credentials.split('.').length === 3) {
    verifyAppJwt(site.state.app, credentials, site.now());
    return { kind: 'app' };
  }
  const login = site.state.userTokens.get(credentials);
  if (login !== undefined) return { kind: 'user', user: userOf(site, login) };
  const token = site.state.tokens.get(credentials);
  const installation = token && site.state.installations.get(token.installationId);
  if (token === undefined || installation === undefined || token.expiresAt <= site.now()) {
    throw new ApiError(401, 'Bad credentials');
  }
  return { kind: 'installation', installation, token };
}

/** Whether the caller may know that the repository exists; otherwise GitHub says 404, not 403. */
export function canSee(caller: Caller, repository: FakeRepository): boolean {
  switch (caller.kind) {
    case 'anonymous':
      return !repository.isPrivate;
    case 'app':
      return true;
    case 'user':
      return roleOf(repository, caller.user.login) !== 'none';
    case 'installation':
      return !repository.isPrivate || isGranted(caller, repository);
    default:
      return caller satisfies never;
  }
}

/** Whether the token is for this repository at all. */
export function isGranted(
  { installation, token }: Extract<Caller, { kind: 'installation' }>,
  repository: FakeRepository,
): boolean {
  const inToken = token.repositories === 'all' || token.repositories.includes(repository.fullName);
  return inToken && covers(installation, repository);
}
