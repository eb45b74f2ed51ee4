import type { PullRequestRef } from '../domain/pull-request.ts';
import { answerMarker, endsWithMarker } from '../report/marker.ts';
import type { FindingThread, Publisher } from '../report/ports.ts';

/** Answers the comment `commentId` once, however often this is tried. `body` is inert Markdown of ours. */
export async function answerComment(
  publisher: Publisher,
  pull: PullRequestRef,
  commentId: number,
  body: string,
  signal: AbortSignal,
): Promise<void> {
  const marker = answerMarker(commentId);
  const comments = await publisher.listOwnComments(pull, signal);
  if (comments.some((comment) => endsWithMarker(comment.body, marker))) return;
  await publisher.createComment(pull, `${body}\n\n${marker}`, signal);
}

/** The same in a review thread; `thread` is as it was before the answer. */
export async function answerInThread(
  publisher: Publisher,
  pull: PullRequestRef,
  answer: { readonly thread: FindingThread; readonly commentId: number; readonly body: string },
  signal: AbortSignal,
): Promise<void> {
  const { thread, commentId, body } = answer;
  const marker = answerMarker(commentId);
  if (thread.replies.some((reply) => reply.isOwn && endsWithMarker(reply.body, marker))) return;
  await publisher.replyInThread(pull, thread.commentId, `${body}\n\n${marker}`, signal);
}
