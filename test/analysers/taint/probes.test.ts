import { describe, expect, test } from 'vitest';
import { assuredAfterReplacing, assuredByAbsence } from '../../../src/analysers/taint/probes.ts';

describe('assuredAfterReplacing', () => {
  test.each([
    [/[./]/, '', ['no-dots', 'not-absolute', 'base-name']],
    [/</, '&lt;', ['html-escaped']],
    [/\.\./, '', ['no-dots']],
    [/[\r\n]/, ' ', ['no-line-breaks']],
    // What is left of `....//` and of `<scr<script>ipt>` is what was removed.
    [/\.\.\//, '', []],
    [/<script>/, '', []],
    [/a/, '', []],
  ])('%s → %j', (pattern, replacement, expected) => {
    expect(assuredAfterReplacing(pattern, replacement)).toEqual(expected);
  });
});

describe('assuredByAbsence', () => {
  test.each([
    [/\.\./, ['no-dots']],
    [/[^\w-]/, ['*']],
    [/[<>]/, ['html-escaped']],
    [/[;&|$`\n<>]/, ['html-escaped', 'shell-quoted']],
    [/x/, []],
  ])('%s', (pattern, expected) => {
    expect(assuredByAbsence(pattern)).toEqual(expected);
  });
});
