import type { GitObjects } from '../../src/review/ports.ts';

type Files = Readonly<Record<string, string>>;

export const BASE = 'b'.repeat(40);
export const HEAD = 'a'.repeat(40);

/**
 * Git objects of two commits given as texts. The diff says for each file that all lines of the base go and those of
 * the head that the base does not have come.
 */
export class FakeGitObjects implements GitObjects {
  readonly #commits: ReadonlyMap<string, Files>;

  constructor(base: Files, head: Files) {
    this.#commits = new Map([
      [BASE, base],
      [HEAD, head],
    ]);
  }

  mergeBase(): Promise<string> {
    return Promise.resolve(BASE);
  }

  diff(base: string, head: string): Promise<string> {
    const [before, after] = [this.#files(base), this.#files(head)];
    const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return Promise.resolve(paths.map((path) => diffOf(path, before[path], after[path])).join(''));
  }

  listTree(commit: string) {
    const entries = Object.entries(this.#files(commit));
    return Promise.resolve(
      entries.map(([path, text]) => ({ path, kind: 'file' as const, bytes: Buffer.byteLength(text) })),
    );
  }

  readFiles(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const files = this.#files(commit);
    return Promise.resolve(
      new Map(
        paths.flatMap((path) => {
          const text = files[path];
          return text === undefined ? [] : [[path, Buffer.from(text)] as const];
        }),
      ),
    );
  }

  #files(commit: string): Files {
    return this.#commits.get(commit) ?? {};
  }
}

/** The lines that both have are context, in the head's order; good enough for texts that only gain or lose lines. */
function diffOf(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return '';
  const [old, now] = [linesOf(before), linesOf(after)];
  const kept = new Set(old.filter((line) => now.includes(line)));
  const removed = old.filter((line) => !kept.has(line)).map((line) => `-${line}\n`);
  const others = now.map((line) => `${kept.has(line) ? ' ' : '+'}${line}\n`);
  const header = [
    `diff --git a/${path} b/${path}\n`,
    before === undefined ? 'new file mode 100644\n' : '',
    after === undefined ? 'deleted file mode 100644\n' : '',
    `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n+++ ${after === undefined ? '/dev/null' : `b/${path}`}\n`,
  ].join('');
  return `${header}@@ -${Math.min(1, old.length)},${removed.length + kept.size} +${Math.min(1, now.length)},${now.length} @@\n${removed.join('')}${others.join('')}`;
}

function linesOf(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
