import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { git, openFeature, type Sample, startSample } from './sample.ts';

let sample: Sample;
let number: number;
let headSha: string;
let mainSha: string;

beforeAll(async () => {
  sample = await startSample();
  number = await openFeature(sample);
  headSha = git(sample.folder, 'rev-parse', 'feature');
  mainSha = git(sample.folder, 'rev-parse', 'main');
});

afterAll(() => sample[Symbol.asyncDispose]());

describe('apps', () => {
  it('describes the app, its installations and their repositories', async () => {
    const { appOctokit, octokit, installationId, at } = sample;
    expect((await appOctokit.rest.apps.getAuthenticated()).data?.slug).toBe('firsthand');
    expect((await appOctokit.rest.apps.listInstallations()).data.map(({ id }) => id)).toEqual([
      installationId,
    ]);
    expect(
      (await appOctokit.rest.apps.getInstallation({ installation_id: installationId })).data.app_slug,
    ).toBe('firsthand');
    expect((await appOctokit.rest.apps.getRepoInstallation(at)).data.id).toBe(installationId);
    const { data } = await octokit.rest.apps.listReposAccessibleToInstallation();
    expect(data.repositories.map((repository) => repository.full_name)).toEqual(['acme/shop']);
    expect((await octokit.rest.rateLimit.get()).data.rate.limit).toBe(5000);
  });

  it('narrows a token to repositories and permissions', async () => {
    const { appOctokit, installationId } = sample;
    const { data } = await appOctokit.rest.apps.createInstallationAccessToken({
      installation_id: installationId,
      repositories: ['shop'],
      permissions: { contents: 'read' },
    });
    expect(data.permissions).toEqual({ contents: 'read' });
    expect(data.repositories?.map(({ name }) => name)).toEqual(['shop']);
  });

  it('hands out credentials for a manifest code once', async () => {
    const code = sample.github.submitManifest({ name: 'Mine' });
    const { data } = await sample.octokitOf(undefined).rest.apps.createFromManifest({ code });
    expect(data).toMatchObject({ name: 'Mine', webhook_secret: 'secret' });
    expect(data.pem).toBe(sample.github.state.app.privateKey);
    await expect(sample.octokitOf(undefined).rest.apps.createFromManifest({ code })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('repositories', () => {
  it('describes the repository, its branches and its commits', async () => {
    const { octokit, at } = sample;
    expect((await octokit.rest.repos.get(at)).data).toMatchObject({
      full_name: 'acme/shop',
      default_branch: 'main',
    });
    const branches = (await octokit.rest.repos.listBranches(at)).data.map(({ name }) => name);
    expect(branches).toEqual(expect.arrayContaining(['feature', 'main']));
    expect((await octokit.rest.repos.getBranch({ ...at, branch: 'main' })).data.commit.sha).toBe(mainSha);
    expect(
      (await octokit.rest.repos.listCommits({ ...at, sha: 'main' })).data.map((c) => c.commit.message),
    ).toEqual(['Move on', 'Start']);
  });

  it('says what a person may do', async () => {
    const { octokit, at } = sample;
    const permission = async (username: string): Promise<string> =>
      (await octokit.rest.repos.getCollaboratorPermissionLevel({ ...at, username })).data.permission;
    expect(await permission('acme')).toBe('admin');
    expect(await permission('ada')).toBe('write');
    expect(await permission('bob')).toBe('read');
    await expect(permission('nobody')).rejects.toMatchObject({ status: 404 });
  });

  it('gives files, folders and raw bytes of any ref', async () => {
    const { octokit, at } = sample;
    const file = (await octokit.rest.repos.getContent({ ...at, path: 'src/numbers.txt', ref: 'feature' }))
      .data;
    if (Array.isArray(file) || file.type !== 'file') throw new Error('not a file');
    expect(Buffer.from(file.content, 'base64').toString()).toContain('9\nten\n11\n');
    const folder = (await octokit.rest.repos.getContent({ ...at, path: 'src' })).data;
    expect(Array.isArray(folder) && folder.map(({ path }) => path)).toEqual([
      'src/numbers.txt',
      'src/old name.txt',
    ]);
    const root = (await octokit.rest.repos.getContent({ ...at, path: '' })).data;
    expect(Array.isArray(root) && root.map(({ name }) => name)).toContain('elsewhere.txt');
    const raw = await octokit.rest.repos.getContent({
      ...at,
      path: 'gone.txt',
      mediaType: { format: 'raw' },
    });
    expect(raw.data).toBe('gone\n');
    await expect(octokit.rest.repos.getContent({ ...at, path: 'nothing' })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('pull requests', () => {
  it('shows the pull request with the figures of its diff', async () => {
    const { octokit, at } = sample;
    const { data } = await octokit.rest.pulls.get({ ...at, pull_number: number });
    expect(data).toMatchObject({
      state: 'open',
      draft: false,
      commits: 1,
      changed_files: 5,
      additions: 3,
      deletions: 3,
    });
    expect([data.head.sha, data.base.sha]).toEqual([headSha, mainSha]);
    const listed = await octokit.rest.pulls.list({ ...at, head: 'acme:feature' });
    expect(listed.data.map((pull) => pull.number)).toEqual([number]);
    expect((await octokit.rest.pulls.list({ ...at, state: 'closed' })).data).toEqual([]);
    const commits = await octokit.rest.pulls.listCommits({ ...at, pull_number: number });
    expect(commits.data.map(({ sha }) => sha)).toEqual([headSha]);
    const found = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
      ...at,
      commit_sha: headSha,
    });
    expect(found.data.map((pull) => pull.number)).toEqual([number]);
  });

  it('takes files and diff from the merge base, as git sees them', async () => {
    const { octokit, at, folder } = sample;
    const { data } = await octokit.rest.pulls.listFiles({ ...at, pull_number: number });
    expect(data.map(({ filename, status, previous_filename: from }) => [filename, status, from])).toEqual([
      ['gone.txt', 'removed', undefined],
      ['new.txt', 'added', undefined],
      ['picture.png', 'modified', undefined],
      ['src/new name.txt', 'renamed', 'src/old name.txt'],
      ['src/numbers.txt', 'modified', undefined],
    ]);
    expect(data[2]?.patch).toBeUndefined();
    expect(data[4]?.patch).toMatch(/^@@ -7,7 \+7,7 @@[^]*-10\n\+ten[^]*@@ -47,7 \+47,7 @@/);
    const diff = await octokit.rest.pulls.get({ ...at, pull_number: number, mediaType: { format: 'diff' } });
    // With this media type the data is the text, whatever Octokit's types say.
    expect((diff.data as unknown as string).trim()).toBe(git(folder, 'diff', '-M', 'main...feature'));
  });

  it('compares branches and commits', async () => {
    const { octokit, at } = sample;
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      ...at,
      basehead: 'main...feature',
    });
    expect(data).toMatchObject({ status: 'diverged', ahead_by: 1, behind_by: 1 });
    expect(data.files).toHaveLength(5);
    const commit = await octokit.rest.repos.getCommit({ ...at, ref: 'feature' });
    expect(commit.data).toMatchObject({ sha: headSha, stats: { additions: 3, deletions: 3 } });
    await expect(octokit.rest.repos.getCommit({ ...at, ref: 'nowhere' })).rejects.toMatchObject({
      status: 422,
    });
    await expect(
      octokit.rest.repos.compareCommitsWithBasehead({ ...at, basehead: 'main...nowhere' }),
    ).rejects.toMatchObject({ status: 404 });
  });
});

describe('git data', () => {
  it('writes blobs, trees, commits and refs into the real repository', async () => {
    const { octokit, at, folder } = sample;
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
    const blob = await octokit.rest.git.createBlob({
      ...at,
      content: png.toString('base64'),
      encoding: 'base64',
    });
    const tree = await octokit.rest.git.createTree({
      ...at,
      tree: [
        { path: 'shots/a.png', mode: '100644', type: 'blob', sha: blob.data.sha },
        { path: 'readme.txt', mode: '100644', type: 'blob', content: 'hello\n' },
      ],
    });
    const commit = await octokit.rest.git.createCommit({ ...at, message: 'Pictures', tree: tree.data.sha });
    const ref = 'refs/firsthand/pictures/1';
    await octokit.rest.git.createRef({ ...at, ref, sha: commit.data.sha });
    expect(git(folder, 'show', `${ref}:readme.txt`)).toBe('hello');
    expect(git(folder, 'show', '-s', '--format=%an', ref)).toBe('firsthand[bot]');

    const short = ref.replace('refs/', '');
    expect((await octokit.rest.git.getRef({ ...at, ref: short })).data.object.sha).toBe(commit.data.sha);
    expect((await octokit.rest.git.listMatchingRefs({ ...at, ref: 'firsthand/' })).data).toHaveLength(1);
    expect((await octokit.rest.git.getCommit({ ...at, commit_sha: commit.data.sha })).data.message).toBe(
      'Pictures',
    );
    const read = await octokit.rest.git.getTree({ ...at, tree_sha: commit.data.sha, recursive: '1' });
    expect(read.data.tree.map((item) => item.path)).toEqual(['readme.txt', 'shots', 'shots/a.png']);
    const back = await octokit.rest.git.getBlob({ ...at, file_sha: blob.data.sha });
    expect(Buffer.from(back.data.content, 'base64')).toEqual(png);

    const second = await octokit.rest.git.createTree({
      ...at,
      base_tree: commit.data.sha,
      tree: [{ path: 'readme.txt', mode: '100644', type: 'blob', sha: null }],
    });
    const child = await octokit.rest.git.createCommit({
      ...at,
      message: 'Less',
      tree: second.data.sha,
      parents: [commit.data.sha],
    });
    await octokit.rest.git.updateRef({ ...at, ref: short, sha: child.data.sha });
    expect(git(folder, 'ls-tree', '-r', '--name-only', ref)).toBe('shots/a.png');
    await expect(octokit.rest.git.updateRef({ ...at, ref: short, sha: mainSha })).rejects.toThrow(
      /fast forward/,
    );
    await expect(octokit.rest.git.createRef({ ...at, ref, sha: mainSha })).rejects.toThrow(/already exists/);
    await expect(
      octokit.rest.git.createRef({ ...at, ref: 'refs/pull/9/head', sha: mainSha }),
    ).rejects.toThrow(/hidden ref/);
    await octokit.rest.git.deleteRef({ ...at, ref: short });
    await expect(octokit.rest.git.getRef({ ...at, ref: short })).rejects.toMatchObject({ status: 404 });
  });

  it('refuses objects that are not there', async () => {
    const { octokit, at } = sample;
    const nothing = '1'.repeat(40);
    await expect(octokit.rest.git.createCommit({ ...at, message: 'x', tree: nothing })).rejects.toThrow(
      /Tree SHA/,
    );
    await expect(
      octokit.rest.git.createTree({
        ...at,
        tree: [{ path: 'a', mode: '100644', type: 'blob', sha: nothing }],
      }),
    ).rejects.toThrow(/not a valid object/);
    await expect(
      octokit.rest.git.createTree({
        ...at,
        tree: [{ path: '../a', mode: '100644', type: 'blob', content: '' }],
      }),
    ).rejects.toThrow(/malformed path/);
  });
});
