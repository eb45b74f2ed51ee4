import { randomBytes } from 'node:crypto';
import { ReaderBroken } from '../agent/reader-broken.ts';
import type { ModelFinding, ReaderReport, Reading } from '../agent/reading.ts';
import type { ReadingTask } from '../agent/task.ts';
import type { ReviewerReport } from '../domain/report.ts';
import { createRedactor } from '../lib/redact.ts';
import type { Change } from './collect-change.ts';
import { toModelClaims } from './model-claims.ts';
import { toTask, unreadDeletions } from './reading-task.ts';
import { redactSource } from './redact-source.ts';
import type { ChangeReader, ReviewPorts, ReviewRequest } from './request.ts';
import type { CategoryReview } from './review-category.ts';
import { mergeByPlace } from './to-findings.ts';
import { tryReplacements } from './try-replacements.ts';

interface Circumstances {
  readonly request: ReviewRequest;
  /** The merge base. */
  readonly base: string;
  readonly ports: ReviewPorts;
}

/**
 * Lets models read what the tools have read, and adds what they find to each reviewer's part.
 *
 * Without a model the parts stay as they are; where one was asked for and cannot be used, each part says so.
 */
export async function readWithModels(
  reviews: readonly CategoryReview[],
  change: Change,
  { request, base, ports }: Circumstances,
  signal: AbortSignal,
): Promise<readonly CategoryReview[]> {
  const { reader } = ports;
  if (reader === undefined || request.settings.useModel === false) return reviews;
  if (typeof reader === 'string') return reviews.map((review) => withReason(review, withoutModel(reader)));
  const redact = createRedactor(request.secrets ?? []);
  const token = reader.tokenFor?.(`${base} ${request.head}`) ?? randomBytes(12).toString('hex');
  const task = toTask(reviews, change, { request, base, redact, token });
  const { maxModelUsd } = request.settings;
  const options = {
    source: redactSource(ports.objects, redact),
    repository: request.repository ?? '',
    ...(maxModelUsd === undefined ? {} : { maxUsd: maxModelUsd }),
  };
  const reading = await readOrBreak(reader, task, options, signal);
  if (typeof reading === 'string') {
    return reviews.map((review) => withReason(review, withoutModel(reading)));
  }
  const tried = await tryReplacements(reading.findings, change, { ports, head: request.head }, signal);
  return reviews.map((review) =>
    addReading(review, { reading, tried, change, reader, secrets: request.secrets ?? [] }),
  );
}

/** A text when the reading itself broke: the tools' findings stand without it. */
async function readOrBreak(
  reader: ChangeReader,
  task: ReadingTask,
  options: Parameters<ChangeReader['read']>[1],
  signal: AbortSignal,
): Promise<Reading | string> {
  try {
    return await reader.read(task, options, signal);
  } catch (error) {
    if (error instanceof ReaderBroken) return error.message;
    throw error;
  }
}

/** Whether a model has read every hunk of a file, as the logic or the style reviewer. */
export function readByModels(path: string, reviews: readonly CategoryReview[]): boolean {
  return reviews.some(
    ({ report, readWhole }) => report.category !== 'security' && readWhole?.has(path) === true,
  );
}

interface Addition {
  readonly reading: Reading;
  readonly tried: ReadonlySet<ModelFinding>;
  readonly change: Change;
  readonly reader: ChangeReader;
  readonly secrets: readonly string[];
}

function addReading(review: CategoryReview, addition: Addition): CategoryReview {
  const { reading, change, reader } = addition;
  const { category } = review.report;
  const report = reading.readers.find((one) => one.category === category);
  if (report === undefined) return review;
  const added = toModelClaims(category, reading, addition);
  const claims = mergeByPlace([...review.claims, ...added.claims]);
  const use = describeUse(report, reader, reading);
  const isRead = report.hunksTotal > 0 && use.hunksRead > 0;
  const counted = {
    ...review.report,
    ...(isRead ? { hunksRead: use.hunksRead, hunksTotal: use.hunksTotal } : {}),
    ...(isRead && review.report.status !== 'reviewed' ? { status: 'reviewed' as const } : {}),
    engine: [review.report.engine, ...report.models].filter((part) => part !== '').join(', '),
    findings: claims.length,
    tokens: report.inputTokens + report.outputTokens,
    costUsd: report.usd,
    ms: review.report.ms + report.ms,
    ...(report.calls > 0 ? { model: use } : {}),
  };
  const unread = isRead ? report.unread : [];
  const [first] = report.unread;
  const reasons = [
    ...(!isRead && first !== undefined ? [withoutModel(first.reason)] : []),
    ...report.problems,
  ];
  return {
    ...withReason({ ...review, report: counted }, reasons.join('; ')),
    claims,
    notShown: [...review.notShown, ...added.notShown],
    notAnalysed: [
      ...review.notAnalysed,
      ...unread.map(({ path, reason }) => ({ path, reason: `${category} model: ${reason}` })),
      ...(isRead && category !== 'style' ? unreadDeletions(change) : []),
    ],
    readWhole: readWhole(change, report),
  };
}

function describeUse(
  report: ReaderReport,
  reader: ChangeReader,
  { isolation }: Reading,
): NonNullable<ReviewerReport['model']> {
  return {
    names: report.models,
    calls: report.calls,
    inputTokens: report.inputTokens,
    cachedTokens: report.cachedTokens,
    outputTokens: report.outputTokens,
    costUsd: report.usd,
    unpriced: report.unpriced,
    pricesAsOf: reader.pricesAsOf,
    ...(isolation === undefined ? {} : { isolation }),
    hunksRead: report.hunksTotal - report.unread.length,
    hunksTotal: report.hunksTotal,
    ms: report.ms,
  };
}

function readWhole({ files }: Change, { hunksTotal, unread }: ReaderReport): ReadonlySet<string> {
  if (hunksTotal === 0) return new Set();
  const missing = new Set(unread.map(({ path }) => path));
  return new Set(files.flatMap(({ path, setAside }) => (setAside || missing.has(path) ? [] : [path])));
}

function withoutModel(why: string): string {
  return `without a model: ${why}`;
}

function withReason(review: CategoryReview, more: string): CategoryReview {
  const reason = [review.report.reason, more].filter((part) => part !== undefined && part !== '').join('; ');
  return reason === '' ? review : { ...review, report: { ...review.report, reason } };
}
