import type { Logger } from '../domain/logger.ts';
import { createRedactor, REDACTED } from '../lib/redact.ts';
import { BODY_TARGET, MAX_CHECK_FIELD } from '../report/fit.ts';
import { changeVisibleBody } from '../report/marker.ts';
import type { CheckRun } from '../report/ports.ts';
import type { Installation } from './ports.ts';

/** Replaces the secrets that one job knows of in whatever leaves it. */
export interface Redaction {
  readonly apply: (text: string) => string;
  /** Adds the values of a repository's secrets as soon as they are known. */
  learn(secrets: readonly string[]): void;
}

/** Begins with the operator's own redaction. */
export function createRedaction(redact: (text: string) => string): Redaction {
  let known: readonly string[] = [];
  let redactKnown = createRedactor(known);
  return {
    apply: (text) => redactKnown(redact(text)),
    learn(secrets) {
      known = [...known, ...secrets];
      redactKnown = createRedactor(known);
    },
  };
}

/** The same installation, whose every written text is redacted. Hidden markers hold ids only and stay whole. */
export function redactInstallation(installation: Installation, { apply }: Redaction): Installation {
  const body = (text: string): string =>
    changeVisibleBody(text, (visible) => fitted(visible, apply, BODY_TARGET));
  return {
    createComment: (pull, text, signal) => installation.createComment(pull, body(text), signal),
    updateComment: (pull, id, text, signal) => installation.updateComment(pull, id, body(text), signal),
    createReview: (pull, review, signal) =>
      installation.createReview(
        pull,
        {
          ...review,
          body: body(review.body),
          comments: review.comments.map((comment) => ({ ...comment, body: body(comment.body) })),
        },
        signal,
      ),
    putCheckRun: (repository, check, signal) =>
      installation.putCheckRun(repository, redactCheck(check, apply), signal),
    listUnfinishedChecks: (repository, headSha, signal) =>
      installation.listUnfinishedChecks(repository, headSha, signal),
    listOwnComments: (pull, signal) => installation.listOwnComments(pull, signal),
    listOwnReviews: (pull, signal) => installation.listOwnReviews(pull, signal),
    listOwnThreads: (pull, signal) => installation.listOwnThreads(pull, signal),
    replyInThread: (pull, id, text, signal) => installation.replyInThread(pull, id, body(text), signal),
    updateReviewComment: (pull, id, text, signal) =>
      installation.updateReviewComment(pull, id, body(text), signal),
    resolveThread: (pull, id, signal) => installation.resolveThread(pull, id, signal),
    reactInThread: (repository, id, reaction, signal) =>
      installation.reactInThread(repository, id, reaction, signal),
    storePictures: (repository, key, pictures, signal) =>
      installation.storePictures(repository, key, pictures, signal),
    getPullRequest: (pull, signal) => installation.getPullRequest(pull, signal),
    getIssue: (issue, signal) => installation.getIssue(issue, signal),
    findPullRequests: (repository, sha, signal) => installation.findPullRequests(repository, sha, signal),
    canWrite: (repository, login, signal) => installation.canWrite(repository, login, signal),
    react: (repository, id, reaction, signal) => installation.react(repository, id, reaction, signal),
    listDeployments: (repository, of, signal) => installation.listDeployments(repository, of, signal),
    listPreviewSigns: (pull, signal) => installation.listPreviewSigns(pull, signal),
    openObjects: (pull, signal) => installation.openObjects(pull, signal),
  };
}

/** The same logger, whose messages and fields are redacted, however deep a text stands. */
export function redactLogger(logger: Logger, { apply }: Redaction): Logger {
  const clean = (
    fields?: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> | undefined =>
    fields === undefined
      ? undefined
      : Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, redactValue(value, apply, 0)]));
  return {
    debug: (message, fields) => logger.debug(apply(message), clean(fields)),
    info: (message, fields) => logger.info(apply(message), clean(fields)),
    warn: (message, fields) => logger.warn(apply(message), clean(fields)),
    error: (message, fields) => logger.error(apply(message), clean(fields)),
  };
}

/** Deeper values are left out of the log. */
const MAX_DEPTH = 5;

function redactValue(value: unknown, apply: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return apply(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return REDACTED;
  if (value instanceof Error) {
    return {
      name: value.name,
      message: apply(value.message),
      stack: apply(value.stack ?? ''),
      ...(value.cause === undefined ? {} : { cause: redactValue(value.cause, apply, depth + 1) }),
    };
  }
  if (Array.isArray(value)) return value.map((item: unknown) => redactValue(item, apply, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [key, redactValue(item, apply, depth + 1)]),
  );
}

function redactCheck(check: CheckRun, apply: (text: string) => string): CheckRun {
  return {
    ...check,
    title: fitted(check.title, apply, check.title.length),
    summary: fitted(check.summary, apply, MAX_CHECK_FIELD),
    ...(check.text === undefined ? {} : { text: fitted(check.text, apply, MAX_CHECK_FIELD) }),
    annotations: check.annotations.map((note) => ({
      ...note,
      title: fitted(note.title, apply, note.title.length),
      message: apply(note.message),
    })),
  };
}

/** A text that redaction made too long gets a sign that is shorter than any secret that is replaced. */
function fitted(text: string, apply: (text: string) => string, max: number): string {
  const redacted = apply(text);
  return redacted.length <= max ? redacted : redacted.replaceAll(REDACTED, '***');
}
