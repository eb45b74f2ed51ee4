/** Minimal payloads in GitHub's shape: what we read, and little more. */
export const HEAD_SHA = 'a'.repeat(40);
export const OLD_SHA = 'b'.repeat(40);
export const OUR_APP_ID = 4242;

const common = {
  installation: { id: 77 },
  repository: { name: 'shop', owner: { login: 'acme' }, html_url: 'https://github.com/acme/shop' },
  sender: { login: 'mona', type: 'User' },
};

export function pullRequestPayload(
  action: string,
  { draft = false, sha = HEAD_SHA, before }: { draft?: boolean; sha?: string; before?: string } = {},
) {
  return {
    ...common,
    action,
    ...(before === undefined ? {} : { before, after: sha }),
    number: 7,
    pull_request: {
      number: 7,
      draft,
      updated_at: '2026-01-02T03:04:05Z',
      head: { sha, ref: 'feature' },
      base: { sha: OLD_SHA, ref: 'main' },
    },
  };
}

export function deploymentStatusPayload(status: Record<string, unknown>) {
  return {
    ...common,
    action: 'created',
    deployment: { id: 5, sha: HEAD_SHA, ref: 'feature', environment: 'Preview – shop' },
    deployment_status: {
      state: 'success',
      environment_url: 'https://pr-7.example.dev',
      target_url: '',
      ...status,
    },
  };
}

export function issueCommentPayload(
  body: string | null,
  { user = { login: 'mona', type: 'User' }, isPull = true }: { user?: object | null; isPull?: boolean } = {},
) {
  return {
    ...common,
    action: 'created',
    issue: {
      number: 7,
      ...(isPull ? { pull_request: { url: 'https://api.github.com/repos/acme/shop/pulls/7' } } : {}),
    },
    comment: { id: 99, body, user },
  };
}

export function reviewCommentPayload(
  body: string | null,
  {
    user = { login: 'mona', type: 'User' },
    parent = 50,
  }: { user?: object | null; parent?: number | null } = {},
) {
  return {
    ...common,
    action: 'created',
    pull_request: { number: 7 },
    comment: { id: 99, body, user, ...(parent === null ? {} : { in_reply_to_id: parent }) },
  };
}

export function reviewThreadPayload(action: string, sender: object = common.sender) {
  return { ...common, sender, action, pull_request: { number: 7 }, thread: { node_id: 'x', comments: [] } };
}

export function checkRunPayload(
  action: string,
  {
    name = 'Firsthand: review',
    appId = OUR_APP_ID,
    slug,
    conclusion,
    identifier,
  }: { name?: string; appId?: number; slug?: string; conclusion?: string; identifier?: string } = {},
) {
  return {
    ...common,
    action,
    ...(identifier === undefined ? {} : { requested_action: { identifier } }),
    check_run: {
      id: 31,
      name,
      head_sha: HEAD_SHA,
      ...(conclusion === undefined ? {} : { conclusion }),
      app: { id: appId, ...(slug === undefined ? {} : { slug }) },
      pull_requests: [{ number: 7 }],
    },
  };
}

export function statusPayload(state: string, target_url: string | null) {
  return { ...common, id: 61, sha: HEAD_SHA, context: 'x', state, target_url };
}

export function checkSuitePayload(action: string, appId = OUR_APP_ID) {
  return {
    ...common,
    action,
    check_suite: { head_sha: HEAD_SHA, app: { id: appId }, pull_requests: [] },
  };
}
