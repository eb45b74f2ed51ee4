import type {
  FakeCheckRun,
  FakeGitHub,
  FakeRepository,
  FakeReview,
  FakeUser,
} from '../fake-github/fake-github.ts';
import { runGit } from '../git/run-git.ts';
import { invariant } from '../lib/invariant.ts';
import type { Check, Commit, Conversation, Person, Post, ReviewComment } from './conversation.ts';

/** Reads a pull request and everything posted to it from the fake GitHub, as its page would show them. */
export async function readConversation(
  gitHub: Pick<FakeGitHub, 'state'>,
  at: { readonly repository: string; readonly number: number },
): Promise<Conversation> {
  const repository = gitHub.state.repositories.get(at.repository);
  invariant(repository !== undefined, `the fake GitHub serves ${at.repository}`);
  const pull = repository.pulls.get(at.number);
  invariant(pull !== undefined, `${at.repository} has a pull request ${at.number}`);
  return {
    repository: repository.fullName,
    number: pull.number,
    title: pull.title,
    body: pull.body,
    author: personOf(pull.user),
    state: pull.state,
    baseRef: pull.baseRef,
    headRef: pull.headRef,
    createdAt: pull.createdAt,
    commits: await readCommits(repository.gitDir, `refs/heads/${pull.baseRef}..${pull.headSha}`),
    posts: readPosts(repository, pull.number),
    checks: readChecks(repository, pull.headSha),
  };
}

async function readCommits(gitDir: string, range: string): Promise<readonly Commit[]> {
  const args = ['log', '--reverse', '--max-count=250', '--format=%H %s', '--end-of-options', range];
  const result = await runGit(args, { gitDir, signal: new AbortController().signal });
  if (result.code !== 0) throw new Error(`could not list the commits ${range}: ${result.stderr}`);
  const lines = result.stdout.toString('utf8').split('\n').filter(Boolean);
  return lines.map((line) => ({ sha: line.slice(0, 40), title: line.slice(41) }));
}

/** Comments and reviews, oldest first. */
function readPosts(repository: FakeRepository, number: number): readonly Post[] {
  const comments = [...repository.issueComments.values()].filter((comment) => comment.number === number);
  const reviews = [...repository.reviews.values()].filter(
    (review) => review.pull === number && review.submittedAt !== undefined,
  );
  const posts: readonly Post[] = [
    ...comments.map((comment) => ({
      kind: 'comment' as const,
      author: personOf(comment.user),
      body: comment.body,
      createdAt: comment.createdAt,
      isEdited: comment.updatedAt !== comment.createdAt,
      reactions: comment.reactions.map((reaction) => reaction.content),
    })),
    ...reviews.map((review) => ({
      kind: 'review' as const,
      author: personOf(review.user),
      body: review.body,
      createdAt: review.submittedAt ?? '',
      comments: readReviewComments(repository, review),
    })),
  ];
  return posts.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
}

function readReviewComments(repository: FakeRepository, review: FakeReview): readonly ReviewComment[] {
  return [...repository.reviewComments.values()]
    .filter((comment) => comment.reviewId === review.id)
    .map((comment) => ({
      author: personOf(comment.user),
      path: comment.path,
      lines:
        comment.line === undefined
          ? undefined
          : { side: comment.side, start: comment.startLine ?? comment.line, end: comment.line },
      diffHunk: comment.diffHunk,
      body: comment.body,
    }));
}

/** The newest run of each name on the head commit. */
function readChecks(repository: FakeRepository, headSha: string): readonly Check[] {
  const newest = new Map<string, FakeCheckRun>();
  for (const run of repository.checkRuns.values()) if (run.headSha === headSha) newest.set(run.name, run);
  return [...newest.values()].map((run) => ({
    name: run.name,
    status: run.status,
    conclusion: run.conclusion,
    title: run.title ?? '',
    summary: run.summary ?? '',
    text: run.text ?? '',
    actions: run.actions.map((action) => action.label),
    annotations: run.annotations.map((annotation) => ({
      path: annotation.path,
      startLine: annotation.start_line,
      endLine: annotation.end_line,
      level: annotation.annotation_level,
      title: annotation.title ?? '',
      message: annotation.message,
    })),
  }));
}

function personOf(user: FakeUser): Person {
  return { login: user.login, isBot: user.type === 'Bot' };
}
