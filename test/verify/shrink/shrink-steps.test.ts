import { describe, expect, it } from 'vitest';
import type { Step } from '../../../src/domain/flow.ts';
import { type Showing, shrinkSteps } from '../../../src/verify/shrink/shrink-steps.ts';

const click = (name: string): Step => ({ click: { role: 'button', name, nth: 0 } });
const fill = (name: string, value: string): Step => ({
  fill: { field: { role: 'textbox', name, nth: 0 }, value },
});
const home: Step = { goto: '/' };

/** An oracle that keeps what it was asked, and fails the test when it is asked the same twice. */
function oracle(shows: (candidate: readonly Step[]) => boolean, limit = Number.POSITIVE_INFINITY) {
  const asked = new Set<string>();
  return {
    asked,
    shows: async (candidate: readonly Step[]): Promise<Showing> => {
      const key = JSON.stringify(candidate);
      expect(asked.has(key), `asked twice: ${key}`).toBe(false);
      if (asked.size >= limit) return 'over';
      asked.add(key);
      return shows(candidate) ? 'shows' : 'not';
    },
  };
}

/** Whether `wanted` are among the names of the steps, in this order. */
function holdsInOrder(candidate: readonly Step[], wanted: readonly string[]): boolean {
  let next = 0;
  for (const step of candidate) if (JSON.stringify(step).includes(`"${wanted[next]}"`)) next += 1;
  return next >= wanted.length;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A session of random length in which a random subsequence is what the difference needs. */
function randomSession(seed: number) {
  const random = randomFrom(seed);
  const steps: Step[] = [home];
  const length = 1 + Math.floor(random() * 25);
  for (let index = 0; index < length; index += 1) {
    const kind = random();
    if (kind < 0.1) steps.push({ goto: `/page-${index}` });
    else if (kind < 0.3) steps.push(fill(`field ${index}`, `value ${index}`));
    else steps.push(click(`button ${index}`));
  }
  const share = random();
  const needed = steps.slice(1).flatMap((step) => {
    const name = /"name":"([^"]+)"/.exec(JSON.stringify(step))?.[1];
    return name !== undefined && random() < share * 0.4 ? [name] : [];
  });
  return { steps, needed, random };
}

function isSubsequence(part: readonly Step[], whole: readonly Step[]): boolean {
  const shape = (step: Step): string =>
    JSON.stringify('fill' in step ? step.fill.field : 'goto' in step ? 'goto' : step);
  let next = 0;
  for (const step of whole) {
    const wanted = part[next];
    if (wanted !== undefined && shape(step) === shape(wanted)) next += 1;
  }
  return next === part.length;
}

