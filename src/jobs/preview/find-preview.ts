import { branchLabel } from '../../domain/hosting/providers.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import type { VerifyJob } from '../job.ts';
import { isSameOrigin, readAddress, requireAddress } from './address.ts';
import { type Considered, type PreviewCandidate, type RejectedPreview, reject } from './candidate.ts';
import { chooseAffected } from './choose-affected.ts';
import { type Circumstances, isConfigured } from './circumstances.ts';
import type { PreviewSigns } from './ports.ts';
import { rankPreviews } from './rank.ts';
import { readChecks, readStatuses } from './read-checks.ts';
import { readComments, readDescription } from './read-comments.ts';
import { readDeployments } from './read-deployments.ts';

/** Where the previews of the head are, or why there is none. */
export type PreviewChoice =
  | {
      readonly kind: 'found';
      /** Those to try, best first; more than one only where the repository deploys several projects. */
      readonly previews: readonly [PreviewCandidate, ...PreviewCandidate[]];
      readonly rejected: readonly RejectedPreview[];
    }
  | {
      readonly kind: 'none';
      readonly why: string;
      /** Something is being deployed, and may become the preview. */
      readonly isPending: boolean;
      readonly rejected: readonly RejectedPreview[];
    };

export interface PreviewSearch extends Circumstances {
  readonly signs: PreviewSigns;
  readonly changedPaths: readonly string[];
}

/**
 * Finds the previews of the head commit: the address that the job names, else the best of what deployments, check runs,
 * statuses, comments, the configured template and the description say, in this order.
 *
 * A template's site, and that of a comment without a commit, may still show an earlier commit: what is told of the commit goes first.
 * Throws `UserError` for an address from the job or the template that is not http(s).
 */
export function findPreview(
  job: Pick<VerifyJob, 'trigger' | 'headSha' | 'url'>,
  search: PreviewSearch,
): PreviewChoice {
  const { signs } = search;
  const found: readonly Considered[] = [
    ...readDeployments(signs.deployments, search),
    ...readChecks(signs.checks, search),
    ...readStatuses(signs.statuses, search),
    ...readComments(signs, search),
    ...readTemplate(search),
    ...readDescription(search),
  ];
  const asked =
    isListed(job, found) || job.url === undefined ? undefined : readAsked(job.url, job, found, search);
  const ranked = rankPreviews(asked === undefined ? found : [asked, ...found]);
  const { chosen, rejected } = chooseAffected(ranked.candidates, search.changedPaths);
  const unread = signs.unread.map(({ what, why }) => reject(what, why));
  const all = [...ranked.rejected, ...rejected, ...unread];
  const [first, ...others] = chosen;
  if (first !== undefined) return { kind: 'found', previews: [first, ...others], rejected: all };
  const isPending = all.some((one) => one.isPending === true);
  return { kind: 'none', why: whyNone(job, all, isPending), isPending, rejected: all };
}

/** What a webhook announced and GitHub's list has is one of the deployments: of several projects the others count as well. */
function isListed(
  { trigger, url }: Pick<VerifyJob, 'trigger' | 'url'>,
  found: readonly Considered[],
): boolean {
  const href = readAddress(url)?.href;
  return trigger === 'deployment' && found.some((one) => one.kind === 'candidate' && one.url === href);
}

/** The address that a person or a webhook named; what is known of the same site says whether it is trusted. */
function readAsked(
  address: string,
  { trigger }: Pick<VerifyJob, 'trigger'>,
  found: readonly Considered[],
  search: Circumstances,
): PreviewCandidate {
  const url = requireAddress(address, 'the address of the preview');
  const candidates = found.filter((one) => one.kind === 'candidate');
  const same = candidates.find((one) => one.url === url.href) ?? sameSite(url.href, candidates);
  const isDeployed = trigger === 'deployment';
  return {
    ...(same ?? { project: '' }),
    kind: 'candidate',
    source: 'command',
    url: url.href,
    // The webhook says that GitHub has such a deployment; of a fork it is believed only as far as the list of them.
    isKnown: same?.isKnown === true || isConfigured(url, search) || (isDeployed && !search.pull.isFromFork),
    why: isDeployed
      ? (same?.why ?? 'the deployment that GitHub announced')
      : 'the address given with /verify',
  };
}

function sameSite(url: string, candidates: readonly PreviewCandidate[]): PreviewCandidate | undefined {
  const ofSite = candidates.filter((one) => isSameOrigin(one.url, url));
  return ofSite.find(({ isKnown }) => isKnown) ?? ofSite[0];
}

function readTemplate({ pull, preview }: Circumstances): readonly Considered[] {
  if (preview.url === 'auto') return [];
  const url = requireAddress(fillIn(preview.url, pull), 'preview.url').href;
  const why = 'preview.url of the configuration';
  return [{ kind: 'candidate', url, source: 'template', project: '', isKnown: true, why }];
}

function fillIn(template: string, pull: PullRequest): string {
  return template
    .replaceAll('{number}', String(pull.number))
    .replaceAll('{sha}', pull.headSha)
    .replaceAll('{branch}', branchLabel(pull.headRef));
}

function whyNone(
  job: Pick<VerifyJob, 'trigger' | 'headSha'>,
  rejected: readonly RejectedPreview[],
  isPending: boolean,
): string {
  const sha = job.headSha.slice(0, 7);
  const seen = rejected.length === 0 ? '' : `; ${rejected.length} looked like one and were not taken`;
  if (job.trigger === 'push' || (job.trigger === 'deployment' && isPending)) {
    return `waiting for a deployment of ${sha}; this starts by itself when GitHub reports one${seen}`;
  }
  const known = `GitHub knows of no successful deployment of ${sha}, and preview.url is not set${seen}`;
  return `${known}; deploy the commit, set preview.url, or comment /verify with the address`;
}
