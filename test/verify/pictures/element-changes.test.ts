import { describe, expect, it } from 'vitest';
import { contrastRatio } from '../../../src/verify/pictures/contrast.ts';
import { describeChange } from '../../../src/verify/pictures/describe-change.ts';
import { listElementChanges } from '../../../src/verify/pictures/element-changes.ts';
import type { ElementBox } from '../../../src/verify/ports.ts';
import { elementBox } from '../../support/pictures.ts';

const styled = (styles: Readonly<Record<string, string>>, over: Partial<ElementBox> = {}): ElementBox =>
  elementBox({ ...over, styles: { ...elementBox().styles, ...styles } });
const card = (color: string, ground: string, textColor = color): ElementBox[] => [
  styled(
    { color, 'background-color': ground },
    { key: 'body>div', tag: 'div', role: '', name: '', text: '' },
  ),
  styled({ color: textColor }, { key: 'body>div>p', name: '€84.00', text: '€84.00' }),
];
const titles = (base: readonly ElementBox[], head: readonly ElementBox[]): readonly string[] =>
  listElementChanges(base, head).map((change) => describeChange(change).title);

describe('listElementChanges', () => {
  it('finds nothing in equal pages', () => {
    expect(
      listElementChanges(
        card('rgb(0, 0, 0)', 'rgb(255, 255, 255)'),
        card('rgb(0, 0, 0)', 'rgb(255, 255, 255)'),
      ),
    ).toEqual([]);
  });

  it('tells an inherited colour once, of the outermost element, in words', () => {
    const white = 'rgb(255, 255, 255)';
    expect(titles(card('rgb(0, 0, 0)', white), card('rgb(40, 40, 90)', 'rgb(250, 250, 250)'))).toEqual([
      'A part of the page looks different: text and background colour',
    ]);
  });

  it('says that a text can hardly be read any more, and calls it high', () => {
    const [change] = listElementChanges(
      card('rgb(0, 0, 0)', 'rgb(255, 255, 255)'),
      card('rgb(255, 255, 255)', 'rgb(40, 60, 50)', 'rgb(50, 60, 50)'),
    );
    expect(change === undefined ? undefined : describeChange(change)).toMatchObject({
      severity: 'high',
      title: 'Paragraph “€84.00” can hardly be read: contrast 1.0:1, on the base 21:1',
      details: ['`color`: #000000 → #ffffff', '`background-color`: #ffffff → #283c32'],
    });
  });

  it('claims nothing about contrast where a picture lies behind the text, or the base was as bad', () => {
    const over = (styles: Readonly<Record<string, string>>): ElementBox[] => [styled(styles)];
    const pale = { color: 'rgb(250, 250, 250)' };
    expect(
      titles(over({ 'background-image': 'url(a.png)' }), over({ ...pale, 'background-image': 'url(a.png)' })),
    ).toEqual(['Paragraph “Hello” looks different: text colour']);
    expect(titles(over({ color: 'rgb(240, 240, 240)' }), over(pale))).toEqual([
      'Paragraph “Hello” looks different: text colour',
    ]);
  });

  it('names what was added and what is gone by its outermost element', () => {
    const [outer, inner] = card('rgb(0, 0, 0)', 'rgb(255, 255, 255)');
    const both = [outer, inner].filter((one) => one !== undefined);
    expect(titles([], both)).toEqual(['New on the page: a part of the page']);
    expect(titles(both, [])).toEqual(['Gone from the page: a part of the page']);
  });

  it('leaves out what only moved because something else grew', () => {
    const body = elementBox({ key: 'body', tag: 'body', role: '', name: '', text: '', height: 500 });
    const below = elementBox({ key: 'body>a', role: 'link', name: 'More', text: 'More', y: 40 });
    const lower = { ...below, y: 60 };
    const grown = elementBox({ text: 'Good day', height: 40 });
    expect(titles([body, elementBox(), below], [body, grown, lower])).toEqual([
      'The text of paragraph changed: “Hello” is now “Good day”',
    ]);
    expect(titles([body, elementBox(), below], [body, elementBox(), lower])).toEqual([
      'Link “More” moved by 0 px across and 20 px down',
    ]);
    // The words changed, but the text is as high as before: it did not push anything.
    expect(titles([body, elementBox(), below], [body, { ...grown, height: 20 }, lower])).toEqual([
      'The text of paragraph changed: “Hello” is now “Good day”',
      'Link “More” moved by 0 px across and 20 px down',
    ]);
  });

  it('calls a control that was switched off disabled', () => {
    const button = styled(
      { opacity: '1' },
      { key: 'body>button', tag: 'button', role: 'button', name: 'Save', text: 'Save', isInteractive: true },
    );
    expect(
      titles([button], [{ ...button, isInteractive: false, styles: { ...button.styles, opacity: '0.5' } }]),
    ).toEqual(['Button “Save” is disabled']);
  });
});

describe('contrastRatio', () => {
  // WCAG 2.2: black on white is 21:1; #767676 is the lightest grey with 4.5:1 on white.
  it.each([
    [[0, 0, 0, 1], 21],
    [[118, 118, 118, 1], 4.54],
    [[255, 255, 255, 1], 1],
  ] as const)('gives the published ratio of %j on white', (colour, ratio) => {
    expect(contrastRatio(colour, [255, 255, 255, 1])).toBeCloseTo(ratio, 2);
  });
});
