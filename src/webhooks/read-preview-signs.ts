import { providerOfBot, providerOfSite } from '../domain/hosting/providers.ts';
import type { PreviewSignJob } from '../jobs/job.ts';
import { type Intake, NOTHING } from './delivery.ts';
import type { CheckRunEvent, IssueCommentEvent, StatusEvent } from './payloads.ts';

/** A hosting service finished its check run. Others' checks, ours among them, name no preview. */
export function readFinishedCheck(event: CheckRunEvent): Intake {
  const { id, conclusion, head_sha: sha, app } = event.check_run;
  const isService = providerOfBot(`${app?.slug ?? ''}[bot]`) !== undefined;
  if (!isService || (conclusion !== 'success' && conclusion !== 'neutral')) return NOTHING;
  return look(event, { sha }, `check:${id ?? 0}`);
}

/** A status that links to a site of a hosting service. */
export function readStatus(event: StatusEvent): Intake {
  const { id, sha, state, target_url: target } = event;
  const url = URL.parse(target ?? '');
  if (state !== 'success' || url === null || providerOfSite(url) === undefined) return NOTHING;
  return look(event, { sha }, `status:${id}`);
}

/** A hosting service commented, or changed what it wrote. */
export function readServiceComment(event: IssueCommentEvent): Intake {
  const { issue, comment } = event;
  const { user } = comment;
  if (!issue.pull_request || user?.type !== 'Bot' || providerOfBot(user.login) === undefined) return NOTHING;
  return look(event, { number: issue.number }, `comment:${comment.id}:${comment.updated_at ?? ''}`);
}

function look(
  { installation, repository }: Pick<StatusEvent, 'installation' | 'repository'>,
  of: PreviewSignJob['of'],
  cause: string,
): Intake {
  const { owner, name } = repository;
  const about = { installationId: installation.id, owner: owner.login, repo: name, of, cause };
  return {
    jobs: [{ job: { kind: 'preview-sign', ...about }, key: `preview-sign:${owner.login}/${name}:${cause}` }],
  };
}
