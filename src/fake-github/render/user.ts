import { nodeId, type Site } from '../site.ts';
import type { FakeUser } from '../state.ts';

/** A `simple-user`. */
export function renderUser({ apiUrl, serverUrl }: Site, { id, login, type }: FakeUser) {
  const url = `${apiUrl}/users/${encodeURIComponent(login)}`;
  const isBot = type === 'Bot';
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: `${serverUrl}/avatars/u/${id}`,
    gravatar_id: '',
    url,
    html_url: isBot ? `${serverUrl}/apps/${login.replace('[bot]', '')}` : `${serverUrl}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}