describe('shrinkSteps', () => {
  it('always returns steps that show the difference, in order, and no more than were given', async () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const { steps, needed, random } = randomSession(seed);
      const { shows, asked } = oracle((candidate) => holdsInOrder(candidate, needed));
      const maxReplays = Math.floor(random() * 60);
      const shrunk = await shrinkSteps(steps, shows, { maxReplays });
      expect(holdsInOrder(shrunk.steps, needed), `seed ${seed}`).toBe(true);
      expect(isSubsequence(shrunk.steps, steps), `seed ${seed}`).toBe(true);
      expect(shrunk.replays).toBe(asked.size);
      expect(shrunk.replays).toBeLessThanOrEqual(maxReplays);
      expect(shrunk.steps[0]).toHaveProperty('goto');
    }
  });

  it('is minimal when the budget sufficed: no step can be left out', async () => {
    let minimal = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const { steps, needed } = randomSession(seed);
      // Two reasons: either order of the needed ones, or one lone button, so that there are several local minima.
      const lone = `button ${seed % 9}`;
      const holds = (candidate: readonly Step[]): boolean =>
        holdsInOrder(candidate, needed) || holdsInOrder(candidate, [lone, ...needed.slice(-1)]);
      const { shows } = oracle(holds);
      const shrunk = await shrinkSteps(steps, shows, { maxReplays: 400 });
      expect(shrunk.isMinimal, `seed ${seed}`).toBe(true);
      minimal += 1;
      for (const index of shrunk.steps.keys()) {
        const without = shrunk.steps.toSpliced(index, 1);
        const first = without[0];
        if (first === undefined || !('goto' in first)) continue;
        expect(holds(without), `seed ${seed}, step ${index}`).toBe(false);
      }
    }
    expect(minimal).toBe(300);
  });

  it('cuts every loop at once where the states allow it', async () => {
    const steps = ['a', 'b', 'back b', 'c', 'd', 'back d', 'pay'].map(click);
    const { shows } = oracle((candidate) => holdsInOrder(candidate, ['a', 'c', 'pay']));
    const stateKeys = ['0', '1', '2', '1', '3', '4', '3', '3'];
    const shrunk = await shrinkSteps([home, ...steps], shows, { stateKeys, maxReplays: 1 });
    expect(shrunk.steps).toEqual([home, ...['a', 'c', 'pay'].map(click)]);
  });

  it('cuts the longest loop that it may when not all can be cut', async () => {
    const steps = [home, click('a'), click('back a'), click('b'), click('x'), click('back b'), click('pay')];
    const stateKeys = ['0', '1', '0', '2', '3', '0', '4'];
    // The loop over b matters (it leaves something behind), the one over a does not.
    const { shows } = oracle((candidate) => holdsInOrder(candidate, ['b', 'x', 'back b', 'pay']));
    const shrunk = await shrinkSteps(steps, shows, { stateKeys, maxReplays: 4 });
    expect(shrunk.steps).toEqual([home, click('b'), click('x'), click('back b'), click('pay')]);
  });

  it('needs few replays for a difference that three steps show', async () => {
    const steps = [home, ...Array.from({ length: 20 }, (_, index) => click(`button ${index}`))];
    const { shows } = oracle((candidate) => holdsInOrder(candidate, ['button 4', 'button 19']));
    const shrunk = await shrinkSteps(steps, shows);
    expect(shrunk).toMatchObject({ steps: [home, click('button 4'), click('button 19')], isMinimal: true });
    expect(shrunk.replays).toBeLessThanOrEqual(25);
  });

  it('finds a difference that the last step alone shows in one replay', async () => {
    const steps = Array.from({ length: 20 }, (_, index) => click(`button ${index}`));
    const { shows } = oracle((candidate) => holdsInOrder(candidate, ['button 19']));
    const shrunk = await shrinkSteps([home, ...steps], shows, { maxReplays: 1 });
    expect(shrunk.steps).toEqual([home, click('button 19')]);
  });

  it('begins at a later page when that suffices', async () => {
    const steps = [home, click('a'), { goto: '/cart' }, click('pay')];
    const { shows } = oracle((candidate) => holdsInOrder(candidate, ['/cart', 'pay']));
    expect((await shrinkSteps(steps, shows)).steps).toEqual([{ goto: '/cart' }, click('pay')]);
  });

  it('says that the result may not be minimal when the budget ends', async () => {
    const steps = [home, click('a'), click('b'), click('c')];
    const { shows } = oracle((candidate) => holdsInOrder(candidate, ['a', 'c']), 1);
    expect(await shrinkSteps(steps, shows)).toEqual({ steps, isMinimal: false, replays: 1 });
  });

  it('types simpler values where they do', async () => {
    const type = async (value: string, shows: (typed: string) => boolean): Promise<string | undefined> => {
      const asked = oracle((candidate) => {
        const typed = candidate.flatMap((step) => ('fill' in step ? [step.fill.value] : []));
        return typed.length === 1 && typed.every(shows);
      });
      const { steps } = await shrinkSteps([home, fill('Name', value)], asked.shows);
      return steps.flatMap((step) => ('fill' in step ? [step.fill.value] : []))[0];
    };
    expect(await type('Ada Lovelace <ada@example.org>', () => true)).toBe('test');
    expect(await type('99999', (typed) => Number(typed) > 9)).toBe('12');
    expect(await type('99999', () => true)).toBe('test');
    expect(await type('<b>bold</b>', (typed) => typed.includes('<'))).toBe('<');
    expect(await type('x', (typed) => typed !== '1')).toBe('');
    expect(await type('SAVE20', (typed) => typed === 'SAVE20')).toBe('SAVE20');
  });

  it('opens an address without its query where that shows the difference too', async () => {
    const { shows } = oracle((candidate) => JSON.stringify(candidate).includes('/search'));
    const { steps } = await shrinkSteps([{ goto: '/search?q=mug&page=2' }], shows);
    expect(steps).toEqual([{ goto: '/search' }]);
  });
});
