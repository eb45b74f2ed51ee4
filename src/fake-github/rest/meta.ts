import { notFound } from '../http/api-error.ts';
import { type Handler, ok } from '../http/call.ts';
import { rateLimitOf } from '../http/rate-limit.ts';
import { renderUser } from '../render/user.ts';

export const metaHandlers: Readonly<Record<string, Handler>> = {
  'rate-limit/get': ({ site }) => {
    const rate = rateLimitOf(site.now());
    return ok({ resources: { core: rate, search: rate, graphql: rate }, rate });
  },
  'meta/get': () => ok({ verifiable_password_authentication: false }),
  'users/get-by-username': ({ site, parameters }) => {
    const user = site.state.users.get(parameters['username'] ?? '');
    if (user === undefined) throw notFound();
    const createdAt = site.state.app.createdAt;
    return ok({
      ...renderUser(site, user),
      name: null,
      company: null,
      blog: null,
      location: null,
      email: null,
      hireable: null,
      bio: null,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      created_at: createdAt,
      updated_at: createdAt,
    });
  },
};
