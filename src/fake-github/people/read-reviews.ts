import { renderPullSimple } from '../render/pull-request.ts';
import { renderReviewComment } from '../render/review.ts';
import { addReaction } from '../rest/issue-comments.ts';
import { addReply, replyEvent } from '../rest/review-comments.ts';
import { nodeId, type Site, userOf } from '../site.ts';
import type { FakeReaction, FakeRepository, FakeReviewComment } from '../state.ts';

interface OnReviewComment {
  readonly repository: string;
  readonly id: number;
  readonly by: string;
}

/** What people do with the comments of a review. */
export interface Readers {
  /** Answers in the thread that the review comment `id` began. */
  reply(at: OnReviewComment & { readonly body: string }): Promise<FakeReviewComment>;
  /** Resolves the thread that the review comment `id` began, or opens it again. */
  resolveThread(at: OnReviewComment & { readonly isResolved?: boolean }): Promise<void>;
  /** GitHub sends no webhook for reactions. */
  react(at: OnReviewComment & { readonly content: FakeReaction['content'] }): void;
}

export function createReaders(site: Site, repositoryOf: (fullName: string) => FakeRepository): Readers {
  const find = ({ repository: name, id }: { readonly repository: string; readonly id: number }) => {
    const repository = repositoryOf(name);
    const comment = repository.reviewComments.get(id);
    if (comment === undefined || comment.inReplyTo !== undefined) {
      throw new Error(`no thread of ${name} begins with the comment ${id}`);
    }
    return { repository, comment };
  };
  return {
    async reply({ by, body, ...at }) {
      const { repository, comment: parent } = find(at);
      const comment = addReply({ site, repository }, { parent, user: userOf(site, by), body });
      await site.emit(await replyEvent(site, repository, comment));
      return comment;
    },
    async resolveThread({ by, isResolved = true, ...at }) {
      const { repository, comment } = find(at);
      comment.isResolved = isResolved;
      comment.resolvedBy = isResolved ? userOf(site, by) : undefined;
      await site.emit({
        event: 'pull_request_review_thread',
        action: isResolved ? 'resolved' : 'unresolved',
        repository,
        sender: userOf(site, by),
        payload: await threadPayload(site, repository, comment),
      });
    },
    react({ by, content, ...at }) {
      addReaction(site, find(at).comment.reactions, { user: userOf(site, by), content });
    },
  };
}

async function threadPayload(site: Site, repository: FakeRepository, first: FakeReviewComment) {
  const pull = repository.pulls.get(first.pull);
  if (pull === undefined) throw new Error(`${repository.fullName} has no pull request #${first.pull}`);
  const comments = [...repository.reviewComments.values()].filter(
    ({ id, inReplyTo }) => id === first.id || inReplyTo === first.id,
  );
  return {
    pull_request: await renderPullSimple(site, repository, pull),
    thread: {
      node_id: nodeId('PullRequestReviewThread', first.id),
      comments: comments.map((comment) => renderReviewComment(site, repository, comment)),
    },
  };
}
