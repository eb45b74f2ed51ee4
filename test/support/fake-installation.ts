import type { PullRequest } from '../../src/domain/pull-request.ts';
import type { Deployment, Installation } from '../../src/jobs/ports.ts';
import type { PreviewSigns } from '../../src/jobs/preview/ports.ts';
import type {
  CheckRun,
  FindingThread,
  InlineComment,
  OwnComment,
  OwnReview,
  Picture,
  ThreadReply,
} from '../../src/report/ports.ts';
import type { GitObjects } from '../../src/review/ports.ts';
import { BASE, HEAD } from './reports.ts';

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };
export type FakeThread = Writable<Omit<FindingThread, 'replies' | 'downvotedBy'>> & {
  downvotedBy: string[];
  replies: ThreadReply[];
};

/** GitHub as one installation sees it: what is written is kept, what is read comes from there. */
export interface FakeInstallation extends Installation {
  pull: PullRequest;
  readonly comments: OwnComment[];
  readonly reviews: (OwnReview & { readonly comments: readonly InlineComment[] })[];
  /** By name, head and external id, as the port promises; the last content of each. */
  /** Of every inline comment of the reviews; a test adds what people do. */
  readonly threads: FakeThread[];
  /** Whether `resolveThread` is allowed. */
  mayResolve: boolean;
  readonly checks: Map<string, CheckRun>;
  readonly reactions: { readonly commentId: number; readonly reaction: string }[];
  readonly pictures: Map<string, readonly Picture[]>;
  /** Successful ones; made by the hosting service's app unless a test says otherwise. */
  readonly deployments: (Deployment & { readonly ref?: string; readonly creator?: string })[];
  /** What else may name a preview. */
  signs: Partial<PreviewSigns>;
  readonly writers: Set<string>;
  /** Number of a pull request by head. */
  readonly heads: Map<string, number[]>;
  readonly issues: Map<number, { readonly title: string; readonly description: string }>;
  /** The repository's file `.github/firsthand.yml` on the base. */
  config: string | undefined;
  diff: string;
  /** Files of the head by path. */
  files: Readonly<Record<string, string>>;
  /** Set to make the next calls of a method fail. */
  readonly failures: Map<keyof Installation, Error[]>;
  /** What the next reviews with inline comments are refused with. */
  readonly refusals: string[];
  /** How often each method was called. */
  readonly calls: Map<keyof Installation, number>;
}

const DIFF = `diff --git a/src/cart.ts b/src/cart.ts
--- a/src/cart.ts
+++ b/src/cart.ts
@@ -10,3 +10,4 @@
 one
+two
 three
 four
`;

