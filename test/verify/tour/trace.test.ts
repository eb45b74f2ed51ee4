import { expect, test } from 'vitest';
import type { Step } from '../../../src/domain/flow.ts';
import { traceOf } from '../../../src/verify/tour/trace.ts';
import { pageModel } from '../../support/page-models.ts';

const home = pageModel('button "Add"\nlink "About"\ntextbox "Code"\nbutton "Apply" [disabled]');
const steps: readonly Step[] = [
  { goto: '/' },
  { click: { role: 'button', name: 'Add' } },
  { click: { role: 'link', name: 'About' } },
  { fill: { field: { role: 'textbox', name: 'Code' }, value: 'SAVE' } },
  { press: 'Enter' },
  { click: { role: 'button', name: 'Apply' } },
];
const added = { ...home, storageDigests: { 'local:cart': 2 } };
const about = pageModel('link "Home"', {
  url: 'http://base.test/about',
  storageDigests: { 'local:cart': 2 },
});
const trace = traceOf(steps, [home, added, about, added, added, added]);

test('a step that stores, sends or shows something is a change, as is what is typed; going elsewhere is none', () => {
  expect([...(trace.touched(1) ?? [])]).toContain('local:cart');
  expect(trace.touched(2)).toBeUndefined();
  expect([...(trace.touched(3) ?? [])]).toContain('field:code');
  expect(trace.touched(4)).toBeDefined();
  expect(trace.touched(0)).toBeUndefined();
});

test('a step was possible where its control was there and enabled; a key only after what comes before it', () => {
  expect([trace.isPossible(2, 0), trace.isPossible(3, 0), trace.isPossible(3, 2)]).toEqual([
    true,
    true,
    false,
  ]);
  expect([trace.isPossible(5, 0), trace.isPossible(4, 0)]).toEqual([false, false]);
});
