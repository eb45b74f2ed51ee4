import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TransientError } from '../../src/domain/errors.ts';
import { openRemoteObjects } from '../../src/git/open-remote-objects.ts';
import { createRepository, type Repository } from '../support/git-repository.ts';
import { createRepositorySource } from '../support/repository-source.ts';
import { createSilentLogger } from '../support/silent-logger.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const { signal } = new AbortController();
const token = 'ghs_secretsecretsecretsecret';

let repository: Repository;
let base: string;
let head: string;
beforeAll(() => {
  repository = createRepository();
  repository.write({ 'a.ts': 'let a = 1;\n' });
  base = repository.commit();
  repository.write({ 'a.ts': 'let a = 2;\n' });
  head = repository.commit();
});
afterAll(() => repository.remove());

let temporary: ReturnType<typeof makeTemporaryFolder>;
beforeEach(() => {
  temporary = makeTemporaryFolder();
  return () => temporary.remove();
});

/** Answers each request with the status; 0 hangs up. */
async function serve(status: number): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (status === 0) request.destroy();
    else response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/o/r.git`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function open(remoteUrl: string) {
  const logger = createSilentLogger();
  const source = createRepositorySource(repository);
  const commits = [{ sha: base }, { sha: head }];
  const opening = openRemoteObjects(
    { folder: temporary.path, remoteUrl, token, commits, source, logger },
    signal,
  );
  return { opening, source, logger };
}

describe('openRemoteObjects', () => {
  test('asks for no single object where git answers', async () => {
    const { opening, source, logger } = open(`file://${repository.folder}`);
    expect(await (await opening).diff(base, head, signal)).toContain('+let a = 2;');
    expect(source.read).toEqual([]);
    expect(logger.lines).toEqual([]);
  });

  test.each([403, 404])(
    'reads the objects one by one where git is answered %i, and says so',
    async (status) => {
      const server = await serve(status);
      const { opening, source, logger } = open(server.url);
      expect(await (await opening).diff(base, head, signal)).toContain('+let a = 2;');
      await server.close();
      expect(source.read).toHaveLength(2);
      expect(logger.lines).toMatchObject([{ level: 'warn', message: expect.stringMatching(/no git here/u) }]);
      expect(JSON.stringify(logger.lines)).not.toContain(token);
    },
  );

  test.each([0, 302, 401, 429, 500, 503])('waits for git where it is answered %i', async (status) => {
    const server = await serve(status);
    const { opening, source, logger } = open(server.url);
    await expect(opening).rejects.toThrow(TransientError);
    await server.close();
    expect(source.read).toEqual([]);
    expect(logger.lines).toEqual([]);
  });
});
