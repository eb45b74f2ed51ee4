import { describe, expect, it } from 'vitest';
import { failOn, hostAndPort, oneOf, parseOptions, webAddress, wholeNumber } from '../../src/cli/options.ts';
import { UserError } from '../../src/domain/errors.ts';

describe('parseOptions', () => {
  it('names an unknown option in one line', () => {
    expect(() => parseOptions(['--hed', 'x'], { head: { type: 'string' } })).toThrow(UserError);
    expect(() => parseOptions(['--hed', 'x'], { head: { type: 'string' } })).toThrow(
      /^[^\n]*--hed[^\n]*--help lists the options$/,
    );
  });

  it('refuses free words', () => {
    expect(() => parseOptions(['https://a.dev'], { head: { type: 'string' } })).toThrow(UserError);
  });
});

describe('wholeNumber', () => {
  it.each(['1.5', '', '-1', '1e3', '0x10', '99999999999999999999', ' 5'])('refuses %j', (value) => {
    expect(() => wholeNumber('--actions', value, { min: 0, max: 1000 })).toThrow(
      /--actions takes a whole number from 0 to 1000/,
    );
  });

  it('takes the bounds themselves', () => {
    expect(wholeNumber('--actions', '1000', { min: 0, max: 1000 })).toBe(1000);
  });
});

describe('webAddress', () => {
  it.each(['localhost:3000', 'ftp://a.dev', 'javascript:alert(1)', 'a.dev'])('refuses %s', (value) => {
    expect(() => webAddress('--head', value)).toThrow(/--head takes an address that begins with http/);
  });
});

describe('webAddress with credentials', () => {
  it.each([
    'http://anna:hunter22@a.dev/',
    'https://hunter22@a.dev',
    'https://:hunter22@a.dev',
    'ftp://a:hunter22@b',
    'http://a:hunter22@:x',
  ])('refuses %s without repeating them', (value) => {
    expect(() => webAddress('--head', value)).toThrow(/^(?!.*hunter22)--head takes an address/);
  });

  it('names the settings that are for them', () => {
    expect(() => webAddress('--head', 'http://a:b@c.dev')).toThrow(/preview\.headers or a login/);
  });
});

describe('hostAndPort', () => {
  it('writes the default port out', () => {
    expect(hostAndPort('https://a.dev/x')).toBe('a.dev:443');
    expect(hostAndPort('http://localhost:3000/')).toBe('localhost:3000');
  });
});

describe('failOn', () => {
  it('lists the severities when the word is none', () => {
    expect(() => failOn('severe')).toThrow(/critical, high, medium, low/);
    expect(failOn(undefined)).toBeUndefined();
    expect(oneOf('--format', 'json', ['text', 'json'])).toBe('json');
  });
});
