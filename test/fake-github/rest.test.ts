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

afterAll(async () => {
  await sample.github.idle();
  // What keeps the fake honest: every reply and webhook of all tests in this file fits GitHub's description.
  const own = sample.github.judge.violations.filter((violation) => violation.subject !== 'request');
  await sample[Symbol.asyncDispose]();
  expect(own).toEqual([]);
});

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
    expect(`${String(diff.data).trim()}`).toBe(git(folder, 'diff', '-M', 'main...feature'));
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

describe('issue comments', () => {
  it('are made, read, changed and deleted, as the bot', async () => {
    const { octokit, at } = sample;
    const made = await octokit.rest.issues.createComment({ ...at, issue_number: number, body: 'one' });
    expect(made.data.user).toMatchObject({ login: 'firsthand[bot]', type: 'Bot' });
    expect(made.data.performed_via_github_app?.slug).toBe('firsthand');
    await octokit.rest.issues.updateComment({ ...at, comment_id: made.data.id, body: 'two' });
    expect((await octokit.rest.issues.getComment({ ...at, comment_id: made.data.id })).data.body).toBe('two');
    const listed = await octokit.rest.issues.listComments({ ...at, issue_number: number });
    expect(listed.data.map(({ id }) => id)).toContain(made.data.id);
    await octokit.rest.issues.deleteComment({ ...at, comment_id: made.data.id });
    await expect(octokit.rest.issues.getComment({ ...at, comment_id: made.data.id })).rejects.toMatchObject({
      status: 404,
    });
    expect((await octokit.rest.issues.get({ ...at, issue_number: number })).data.pull_request).toBeDefined();
  });

  it('take reactions, each once per person', async () => {
    const { octokit, at, github } = sample;
    const { id } = await github.people.comment({
      repository: 'acme/shop',
      number,
      author: 'ada',
      body: '/review',
    });
    const first = await octokit.rest.reactions.createForIssueComment({
      ...at,
      comment_id: id,
      content: 'eyes',
    });
    const again = await octokit.rest.reactions.createForIssueComment({
      ...at,
      comment_id: id,
      content: 'eyes',
    });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect((await octokit.rest.reactions.listForIssueComment({ ...at, comment_id: id })).data).toHaveLength(
      1,
    );
    await octokit.rest.reactions.deleteForIssueComment({ ...at, comment_id: id, reaction_id: first.data.id });
    expect((await octokit.rest.reactions.listForIssueComment({ ...at, comment_id: id })).data).toEqual([]);
  });

  it('come in pages that lead to each other', async () => {
    const { octokit, at } = sample;
    for (const body of ['1', '2', '3', '4', '5']) {
      await octokit.rest.issues.createComment({ ...at, issue_number: number, body: `page ${body}` });
    }
    const first = await octokit.rest.issues.listComments({ ...at, issue_number: number, per_page: 2 });
    expect(first.headers.link).toMatch(/page=2>; rel="next".*rel="last"/);
    const all = await octokit.paginate(octokit.rest.issues.listComments, {
      ...at,
      issue_number: number,
      per_page: 2,
    });
    expect(all.filter(({ body }) => body?.startsWith('page'))).toHaveLength(5);
  });

  it('answer 304 to who has the same already', async () => {
    const { octokit, at } = sample;
    const { headers } = await octokit.rest.issues.listComments({ ...at, issue_number: number });
    const unchanged = octokit.rest.issues.listComments({
      ...at,
      issue_number: number,
      headers: { 'if-none-match': headers.etag ?? '' },
    });
    await expect(unchanged).rejects.toMatchObject({ status: 304 });
  });
});

