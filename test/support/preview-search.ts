import type { PullRequest } from '../../src/domain/pull-request.ts';
import type { Circumstances } from '../../src/jobs/preview/circumstances.ts';
import type { PreviewSigns } from '../../src/jobs/preview/ports.ts';
import { previewSettingsSchema } from '../../src/verify/settings.ts';
import { BASE, HEAD } from './reports.ts';

export const PULL: PullRequest = {
  owner: 'acme',
  repo: 'shop',
  number: 42,
  title: 'Coupons',
  author: 'mona',
  state: 'open',
  isMerged: false,
  isDraft: false,
  isFromFork: false,
  baseRef: 'main',
  baseSha: BASE,
  headRef: 'feature/coupons',
  headSha: HEAD,
};

/** The pull request of `HEAD` in `acme/shop`, with no configuration. */
export function around(
  changes: { readonly pull?: Partial<PullRequest>; readonly preview?: object } = {},
): Circumstances {
  return {
    pull: { ...PULL, ...changes.pull },
    preview: previewSettingsSchema.parse(changes.preview ?? {}),
    github: 'https://github.com',
  };
}

export function signs(changes: Partial<PreviewSigns> = {}): PreviewSigns {
  return { deployments: [], statuses: [], checks: [], comments: [], unread: [], ...changes };
}
