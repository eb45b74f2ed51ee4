import { describe, expect, it } from 'vitest';
import { findGeometryFaults } from '../../../src/verify/pictures/geometry/find-geometry-faults.ts';
import { matchElements } from '../../../src/verify/pictures/match-elements.ts';
import type { ElementBox } from '../../../src/verify/ports.ts';
import { elementBox } from '../../support/pictures.ts';

const body = elementBox({
  key: 'body',
  tag: 'body',
  role: '',
  name: '',
  text: '',
  width: 1_000,
  height: 900,
});
const at = (over: Partial<ElementBox>, styles: Readonly<Record<string, string>> = {}): ElementBox =>
  elementBox({ parent: 0, ...over, styles: { display: 'block', overflow: 'visible', ...styles } });
const faults = (base: readonly ElementBox[], head: readonly ElementBox[]): readonly string[] => {
  const [first, second] = [
    [body, ...base],
    [body, ...head],
  ];
  return findGeometryFaults(first, second, matchElements(first, second)).map(
    ({ key }) => key.split('|')[0] ?? '',
  );
};

describe('findGeometryFaults', () => {
  const text = at({ key: 'body>p', y: 100 });
  const button = at({
    key: 'body>button',
    tag: 'button',
    name: 'Pay',
    text: 'Pay',
    isInteractive: true,
    y: 200,
  });

  it('finds what only the head has, and nothing that the base has, too', () => {
    const cases: readonly (readonly [
      fault: string,
      clean: readonly ElementBox[],
      faulty: readonly ElementBox[],
    ])[] = [
      ['covered', [button], [{ ...button, coveredBy: 'div' }]],
      ['no-size', [button], [{ ...button, height: 0 }]],
      ['outside', [text], [{ ...text, x: 950 }]],
      ['clipped', [text], [{ ...text, overflow: { x: 30, y: 0 }, styles: { overflow: 'hidden' } }]],
      ['overlap', [text, button], [text, { ...button, y: 105 }]],
    ];
    for (const [fault, clean, faulty] of cases) {
      expect(faults(clean, faulty)).toEqual([fault]);
      expect(faults(faulty, faulty)).toEqual([]);
      expect(faults(clean, clean)).toEqual([]);
      expect(faults(faulty, clean)).toEqual([]);
    }
  });

  it('lets badges, tooltips, stuck parts, hidden helpers, carousels and ellipses be', () => {
    const badge = at(
      { key: 'body>b', name: '3', text: '3', y: 300, width: 16, height: 16 },
      { position: 'absolute' },
    );
    expect(faults([text, badge], [text, { ...badge, y: 102 }])).toEqual([]);
    const tooltip = at({ key: 'body>i', role: 'tooltip', name: 'Tip', text: 'Tip', y: 300 });
    expect(faults([text, tooltip], [text, { ...tooltip, y: 102 }])).toEqual([]);
    const stuck = at({ key: 'body>nav', name: 'Menu', text: 'Menu', y: 300 }, { position: 'sticky' });
    expect(faults([text, stuck], [text, { ...stuck, y: 102 }])).toEqual([]);
    const helper = at({ key: 'body>em', name: 'Skip', text: 'Skip', width: 1, height: 1 });
    expect(
      faults([helper], [{ ...helper, overflow: { x: 60, y: 0 }, styles: { overflow: 'hidden' } }]),
    ).toEqual([]);
    const track = at({ key: 'body>div', tag: 'div', name: '', text: '', width: 400 }, { overflow: 'hidden' });
    const slide = at({ key: 'body>div>p', parent: 1, name: 'Two', text: 'Two', width: 300 });
    expect(faults([track, slide], [track, { ...slide, x: 900, width: 400 }])).toEqual([]);
    const title = at(
      { key: 'body>h2', name: 'Short', text: 'Short' },
      { overflow: 'hidden', 'text-overflow': 'ellipsis' },
    );
    const longer = { ...title, name: 'Much longer', text: 'Much longer', overflow: { x: 40, y: 0 } };
    expect(faults([title], [longer])).toEqual([]);
  });
});
