import type { PullRequestRef } from '../domain/pull-request.ts';
import { answerMarker, endsWithMarker } from '../report/marker.ts';
import type { Publisher } from '../report/ports.ts';

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