describe('reviews', () => {
  it('take inline comments on both sides, over several lines and on files', async () => {
    const { octokit, at } = sample;
    const { data } = await octokit.rest.pulls.createReview({
      ...at,
      pull_number: number,
      commit_id: headSha,
      event: 'COMMENT',
      body: 'Two notes',
      comments: [
        { path: 'src/numbers.txt', line: 10, side: 'RIGHT', body: 'a' },
        { path: 'src/numbers.txt', line: 10, side: 'LEFT', body: 'b' },
        { path: 'src/numbers.txt', start_line: 8, start_side: 'RIGHT', line: 10, side: 'RIGHT', body: 'c' },
      ],
    });
    expect(data).toMatchObject({ state: 'COMMENTED', commit_id: headSha, user: { login: 'firsthand[bot]' } });
    const review = { ...at, pull_number: number, review_id: data.id };
    expect((await octokit.rest.pulls.getReview(review)).data.body).toBe('Two notes');
    expect(
      (await octokit.rest.pulls.listReviews({ ...at, pull_number: number })).data.map(({ id }) => id),
    ).toContain(data.id);
    expect((await octokit.rest.pulls.listCommentsForReview(review)).data).toHaveLength(3);
    const { data: comments } = await octokit.rest.pulls.listReviewComments({ ...at, pull_number: number });
    expect(comments.map(({ line, side, start_line }) => [line, side, start_line])).toEqual([
      [10, 'RIGHT', null],
      [10, 'LEFT', null],
      [10, 'RIGHT', 8],
    ]);
    expect(comments[0]?.diff_hunk.split('\n').at(-1)).toBe('+ten');
    await octokit.rest.pulls.updateReview({ ...review, body: 'Three notes' });
    expect((await octokit.rest.pulls.getReview(review)).data.body).toBe('Three notes');
  });

  it('take single comments and replies', async () => {
    const { octokit, at } = sample;
    const { data } = await octokit.rest.pulls.createReviewComment({
      ...at,
      pull_number: number,
      commit_id: headSha,
      path: 'picture.png',
      subject_type: 'file',
      body: 'Nice picture',
    });
    const reply = await octokit.rest.pulls.createReplyForReviewComment({
      ...at,
      pull_number: number,
      comment_id: data.id,
      body: 'Thanks',
    });
    expect(reply.data.in_reply_to_id).toBe(data.id);
    expect((await octokit.rest.pulls.getReviewComment({ ...at, comment_id: reply.data.id })).data.body).toBe(
      'Thanks',
    );
    await octokit.rest.pulls.updateReviewComment({ ...at, comment_id: data.id, body: 'Nicer' });
    await octokit.rest.pulls.deleteReviewComment({ ...at, comment_id: reply.data.id });
    await expect(
      octokit.rest.pulls.getReviewComment({ ...at, comment_id: reply.data.id }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('may be kept back and submitted later', async () => {
    const { octokit, at } = sample;
    const { data } = await octokit.rest.pulls.createReview({ ...at, pull_number: number, body: 'later' });
    expect(data.state).toBe('PENDING');
    await expect(octokit.rest.pulls.createReview({ ...at, pull_number: number })).rejects.toThrow(
      /one pending review/,
    );
    const submitted = await octokit.rest.pulls.submitReview({
      ...at,
      pull_number: number,
      review_id: data.id,
      event: 'COMMENT',
    });
    expect(submitted.data.state).toBe('COMMENTED');
    const pending = await octokit.rest.pulls.createReview({ ...at, pull_number: number, body: 'never' });
    await octokit.rest.pulls.deletePendingReview({ ...at, pull_number: number, review_id: pending.data.id });
  });
});

describe('check runs', () => {
  it('are created, completed, annotated and found by name', async () => {
    const { octokit, at } = sample;
    const annotation = {
      path: 'new.txt',
      start_line: 1,
      end_line: 1,
      annotation_level: 'warning',
      message: 'm',
    } as const;
    const { data } = await octokit.rest.checks.create({
      ...at,
      name: 'Firsthand: review',
      head_sha: headSha,
      external_id: 'run 1',
      status: 'in_progress',
      output: { title: 't', summary: 's', annotations: [annotation] },
      actions: [{ label: 'Again', description: 'Run it again', identifier: 'again' }],
    });
    expect(data).toMatchObject({
      status: 'in_progress',
      app: { slug: 'firsthand' },
      output: { annotations_count: 1 },
    });
    expect(data.pull_requests.map((pull) => pull.number)).toEqual([number]);
    const updated = await octokit.rest.checks.update({
      ...at,
      check_run_id: data.id,
      conclusion: 'neutral',
      output: { title: 't', summary: 's', annotations: [{ ...annotation, path: 'picture.png' }] },
    });
    expect(updated.data).toMatchObject({
      status: 'completed',
      conclusion: 'neutral',
      output: { annotations_count: 2 },
    });
    expect((await octokit.rest.checks.get({ ...at, check_run_id: data.id })).data.external_id).toBe('run 1');
    const annotations = await octokit.rest.checks.listAnnotations({ ...at, check_run_id: data.id });
    expect(annotations.data.map(({ path }) => path)).toEqual(['new.txt', 'picture.png']);
    const app = sample.github.state.app.id;
    const list = async (check_name: string, app_id: number): Promise<number> =>
      (await octokit.rest.checks.listForRef({ ...at, ref: headSha, check_name, app_id })).data.total_count;
    expect(await list('Firsthand: review', app)).toBe(1);
    expect(await list('Another', app)).toBe(0);
    expect(await list('Firsthand: review', app + 1)).toBe(0);

    const { data: suites } = await octokit.rest.checks.listSuitesForRef({ ...at, ref: 'feature' });
    const suite = { ...at, check_suite_id: suites.check_suites[0]?.id ?? 0 };
    expect((await octokit.rest.checks.getSuite(suite)).data.conclusion).toBe('neutral');
    expect((await octokit.rest.checks.listForSuite(suite)).data.total_count).toBe(1);
    await octokit.rest.checks.rerequestRun({ ...at, check_run_id: data.id });
    await octokit.rest.checks.rerequestSuite(suite);
  });
});

describe('deployments and statuses', () => {
  it('are listed newest first', async () => {
    const { octokit, at, github } = sample;
    const { deployment } = await github.people.deploy({
      repository: 'acme/shop',
      ref: 'feature',
      environment: 'preview',
      state: 'in_progress',
      by: 'ada',
    });
    await github.people.deploy({
      repository: 'acme/shop',
      ref: 'feature',
      environment: 'preview',
      url: 'https://pr-1.example.dev',
      by: 'ada',
      deployment: deployment.id,
    });
    const { data } = await octokit.rest.repos.listDeployments({ ...at, sha: headSha });
    expect(data.map(({ id }) => id)).toEqual([deployment.id]);
    expect((await octokit.rest.repos.listDeployments({ ...at, environment: 'other' })).data).toEqual([]);
    const statuses = await octokit.rest.repos.listDeploymentStatuses({ ...at, deployment_id: deployment.id });
    expect(statuses.data.map(({ state, environment_url: url }) => [state, url])).toEqual([
      ['success', 'https://pr-1.example.dev'],
      ['in_progress', ''],
    ]);
    const status = { ...at, deployment_id: deployment.id, status_id: statuses.data[0]?.id ?? 0 };
    expect((await octokit.rest.repos.getDeploymentStatus(status)).data.state).toBe('success');
    expect((await octokit.rest.repos.getDeployment({ ...at, deployment_id: deployment.id })).data.sha).toBe(
      headSha,
    );
  });

  it('are made by those who may, and combined by context', async () => {
    const { at, github } = sample;
    const ada = sample.octokitOf(github.tokenOf('ada'));
    const made = await ada.rest.repos.createDeployment({ ...at, ref: 'main', environment: 'staging' });
    if (!('id' in made.data)) throw new Error('not made');
    await ada.rest.repos.createDeploymentStatus({
      ...at,
      deployment_id: made.data.id,
      state: 'success',
      environment_url: 'https://staging.example.dev',
    });
    await ada.rest.repos.createCommitStatus({ ...at, sha: headSha, state: 'pending', context: 'ci' });
    await ada.rest.repos.createCommitStatus({
      ...at,
      sha: headSha,
      state: 'success',
      context: 'ci',
      target_url: 'https://ci.example.dev',
    });
    const combined = await sample.octokit.rest.repos.getCombinedStatusForRef({ ...at, ref: headSha });
    expect(combined.data).toMatchObject({ state: 'success', total_count: 1 });
    const all = await sample.octokit.rest.repos.listCommitStatusesForRef({ ...at, ref: 'feature' });
    expect(all.data.map(({ state }) => state)).toEqual(['success', 'pending']);
  });
});

describe('what it keeps of it', () => {
  it('logs every request with its operation, and counts them', () => {
    const { requests, judge } = sample.github;
    expect(requests.map(({ operationId }) => operationId)).toContain('pulls/create-review');
    expect(judge.operations.get('checks/create')).toBe(1);
    expect(requests.find(({ operationId }) => operationId === 'apps/get-authenticated')?.caller).toBe('app');
  });
});
