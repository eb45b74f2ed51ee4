import { expect, test } from 'vitest';
import { createBudget } from '../../../src/verify/budget.ts';
import { createKnowledge } from '../../../src/verify/compare/knowledge.ts';
import type { StepOutcome } from '../../../src/verify/ports.ts';
import { createRanCode } from '../../../src/verify/ran/ran-code.ts';
import type { Run } from '../../../src/verify/run.ts';
import { toSite } from '../../../src/verify/site.ts';
import { stride } from '../../../src/verify/tour/stride.ts';
import { createSuspects } from '../../../src/verify/tour/suspects.ts';
import type { Walk } from '../../../src/verify/tour/walk.ts';
import { pageModel, scriptedSession } from '../../support/scripted-session.ts';

/** A walk on which the base can reload and the head cannot, in a run that ends during the step or goes on. */
function walkThat(isOverAfter: boolean): Walk {
  let elapsed = 0;
  const session = (outcome: StepOutcome) =>
    scriptedSession({
      async act() {
        if (isOverAfter) elapsed = 60_000;
        return outcome;
      },
      read: async () => pageModel(),
      pass: async () => undefined,
    });
  const sites = { base: toSite('http://base.test/'), head: toSite('http://head.test/') };
  const run = {
    budget: createBudget({ actions: 10, seconds: 60 }, () => elapsed),
    ports: { elapsedMs: () => elapsed },
    sites,
    ran: createRanCode(undefined, sites),
    watching: { ms: 0, hasSkipped: false },
    knowledge: createKnowledge(),
    suspects: createSuspects(),
  } as unknown as Run; // a stride that ends here needs no more of a run
  return {
    run,
    sessions: {
      base: session({ kind: 'done' }),
      head: session({ kind: 'impossible', why: 'it does not answer' }),
    },
    steps: [{ goto: '/' }],
    keys: [''],
    pages: [],
    moment: { base: pageModel(), head: pageModel() },
    hasMutated: false,
    hasSent: false,
    isAlike: true,
  } as unknown as Walk; // where it takes place does not matter
}

test('what only the head cannot do is a difference', async () => {
  const { divergences } = await stride(walkThat(false), { go: 'reload' });
  expect(divergences.map(({ what }) => what)).toEqual(['one cannot reload the page: it does not answer']);
});

test('a step that the end of the time cut short on one side is none', async () => {
  const { divergences } = await stride(walkThat(true), { go: 'reload' });
  expect(divergences).toEqual([]);
});
