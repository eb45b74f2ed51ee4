import type { PullRequest } from '../../domain/pull-request.ts';
import type { VerifySettings } from '../../verify/settings.ts';
import type { VerifyJob } from '../job.ts';
import type { Installation } from '../ports.ts';
import { findPreview, type PreviewChoice } from './find-preview.ts';

/** How long a run that somebody asked for waits for what is being deployed, and how long at once. */
const MAX_WAIT_MS = 4 * 60_000;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;

export interface PreviewLookup {
  readonly installation: Pick<Installation, 'listPreviewSigns'>;
  readonly pull: PullRequest;
  readonly settings: VerifySettings;
  readonly changedPaths: readonly string[];
  /** Where GitHub shows repositories: https://github.com. */
  readonly webUrl: string;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Told before it waits. */
  readonly onWait: () => Promise<void>;
}

/**
 * Reads what GitHub knows and finds the previews of the head; see `findPreview`.
 *
 * A run that somebody asked for looks again for a few minutes while something is being deployed. One that a push began does not:
 * GitHub tells when the deployment is there, and other runs of the pull request would wait behind it.
 */
export async function lookForPreview(
  job: Pick<VerifyJob, 'trigger' | 'headSha' | 'url'>,
  lookup: PreviewLookup,
  signal: AbortSignal,
): Promise<PreviewChoice> {
  const { installation, pull, settings, changedPaths } = lookup;
  const github = new URL(lookup.webUrl).origin;
  const isAskedFor = job.trigger === 'command' || job.trigger === 'rerun';
  let waitedMs = 0;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const signs = await installation.listPreviewSigns(pull, signal);
    const choice = findPreview(job, { pull, preview: settings.preview, github, signs, changedPaths });
    if (choice.kind === 'found' || !choice.isPending || !isAskedFor || waitedMs >= MAX_WAIT_MS) return choice;
    if (waitedMs === 0) await lookup.onWait();
    await lookup.sleep(waitMs, signal);
    waitedMs += waitMs;
  }
}
