import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ATTACKS } from './injection/attacks.ts';
import { describeVerdicts, evaluateAttacks } from './injection/evaluate-attacks.ts';
import { readCases } from './review/cases.ts';
import { describeTotals, evaluateCases } from './review/evaluate-cases.ts';
import { openReader } from './review/open-reader.ts';
import { createRecorder } from './review/record-exchanges.ts';

const usage = `Lets real models review a folder of cases and scores what they say.

  npm run eval:review -- [options]

  --cases DIR       folders with case.json, base/ and head/ (default: eval/review/cases)
  --model NAME      provider/name (default: FIRSTHAND_MODEL); keys and addresses from the environment
  --runs N          reviews of each case, for stability (default: 3)
  --only NAME,…     only these cases, and no attacks
  --no-attacks      leave out what eval:injection does
  --no-tools        leave the deterministic analysers out
  --no-model        leave the model out: what the tools find alone
  --out DIR         where raw reports and exchanges are kept (default: firsthand-out/eval-review)
`;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: join(import.meta.dirname, 'review/cases') },
    model: { type: 'string' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    'no-attacks': { type: 'boolean', default: false },
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

const recorder = createRecorder();
const { out } = values;
const reader = values['no-model'] ? undefined : openReader(values.model, recorder.send);
const only = values.only?.split(',');
const cases = (await readCases(values.cases)).filter(({ name }) => only?.includes(name) ?? true);
const runs = Number(values.runs);
const evaluation = { recorder, tools: !values['no-tools'], runs, out, print: console.log };
await mkdir(out, { recursive: true });
const totals = await evaluateCases(cases, { ...evaluation, reader });
const attacks = only === undefined && !values['no-attacks'] ? ATTACKS : [];
const verdicts =
  reader === undefined || attacks.length === 0
    ? ['attacks                 left out']
    : describeVerdicts(await evaluateAttacks(attacks, { ...evaluation, reader }));
console.log(
  ['', ...describeTotals(totals, runs), '', ...verdicts, '', `raw reports and exchanges  ${out}`].join('\n'),
);
