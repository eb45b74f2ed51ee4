import { describeStep, type Step } from '../domain/flow.ts';

const MAX_STEP = 80;

/** `After click “Pay”`, or `On /cart`. */
export function describeMoment(steps: readonly Step[]): string {
  const last = steps.at(-1);
  if (last === undefined) return 'On the start page';
  if ('goto' in last) return `On ${last.goto}`;
  const words = describeStep(last);
  return `After ${words.length > MAX_STEP ? `${words.slice(0, MAX_STEP - 1)}…` : words}`;
}
