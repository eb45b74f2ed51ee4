import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCases } from './review/cases.ts';
import { openReader } from './review/open-reader.ts';
import { type Run, runCase } from './review/run-case.ts';
import { costOfRun, ratio, scoreRun, stabilityOf } from './review/score.ts';

const usage = `Lets real models review a folder of cases and scores what they say.

  npm run eval:review -- [options]

  --cases DIR       folders with case.json, base/ and head/ (default: eval/review/cases)
  --model NAME      provider/name (default: FIRSTHAND_MODEL); keys and addresses from the environment
  --runs N          reviews of each case, for stability (default: 3)
  --only NAME,…     only these cases
  --no-tools        leave the deterministic analysers out
  --no-model        leave the model out: what the tools find alone
  --out DIR         where the raw reports are kept (default: firsthand-out/eval-review)
`;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: join(import.meta.dirname, 'review/cases') },
    model: { type: 'string' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    'no-tools': { type: 'boolean', default: false },
    'no-model': { type: 'boolean', default: false },
    out: { type: 'string', default: 'firsthand-out/eval-review' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const reader = values['no-model'] ? undefined : openReader(values.model);
const only = values.only?.split(',');
const cases = (await readCases(values.cases)).filter(({ name }) => only?.includes(name) ?? true);
const sums = { problems: 0, found: 0, right: 0, findings: 0, wrong: 0, anchored: 0, clean: 0, alarms: 0 };
const cost = { tokens: 0, usd: 0, ms: 0, hunksRead: 0, hunksTotal: 0 };
const unpriced = new Set<string>();
const stabilities: number[] = [];
await mkdir(values.out, { recursive: true });

for (const each of cases) {
  const intent = { title: each.title, description: each.description };
  const runs: Run[] = [];
  for (let number = 1; number <= Number(values.runs); number++) {
    const run = await runCase({ ...each, intent }, { reader, tools: !values['no-tools'] });
    runs.push(run);
    const score = scoreRun(each, run.report.findings);
    const used = costOfRun(run.report);
    await writeFile(join(values.out, `${each.name}-${number}.json`), JSON.stringify(run.report, null, 2));
    sums.problems += each.problems.length;
    sums.found += score.found;
    sums.right += score.right;
    sums.wrong += score.wrong.length;
    sums.findings += run.report.findings.length;
    sums.anchored += run.anchored;
    if (each.problems.length === 0) {
      sums.clean += 1;
      sums.alarms += run.report.findings.length;
    }
    for (const key of ['tokens', 'usd', 'ms', 'hunksRead', 'hunksTotal'] as const) cost[key] += used[key];
    for (const name of used.unpriced) unpriced.add(name);
    console.log(
      `${each.name} ${number}: ${score.found} of ${each.problems.length} found, ${run.report.findings.length} findings, ${used.tokens} tokens, $${used.usd.toFixed(4)}, ${Math.round(used.ms / 1000)} s`,
    );
    for (const what of score.missed) console.log(`  missed: ${what}`);
    for (const what of score.wrong) console.log(`  known to be no problem: ${what}`);
    for (const what of score.other) console.log(`  neither known as a problem nor as none: ${what}`);
  }
  stabilities.push(stabilityOf(runs.map(({ report }) => report.findings)));
}

const stability = stabilities.reduce((sum, each) => sum + each, 0) / Math.max(1, stabilities.length);
const price = unpriced.size === 0 ? '' : `, the price of ${[...unpriced].join(', ')} not known`;
console.log(`
precision               ${ratio(sums.right, sums.findings)}
recall                  ${ratio(sums.found, sums.problems)}
known to be no problem  ${sums.wrong}
false alarms            ${sums.clean === 0 ? 'no clean case' : `${(sums.alarms / sums.clean).toFixed(2)} for each clean pull request`}
stability               ${stability.toFixed(2)} over ${values.runs} runs
anchor validity         ${ratio(sums.anchored, sums.findings)}
coverage                ${ratio(cost.hunksRead, cost.hunksTotal)} hunks
tokens, money, time     ${cost.tokens}, $${cost.usd.toFixed(4)}${price}, ${Math.round(cost.ms / 1000)} s
raw reports             ${values.out}`);
