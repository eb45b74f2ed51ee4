import { createAnalysers } from '../../src/analysers/create-analysers.ts';
import type { ReviewReport } from '../../src/domain/report.ts';
import { openLocalObjects } from '../../src/git/open-local-objects.ts';
import { reviewPullRequest } from '../../src/review/pipeline.ts';
import type { ReviewSettings } from '../../src/review/settings.ts';

/** Reviews what lies between two commits of a repository on disk, with the real analysers, in two minutes or `limitMs`. */
export async function reviewCommits(
  folder: string,
  { base, head }: { readonly base: string; readonly head: string },
  settings: Partial<ReviewSettings> = {},
  limitMs = 120_000,
): Promise<ReviewReport> {
  const signal = AbortSignal.timeout(limitMs);
  const local = await openLocalObjects(folder, signal);
  try {
    return await reviewPullRequest(
      {
        base,
        head,
        settings: { reviewers: ['security', 'style', 'logic'], ignore: [], maxFindings: 15, ...settings },
        startedAt: new Date(0),
        version: '0.0.0',
      },
      { objects: local.objects, ...(await createAnalysers()), onProgress: () => undefined },
      signal,
    );
  } finally {
    await local.dispose();
  }
}
