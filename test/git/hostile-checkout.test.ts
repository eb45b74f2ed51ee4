import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openLocalObjects } from '../../src/git/open-local-objects.ts';
import { createRepository, type Repository, writePayload } from '../support/git-repository.ts';

const { signal } = new AbortController();

describe('a checkout whose configuration names programs', () => {
  let repository: Repository | undefined;
  afterEach(() => repository?.remove());

  test('is read without running any of them', async () => {
    repository = createRepository();
    const { folder } = repository;
    const marker = join(folder, 'marker');
    const payload = writePayload(join(folder, '.git/payload.sh'), marker);
    repository.write({
      'a.txt': 'one\n',
      '.gitattributes': '* filter=evil diff=evil\n',
    });
    const base = repository.commit('base');
    repository.write({ 'a.txt': 'two\n' });
    const head = repository.commit('head');
    for (const key of [
      'core.fsmonitor',
      'core.sshCommand',
      'core.pager',
      'core.editor',
      'core.askPass',
      'core.gitProxy',
      'diff.external',
      'diff.evil.textconv',
      'diff.evil.command',
      'filter.evil.smudge',
      'filter.evil.clean',
      'filter.evil.process',
      'gpg.program',
      'pager.diff',
      'credential.helper',
      'uploadpack.packObjectsHook',
      'alias.rev-parse',
    ]) {
      repository.git('config', key, key === 'alias.rev-parse' ? `!${payload}` : payload);
    }
    for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change', 'pre-auto-gc']) {
      writePayload(join(folder, '.git/hooks', hook), marker);
    }
    repository.git('config', 'core.hooksPath', join(folder, '.git/hooks'));

    const local = await openLocalObjects(folder, signal);
    expect(await local.resolveCommit('HEAD', signal)).toBe(head);
    expect(await local.objects.mergeBase(base, head, signal)).toBe(base);
    expect(await local.objects.diff(base, head, signal)).toContain('+two');
    expect((await local.objects.readFiles(head, ['a.txt'], signal)).size).toBe(1);
    await local.dispose();
    expect(existsSync(marker)).toBe(false);
  });

  test('that is a partial clone gets an error instead of a fetch by a program of its choice', async () => {
    repository = createRepository();
    const { folder } = repository;
    const marker = join(folder, 'marker');
    const payload = writePayload(join(folder, '.git/payload.sh'), marker);
    repository.write({ a: '1' });
    const head = repository.commit();
    repository.git('config', 'core.repositoryFormatVersion', '1');
    repository.git('config', 'extensions.partialClone', 'origin');
    repository.git('config', 'remote.origin.promisor', 'true');
    repository.git('config', 'remote.origin.url', `ext::${payload}`);
    repository.git('config', 'remote.origin.uploadpack', payload);
    repository.git('config', 'protocol.ext.allow', 'always');
    const local = await openLocalObjects(folder, signal);
    const missing = '1234567890123456789012345678901234567890';
    await expect(local.resolveCommit(missing, signal)).rejects.toThrow(/is not a commit/);
    await expect(local.resolveCommit(`${missing}~1`, signal)).rejects.toThrow(/is not a commit/);
    await expect(local.objects.diff(missing, head, signal)).rejects.toThrow(/could not take the diff/);
    await local.dispose();
    expect(existsSync(marker)).toBe(false);
  });
});
