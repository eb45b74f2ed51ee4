import { nodeId, type Site } from '../site.ts';
import type { FakeInstallation } from '../state.ts';
import { renderUser } from './user.ts';

/** The app as an `integration`. */
export function renderApp(site: Site) {
  const { app } = site.state;
  return {
    id: app.id,
    slug: app.slug,
    client_id: app.clientId,
    node_id: nodeId('Integration', app.id),
    owner: renderUser(site, app.owner),
    name: app.name,
    description: null,
    external_url: `${site.serverUrl}/apps/${app.slug}`,
    html_url: `${site.serverUrl}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

export function renderInstallation(site: Site, installation: FakeInstallation) {
  const { app } = site.state;
  const url = `${site.apiUrl}/app/installations/${installation.id}`;
  return {
    id: installation.id,
    account: renderUser(site, installation.account),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${site.apiUrl}/installation/repositories`,
    html_url: `${site.serverUrl}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    client_id: app.clientId,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    suspended_by: null,
    suspended_at: null,
  };
}
