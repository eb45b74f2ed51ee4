import { type GitPerson, readCommit, resolveCommit, writeCommit } from '../git/commits.ts';
import {
  listTree,
  objectType,
  readBlob,
  type TreeChange,
  type TreeItem,
  writeBlob,
  writeTree,
} from '../git/objects.ts';
import { ApiError, notFound, validationFailed } from '../http/api-error.ts';
import {
  authorOf,
  bodyOf,
  created,
  type Handler,
  ok,
  type Reply,
  type RepositoryCall,
} from '../http/call.ts';
import { renderGitCommit } from '../render/commit.ts';
import { nodeId, timestamp } from '../site.ts';
import { inRepository } from './in-repository.ts';

export const gitDataHandlers: Readonly<Record<string, Handler>> = {
  'git/get-blob': inRepository(getBlob),
  'git/create-blob': inRepository(createBlob),
  'git/get-tree': inRepository(getTree),
  'git/create-tree': inRepository(createTree),
  'git/get-commit': inRepository(async ({ site, repository, parameters }) => {
    const sha = parameters['commit_sha'] ?? '';
    if ((await objectType(repository.gitDir, sha)) !== 'commit') throw notFound();
    return ok(renderGitCommit(site, repository, await readCommit(repository.gitDir, sha)));
  }),
  'git/create-commit': inRepository(createCommit),
};

function gitUrl({ site, repository }: RepositoryCall): string {
  return `${site.apiUrl}/repos/${repository.fullName}/git`;
}

async function getBlob(call: RepositoryCall): Promise<Reply> {
  const { repository, parameters, accept } = call;
  const sha = parameters['file_sha'] ?? '';
  if ((await objectType(repository.gitDir, sha)) !== 'blob') throw notFound();
  const bytes = (await readBlob(repository.gitDir, sha)) ?? Buffer.alloc(0);
  if (/[.]raw\b/.test(accept)) {
    return { status: 200, text: { type: 'application/vnd.github.raw', content: bytes } };
  }
  return ok({
    sha,
    node_id: nodeId(`Blob:${sha}`, repository.id),
    size: bytes.length,
    url: `${gitUrl(call)}/blobs/${sha}`,
    content: bytes.toString('base64').replace(/.{60}/g, '$&\n'),
    encoding: 'base64',
  });
}

async function createBlob(call: RepositoryCall): Promise<Reply> {
  const { content, encoding = 'utf-8' } = bodyOf<{ content: string; encoding?: string }>(call);
  if (encoding !== 'utf-8' && encoding !== 'base64') {
    throw validationFailed('Blob', 'encoding', 'Unsupported encoding: use utf-8 or base64');
  }
  const sha = await writeBlob(
    call.repository.gitDir,
    Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'),
  );
  return created({ sha, url: `${gitUrl(call)}/blobs/${sha}` });
}

function renderTree(call: RepositoryCall, sha: string, items: readonly TreeItem[]) {
  const url = gitUrl(call);
  return {
    sha,
    url: `${url}/trees/${sha}`,
    truncated: false,
    tree: items.map((item) => ({ ...item, url: `${url}/${item.type}s/${item.sha}` })),
  };
}

async function getTree(call: RepositoryCall): Promise<Reply> {
  const { repository, parameters, query } = call;
  const name = parameters['tree_sha'] ?? '';
  const isTree = (await objectType(repository.gitDir, name)) === 'tree';
  const commit = isTree ? undefined : await resolveCommit(repository.gitDir, name);
  if (!isTree && commit === undefined) throw notFound();
  const sha = commit === undefined ? name : (await readCommit(repository.gitDir, commit)).tree;
  const depth = query.has('recursive') ? 'recursive' : 'one-level';
  return ok(renderTree(call, sha, await listTree(repository.gitDir, sha, depth)));
}

interface TreeEntryBody {
  readonly path?: string;
  readonly mode?: string;
  readonly sha?: string | null;
  readonly content?: string;
}

async function createTree(call: RepositoryCall): Promise<Reply> {
  const { repository } = call;
  const body = bodyOf<{ tree: readonly TreeEntryBody[]; base_tree?: string }>(call);
  const base = body.base_tree;
  if (base !== undefined && !['tree', 'commit'].includes((await objectType(repository.gitDir, base)) ?? '')) {
    throw new ApiError(404, 'Not Found');
  }
  const changes: TreeChange[] = [];
  for (const { path = '', mode = '100644', sha, content } of body.tree) {
    if (
      path === '' ||
      path.startsWith('/') ||
      path.split('/').some((part) => ['', '.', '..', '.git'].includes(part))
    ) {
      throw new ApiError(422, `tree.path contains a malformed path component: ${path}`);
    }
    if (sha === undefined && content === undefined) {
      throw new ApiError(422, "Must supply either 'sha' or 'content' of each tree entry");
    }
    if (typeof sha === 'string' && (await objectType(repository.gitDir, sha)) === undefined) {
      throw new ApiError(422, `tree.sha ${sha} is not a valid object`);
    }
    changes.push({
      path,
      mode,
      sha: sha === undefined ? await writeBlob(repository.gitDir, Buffer.from(content ?? '')) : sha,
    });
  }
  const sha = await writeTree(repository.gitDir, base, changes);
  return created(renderTree(call, sha, await listTree(repository.gitDir, sha)));
}

interface CommitBody {
  readonly message: string;
  readonly tree: string;
  readonly parents?: readonly string[];
  readonly author?: Partial<GitPerson>;
  readonly committer?: Partial<GitPerson>;
}

async function createCommit(call: RepositoryCall): Promise<Reply> {
  const { site, repository } = call;
  const { message, tree, parents = [], author, committer } = bodyOf<CommitBody>(call);
  if ((await objectType(repository.gitDir, tree)) !== 'tree')
    throw new ApiError(422, 'Tree SHA does not exist');
  for (const parent of parents) {
    if ((await objectType(repository.gitDir, parent)) === 'commit') continue;
    throw new ApiError(422, 'Parent SHA does not exist or is not a commit object');
  }
  const { login, id } = authorOf(call);
  const own = { name: login, email: `${id}+${login}@users.noreply.example.com`, date: timestamp(site.now()) };
  const by = { ...own, ...author };
  const sha = await writeCommit(repository.gitDir, {
    tree,
    parents,
    message,
    author: by,
    committer: { ...by, ...committer },
  });
  return created(renderGitCommit(site, repository, await readCommit(repository.gitDir, sha)));
}
