import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Intent } from '../../src/agent/task.ts';
import { createAnalysers } from '../../src/analysers/create-analysers.ts';
import { isCommentable } from '../../src/domain/diff.ts';
import { parseDiff } from '../../src/domain/parse-diff.ts';
import type { ReviewReport } from '../../src/domain/report.ts';
import { openLocalObjects } from '../../src/git/open-local-objects.ts';
import { reviewPullRequest } from '../../src/review/pipeline.ts';
import type { ChangeReader } from '../../src/review/request.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** One review, and how many of its findings have a place that GitHub would take. */
export interface Run {
  readonly report: ReviewReport;
  readonly anchored: number;
}

/** Reviews the change between two sets of files, in a repository of its own. */
export async function runCase(
  { base, head, intent }: { readonly base: Files; readonly head: Files; readonly intent: Intent },
  { reader, tools }: { readonly reader: ChangeReader | undefined; readonly tools: boolean },
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'firsthand-eval-'));
  const signal = AbortSignal.timeout(3_600_000);
  try {
    const git = (...args: readonly string[]): string => runGit(folder, args);
    git('init', '--quiet', '--initial-branch=main');
    const commits = [];
    for (const files of [base, head]) {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      for (const path of Object.keys(base)) if (!(path in files)) await rm(join(folder, path));
      git('add', '--all', '--force');
      git('commit', '--quiet', '--allow-empty', '-m', 'change');
      commits.push(git('rev-parse', 'HEAD').trim());
    }
    const [baseCommit = '', headCommit = ''] = commits;
    const local = await openLocalObjects(folder, signal);
    try {
      const analysers = await createAnalysers();
      const report = await reviewPullRequest(
        {
          base: baseCommit,
          head: headCommit,
          settings: { reviewers: ['security', 'style', 'logic'], ignore: [], maxFindings: 15 },
          startedAt: new Date(),
          version: 'eval',
          intent,
        },
        {
          objects: local.objects,
          ...analysers,
          ...(tools ? {} : { analysers: [], changeAnalysers: [] }),
          ...(reader === undefined ? {} : { reader }),
          onProgress: () => {},
        },
        signal,
      );
      const diff = parseDiff(await local.objects.diff(baseCommit, headCommit, signal));
      const placed = report.findings.filter(({ location }) => location && isCommentable(diff, location));
      return { report, anchored: placed.length };
    } finally {
      await local.dispose();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runGit(folder: string, args: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=Eval', '-c', 'user.email=eval@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      HOME: folder,
      // The same commits each time, as a pull request that is reviewed again has.
      GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
      GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
    },
  });
}
