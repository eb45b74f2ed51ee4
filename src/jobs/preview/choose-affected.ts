import type { PreviewCandidate, RejectedPreview } from './candidate.ts';
import { reject } from './candidate.ts';

/** Of the previews of one commit, how many are tried in one run. */
export const MAX_PREVIEWS = 3;

export interface ChosenPreviews {
  readonly chosen: readonly PreviewCandidate[];
  readonly rejected: readonly RejectedPreview[];
}

/** Changes to these reach no deployed site. */
const REACHES_NOTHING =
  /(?:^|\/)(?:readme|license|licence|changelog|contributing|codeowners)[^/]*$|\.mdx?$|^\.github\/|^docs?\//iu;

/**
 * Chooses, of several previews of one commit, those that the diff affects.
 *
 * A project is affected when a changed path lies in a folder that is its root, or that is called as it is. As soon as one path lies
 * in nobody's folder it may reach any of them, and all are meant. At most `MAX_PREVIEWS`, in the order given; the rest is named.
 */
export function chooseAffected(
  ranked: readonly PreviewCandidate[],
  changedPaths: readonly string[],
): ChosenPreviews {
  const [only] = ranked;
  if (ranked.length <= 1 || only === undefined) return { chosen: ranked, rejected: [] };
  const common = commonWords(ranked);
  const owners = changedPaths
    .filter((path) => !REACHES_NOTHING.test(path))
    .map((path) => ranked.filter((one) => owns(one, path, common)));
  const isClear = owners.length > 0 && owners.every((found) => found.length > 0);
  const affected = isClear ? ranked.filter((one) => owners.some((found) => found.includes(one))) : ranked;
  const chosen = affected.slice(0, MAX_PREVIEWS);
  const rejected = ranked
    .filter((one) => !chosen.includes(one))
    .map((one) => {
      const why = affected.includes(one)
        ? `a run tries at most ${MAX_PREVIEWS} previews; comment /verify with this address to have it tried`
        : `the diff touches nothing of “${one.project}”`;
      return reject(one.url, why);
    });
  return { chosen, rejected };
}

/** Words that every project's name has, such as the repository's, tell none of them apart. */
function commonWords(ranked: readonly PreviewCandidate[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...others] = ranked.map(({ project }) => new Set(wordsOf(project)));
  return new Set([...first].filter((word) => others.every((words) => words.has(word))));
}

function owns(
  { project, rootDirectory }: PreviewCandidate,
  path: string,
  common: ReadonlySet<string>,
): boolean {
  if (rootDirectory !== undefined) {
    const root = rootDirectory.replace(/^\.?\/+|\/+$/gu, '');
    return root === '' || root === '.' || path.startsWith(`${root}/`);
  }
  const folders = path.toLowerCase().split('/').slice(0, -1);
  const words = wordsOf(project).filter((word) => !common.has(word));
  const name = wordsOf(project).join('-');
  // Whole folder names only: `web` owns `apps/web`, not `apps/web-admin`.
  return (
    name !== '' && folders.some((folder) => wordsOf(folder).join('-') === name || words.includes(folder))
  );
}

function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
