import { resolveCommit } from '../git/commits.ts';
import { findInTree, listTree, readBlob, type TreeItem } from '../git/objects.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { type Handler, ok, type Reply, type RepositoryCall } from '../http/call.ts';
import { inRepository } from './in-repository.ts';

/** Beyond 1 MB GitHub leaves the content out of the JSON, and says so by the encoding `none`. */
const MAX_INLINE_BYTES = 1_000_000;

export const contentsHandlers: Readonly<Record<string, Handler>> = {
  'repos/get-content': inRepository(getContent),
};

async function getContent(call: RepositoryCall): Promise<Reply> {
  const { repository, query, accept } = call;
  const path = (call.parameters['path'] ?? '').replace(/^\/+|\/+$/g, '');
  const ref = query.get('ref') ?? repository.defaultBranch;
  const commit = await resolveCommit(repository.gitDir, ref);
  if (commit === undefined) throw new ApiError(404, `No commit found for the ref ${ref}`);
  if (path === '')
    return ok((await listTree(repository.gitDir, commit)).map((item) => render(call, item, ref)));
  const item = await findInTree(repository.gitDir, commit, path);
  if (item === undefined) throw notFound();
  if (item.type === 'tree') {
    const children = await listTree(repository.gitDir, `${commit}:${path}`);
    return ok(children.map((child) => render(call, { ...child, path: `${path}/${child.path}` }, ref)));
  }
  const at = { ...item, path };
  if (item.type === 'commit') return ok({ ...render(call, at, ref), submodule_git_url: null });
  const bytes = (await readBlob(repository.gitDir, item.sha)) ?? Buffer.alloc(0);
  if (/[.]raw\b/.test(accept)) {
    return { status: 200, text: { type: 'application/vnd.github.raw; charset=utf-8', content: bytes } };
  }
  if (item.mode === '120000') return ok({ ...render(call, at, ref), target: bytes.toString('utf8') });
  const isLarge = bytes.length > MAX_INLINE_BYTES;
  return ok({
    ...render(call, at, ref),
    encoding: isLarge ? 'none' : 'base64',
    content: isLarge ? '' : bytes.toString('base64').replace(/.{60}/g, '$&\n'),
  });
}

function render({ site, repository }: RepositoryCall, item: TreeItem, ref: string) {
  const path = item.path.split('/').map(encodeURIComponent).join('/');
  const api = `${site.apiUrl}/repos/${repository.fullName}`;
  const self = `${api}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const git = `${api}/git/${item.type === 'tree' ? 'trees' : 'blobs'}/${item.sha}`;
  const html = `${site.serverUrl}/${repository.fullName}/blob/${encodeURIComponent(ref)}/${path}`;
  return {
    type: typeOf(item),
    size: item.size ?? 0,
    name: item.path.slice(item.path.lastIndexOf('/') + 1),
    path: item.path,
    sha: item.sha,
    url: self,
    git_url: git,
    html_url: html,
    download_url: item.type === 'blob' ? html.replace('/blob/', '/raw/') : null,
    _links: { self, git, html },
  };
}

function typeOf(item: TreeItem): string {
  if (item.type === 'tree') return 'dir';
  if (item.type === 'commit') return 'submodule';
  return item.mode === '120000' ? 'symlink' : 'file';
}
