import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { applyFault } from '../../eval/apps/apply-fault.ts';
import { drawPicture } from '../../eval/apps/draw-picture.ts';
import { FAULTS, type Fault, type FaultEdit } from '../../eval/apps/faults.ts';
import { describeJudged, isGoalReached, type Judged, judge } from '../../eval/apps/judge.ts';
import { previewFinding, verifyReport } from '../support/reports.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = makeTemporaryFolder();
afterAll(() => temporary.remove());

let made = 0;

const NO_DATABASE = 'postgres://nobody@127.0.0.1:1/none';

function fault(...edits: readonly FaultEdit[]): Fault {
  return { id: 'x', sees: 'It is broken.', edits, countsWhen: /total/ };
}

async function shopWith(files: Readonly<Record<string, string>>): Promise<string> {
  made += 1;
  const folder = join(temporary.path, String(made));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

const page = {
  '.evershop/build/frontStore/cart/client/index.json': JSON.stringify({
    js: ['/assets/vendor/client/a.js', '/assets/frontStore/cart/client/b.js', '/assets/common/client/c.js'],
    css: ['/assets/common/client/d.css'],
  }),
  '.evershop/build/vendor/client/a.js': 'run({a:1})',
  '.evershop/build/frontStore/cart/client/b.js': 'x.add({b:2})',
  '.evershop/build/common/client/c.js': 'y()',
  '.evershop/build/common/client/d.css': 'a{}',
};

describe('applyFault', () => {
  it('changes the one file of a page that has the text', async () => {
    const folder = await shopWith(page);
    const change = { find: '.add({', replace: '.drop({' };
    await applyFault(fault({ kind: 'page', page: 'cart', type: 'js', change }), folder, NO_DATABASE);
    const read = (path: string): Promise<string> => readFile(join(folder, '.evershop/build', path), 'utf8');
    expect(await read('frontStore/cart/client/b.js')).toBe('x.drop({b:2})');
    expect(await read('vendor/client/a.js')).toBe('run({a:1})');
  });

  it("appends to the last file that is the page's own, else to the last that it loads", async () => {
    const folder = await shopWith(page);
    const edit = (type: 'js' | 'css'): FaultEdit => ({
      kind: 'page',
      page: 'cart',
      type,
      change: { append: '/* here */' },
    });
    await applyFault(fault(edit('js'), edit('css')), folder, NO_DATABASE);
    const own = join(folder, '.evershop/build/frontStore/cart/client/b.js');
    expect(await readFile(own, 'utf8')).toBe('x.add({b:2})\n/* here */\n');
    const shared = join(folder, '.evershop/build/common/client/d.css');
    expect(await readFile(shared, 'utf8')).toBe('a{}\n/* here */\n');
  });

  it('throws when the text is not there, or more than once', async () => {
    const folder = await shopWith({
      ...page,
      'node_modules/@evershop/evershop/dist/total.js': 'a * b; a * b;',
    });
    const gone = { find: '.addItem({', replace: '.clear({' };
    await expect(
      applyFault(fault({ kind: 'page', page: 'cart', type: 'js', change: gone }), folder, NO_DATABASE),
    ).rejects.toThrow(/nothing that the page cart loads/);
    const twice = { kind: 'program', file: 'dist/total.js', find: 'a * b', replace: 'a' } as const;
    await expect(applyFault(fault(twice), folder, NO_DATABASE)).rejects.toThrow(/2 times, not once/);
  });
});

describe('judge', () => {
  const looked = { states: 9, transitions: 9, actions: 40, pages: ['/', '/a', '/b'], notReached: [] };
  const reported = (changes: Parameters<typeof verifyReport>[0]) =>
    ({ kind: 'reported', seconds: 10, report: verifyReport({ coverage: looked, ...changes }) }) as const;

  it('counts only findings that tell of the fault, and shows the others beside them', () => {
    const telling = previewFinding({ title: 'The total is wrong' });
    const other = previewFinding({
      title: 'A link leads elsewhere',
      body: '',
      expected: '',
      actual: '',
      steps: [],
    });
    const found = judge(fault(), reported({ findings: [other, telling] }));
    expect(found).toMatchObject({ verdict: 'found', findings: [telling], others: [other] });
    expect(describeJudged(found)).toContain('beside  ');
    expect(judge(fault(), reported({ findings: [other] })).verdict).toBe('missed');
  });

  it('calls the shop against itself silent only when it was looked at', () => {
    expect(judge(undefined, reported({ findings: [] })).verdict).toBe('silent');
    const blind = { ...looked, pages: ['/'], actions: 0 };
    expect(judge(undefined, reported({ findings: [], coverage: blind })).verdict).toBe('did not look');
    expect(judge(undefined, reported({ findings: [previewFinding()] })).verdict).toBe('false alarm');
  });

  it('leaves out what is equally true of the base', () => {
    const old = previewFinding({ title: 'The total is wrong', onBase: true });
    expect(judge(undefined, reported({ findings: [old] })).verdict).toBe('silent');
    expect(judge(fault(), reported({ findings: [old] })).verdict).toBe('missed');
  });
});

describe('isGoalReached', () => {
  const one = (id: string, verdict: Judged['verdict']): Judged => ({
    id,
    verdict,
    findings: [],
    others: [],
    seen: '',
    seconds: 1,
  });
  const faults = (found: number): readonly Judged[] =>
    FAULTS.map(({ id }, index) => one(id, index < found ? 'found' : 'missed'));

  it('allows one missed fault of five, and nothing said about nothing', () => {
    expect(isGoalReached([one('same', 'silent'), ...faults(4)])).toBe(true);
    expect(isGoalReached([one('same', 'silent'), ...faults(3)])).toBe(false);
    expect(isGoalReached([one('same', 'false alarm'), ...faults(5)])).toBe(false);
    expect(isGoalReached([one('same', 'crashed'), ...faults(5)])).toBe(false);
  });

  it('allows none missed when fewer were tried', () => {
    expect(isGoalReached([one('a', 'found'), one('b', 'missed')])).toBe(false);
    expect(isGoalReached([one('a', 'found'), one('b', 'found')])).toBe(true);
  });
});

describe('drawPicture', () => {
  it('gives the same bytes for the same product, and others for another', () => {
    expect(drawPicture(40).equals(drawPicture(40))).toBe(true);
    expect(drawPicture(40).equals(drawPicture(200))).toBe(false);
  });
});
