import { closingReferences } from '../domain/closing-references.ts';
import type { ReviewRequest } from '../review/request.ts';
import type { RunSession } from './run-session.ts';

/** What people wrote about the change: its title and description, and the issues of this repository that it closes. */
export async function readIntent(
  { pull, installation, logger }: Pick<RunSession, 'pull' | 'installation' | 'logger'>,
  signal: AbortSignal,
): Promise<NonNullable<ReviewRequest['intent']>> {
  const { owner, repo, title, description = '' } = pull;
  const issues = [];
  for (const number of closingReferences(description, pull)) {
    try {
      const issue = await installation.getIssue({ owner, repo, number }, signal);
      if (issue !== undefined) issues.push({ number, ...issue });
    } catch (error) {
      signal.throwIfAborted();
      // The change can be read without it.
      logger.warn('an issue that the pull request closes could not be read', { number, error });
    }
  }
  return { title, description, ...(issues.length === 0 ? {} : { issues }) };
}
