import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { APPS, FAMILIES } from '../examples/bank/variant.ts';
import { VARIANTS } from '../examples/bank/variants.ts';
import type { Outcome, Subject } from './verify/outcome.ts';
import { runSubject } from './verify/run-subject.ts';
import { describeOutcome, describeSummary, summarise } from './verify/summary.ts';

const usage = `Scores the verification on the bank of planted faults and harmless changes in examples/bank.

  npm run eval:verify -- [options]

  --app NAME        only this app (${APPS.join(', ')}); may be repeated
  --family NAME     only this family (${FAMILIES.join(', ')}, harmless, same); may be repeated
  --only ID,ID…     only these variants; “same” is the base against itself, as in tasks-same
  --sample N        every Nth of what is left, for a quick look
  --seconds N       what the engine may spend on one variant (default: 120)
  --actions N       as the command line's; left out: its default
  --seed N          default: 1
  --repeat N        run each N times and count verdicts that differ (default: 1)
  --parallel N      how many at a time (default: 1; on two cores more make everything slower)
  --witnesses       run the tests that the findings come with, on base and on head
  --keep DIR        keep reports, pictures and tests below DIR
  --json FILE       write all outcomes and the figures to FILE
`;

const { values } = parseArgs({
  options: {
    app: { type: 'string', multiple: true },
    family: { type: 'string', multiple: true },
    only: { type: 'string' },
    sample: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '120' },
    actions: { type: 'string' },
    seed: { type: 'string', default: '1' },
    repeat: { type: 'string', default: '1' },
    parallel: { type: 'string', default: '1' },
    witnesses: { type: 'boolean', default: false },
    keep: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new Error(`--${name} is a whole number from 1 on, not ${text}`);
}

/** What is to be run: every app against itself, then its variants. */
function chooseSubjects(): readonly Subject[] {
  const all: readonly Subject[] = APPS.flatMap((app) => [
    { id: `${app}-same`, app },
    ...VARIANTS.filter((variant) => variant.app === app).map((variant) => ({ id: variant.id, app, variant })),
  ]);
  const only = values.only?.split(',');
  const unknown = only?.filter((id) => !all.some((subject) => subject.id === id)) ?? [];
  if (unknown.length > 0) throw new Error(`no such variant: ${unknown.join(', ')}`);
  const familyOf = ({ variant }: Subject): string =>
    variant === undefined ? 'same' : variant.harmless ? 'harmless' : variant.family;
  return all
    .filter((subject) => only === undefined || only.includes(subject.id))
    .filter((subject) => values.app === undefined || values.app.includes(subject.app))
    .filter((subject) => values.family === undefined || values.family.includes(familyOf(subject)))
    .filter((_, index) => index % whole('sample', values.sample) === 0);
}

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(usage);
  const subjects = chooseSubjects();
  const repeat = whole('repeat', values.repeat);
  const queue = Array.from({ length: repeat }, (_, round) =>
    subjects.map((subject) => ({ subject, round })),
  ).flat();
  const outcomes: Outcome[] = [];
  const total = queue.length;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { subject, round } = next;
      const keep =
        values.keep === undefined
          ? undefined
          : join(values.keep, round === 0 ? subject.id : `${subject.id}-${round + 1}`);
      if (keep !== undefined) await mkdir(keep, { recursive: true });
      const outcome = await runSubject(subject, {
        seconds: whole('seconds', values.seconds),
        seed: whole('seed', values.seed),
        ...(values.actions === undefined ? {} : { actions: whole('actions', values.actions) }),
        runsWitnesses: values.witnesses,
        ...(keep === undefined ? {} : { keep }),
      });
      outcomes.push({ ...outcome, load: (loadavg()[0] ?? 0) / availableParallelism() });
      process.stdout.write(`${String(outcomes.length).padStart(3)}/${total} ${describeOutcome(outcome)}\n`);
      // After each one, so that a run that is stopped leaves what it knew.
      if (values.json !== undefined) {
        await writeFile(values.json, JSON.stringify({ summary: summarise(outcomes), outcomes }, null, 2));
      }
    }
  };
  await Promise.all(Array.from({ length: whole('parallel', values.parallel) }, work));
  process.stdout.write(`\n${describeSummary(summarise(outcomes))}\n`);
}

await main();
