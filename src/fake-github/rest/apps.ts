import { randomBytes } from 'node:crypto';
import { holds } from '../auth/authorise.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { bodyOf, type Call, created, findIn, type Handler, ok, type Reply } from '../http/call.ts';
import { page } from '../http/page.ts';
import { renderApp, renderInstallation } from '../render/app.ts';
import { renderRepository } from '../render/repository.ts';
import { renderUser } from '../render/user.ts';
import { covers, installationOf, timestamp } from '../site.ts';
import type { FakeInstallation, FakeRepository, FakeToken, Permissions } from '../state.ts';
import { inRepository } from './in-repository.ts';

export function appHandlers(tokenLifetimeMs: number): Readonly<Record<string, Handler>> {
  return {
    'apps/get-authenticated': ({ site }) =>
      ok({ ...renderApp(site), installations_count: site.state.installations.size }),
    'apps/list-installations': (call) =>
      page(call, [...call.site.state.installations.values()], (items) =>
        items.map((item) => renderInstallation(call.site, item)),
      ),
    'apps/get-installation': (call) =>
      ok(renderInstallation(call.site, findIn(call.site.state.installations, call, 'installation_id'))),
    'apps/get-repo-installation': inRepository(({ site, repository }) =>
      foundInstallation(site, installationOf(site.state, repository)),
    ),
    'apps/get-org-installation': (call) => installationOfAccount(call, call.parameters['org']),
    'apps/get-user-installation': (call) => installationOfAccount(call, call.parameters['username']),
    'apps/create-installation-access-token': (call) => createToken(call, tokenLifetimeMs),
    'apps/revoke-installation-access-token': ({ site, caller }) => {
      if (caller.kind === 'installation') site.state.tokens.delete(caller.token.token);
      return { status: 204 };
    },
    'apps/list-repos-accessible-to-installation': listRepositories,
    'apps/get-webhook-config-for-app': ({ site }) =>
      ok({
        content_type: 'json',
        insecure_ssl: '0',
        secret: '********',
        url: site.state.app.webhookUrl ?? '',
      }),
    'apps/create-from-manifest': convertManifest,
  };
}

function foundInstallation(site: Call['site'], installation: FakeInstallation | undefined): Reply {
  if (installation === undefined) throw notFound();
  return ok(renderInstallation(site, installation));
}

function installationOfAccount({ site }: Call, login: string | undefined): Reply {
  const all = [...site.state.installations.values()];
  return foundInstallation(
    site,
    all.find((installation) => installation.account.login === login),
  );
}

function repositoriesOf(call: Call, installation: FakeInstallation): readonly FakeRepository[] {
  return [...call.site.state.repositories.values()].filter((repository) => covers(installation, repository));
}

function createToken(call: Call, lifetimeMs: number): Reply {
  const { site } = call;
  const installation = findIn(site.state.installations, call, 'installation_id');
  const wanted = bodyOf<{ repositories?: string[]; repository_ids?: number[]; permissions?: Permissions }>(
    call,
  );
  const all = repositoriesOf(call, installation);
  const narrowed =
    wanted.repositories === undefined && wanted.repository_ids === undefined
      ? undefined
      : [
          ...(wanted.repositories ?? []).map((name) => all.find((repository) => repository.name === name)),
          ...(wanted.repository_ids ?? []).map((id) => all.find((repository) => repository.id === id)),
        ];
  if (narrowed?.includes(undefined) === true) {
    throw new ApiError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  const permissions = wanted.permissions ?? installation.permissions;
  if (
    Object.entries(permissions).some(
      ([name, level]) => !holds(installation.permissions, [`${name}:${level}`]),
    )
  ) {
    throw new ApiError(422, 'The permissions requested are not granted to this installation.');
  }
  const repositories = narrowed?.filter((repository) => repository !== undefined);
  const token: FakeToken = {
    token: `ghs_${randomBytes(18).toString('hex')}`,
    installationId: installation.id,
    permissions,
    repositories: repositories?.map((repository) => repository.fullName) ?? 'all',
    expiresAt: new Date(site.now().getTime() + lifetimeMs),
  };
  site.state.tokens.set(token.token, token);
  return created({
    token: token.token,
    expires_at: timestamp(token.expiresAt),
    permissions,
    repository_selection:
      repositories === undefined && installation.repositories === 'all' ? 'all' : 'selected',
    ...(repositories && { repositories: repositories.map((item) => renderRepository(site, item)) }),
  });
}

function listRepositories(call: Call): Reply {
  const { caller, site } = call;
  if (caller.kind !== 'installation') throw notFound();
  const { token } = caller;
  const items = repositoriesOf(call, caller.installation).filter(
    (repository) => token.repositories === 'all' || token.repositories.includes(repository.fullName),
  );
  return page(call, items, (shown) => ({
    total_count: items.length,
    repository_selection: caller.installation.repositories === 'all' ? 'all' : 'selected',
    repositories: shown.map((repository) => renderRepository(site, repository)),
  }));
}

/** Hands out the app's credentials for a code of the manifest flow, once. */
function convertManifest(call: Call): Reply {
  const { site } = call;
  const code = call.parameters['code'] ?? '';
  const manifest = site.state.manifestCodes.get(code);
  if (manifest === undefined) throw notFound();
  site.state.manifestCodes.delete(code);
  const { app } = site.state;
  return created({
    ...renderApp(site),
    owner: renderUser(site, app.owner),
    ...(typeof manifest['name'] === 'string' ? { name: manifest['name'] } : {}),
    client_id: app.clientId,
    client_secret: randomBytes(20).toString('hex'),
    webhook_secret: app.webhookSecret,
    pem: app.privateKey,
  });
}
