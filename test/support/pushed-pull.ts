import { handleJob } from '../../src/jobs/run-job.ts';
import type { FakeThread } from './fake-installation.ts';
import { aCommandJob, aReviewJob, createJobBench, type JobBench, jobContext } from './job-bench.ts';
import { findingsOf } from './pushes.ts';
import { reviewReport } from './reports.ts';

/** One finding, in a function. */
export const CODE = 'function run(text) {\n  return eval(text);\n}\n';
export const FIXED = CODE.replace('eval', 'Number');

/** The diff of a pull request that adds the files. */
function diffOf(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([path, text]) => {
      const lines = text.replace(/\n$/, '').split('\n');
      const head = `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n`;
      return `${head}@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}\n`).join('')}`;
    })
    .join('');
}

/** A pull request to which somebody pushes, each push read by a job; its reviewer finds `eval(`. */
export function openPull() {
  const bench = createJobBench();
  let runs = 0;
  const push = async (
    files: Readonly<Record<string, string>>,
    { steps = new Map<string, string>() } = {},
  ) => {
    runs += 1;
    const headSha = String(runs % 10).repeat(40);
    bench.github.pull = { ...bench.github.pull, headSha };
    bench.github.files = files;
    bench.github.diff = diffOf(files);
    bench.review = async () => reviewReport({ head: headSha, findings: [...findingsOf(files)] });
    await handleJob(aReviewJob({ headSha }), jobContext({ id: `run-${runs}` }, steps), bench.ports);
    return headSha;
  };
  return { bench, push, said: () => bench.github.threads.length };
}

export async function say(
  bench: JobBench,
  body: string,
  more: { author?: string; thread?: number; commentId?: number } = {},
) {
  const { headSha: _, ...job } = { ...aCommandJob({ body, ...more }), headSha: '' };
  await handleJob(job, jobContext({ id: `command-${more.commentId ?? 5}` }), bench.ports);
}

export async function reply(
  bench: JobBench,
  body: string,
  more: { author?: string; commentId?: number } = {},
) {
  const { commentId: thread = 0 } = bench.github.threads[0] ?? {};
  const { kind: _, ...job } = aCommandJob({ body, thread, ...more });
  await handleJob({ ...job, kind: 'reply', thread }, jobContext({ id: 'reply-1' }), bench.ports);
}

/** The line of the summary that counts findings. */
export const counts = (bench: JobBench): string =>
  /\*\*Findings:\*\*[^\n<]*/.exec(bench.summary())?.[0] ?? '';
export const firstThread = ({ github }: JobBench): FakeThread => {
  const [thread] = github.threads;
  if (thread === undefined) throw new Error('nothing was said in the diff');
  return thread;
};
/** Of the finding whose thread is the first. */
export const idOf = (bench: JobBench): string =>
  /finding ([0-9a-f]{12})/.exec(firstThread(bench).body)?.[1] ?? '';
