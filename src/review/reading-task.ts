import type { EarlierClaim, Intent, ReadableFile, ReadingTask } from '../agent/task.ts';
import { type FileDiff, isCommentable } from '../domain/diff.ts';
import { omit } from '../lib/omit.ts';
import type { Change } from './collect-change.ts';
import type { ReviewRequest } from './request.ts';
import type { CategoryReview } from './review-category.ts';

/** What models are given of a change; the reviews say what tools report already. */
export function toTask(
  reviews: readonly CategoryReview[],
  change: Change,
  {
    request,
    base,
    redact,
    token,
  }: {
    readonly request: ReviewRequest;
    /** The merge base. */
    readonly base: string;
    readonly redact: (text: string) => string;
    readonly token: string;
  },
): ReadingTask {
  const diffs = new Map(change.diff.map((file) => [file.path, file]));
  const files = change.files.flatMap((file): ReadableFile[] => {
    const diff = diffs.get(file.path);
    if (diff === undefined || diff.status === 'deleted' || diff.hunks.length === 0) return [];
    if (file.setAside?.readBy === 'any-text analysers') return [];
    return [
      {
        path: file.path,
        oldPath: diff.oldPath,
        status: diff.status,
        hunks: redactHunks(diff, redact),
        head: redact(Buffer.from(file.head).toString('utf8')),
        ...(file.base === undefined ? {} : { base: redact(Buffer.from(file.base).toString('utf8')) }),
        ...(file.setAside?.readBy === 'security' ? { isGenerated: true } : {}),
      },
    ];
  });
  files.push(...deletedFiles(change, redact));
  const read = new Set(files.map(({ path }) => path));
  return {
    base,
    head: request.head,
    categories: request.settings.reviewers,
    files,
    otherChanges: change.diff
      .filter(({ path, status }) => !read.has(path) || status === 'deleted')
      .map(({ path, status }) => `${path} (${status})`),
    known: reviews.flatMap(({ claims }) =>
      claims.map(({ finding: { category, title, location } }) => ({ category, title, location })),
    ),
    earlier: toEarlier(
      request,
      change.diff.filter(({ path }) => read.has(path)),
    ),
    ...(request.intent === undefined ? {} : { intent: redactIntent(request.intent, redact) }),
    token,
  };
}

/** Of a longer deleted file, its name says enough. */
const MAX_DELETED_LINES = 1500;

function deletedTexts({ diff, onlyOnBase, isIgnored }: Change): readonly FileDiff[] {
  return diff.filter(
    ({ status, oldPath, hunks }) =>
      status === 'deleted' && onlyOnBase.has(oldPath) && !isIgnored(oldPath) && hunks.length > 0,
  );
}

function isTooLong({ hunks }: FileDiff): boolean {
  return hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0) > MAX_DELETED_LINES;
}

function deletedFiles(change: Change, redact: (text: string) => string): readonly ReadableFile[] {
  return deletedTexts(change)
    .filter((file) => !isTooLong(file))
    .map((file) => ({
      path: file.path,
      oldPath: file.oldPath,
      status: 'deleted',
      hunks: redactHunks(file, redact),
      head: '',
      base: redact(Buffer.from(change.onlyOnBase.get(file.oldPath) ?? []).toString('utf8')),
    }));
}

/** Deleted files that are listed instead of being read. */
export function unreadDeletions(change: Change): CategoryReview['notAnalysed'] {
  const reason = `deleted, and longer than ${MAX_DELETED_LINES} lines: no model read it`;
  return deletedTexts(change)
    .filter(isTooLong)
    .map(({ path }) => ({ path, reason }));
}

function redactHunks({ hunks }: FileDiff, redact: (text: string) => string): FileDiff['hunks'] {
  return hunks.map((hunk) => ({
    ...hunk,
    lines: hunk.lines.map((line) => ({ ...line, text: redact(line.text) })),
  }));
}

/** Only what a comment could stand at: the rest of what was told before is told by the ledger. */
function toEarlier(
  { earlier = [], settings }: ReviewRequest,
  diff: readonly FileDiff[],
): readonly EarlierClaim[] {
  return earlier.flatMap(({ finding, code }): EarlierClaim[] => {
    const { category, location, severity, confidence, title, body, source, suggestion, inProduct } = finding;
    const reviewer = settings.reviewers.find((one) => one === category);
    if (reviewer === undefined || location === undefined) return [];
    const isPlaced =
      code === 'gone' ? diff.some(({ path }) => path === location.path) : isCommentable(diff, location);
    if (!isPlaced) return [];
    return [
      {
        category: reviewer,
        severity,
        confidence,
        title,
        body,
        location,
        model: source,
        code,
        ...(suggestion === undefined ? {} : { replacement: suggestion }),
        ...(inProduct === undefined ? {} : { visibleInProduct: omit(inProduct, 'outcome') }),
      },
    ];
  });
}

function redactIntent({ title, description, issues }: Intent, redact: (text: string) => string): Intent {
  return {
    title: redact(title),
    description: redact(description),
    ...(issues === undefined
      ? {}
      : {
          issues: issues.map((issue) => ({
            number: issue.number,
            title: redact(issue.title),
            description: redact(issue.description),
          })),
        }),
  };
}
