import { branchLabel, productionOf } from '../../domain/hosting/providers.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import type { Deployment, Installation } from '../ports.ts';
import { isSameOrigin, readAddress, requireAddress } from './address.ts';
import type { PreviewCandidate } from './candidate.ts';
import type { Circumstances } from './circumstances.ts';
import { projectName, purposeOf } from './project-name.ts';

/** The base deployment to compare with, and how it was chosen. */
export interface BaseChoice {
  readonly url?: string;
  /** Which deployment it is and how old, or why there is none. */
  readonly reason: string;
  /** Name of the environment, where the address was found by itself. */
  readonly environment?: string;
}

export interface BaseSearch extends Circumstances {
  readonly installation: Pick<Installation, 'listDeployments'>;
  /** The commit from which the diff is taken. */
  readonly mergeBase: string;
  readonly now: Date;
}

/**
 * Finds what a preview is compared with: the configured address, else the deployment of the merge base, else the newest of
 * the base branch, else the site that the hosting service keeps for the base branch, as the preview's address tells.
 *
 * Only a deployment of the same project counts, one that is made to be tried before one that people use. The preview's own
 * address is no base.
 */
export async function findBase(
  preview: PreviewCandidate,
  search: BaseSearch,
  signal: AbortSignal,
): Promise<BaseChoice> {
  const { pull, preview: configured, installation } = search;
  if (configured.base !== 'auto') {
    const url = requireAddress(configured.base, 'preview.base').href;
    return notItself(preview.url, { url, reason: 'preview.base of the configuration' });
  }
  const others = new Set<string>();
  const ofCommit = await installation.listDeployments(pull, { sha: search.mergeBase }, signal);
  const exact = choose(ofCommit, preview, { search, others });
  if (exact !== undefined)
    return notItself(preview.url, told(exact, 'deployment of the merge base', search.now));
  const branch = pull.baseRef;
  const ofBranch = await installation.listDeployments(pull, { ref: branch }, signal);
  const newest = choose(ofBranch, preview, { search, others });
  if (newest !== undefined) {
    return notItself(preview.url, told(newest, `newest deployment of ${branch}:`, search.now));
  }
  const production = productionOf(new URL(preview.url), branch);
  if (production !== undefined) {
    const reason = `what ${preview.provider ?? 'the hosting service'} serves for ${branch}, by the preview's address; its commit and age are not known`;
    return notItself(preview.url, { url: production, reason, environment: 'production' });
  }
  const seen =
    others.size === 0 ? '' : `, only of others (${[...others].slice(0, 5).join(', ').slice(0, 200)})`;
  const what = preview.project === '' ? '' : ` of “${preview.project.slice(0, 80)}”`;
  return { reason: `GitHub knows of no deployment of ${branch}${what}${seen}, and preview.base is not set` };
}

/** The best of one commit's or one branch's deployments; what belongs to other projects is noted in `others`. */
function choose(
  deployments: readonly Deployment[],
  preview: PreviewCandidate,
  { search, others }: { readonly search: BaseSearch; readonly others: Set<string> },
): Deployment | undefined {
  const { pull } = search;
  const usable = deployments.filter(({ url }) => readAddress(url) !== undefined);
  const ofProject = usable.filter((one) => {
    const isSame = isSameProject(projectOf(one, pull), preview.project);
    if (!isSame) others.add(`“${one.environment.slice(0, 60)}”`);
    return isSame;
  });
  const [newest] = ofProject;
  if (newest === undefined) return undefined;
  const ofCommit = ofProject.filter(({ sha }) => sha === newest.sha);
  const exact = ofCommit.filter((one) => projectOf(one, pull) === preview.project);
  const best = exact.length > 0 ? exact : ofCommit;
  return best.find(({ environment }) => purposeOf(environment) !== 'in-use') ?? best[0];
}

/** A name on one side only tells nothing: a repository's first project often has none. */
function isSameProject(a: string, b: string): boolean {
  return a === '' || b === '' || a === b || a.replace(/[\W_]/gu, '') === b.replace(/[\W_]/gu, '');
}

function projectOf({ environment }: Deployment, pull: PullRequest): string {
  return projectName(environment, [pull.baseRef, branchLabel(pull.baseRef)]);
}

function told(deployment: Deployment, what: string, now: Date): BaseChoice & { readonly url: string } {
  const { url, environment } = deployment;
  return {
    url: readAddress(url)?.href ?? url,
    reason: `${what} ${describeDeployment(deployment, now)}`,
    environment,
  };
}

function notItself(previewUrl: string, choice: BaseChoice & { readonly url: string }): BaseChoice {
  // Previews in folders of one host, as on GitHub Pages, are different sites.
  const [own, other] = [new URL(previewUrl), new URL(choice.url)];
  const isInside = isSameOrigin(own.href, other.href) && !isOtherFolder(own.pathname, other.pathname);
  if (!isInside) return choice;
  return {
    reason: `the ${choice.reason} has the preview's own address, so there is nothing to compare with`,
  };
}

function isOtherFolder(a: string, b: string): boolean {
  return a.endsWith('/') && b.endsWith('/') && a !== b;
}

function describeDeployment(deployment: Deployment, now: Date): string {
  const ageMs = now.getTime() - Date.parse(deployment.createdAt);
  const age = Number.isFinite(ageMs) ? `, ${describeAge(Math.max(0, ageMs))} old` : '';
  return `${deployment.sha.slice(0, 7)} (${deployment.environment}${age})`;
}

function describeAge(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
