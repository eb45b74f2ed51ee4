import { listCommits, readCommit, resolveCommit } from '../git/commits.ts';
import { listRefs } from '../git/refs.ts';
import { notFound } from '../http/api-error.ts';
import { type Handler, ok } from '../http/call.ts';
import { page } from '../http/page.ts';
import { renderCommit } from '../render/commit.ts';
import { renderRepository } from '../render/repository.ts';
import { renderUser } from '../render/user.ts';
import { roleOf } from '../site.ts';
import { inRepository } from './in-repository.ts';

export const repositoryHandlers: Readonly<Record<string, Handler>> = {
  'repos/get': inRepository(({ site, repository }) => ok(renderRepository(site, repository))),
  'repos/get-collaborator-permission-level': inRepository(({ site, repository, parameters }) => {
    const user = site.state.users.get(parameters['username'] ?? '');
    if (user === undefined) throw notFound();
    const role = roleOf(repository, user.login);
    const permission = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
    const at = (...roles: readonly string[]) => roles.includes(role);
    return ok({
      permission,
      role_name: role,
      user: {
        ...renderUser(site, user),
        role_name: role,
        permissions: {
          admin: at('admin'),
          maintain: at('admin', 'maintain'),
          push: at('admin', 'maintain', 'write'),
          triage: at('admin', 'maintain', 'write', 'triage'),
          pull: role !== 'none',
        },
      },
    });
  }),
  'repos/list-branches': inRepository(async (call) => {
    const { repository, site } = call;
    const refs = await listRefs(repository.gitDir, 'refs/heads/');
    return page(call, refs, (shown) =>
      shown.map((ref) => ({
        name: ref.name.slice('refs/heads/'.length),
        commit: { sha: ref.sha, url: `${site.apiUrl}/repos/${repository.fullName}/commits/${ref.sha}` },
        protected: false,
      })),
    );
  }),
  'repos/get-branch': inRepository(async ({ repository, site, parameters }) => {
    const name = parameters['branch'] ?? '';
    const ref = (await listRefs(repository.gitDir, 'refs/heads/')).find(
      (candidate) => candidate.name === `refs/heads/${name}`,
    );
    if (ref === undefined) throw notFound();
    const url = `${site.apiUrl}/repos/${repository.fullName}/branches/${name}`;
    return ok({
      name,
      commit: renderCommit(site, repository, await readCommit(repository.gitDir, ref.sha)),
      _links: { self: url, html: `${site.serverUrl}/${repository.fullName}/tree/${name}` },
      protected: false,
      protection: { enabled: false },
      protection_url: `${url}/protection`,
    });
  }),
  'repos/list-commits': inRepository(async (call) => {
    const { repository, site, query } = call;
    const sha = await resolveCommit(repository.gitDir, query.get('sha') ?? repository.defaultBranch);
    if (sha === undefined) throw notFound();
    const path = query.get('path');
    const commits = await listCommits(repository.gitDir, sha, path === null ? {} : { path });
    return page(call, commits, (shown) => shown.map((commit) => renderCommit(site, repository, commit)));
  }),
};
