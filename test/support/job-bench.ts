import type { z } from 'zod';
import type { ReviewReport, VerifyReport } from '../../src/domain/report.ts';
import type { CheckActionJob, CommandJob, ReviewJob, VerifyJob } from '../../src/jobs/job.ts';
import type { JobPorts } from '../../src/jobs/job-ports.ts';
import type { JobContext } from '../../src/jobs/ports.ts';
import type { ReviewRequest } from '../../src/review/request.ts';
import type { VerifyRequest } from '../../src/verify/request.ts';
import { createFakeInstallation, type FakeInstallation } from './fake-installation.ts';
import { createFakeStore, type FakeStore } from './fake-store.ts';
import { createRecordingQueue, type RecordingQueue } from './recording-queue.ts';
import { HEAD, reviewReport, verifyReport } from './reports.ts';
import { createSilentLogger } from './silent-logger.ts';

/** Everything that a job's handler works with, all of it fake, and what it was asked. */
export interface JobBench {
  readonly github: FakeInstallation;
  readonly store: FakeStore;
  readonly queue: RecordingQueue;
  readonly logger: ReturnType<typeof createSilentLogger>;
  readonly ports: JobPorts;
  readonly reviewRequests: ReviewRequest[];
  readonly verifyRequests: VerifyRequest[];
  /** What the pipelines answer; throw to make them fail. */
  review: (signal: AbortSignal) => Promise<ReviewReport>;
  verify: (signal: AbortSignal) => Promise<VerifyReport>;
  /** The summary comment as it stands. */
  summary(): string;
  /** The last content of the check run of that name. */
  check(name: string): { readonly status: string; readonly conclusion?: string; readonly title: string };
}

const STARTED_AT = new Date('2026-11-22T10:00:00.000Z');

export function createJobBench(): JobBench {
  const github = createFakeInstallation();
  const store = createFakeStore();
  const queue = createRecordingQueue();
  const logger = createSilentLogger();
  const reviewRequests: ReviewRequest[] = [];
  const verifyRequests: VerifyRequest[] = [];
  const bench: JobBench = {
    github,
    store,
    queue,
    logger,
    reviewRequests,
    verifyRequests,
    review: async () => reviewReport(),
    verify: async () => verifyReport(),
    ports: {
      installations: { open: async () => github },
      queue,
      store,
      logger,
      redact: (text) => text.replaceAll('operator-secret', '[redacted]'),
      now: () => new Date('2026-11-22T12:00:00.000Z'),
      sleep: async (_ms, signal) => signal.throwIfAborted(),
      version: '0.1.0',
      markerKey: new Uint8Array(32).fill(7),
      webUrl: 'https://github.com',
      privateHosts: [],
      review: (request, _objects, onProgress, signal) => {
        reviewRequests.push(request);
        onProgress({ filesChanged: 1, reviewers: [{ category: 'logic', status: 'reading', findings: 0 }] });
        return bench.review(signal);
      },
      verify: (request, _artifacts, _secrets, onProgress, signal) => {
        verifyRequests.push(request);
        onProgress({ phase: 'driving', doing: 'Checkout: step 1 of 7', actions: 1, findings: 0 });
        return bench.verify(signal).then((report) => ({ ...report, head: request.head }));
      },
    },
    summary: () => github.comments.find((comment) => comment.body.includes('firsthand:summary'))?.body ?? '',
    check(name) {
      const last = [...github.checks.values()].findLast((check) => check.name === name);
      if (last === undefined) throw new Error(`no check run ${name}`);
      return last;
    },
  };
  return bench;
}

/** A context whose steps are remembered in `steps`, as a later attempt of the same job would find them. */
export function jobContext(
  changes: Partial<JobContext> = {},
  steps = new Map<string, string>(),
): JobContext & { readonly steps: Map<string, string> } {
  return {
    id: 'run-1',
    attempt: 1,
    isLastAttempt: false,
    startedAt: STARTED_AT,
    signal: new AbortController().signal,
    steps,
    async step<Result>(name: string, schema: z.ZodType<Result>, work: () => Promise<Result>) {
      const known = steps.get(name);
      if (known !== undefined) return schema.parse(JSON.parse(known));
      const result = await work();
      steps.set(name, JSON.stringify(result));
      return schema.parse(JSON.parse(JSON.stringify(result)));
    },
    ...changes,
  };
}

const pull = { installationId: 7, owner: 'octo', repo: 'shop', number: 42 };

export function aReviewJob(changes: Partial<ReviewJob> = {}): ReviewJob {
  return { kind: 'review', ...pull, headSha: HEAD, trigger: 'push', ...changes };
}

export function aVerifyJob(changes: Partial<VerifyJob> = {}): VerifyJob {
  return { kind: 'verify', ...pull, headSha: HEAD, trigger: 'push', isAuthorised: false, ...changes };
}

export function aCommandJob(changes: Partial<CommandJob> = {}): CommandJob {
  return { kind: 'command', ...pull, commentId: 5, author: 'mona', body: '/review', ...changes };
}

export function aCheckActionJob(changes: Partial<CheckActionJob> = {}): CheckActionJob {
  return {
    kind: 'check-action',
    installationId: 7,
    owner: 'octo',
    repo: 'shop',
    headSha: HEAD,
    sender: 'mona',
    check: 'all',
    action: 'rerun',
    pulls: [42],
    ...changes,
  };
}
