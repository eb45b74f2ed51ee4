import { afterEach, describe, expect, test } from 'vitest';
import type { ReviewReport } from '../../src/domain/report.ts';
import { createRepository, type Repository } from '../support/git-repository.ts';
import { reviewCommits } from '../support/review-commits.ts';

type Files = Readonly<Record<string, string>>;

const repositories: Repository[] = [];
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove();
});

async function review(base: Files, head: (repository: Repository) => void): Promise<ReviewReport> {
  const repository = createRepository();
  repositories.push(repository);
  repository.write(base);
  const before = repository.commit('base');
  head(repository);
  const after = repository.commit('head');
  return await reviewCommits(repository.folder, { base: before, head: after }, { reviewers: ['logic'] });
}

const placesOf = ({ findings }: ReviewReport): readonly string[] =>
  findings.map(
    ({ source, location }) => `${location?.path}:${location?.side}:${location?.startLine} ${source}`,
  );

const CART: Files = {
  'src/total.ts': 'export const rate = 2;\n\nexport function total(): number {\n  return rate;\n}\n',
  'src/cart.ts': 'import { total } from "./total.ts";\n\nexport const cart = total();\n',
};

describe('createChangeRules', () => {
  test('finds who still imports what the change takes away, in files outside of the diff', async () => {
    const report = await review(CART, (repository) =>
      repository.write({
        'src/total.ts': 'export const rate = 2;\n\nexport function sum(): number {\n  return rate;\n}\n',
      }),
    );
    expect(placesOf(report)).toEqual(['src/total.ts:LEFT:3 firsthand/removed-export']);
    expect(report.findings[0]?.body).toContain('See `src/cart.ts:1`.');
    expect(report.reviewers[0]).toMatchObject({ status: 'reviewed', hunksRead: 1, hunksTotal: 1 });
  });

  test('speaks of a file that only got another name at its first line', async () => {
    const report = await review(CART, (repository) => repository.git('mv', 'src/total.ts', 'src/sum.ts'));
    expect(placesOf(report)).toEqual(['src/sum.ts:RIGHT:1 firsthand/removed-export']);
  });

  test('speaks of a deleted file on its old lines', async () => {
    const report = await review(CART, (repository) => repository.git('rm', '--quiet', 'src/total.ts'));
    expect(placesOf(report)).toEqual(['src/total.ts:LEFT:3 firsthand/removed-export']);
  });

  test('finds client code outside of the diff that calls a route which is gone', async () => {
    const report = await review(
      {
        'server.js': "app.get('/api/orders/:id', show);\napp.get('/api/carts', carts);\n",
        'web/load.js': 'export const load = (id) => fetch(`/api/orders/${id}`);\n',
      },
      (repository) => repository.write({ 'server.js': "app.get('/api/carts', carts);\n" }),
    );
    expect(placesOf(report)).toEqual(['server.js:LEFT:1 firsthand/removed-route']);
    expect(report.findings[0]?.body).toContain('See `web/load.js:1`.');
  });
});
