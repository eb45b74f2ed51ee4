import { expect, test } from 'vitest';
import { decideExploration } from '../../src/jobs/try-previews.ts';

const base = (environment?: string) => ({
  url: 'https://shop.example/',
  reason: 'a test',
  ...(environment === undefined ? {} : { environment }),
});

test('nothing is pressed on a base that was found by itself and that people use', () => {
  for (const name of ['Production', 'production – shop', 'live', 'main']) {
    expect(decideExploration(base(name), [])).toMatchObject({
      kind: 'withheld',
      why: expect.stringContaining('preview.base'),
    });
  }
});

test('a staging base, one that the configuration names, and one of the operator are explored', () => {
  expect(decideExploration(base('Staging'), []).kind).toBe('allowed');
  expect(decideExploration(base(), []).kind).toBe('allowed');
  expect(decideExploration(base('Production'), ['shop.example']).kind).toBe('allowed');
  expect(decideExploration({ reason: 'there is none' }, []).kind).toBe('allowed');
});
