import { describe, expect, it } from 'vitest';
import { closingReferences } from '../../src/domain/closing-references.ts';

const repository = { owner: 'octo', repo: 'shop.js' };

describe('closingReferences', () => {
  it.each([
    ['Fixes #12', [12]],
    ['closes: #3 and resolves GH-4.', [3, 4]],
    ['Resolved octo/shop.js#7', [7]],
    ['Fix https://github.com/octo/shop.js/issues/8', [8]],
    ['Fixes #1, fixes #2, fixes #1, closes #3, closes #4', [1, 2, 3]],
    ['Fixes other/shop.js#7, closes octo/shopxjs#8, https://github.com/octo/shop.js/issues/9', []],
    ['Prefixes #5, see #6, fixes nothing 7', []],
    ['`fixes #1` <!-- fixes #2 -->\n```\nfixes #3\n```\nFixes #4', [4]],
    ['<!-- never closed\nfixes #1', []],
    ['', []],
  ])('reads %j', (text, numbers) => {
    expect(closingReferences(text, repository)).toEqual(numbers);
  });
});
