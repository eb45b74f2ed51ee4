import { describe, expect, it } from 'vitest';
import { type Approval, findApprover, joinApprovals } from '../../src/domain/approval.ts';
import { isSamePicture } from '../../src/domain/look.ts';
import { digestPicture } from '../../src/verify/pictures/digest-picture.ts';
import { painted, type Rgb, striped } from '../support/pictures.ts';

const WHOLE = { x: 0, y: 0, width: 320, height: 200 };
const GREY: Rgb = [120, 120, 120];
const page = painted(striped(320, 200), WHOLE, GREY);
const button = { x: 40, y: 40, width: 120, height: 48 };
const digestWith = (colour: Rgb, box = button) => digestPicture(painted(page, box, colour), WHOLE);

describe('isSamePicture', () => {
  const green = digestWith([0, 160, 0]);

  it.each<[string, string, boolean]>([
    ['the same', digestWith([0, 160, 0]), true],
    ['one that is a shade off', digestWith([2, 162, 1]), true],
    ['a part that moved by a pixel', digestWith([0, 160, 0], { ...button, x: 41 }), true],
    ['another colour of the same brightness', digestWith([160, 75, 40]), false],
    ['another brightness', digestWith([0, 220, 0]), false],
    ['another place', digestWith([0, 160, 0], { ...button, y: 100 }), false],
    ['another size', digestPicture(painted(page, button, [0, 160, 0]), { ...WHOLE, width: 240 }), false],
    ['a text that is no digest', 'nonsense', false],
  ])('compares with %s', (_, other, isSame) => {
    expect(isSamePicture(green, other)).toBe(isSame);
  });

  it('reads a digest wherever the box lies', () => {
    const outside = { x: -50, y: 190, width: 5000, height: 0 };
    expect(digestPicture(page, outside)).toMatch(/^320x1:[\w+/]{288}$/);
  });
});

describe('findApprover', () => {
  const [red, blue] = [digestWith([200, 0, 0]), digestWith([0, 0, 200])];
  const look = (place: string, picture: string) => ({ place: place.repeat(12), picture });
  const approval = (place: string, picture: string, by: string): Approval => ({
    ...look(place, picture),
    by,
  });
  const approvals = [approval('a', red, 'mona'), approval('b', blue, 'hubot')];

  it('names who accepted the last of the looks', () => {
    expect(findApprover({ looks: [look('a', red)] }, approvals)).toEqual({ by: 'mona' });
    expect(findApprover({ looks: [look('b', blue), look('a', red)] }, approvals)).toEqual({ by: 'hubot' });
  });

  it('covers neither another picture at the same place, nor the same elsewhere, nor a part of the looks', () => {
    expect(findApprover({ looks: [look('a', blue)] }, approvals)).toBeUndefined();
    expect(findApprover({ looks: [look('c', red)] }, approvals)).toBeUndefined();
    expect(findApprover({ looks: [look('a', red), look('c', red)] }, approvals)).toBeUndefined();
  });

  it('covers nothing that has no look', () => {
    expect(findApprover({ looks: [] }, approvals)).toBeUndefined();
    expect(findApprover({}, approvals)).toBeUndefined();
  });

  it('keeps one approval of a look', () => {
    const more = [approval('a', red, 'hubot'), approval('c', red, 'hubot')];
    expect(joinApprovals(approvals, more)).toEqual([...approvals, more[1]]);
    expect(joinApprovals(approvals, approvals)).toBe(approvals);
  });
});
