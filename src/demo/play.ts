import { UserError } from '../domain/errors.ts';
import type { FakeCheckRun, FakePull } from '../fake-github/fake-github.ts';
import { sleep } from '../lib/sleep.ts';
import { CHECK_NAMES } from '../report/render-check-run.ts';
import { MAINTAINER, REPOSITORY, type Stage } from './stage.ts';

const LIMIT_MS = 300_000;
const POLL_MS = 100;
/** How long the App asks GitHub nothing when it has nothing to do. */
const QUIET_MS = 600;
/** How long it may take a job in its queue to begin; then the demo goes on without it. */
const QUEUE_MS = 10_000;

interface PlayOptions {
  readonly progress: (sentence: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Does what people and their deployments do: deploys the base, opens the pull request, and deploys its head when the
 * App has read the diff and waits for a preview, as a build takes longer than a review. Each webhook goes to the App signed, over HTTP. Resolves
 * when the App has finished both check runs.
 */
export async function play(stage: Stage, options: PlayOptions): Promise<FakePull> {
  const { shop, gitHub } = stage;
  const { people } = gitHub;
  await people.deploy({
    repository: REPOSITORY,
    ref: shop.baseRef,
    environment: 'production',
    url: stage.base.url,
    by: MAINTAINER,
  });
  options.progress(`Opening the pull request “${shop.title}”.`);
  const pull = await people.openPullRequest({
    repository: REPOSITORY,
    author: shop.author,
    head: shop.branch,
    base: shop.baseRef,
    title: shop.title,
    body: shop.body,
  });
  const watch = createWatch(stage, pull, options);
  await watch.until((runs, quietMs) => {
    const isWaiting = isCompleted(runs.get(CHECK_NAMES.preview));
    return isCompleted(runs.get(CHECK_NAMES.review)) && quietMs > (isWaiting ? QUIET_MS : QUEUE_MS);
  });

  options.progress(`Deploying its preview: base at ${stage.base.url}, head at ${stage.head.url}.`);
  const before = watch.runs().get(CHECK_NAMES.preview)?.id;
  await people.deploy({
    repository: REPOSITORY,
    ref: shop.headSha,
    environment: 'preview',
    url: stage.head.url,
    by: shop.author,
  });
  await watch.until((runs, quietMs) => {
    const preview = runs.get(CHECK_NAMES.preview);
    return isCompleted(preview) && preview?.id !== before && quietMs > QUIET_MS;
  });
  return pull;
}

type Runs = ReadonlyMap<string, FakeCheckRun>;

/** `quietMs`: for how long the App has asked GitHub nothing. */
type Condition = (runs: Runs, quietMs: number) => boolean;

interface Watch {
  /** The newest check run of each name on the pull request's head. */
  readonly runs: () => Runs;
  /** Waits until the condition holds. */
  readonly until: (condition: Condition) => Promise<void>;
}

/** Follows the check runs and tells of each change. */
function createWatch(stage: Stage, pull: FakePull, { progress, signal }: PlayOptions): Watch {
  const deadline = performance.now() + LIMIT_MS;
  const told = new Map<string, string>();
  const tell = (runs: Runs): void => {
    for (const [name, run] of runs) {
      const sentence = describe(run);
      if (told.get(name) !== sentence) progress(sentence);
      told.set(name, sentence);
    }
  };
  const runs = (): Runs => newestRuns(stage, pull);
  const poll = async (condition: Condition, whileWatching: AbortSignal): Promise<void> => {
    let requests = -1;
    let quietSince = performance.now();
    while (performance.now() < deadline) {
      const now = runs();
      tell(now);
      const { length } = stage.gitHub.requests;
      if (length !== requests) quietSince = performance.now();
      requests = length;
      if (condition(now, performance.now() - quietSince)) return;
      await sleep(POLL_MS, whileWatching);
    }
    const state = [...told.values()].join(' ') || 'It created no check run.';
    throw new UserError(
      `the App had not finished after ${LIMIT_MS / 1000} seconds. ${state} The end of its log:\n${stage.app.logTail()}`,
    );
  };
  const until: Watch['until'] = async (condition) => {
    const over = new AbortController();
    try {
      await Promise.race([poll(condition, AbortSignal.any([signal, over.signal])), stage.app.ended]);
    } finally {
      over.abort();
    }
  };
  return { runs, until };
}

function newestRuns({ gitHub }: Stage, pull: FakePull): Runs {
  const runs = gitHub.state.repositories.get(REPOSITORY)?.checkRuns.values() ?? [];
  const newest = new Map<string, FakeCheckRun>();
  for (const run of runs) if (run.headSha === pull.headSha) newest.set(run.name, run);
  return newest;
}

function isCompleted(run: FakeCheckRun | undefined): boolean {
  return run?.status === 'completed';
}

function describe(run: FakeCheckRun): string {
  return `${run.name}: ${run.title ?? run.status.replace('_', ' ')}.`;
}