export function createFakeInstallation(): FakeInstallation {
  let nextId = 100;
  const calls = new Map<keyof Installation, number>();
  const call = (method: keyof Installation, signal: AbortSignal): void => {
    signal.throwIfAborted();
    calls.set(method, (calls.get(method) ?? 0) + 1);
    const failure = fake.failures.get(method)?.shift();
    if (failure !== undefined) throw failure;
  };
  const objects: GitObjects = {
    mergeBase: async (base) => base,
    diff: async () => fake.diff,
    listTree: async () => [],
    readFiles: async (commit, paths) => {
      const config = fake.config === undefined ? {} : { '.github/firsthand.yml': fake.config };
      const files = commit === fake.pull.baseSha ? config : fake.files;
      return new Map(
        Object.entries(files)
          .filter(([path]) => paths.includes(path))
          .map(([path, text]) => [path, new TextEncoder().encode(text)]),
      );
    },
  };
  const fake: FakeInstallation = {
    pull: {
      owner: 'octo',
      repo: 'shop',
      number: 42,
      title: 'Coupons',
      author: 'mona',
      state: 'open',
      isMerged: false,
      isDraft: false,
      isFromFork: false,
      baseRef: 'main',
      baseSha: BASE,
      headRef: 'feature/Coupons',
      headSha: HEAD,
    },
    comments: [],
    reviews: [],
    threads: [],
    mayResolve: true,
    checks: new Map(),
    reactions: [],
    pictures: new Map(),
    deployments: [],
    signs: {},
    writers: new Set(['mona']),
    heads: new Map(),
    issues: new Map(),
    config: undefined,
    diff: DIFF,
    files: { 'src/cart.ts': 'a\nb\nc\nd\ne\nf\ng\nh\ni\none\ntwo\nthree\nfour\n' },
    failures: new Map(),
    refusals: [],
    calls,
    async listOwnComments(_pull, signal) {
      call('listOwnComments', signal);
      return [...fake.comments];
    },
    async createComment(_pull, body, signal) {
      call('createComment', signal);
      const comment = { id: nextId++, body };
      fake.comments.push(comment);
      return comment;
    },
    async updateComment(_pull, id, body, signal) {
      call('updateComment', signal);
      const index = fake.comments.findIndex((comment) => comment.id === id);
      if (index === -1) return { kind: 'gone' };
      fake.comments[index] = { id, body };
      return { kind: 'updated' };
    },
    async listOwnReviews(_pull, signal) {
      call('listOwnReviews', signal);
      return [...fake.reviews];
    },
    async createReview(_pull, review, signal) {
      call('createReview', signal);
      const reason = review.comments.length > 0 ? fake.refusals.shift() : undefined;
      if (reason !== undefined) return { kind: 'refused', reason };
      fake.reviews.push({ id: nextId++, ...review });
      for (const { body } of review.comments) {
        const commentId = nextId++;
        const threadId = `thread-${commentId}`;
        fake.threads.push({ commentId, threadId, body, isResolved: false, downvotedBy: [], replies: [] });
      }
      return { kind: 'created', id: nextId };
    },
    async listOwnThreads(_pull, signal) {
      call('listOwnThreads', signal);
      return structuredClone(fake.threads);
    },
    async replyInThread(_pull, commentId, body, signal) {
      call('replyInThread', signal);
      const thread = fake.threads.find((one) => one.commentId === commentId);
      thread?.replies.push({ id: nextId++, author: 'firsthand[bot]', body, isOwn: true });
      return { kind: thread === undefined ? 'gone' : 'replied' };
    },
    async updateReviewComment(_pull, id, body, signal) {
      call('updateReviewComment', signal);
      const thread = fake.threads.find((one) => one.commentId === id);
      if (thread !== undefined) thread.body = body;
      return { kind: thread === undefined ? 'gone' : 'updated' };
    },
    async resolveThread(_pull, threadId, signal) {
      call('resolveThread', signal);
      const thread = fake.threads.find((one) => one.threadId === threadId);
      if (!fake.mayResolve || thread === undefined) return { kind: 'refused' };
      thread.isResolved = true;
      thread.resolvedBy = 'firsthand';
      return { kind: 'resolved' };
    },
    async reactInThread(_repository, commentId, reaction, signal) {
      call('reactInThread', signal);
      fake.reactions.push({ commentId, reaction });
    },
    async putCheckRun(_repository, check, signal) {
      call('putCheckRun', signal);
      fake.checks.set(`${check.name} ${check.headSha} ${check.externalId}`, check);
    },
    async listUnfinishedChecks(_repository, headSha, signal) {
      call('listUnfinishedChecks', signal);
      return [...fake.checks.values()].filter(
        (check) => check.headSha === headSha && check.status !== 'completed',
      );
    },
    async storePictures(_repository, key, pictures, signal) {
      call('storePictures', signal);
      fake.pictures.set(key, pictures);
      return new Map(pictures.map(({ name }) => [name, `https://pictures.example/${key}/${name}`]));
    },
    async getPullRequest(_pull, signal) {
      call('getPullRequest', signal);
      return fake.pull;
    },
    async getIssue({ number }, signal) {
      call('getIssue', signal);
      return fake.issues.get(number);
    },
    async findPullRequests(_repository, sha, signal) {
      call('findPullRequests', signal);
      return fake.heads.get(sha) ?? [];
    },
    async canWrite(_repository, login, signal) {
      call('canWrite', signal);
      return fake.writers.has(login);
    },
    async react(_repository, commentId, reaction, signal) {
      call('react', signal);
      fake.reactions.push({ commentId, reaction });
    },
    async listDeployments(_repository, of, signal) {
      call('listDeployments', signal);
      return fake.deployments.filter((one) => ('sha' in of ? one.sha === of.sha : one.ref === of.ref));
    },
    async listPreviewSigns(pull, signal) {
      call('listPreviewSigns', signal);
      const ofHead = fake.deployments.filter(({ sha }) => sha === pull.headSha);
      const deployments = ofHead.map(({ sha, environment, url, createdAt, creator = 'vercel[bot]' }) => {
        return { sha, environment, state: 'success', urls: [url], creator, createdAt };
      });
      return { deployments, statuses: [], checks: [], comments: [], unread: [], ...fake.signs };
    },
    async openObjects(_pull, signal) {
      call('openObjects', signal);
      return objects;
    },
  };
  return fake;
}
