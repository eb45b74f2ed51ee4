import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { play } from '../../src/demo/play.ts';
import { TEST_ACCOUNT } from '../../src/demo/sample.ts';
import { MAINTAINER, REPOSITORY, type Stage, setStage } from '../../src/demo/stage.ts';
import type { FakePull, FakeRepository } from '../../src/fake-github/fake-github.ts';
import { invariant } from '../../src/lib/invariant.ts';

let stage: Stage;
let pull: FakePull;
let repository: FakeRepository;

beforeAll(async () => {
  const { signal } = new AbortController();
  stage = await setStage({ env: process.env, progress: () => {}, signal });
  pull = await play(stage, { progress: () => {}, signal });
  const found = stage.gitHub.state.repositories.get(REPOSITORY);
  invariant(found !== undefined, 'the stage has its repository');
  repository = found;
}, 400_000);

afterAll(() => stage?.close());

function summary(): string {
  const own = [...repository.issueComments.values()].filter((comment) => comment.isByApp);
  expect(own).toHaveLength(1);
  return own[0]?.body ?? '';
}

/** Everything that the App posted, as one text. */
function everythingPosted(): string {
  const { issueComments, reviews, reviewComments, checkRuns } = repository;
  return JSON.stringify([
    ...issueComments.values(),
    ...reviews.values(),
    ...reviewComments.values(),
    ...checkRuns.values(),
  ]);
}

describe('the sample pull request', () => {
  it('gets the planted faults of the diff as inline comments, and nothing else', () => {
    const comments = [...repository.reviewComments.values()].map(
      ({ path, line, body }) => `${path}:${line} ${/\*\*(.+?)\*\*/.exec(body)?.[1]}`,
    );
    expect(comments.toSorted()).toEqual([
      'src/actions/checkout.ts:26 A promise is not awaited',
      'src/catalogue.ts:22 Text that is not fixed is run as code',
      'src/pages/sale.ts:14 A variable that never changes is declared with let',
      'tools/announce_sale.py:11 A Slack token is in the code',
      'tools/export_orders.py:31 Data becomes part of an SQL statement',
    ]);
    expect(repository.reviews.size).toBe(1);
  });

  it('gets the planted faults of the product in the summary, each once', () => {
    const titles = [
      ...summary().matchAll(/<summary>(?:<b>\d+<\/b> · )?<b>(\w+)<\/b> · (\w+) · (.+?)<\/summary>/g),
    ].map(([, severity, category, title]) => `${severity} ${category} ${title}`);
    const planted = [
      /^critical state .*−€21\.70/,
      /^high flow .*TypeError/,
      /^high flow .*Save address/,
      /^(?:high|medium) visual .*can hardly be read/,
    ];
    expect(planted.map((one) => titles.filter((title) => one.test(title)))).toEqual(
      planted.map(() => [expect.any(String)]),
    );
    // The unreadable price is also a new barrier, and where the button cannot be pressed, Enter does not save either.
    const symptoms = /accessibility .*contrast|press Enter.*\/account\/address instead of \/account$/;
    const others = titles.filter((title) => !symptoms.test(title));
    expect(others.filter((title) => !planted.some((one) => one.test(title)))).toEqual([]);
    expect(summary()).toMatch(/Visible changes that look intended.*Summer sale/s);
  });

  it('shows pictures that whoever may read the repository can open', async () => {
    const addresses = new Set([...summary().matchAll(/<img src="([^"]+)"/g)].map((match) => match[1] ?? ''));
    expect(addresses.size).toBeGreaterThanOrEqual(6);
    const authorization = `Bearer ${stage.gitHub.tokenOf(MAINTAINER)}`;
    for (const address of addresses) {
      const response = await fetch(address, { headers: { authorization } });
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
    }
    expect([...repository.pulls.values()]).toHaveLength(1);
  });

  it('is never shown as green', () => {
    const conclusions = [...repository.checkRuns.values()].map(
      ({ name, conclusion }) => `${name}: ${conclusion}`,
    );
    expect(new Set(conclusions)).toEqual(
      new Set(['Firsthand: review: neutral', 'Firsthand: preview: neutral']),
    );
  });

  it('was handled with calls that GitHub would take, by the permissions of the manifest', () => {
    expect(stage.gitHub.judge.violations).toEqual([]);
    expect(stage.gitHub.requests.filter(({ status }) => status === 403)).toEqual([]);
  });

  it('leaves the password of the test account and the token of the diff nowhere', async () => {
    const token = /SLACK_TOKEN", "(xoxb-[^"]+)"/.exec(await readHead('tools/announce_sale.py'))?.[1];
    expect(token).toMatch(/^xoxb-/);
    const posted = everythingPosted();
    expect(posted).not.toContain(TEST_ACCOUNT.password);
    expect(posted.replaceAll(/"diffHunk":"(?:[^"\\]|\\.)*"/g, '')).not.toContain(token);
    expect(stage.app.logTail()).not.toContain(TEST_ACCOUNT.password);
    expect(await filesWith(TEST_ACCOUNT.password, stage.appEnv['FIRSTHAND_DATA_DIR'] ?? '')).toEqual([]);
  });

  it('keeps no branch and no tag of ours, only a ref of our own', async () => {
    const refs = await readFile(join(repository.gitDir, 'packed-refs'), 'utf8').catch(() => '');
    const loose = await readdir(join(repository.gitDir, 'refs'), { recursive: true });
    expect(`${refs} ${loose.join(' ')}`).toContain('firsthand/');
    const heads = loose.filter((path) => path.startsWith('heads/') || path.startsWith('tags/'));
    expect(heads.toSorted().filter((path) => path.includes('firsthand'))).toEqual([]);
  });
});

async function readHead(path: string): Promise<string> {
  const address = `${stage.gitHub.serverUrl}/${REPOSITORY}/raw/${pull.headSha}/${path}`;
  const authorization = `Bearer ${stage.gitHub.tokenOf(MAINTAINER)}`;
  return await (await fetch(address, { headers: { authorization } })).text();
}

async function filesWith(text: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hits: string[] = [];
  for (const file of files) if ((await readFile(file)).includes(text)) hits.push(file);
  return hits;
}
