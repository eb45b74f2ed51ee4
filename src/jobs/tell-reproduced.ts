import type { Finding } from '../domain/finding.ts';
import { codeSpan, escapeText } from '../report/escape.ts';
import { readFindingMarker } from '../report/marker.ts';
import { answerInThread } from './answer-comment.ts';
import type { RunSession } from './run-session.ts';

/** Says in the thread of each finding that the preview has shown what it predicts; once, however often it does. */
export async function tellReproduced(
  findings: readonly Finding[],
  { installation, pull }: Pick<RunSession, 'installation' | 'pull'>,
  signal: AbortSignal,
): Promise<void> {
  const shown = findings.filter(({ inProduct }) => inProduct?.outcome?.kind === 'reproduced');
  if (shown.length === 0) return;
  const threads = await installation.listOwnThreads(pull, signal);
  for (const { id, inProduct } of shown) {
    const thread = threads.findLast(({ body }) => readFindingMarker(body) === id);
    const outcome = inProduct?.outcome;
    if (thread === undefined || thread.isResolved === true || outcome?.kind !== 'reproduced') continue;
    const witness =
      outcome.witness === undefined ? '' : ' A test that shows it is in the check run of the preview.';
    const body = `**Reproduced** in the preview: ${escapeText(outcome.title)} (${codeSpan(outcome.by)}).${witness}`;
    // Our own first comment is what is answered, so a person's question keeps its one answer.
    await answerInThread(installation, pull, { thread, commentId: thread.commentId, body }, signal);
  }
}
