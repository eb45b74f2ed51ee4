import { describe, expect, it } from 'vitest';
import { createPieceRedactor } from '../../src/lib/redact-pieces.ts';

const secret = 'hunter2-Tr0ub4dor&3-staple';
const clean = createPieceRedactor([secret, 'short']);

describe('createPieceRedactor', () => {
  it.each([
    ['whole', `it is ${secret}.`],
    ['a part of eight characters', 'it has Tr0ub4dor in it'],
    ['spelt with spaces', 'h u n t e r 2 T r 0 u b 4 d o r'],
    ['with invisible characters', 'hunter2\u200b-Tr0\u200bub4dor'],
    ['in capitals', 'HUNTER2-TR0UB4DOR'],
    ['backwards', secret.split('').reverse().join('')],
    ['as hexadecimal', Buffer.from(secret).toString('hex')],
    ['as base64', Buffer.from(secret).toString('base64')],
    ['as base64 behind another character', Buffer.from(`x${secret}`).toString('base64')],
    ['URL-encoded', encodeURIComponent(secret)],
  ])('takes out a secret %s', (_, text) => {
    const result = clean(text);
    expect(result).toContain('[redacted]');
    expect(result.replaceAll('[redacted]', '').replace(/[^a-z0-9]/gi, '').length).toBeLessThan(24);
  });

  it('leaves other words as they are, and secrets too short to tell from words', () => {
    const text = 'The staple is a short one; hunters troubadour about it, and 2 times 3 is 6.';
    expect(clean(text)).toBe(text);
    expect(createPieceRedactor([])(text)).toBe(text);
  });
});
