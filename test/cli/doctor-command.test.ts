import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runCommandLine } from '../../src/cli/main.ts';
import { fakeTerminal } from '../support/fake-terminal.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const scratch = makeTemporaryFolder();
afterEach(() => scratch.remove());

async function doctor(dataDir: string): Promise<string> {
  const { PATH } = process.env;
  const env = { PATH, FIRSTHAND_BROWSER_PATH: '/nonexistent', FIRSTHAND_DATA_DIR: dataDir };
  const terminal = fakeTerminal({ cwd: scratch.path, env });
  await runCommandLine(['doctor'], COMMANDS, terminal);
  return terminal.out();
}

describe('firsthand doctor', () => {
  it('makes no data folder, and says whether one could be made', async () => {
    const dataDir = join(scratch.path, 'not', 'yet');
    expect(await doctor(dataDir)).toContain(`✔ data folder  ${dataDir} (is made when needed)`);
    expect(readdirSync(scratch.path)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('says where it cannot be made', async () => {
    expect(await doctor('/proc/firsthand/data')).toMatch(
      /✘ data folder .*\/proc\/firsthand\/data cannot be written: \/proc answers E/,
    );
  });
});
