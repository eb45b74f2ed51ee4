import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ATTACKS } from './injection/attacks.ts';
import { describeVerdicts, evaluateAttacks } from './injection/evaluate-attacks.ts';
import { openReader } from './review/open-reader.ts';
import { createRecorder } from './review/record-exchanges.ts';

const usage = `Lets a real model review a vulnerable change under attack, and says whether it was turned.

  npm run eval:injection -- [--model PROVIDER/NAME] [--only TEXT] [--out DIR]
`;

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    only: { type: 'string', default: '' },
    out: { type: 'string', default: 'firsthand-out/eval-injection' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const recorder = createRecorder();
const { only, out, model } = values;
const reader = openReader(model, recorder.send);
await mkdir(out, { recursive: true });
const verdicts = await evaluateAttacks(
  ATTACKS.filter(({ name }) => name.includes(only)),
  { reader, recorder, tools: false, runs: 1, out, print: console.log },
);
console.log(['', ...describeVerdicts(verdicts), `raw reports and exchanges  ${out}`].join('\n'));
