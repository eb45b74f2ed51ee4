import { branchLabel, providerOfBot, providerOfSite, whoseConsole } from '../../domain/hosting/providers.ts';
import { readAddress } from './address.ts';
import { type Considered, pending, reject } from './candidate.ts';
import { type Circumstances, isConfigured } from './circumstances.ts';
import type { DeploymentSign } from './ports.ts';
import { projectName } from './project-name.ts';

const UNDER_WAY: ReadonlySet<string> = new Set(['pending', 'queued', 'in_progress', 'waiting']);

/** What the deployments of the head commit are worth as previews. */
export function readDeployments(
  signs: readonly DeploymentSign[],
  around: Circumstances,
): readonly Considered[] {
  return signs.map((sign) => readDeployment(sign, around));
}

function readDeployment(sign: DeploymentSign, around: Circumstances): Considered {
  const { environment, state, creator, createdAt } = sign;
  const what = `deployment to “${environment.slice(0, 80)}”`;
  if (UNDER_WAY.has(state)) return pending(what, 'it is still under way');
  if (state === 'inactive') return reject(what, 'it is inactive: another deployment took its place');
  if (state !== 'success') return reject(what, `it ended as ${state.slice(0, 20)}`);
  const urls = sign.urls.map(readAddress).filter((url) => url !== undefined);
  const url = urls.find((one) => whoseConsole(one, around.github) === undefined);
  if (url === undefined) return reject(what, noAddress(urls[0], around));
  const { pull } = around;
  const byProvider = providerOfBot(creator);
  const provider = (byProvider ?? providerOfSite(url))?.name;
  return {
    kind: 'candidate',
    url: url.href,
    source: 'deployment',
    ...(provider === undefined ? {} : { provider }),
    project: projectName(environment, [pull.headRef, branchLabel(pull.headRef)]),
    environment,
    createdAt,
    // A workflow that a fork changed can name any address in its `environment`, and GitHub itself makes the deployment.
    isKnown: !pull.isFromFork || byProvider !== undefined || isConfigured(url, around),
    why: `the ${what} of ${sign.sha.slice(0, 7)}`,
  };
}

function noAddress(url: URL | undefined, { github }: Circumstances): string {
  if (url === undefined) return 'it names no address';
  return `its address is a page of ${whoseConsole(url, github) ?? 'its host'}: ${url.href.slice(0, 200)}`;
}
