import { matchesOrigin } from '../../domain/origin.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import type { VerifySettings } from '../../verify/settings.ts';

/** What a sign is judged by beside itself. */
export interface Circumstances {
  readonly pull: PullRequest;
  readonly preview: VerifySettings['preview'];
  /** Origin of the GitHub server's pages. */
  readonly github: string;
}

/** Whether the configuration, which stands on the base branch, allows the address. */
export function isConfigured(url: URL, { preview }: Circumstances): boolean {
  if (preview.origins.some((pattern) => matchesOrigin(url, pattern))) return true;
  return preview.base !== 'auto' && URL.parse(preview.base)?.origin === url.origin;
}
