import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GRAPHQL_PERMISSIONS, REQUIRED_PERMISSIONS } from '../../src/github/required-permissions.ts';

const root = new URL('../../', import.meta.url);
const manifest: { default_permissions: Record<string, string>; default_events: string[] } = parse(
  await readFile(new URL('app.yml', root), 'utf8'),
);

/** Permissions that GitHub asks for before it sends an event: docs.github.com/webhooks/webhook-events-and-payloads. */
const EVENT_PERMISSIONS: Record<string, { permission: string; level: string }> = {
  check_run: { permission: 'checks', level: 'read' },
  check_suite: { permission: 'checks', level: 'read' },
  deployment_status: { permission: 'deployments', level: 'read' },
  issue_comment: { permission: 'issues', level: 'read' },
  pull_request: { permission: 'pull_requests', level: 'read' },
  pull_request_review_comment: { permission: 'pull_requests', level: 'read' },
  pull_request_review_thread: { permission: 'pull_requests', level: 'read' },
  status: { permission: 'statuses', level: 'read' },
};

describe('REQUIRED_PERMISSIONS', () => {
  it('is exactly what app.yml asks for, together with the events', () => {
    const needed = new Map<string, string>();
    const events = manifest.default_events.map(
      (event) => EVENT_PERMISSIONS[event] ?? { permission: event, level: '?' },
    );
    const calls = [...Object.values(REQUIRED_PERMISSIONS), ...Object.values(GRAPHQL_PERMISSIONS)];
    for (const { permission, level } of [...calls, ...events]) {
      if (needed.get(permission) !== 'write') needed.set(permission, level);
    }
    expect(manifest.default_permissions).toEqual(Object.fromEntries(needed));
  });

  it('lists the operations that the source calls, no more and no fewer', async () => {
    const folder = new URL('src/github/', root);
    const called = new Set<string>();
    const asked = new Set<string>();
    for (const name of await readdir(folder)) {
      const text = await readFile(new URL(name, folder), 'utf8');
      for (const [, operation = ''] of text.matchAll(/\.(?:tryCall|call)\(\s*'([\w.]+)'/g))
        called.add(operation);
      // Calls that go around the table would not be counted: only the app's own identity may.
      const around = [...text.matchAll(/\.rest\.(\w+\.\w+)/g)].map(([, operation]) => operation);
      expect(around.filter((operation) => operation !== 'apps.getAuthenticated')).toEqual([]);
      expect(text).not.toMatch(/octokit\.(?:request|paginate)\b/);
      const asksGraphQl = /octokit\.graphql\b/.test(text);
      expect([name, asksGraphQl]).toEqual([name, asksGraphQl && name === 'github-client.ts']);
      for (const [, field = ''] of text.matchAll(/\.graphql\(\s*'(\w+)'/g)) asked.add(field);
    }
    expect(called).toEqual(new Set(Object.keys(REQUIRED_PERMISSIONS)));
    expect(asked).toEqual(new Set(Object.keys(GRAPHQL_PERMISSIONS)));
  });

  it('subscribes to the events that the webhooks read, no more and no fewer', async () => {
    const text = await readFile(new URL('src/webhooks/read-delivery.ts', root), 'utf8');
    const read = new Set([...text.matchAll(/case '(\w+)\./g)].map(([, event]) => event));
    expect(read).toEqual(new Set(manifest.default_events));
  });
});
