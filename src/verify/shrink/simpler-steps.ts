import type { Step } from '../../domain/flow.ts';

/** Values that say nothing by themselves, the plainest first. */
const PLAIN: readonly string[] = ['test', '1', ''];
const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * The same step with simpler values, the simplest first: a plain word, 1, nothing, a smaller number, half of the text;
 * an address without its query. Every one is simpler than the given step in one fixed order, so that following them ends.
 */
export function simplerSteps(step: Step | undefined): Step[] {
  if (step === undefined) return [];
  if ('goto' in step) {
    const [path = ''] = step.goto.split(/[?#]/);
    return path === '' || path === step.goto ? [] : [{ goto: path }];
  }
  if (!('fill' in step)) return [];
  const { field, value } = step.fill;
  return simplerValues(value).map((simpler) => ({ fill: { field, value: simpler } }));
}

function simplerValues(value: string): readonly string[] {
  const isNumber = NUMBER.test(value);
  const rank = PLAIN.indexOf(value);
  const plain = PLAIN.filter((word, index) => (rank < 0 || index < rank) && word.length <= value.length);
  const shorter = rank >= 0 ? [] : isNumber ? smallerNumbers(value) : parts(value);
  return [...new Set([...plain, ...shorter])].filter((simpler) => simpler !== value);
}

/** Nearer to zero and no longer: without its fraction, then with half of its digits, then without its sign. */
function smallerNumbers(value: string): readonly string[] {
  const number = Number(value);
  const whole = Math.trunc(number);
  const candidates = [
    Math.sign(number),
    Math.trunc(whole / 10 ** Math.floor(String(Math.abs(whole)).length / 2)),
    Math.trunc(whole / 2),
    whole,
  ];
  return candidates
    .filter((smaller) => Math.abs(smaller) < Math.abs(number))
    .map(String)
    .filter((text) => text.length <= value.length);
}

/** The first half, and all but the last character; characters of two code units stay whole. */
function parts(value: string): readonly string[] {
  const characters = Array.from(value);
  const cut = (length: number): string => characters.slice(0, length).join('');
  return characters.length < 2 ? [] : [cut(Math.ceil(characters.length / 2)), cut(characters.length - 1)];
}
