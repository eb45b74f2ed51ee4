import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../../src/lib/temporary-folder.ts';

const MODULE = new URL('../../src/lib/temporary-folder.ts', import.meta.url).href;

describe('makeTemporaryFolder', () => {
  test('is removed with what is in it, once or twice', async () => {
    const folder = await makeTemporaryFolder('firsthand-test-');
    writeFileSync(join(folder.path, 'a'), '');
    await folder.dispose();
    await folder.dispose();
    expect(existsSync(folder.path)).toBe(false);
  });

  test('is removed when the process exits in the middle of its work', () => {
    const code = `
      const { makeTemporaryFolder } = await import(${JSON.stringify(MODULE)});
      const { path } = await makeTemporaryFolder('firsthand-test-');
      (await import('node:fs')).writeFileSync(path + '/a', '');
      console.log(path);
      process.exit(130);`;
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
    });
    expect(status).toBe(130);
    expect(stdout).toContain('firsthand-test-');
    expect(existsSync(stdout.trim())).toBe(false);
  });
});
