import { describe, expect, test } from 'vitest';
import { findLockfileChanges } from '../../src/review/lockfile-findings.ts';
import { diffOfTexts } from '../support/diff-of-texts.ts';

const entry = (name: string, resolved: string): string =>
  `    "node_modules/${name}": {\n      "resolved": "${resolved}"\n    },\n`;
const registry = (name: string): string =>
  entry(name, `https://registry.npmjs.org/${name}/-/${name}-1.0.0.tgz`);

function rulesFor(base: string | undefined, head: string, path = 'package-lock.json'): readonly string[] {
  const diff = diffOfTexts(base === undefined ? {} : { [path]: base }, { [path]: head });
  return findLockfileChanges(diff).map(({ rule, startLine }) => `${startLine} ${rule}`);
}

describe('findLockfileChanges', () => {
  test('finds a host that packages did not come from before, once', () => {
    const other = entry('b', 'https://npm.evil.example/b.tgz') + entry('c', 'https://npm.evil.example/c.tgz');
    expect(rulesFor(registry('a'), registry('a') + other)).toEqual(['5 firsthand/lockfile-host']);
  });

  test('finds a git address and an unencrypted one', () => {
    const git = entry('b', 'git+ssh://git@git.example.com/b.git#abc');
    const plain = entry('c', 'http://registry.npmjs.org/c.tgz');
    expect(rulesFor(registry('a'), registry('a') + git + plain)).toEqual([
      '5 firsthand/lockfile-host',
      '8 firsthand/lockfile-plain-http',
    ]);
  });

  test('reads the forms of yarn', () => {
    const yarn = (host: string): string => `a@1:\n  resolved "https://${host}/a.tgz#1"\n`;
    expect(rulesFor(yarn('registry.yarnpkg.com'), yarn('other.example'), 'yarn.lock')).toEqual([
      '2 firsthand/lockfile-host',
    ]);
  });

  test('says nothing of the registry, of a mirror in use before, and of a new lock file', () => {
    const mirror = (name: string): string => entry(name, `https://npm.acme.example/${name}.tgz`);
    expect(rulesFor(registry('a'), registry('a') + registry('b'))).toEqual([]);
    expect(rulesFor(mirror('a'), mirror('a') + mirror('b'))).toEqual([]);
    expect(rulesFor(undefined, mirror('a'))).toEqual([]);
    expect(rulesFor(registry('a'), registry('a') + mirror('b'), 'data.json')).toEqual([]);
  });
});
