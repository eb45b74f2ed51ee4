import { addIssueComment, commentPayload } from '../rest/issue-comments.ts';
import type { Site } from '../site.ts';
import { userOf } from '../site.ts';
import type {
  FakeCheckRun,
  FakeDelivery,
  FakeDeployment,
  FakeDeploymentStatus,
  FakeIssueComment,
  FakePull,
  FakeRepository,
} from '../state.ts';
import { emitCheckRun, emitCheckSuite } from '../webhooks/check-events.ts';
import { redeliver } from '../webhooks/deliver.ts';
import { type DeployRequest, deploy } from './deploy.ts';
import { closePullRequest, type OpenRequest, openPullRequest, setDraft } from './pull-requests.ts';
import { type PushRequest, push } from './push.ts';
import { createReaders, type Readers } from './read-reviews.ts';

/** A pull request, or an issue, by its number. */
interface At {
  /** Full name, such as `acme/shop`. */
  readonly repository: string;
  readonly number: number;
}

/** What people do on GitHub's pages. Each sends its webhook and resolves when the app has answered it. */
export interface People extends Readers {
  openPullRequest(request: OpenRequest): Promise<FakePull>;
  /** Moves a branch, to a commit that is there or to a new one, and with it every open pull request from it. */
  push(request: PushRequest): Promise<string>;
  closePullRequest(at: At & { readonly by: string; readonly merge?: boolean }): Promise<void>;
  reopenPullRequest(at: At & { readonly by: string }): Promise<void>;
  markReadyForReview(at: At & { readonly by: string }): Promise<void>;
  comment(at: At & { readonly author: string; readonly body: string }): Promise<FakeIssueComment>;
  deleteComment(at: { readonly repository: string; readonly id: number }): void;
  /** Makes a deployment with one status, or adds a status to an earlier one. */
  deploy(request: DeployRequest): Promise<{ deployment: FakeDeployment; status: FakeDeploymentStatus }>;
  rerequestCheckRun(at: OnCheckRun): Promise<void>;
  /** "Re-run all checks" of the suite that the check run belongs to. */
  rerequestCheckSuite(at: OnCheckRun): Promise<void>;
  /** Presses one of the check run's buttons, by its identifier. */
  pressCheckAction(at: OnCheckRun & { readonly identifier: string }): Promise<void>;
  /** Sends a webhook once more: same identifier, same body. */
  redeliver(guid: string): Promise<FakeDelivery>;
}

interface OnCheckRun {
  readonly repository: string;
  readonly id: number;
  readonly by: string;
}

export function createPeople(site: Site): People {
  const repositoryOf = (fullName: string): FakeRepository => {
    const repository = site.state.repositories.get(fullName);
    if (repository === undefined) throw new Error(`the fake GitHub serves no repository ${fullName}`);
    return repository;
  };
  const runOf = ({ repository, id }: OnCheckRun): { repository: FakeRepository; run: FakeCheckRun } => {
    const found = repositoryOf(repository);
    const run = found.checkRuns.get(id);
    if (run === undefined) throw new Error(`${repository} has no check run ${id}`);
    return { repository: found, run };
  };
  return {
    openPullRequest: (request) => openPullRequest(site, repositoryOf(request.repository), request),
    push: (request) => push(site, repositoryOf(request.repository), request),
    closePullRequest: (at) => closePullRequest(site, repositoryOf(at.repository), { ...at, to: 'closed' }),
    reopenPullRequest: (at) => closePullRequest(site, repositoryOf(at.repository), { ...at, to: 'open' }),
    markReadyForReview: (at) => setDraft(site, repositoryOf(at.repository), at),
    async comment({ repository: name, number, author, body }) {
      const repository = repositoryOf(name);
      const user = userOf(site, author);
      const comment = addIssueComment(site, repository, { number, user, body });
      const payload = commentPayload(site, repository, comment);
      await site.emit({ event: 'issue_comment', action: 'created', repository, sender: user, payload });
      return comment;
    },
    deleteComment({ repository, id }) {
      repositoryOf(repository).issueComments.delete(id);
    },
    ...createReaders(site, repositoryOf),
    deploy: (request) => deploy(site, repositoryOf(request.repository), request),
    async rerequestCheckRun(at) {
      const { repository, run } = runOf(at);
      await emitCheckRun(site, repository, { run, action: 'rerequested', sender: userOf(site, at.by) });
    },
    async rerequestCheckSuite(at) {
      const { repository, run } = runOf(at);
      const suite = repository.checkSuites.get(run.suiteId);
      if (suite === undefined) throw new Error(`check run ${at.id} has no suite`);
      await emitCheckSuite(site, repository, { suite, action: 'rerequested', sender: userOf(site, at.by) });
    },
    async pressCheckAction(at) {
      const { repository, run } = runOf(at);
      const { identifier } = at;
      if (!run.actions.some((action) => action.identifier === identifier)) {
        throw new Error(`check run ${run.name} has no button ${identifier}`);
      }
      const sender = userOf(site, at.by);
      await emitCheckRun(site, repository, { run, action: 'requested_action', sender, identifier });
    },
    redeliver: (guid) => redeliver(site, guid),
  };
}
