import { afterAll, describe, expect, it } from 'vitest';
import { type AppBench, isDone, openAppBench, REVIEW } from '../support/app-bench.ts';

const FILES = 3000;
const FAULT = 'src/part-17/file-1717.ts';

function files(change: (path: string) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: FILES }, (_, index) => {
      const path = `src/part-${index % 50}/file-${index}.ts`;
      return [path, change(path)];
    }),
  );
}

let bench: AppBench | undefined;
afterAll(() => bench?.close());

describe('a pull request of 3,000 files', () => {
  it('is read whole, or says what was not, and its one fault is found', { timeout: 180_000 }, async () => {
    const body = (path: string): string =>
      `export const name = '${path}';\nexport function size(items: readonly string[]): number {\n  return items.length;\n}\n`;
    const app = await openAppBench({
      base: files(body),
      head: files((path) => {
        const more =
          path === FAULT
            ? 'export const run = (text: string) => new Function(text);\n'
            : 'export const more = 1;\n';
        return body(path) + more;
      }),
    });
    bench = app;
    const pull = await app.openPull();
    await app.until('the review is done', () => isDone(app, REVIEW, pull.headSha));
    const comments = [...app.repository.reviewComments.values()].map(({ path, line }) => `${path}:${line}`);
    expect(comments).toEqual([`${FAULT}:5`]);
    expect(app.ownComments()[0]?.body).toContain('3,000 of 3,000 hunks read');
    expect(app.gitHub.judge.violations).toEqual([]);
  });
});
