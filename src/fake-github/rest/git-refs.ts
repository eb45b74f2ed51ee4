import { objectType } from '../git/objects.ts';
import {
  deleteRef,
  findRef,
  type GitRef,
  isAncestor,
  isValidRefName,
  listRefs,
  updateRef,
} from '../git/refs.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { bodyOf, created, type Handler, ok, type Reply, type RepositoryCall } from '../http/call.ts';
import { nodeId } from '../site.ts';
import { inRepository } from './in-repository.ts';

export const gitRefHandlers: Readonly<Record<string, Handler>> = {
  'git/get-ref': inRepository(async (call) => ok(render(call, await namedRef(call, notFound)))),
  'git/list-matching-refs': inRepository(async (call) => {
    const refs = await listRefs(call.repository.gitDir, `refs/${call.parameters['ref']}`);
    return ok(refs.map((ref) => render(call, ref)));
  }),
  'git/create-ref': inRepository(createRef),
  'git/update-ref': inRepository(changeRef),
  'git/delete-ref': inRepository(async (call) => {
    const ref = await namedRef(call, () => new ApiError(422, 'Reference does not exist'));
    refuseHidden(ref.name);
    await deleteRef(call.repository.gitDir, ref.name);
    return { status: 204 };
  }),
};

/** The ref of the route, whose name there has no `refs/`. */
async function namedRef(
  { repository, parameters }: RepositoryCall,
  missing: () => ApiError,
): Promise<GitRef> {
  const ref = await findRef(repository.gitDir, `refs/${parameters['ref']}`);
  if (ref === undefined) throw missing();
  return ref;
}

function render({ site, repository }: RepositoryCall, { name, sha, type }: GitRef) {
  const url = `${site.apiUrl}/repos/${repository.fullName}/git`;
  return {
    ref: name,
    node_id: nodeId(`Ref:${name}`, repository.id),
    url: `${url}/${name}`,
    object: { type, sha, url: `${url}/${type}s/${sha}` },
  };
}

/** GitHub keeps `refs/pull/` to itself. */
function refuseHidden(name: string): void {
  if (name.startsWith('refs/pull/'))
    throw new ApiError(422, 'Reference update failed: deny updating a hidden ref');
}

async function createRef(call: RepositoryCall): Promise<Reply> {
  const { gitDir } = call.repository;
  const { ref, sha } = bodyOf<{ ref: string; sha: string }>(call);
  if (!(await isValidRefName(gitDir, ref)) || ref.split('/').length < 3) {
    throw new ApiError(422, "Reference name must start with 'refs/' and have at least three parts.");
  }
  refuseHidden(ref);
  const type = await objectType(gitDir, sha);
  if (type === undefined) throw new ApiError(422, 'Object does not exist');
  if (await findRef(gitDir, ref)) throw new ApiError(422, 'Reference already exists');
  await updateRef(gitDir, ref, sha);
  return created(render(call, { name: ref, sha, type }));
}

async function changeRef(call: RepositoryCall): Promise<Reply> {
  const { gitDir } = call.repository;
  const { sha, force = false } = bodyOf<{ sha: string; force?: boolean }>(call);
  const ref = await namedRef(call, () => new ApiError(422, 'Reference does not exist'));
  refuseHidden(ref.name);
  const type = await objectType(gitDir, sha);
  if (type === undefined) throw new ApiError(422, 'Object does not exist');
  if (!force && !(await isAncestor(gitDir, ref.sha, sha)))
    throw new ApiError(422, 'Update is not a fast forward');
  await updateRef(gitDir, ref.name, sha);
  return ok(render(call, { name: ref.name, sha, type }));
}
