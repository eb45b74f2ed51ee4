import { describe, expect, it } from 'vitest';
import { isOriginPattern, matchesOrigin } from '../../src/domain/origin.ts';

const matches = (pattern: string, url: string): boolean => matchesOrigin(new URL(url), pattern);

describe('matchesOrigin', () => {
  it.each([
    ['https://*.example.dev', 'https://pr-5.example.dev/cart'],
    ['*.example.dev', 'https://pr_5.example.dev'],
    ['https://pr-*.example.dev/', 'https://pr-5.example.dev'],
    ['http://localhost:3000', 'http://localhost:3000/x'],
    ['HTTPS://Example.dev:443', 'https://example.dev'],
    ['http://[::1]:8080', 'http://[::1]:8080/'],
  ])('%s names %s', (pattern, url) => {
    expect(isOriginPattern(pattern)).toBe(true);
    expect(matches(pattern, url)).toBe(true);
  });

  it.each([
    ['https://*.example.dev', 'https://a.b.example.dev'],
    ['https://*.example.dev', 'https://evil.dev/.example.dev'],
    ['https://*.example.dev', 'https://axexampleydev'],
    ['https://*.example.dev', 'http://pr-5.example.dev'],
    ['https://*.example.dev', 'https://pr-5.example.dev:8443'],
    ['*.example.dev', 'http://pr-5.example.dev'],
    ['http://example.dev', 'https://example.dev:80'],
  ])('%s does not name %s', (pattern, url) => {
    expect(matches(pattern, url)).toBe(false);
  });

  it.each([
    '',
    'https://example.dev/path',
    'ftp://example.dev',
    'https://a@b.dev',
    '*://example.dev',
    'b.dev:*',
  ])('%j is no pattern', (pattern) => {
    expect(isOriginPattern(pattern)).toBe(false);
    expect(matches(pattern, 'https://example.dev')).toBe(false);
  });
});
