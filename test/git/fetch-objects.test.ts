import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TransientError, UserError } from '../../src/domain/errors.ts';
import { fetchObjects } from '../../src/git/fetch-objects.ts';
import { createRepository, type Repository, writePayload } from '../support/git-repository.ts';

const { signal } = new AbortController();
const TOKEN = 'ghs_secretsecretsecretsecret';

let folder: string;
let repository: Repository;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firsthand-test-'));
  repository = createRepository();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  repository.remove();
});

/** A server that answers every request with one status. */
async function serve(
  status: number,
  seen: string[],
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    seen.push(request.headers.authorization ?? '');
    response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/o/r.git`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function filesBelow(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(path, name)).isFile(),
  );
}

describe('fetchObjects', () => {
  test('fetches base and head with their history, and needs the remote no more after that', async () => {
    repository.write({ a: '1\n' });
    const base = repository.commit();
    repository.write({ a: '2\n' });
    const head = repository.commit();
    const remoteUrl = `file://${repository.folder}`;
    const options = { folder, remoteUrl, commits: [{ sha: base }, { sha: head }] };
    const objects = await fetchObjects(options, signal);
    expect(await objects.mergeBase(base, head, signal)).toBe(base);
    expect(await objects.diff(base, head, signal)).toContain('+2');
    repository.remove();
    const again = await fetchObjects(options, signal);
    expect((await again.readFiles(head, ['a'], signal)).size).toBe(1);
  });

  test('gets a head that no branch leads to, only the ref of the pull request', async () => {
    repository.write({ a: '1\n' });
    const base = repository.commit();
    repository.git('checkout', '--quiet', '-b', 'fork');
    repository.write({ a: '2\n' });
    const head = repository.commit();
    repository.write({ a: '3\n' });
    repository.commit('a newer one, which the ref names by now');
    repository.git('update-ref', 'refs/pull/7/head', 'HEAD');
    repository.git('checkout', '--quiet', 'main');
    repository.git('branch', '--quiet', '-D', 'fork');
    const objects = await fetchObjects(
      {
        folder,
        remoteUrl: `file://${repository.folder}`,
        commits: [{ sha: base }, { sha: head, ref: 'refs/pull/7/head' }],
      },
      signal,
    );
    expect(await objects.diff(base, head, signal)).toContain('+2');
  });

  test('runs no hook and keeps no checkout', async () => {
    repository.write({ a: '1\n' });
    const head = repository.commit();
    const marker = join(repository.folder, 'marker');
    writePayload(join(repository.folder, '.git/hooks/post-checkout'), marker);
    writePayload(join(repository.folder, '.git/hooks/reference-transaction'), marker);
    await fetchObjects(
      { folder, remoteUrl: `file://${repository.folder}`, commits: [{ sha: head }] },
      signal,
    );
    expect(existsSync(marker)).toBe(false);
    expect(filesBelow(folder).filter((name) => /hooks|\/a$|FETCH_HEAD/.test(name))).toEqual([]);
  });

  test('takes over a history with a commit that a strict check refuses', async () => {
    repository.write({ a: '1\n' });
    const tree = repository.git('rev-parse', `${repository.commit()}^{tree}`).trim();
    const malformed = join(repository.folder, '.git', 'malformed');
    const who = 'Test <test@example.com> 1234567890 +051800';
    writeFileSync(malformed, `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\nold\n`);
    const old = repository.git('hash-object', '-t', 'commit', '-w', '--literally', malformed).trim();
    const head = repository.git('commit-tree', '-p', old, '-m', 'head', tree).trim();
    repository.git('update-ref', 'refs/heads/main', head);
    const commits = [{ sha: old }, { sha: head }];
    const objects = await fetchObjects({ folder, remoteUrl: `file://${repository.folder}`, commits }, signal);
    expect(await objects.mergeBase(old, head, signal)).toBe(old);
  });

  test('does not say that a commit is missing when its history could not be taken over', async () => {
    repository.write({ a: '1\n' });
    const blob = repository.git('rev-parse', `${repository.commit()}:a`).trim();
    repository.write({ a: '2\n' });
    const head = repository.commit();
    rmSync(join(repository.folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    const remoteUrl = `file://${repository.folder}`;
    const fetching = fetchObjects({ folder, remoteUrl, commits: [{ sha: head }] }, signal);
    await expect(fetching).rejects.toThrow(TransientError);
    await expect(fetching).rejects.toThrow(/could not take over .* and its history/);
    expect(readdirSync(folder).filter((name) => /probe|\.lock$/.test(name))).toEqual([]);
  });

  test('says that a remote does not have a commit', async () => {
    repository.write({ a: '1\n' });
    repository.commit();
    const commits = [{ sha: '1'.repeat(40), ref: 'refs/pull/1/head' }];
    const fetching = fetchObjects({ folder, remoteUrl: `file://${repository.folder}`, commits }, signal);
    await expect(fetching).rejects.toThrow(UserError);
    await expect(fetching).rejects.toThrow(/does not have the commit 1{40}/);
  });

  test.each([401, 403, 404, 502])(
    'may pass when the remote answers %i, and keeps the token to itself',
    async (status) => {
      const seen: string[] = [];
      const server = await serve(status, seen);
      const commits = [{ sha: '1'.repeat(40) }];
      const error = await fetchObjects({ folder, remoteUrl: server.url, token: TOKEN, commits }, signal).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      await server.close();
      const basic = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
      expect(error).toBeInstanceOf(TransientError);
      expect(seen[0]).toBe(`basic ${basic}`);
      const said = error instanceof Error ? `${error.message} ${error.stack}` : '';
      const kept = filesBelow(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
      for (const text of [said, ...kept]) {
        expect(text).not.toContain(TOKEN);
        expect(text).not.toContain(basic);
      }
    },
  );

  test('follows no redirect with the token in its hand', async () => {
    const seen: string[] = [];
    const server = await serve(302, seen);
    const fetching = fetchObjects(
      { folder, remoteUrl: server.url, token: TOKEN, commits: [{ sha: '1'.repeat(40) }] },
      signal,
    );
    await expect(fetching).rejects.toThrow(TransientError);
    await server.close();
  });

  test('lets two jobs of one repository fetch at once', async () => {
    repository.write({ a: '1\n' });
    const head = repository.commit();
    const options = { folder, remoteUrl: `file://${repository.folder}`, commits: [{ sha: head }] };
    const both = await Promise.all([fetchObjects(options, signal), fetchObjects(options, signal)]);
    for (const objects of both) expect(await objects.listTree(head, signal)).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  test('stops when aborted, and leaves the lock open for the next', async () => {
    const aborted = new AbortController();
    let wasAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      wasAsked = resolve;
    });
    const server = createServer(() => wasAsked());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const remoteUrl = `http://127.0.0.1:${port}/o/r.git`;
    const fetching = fetchObjects({ folder, remoteUrl, commits: [{ sha: '1'.repeat(40) }] }, aborted.signal);
    await asked;
    aborted.abort(new Error('superseded'));
    await expect(fetching).rejects.toThrow('superseded');
    server.closeAllConnections();
    server.close();
    expect(readdirSync(folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  test.each([
    'ext::sh -c evil',
    'ssh://example.com/o/r',
    '--upload-pack=evil',
    'https://user:pw@example.com/o/r',
  ])('refuses the address %s', async (remoteUrl) => {
    await expect(fetchObjects({ folder, remoteUrl, commits: [] }, signal)).rejects.toThrow(/address/);
  });
});
