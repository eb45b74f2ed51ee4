import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopDeployment, startShop } from '../../src/demo/shop-deployment.ts';
import { createShopRepository, type ShopRepository } from '../../src/demo/shop-repository.ts';

let scratch: string;
let repository: ShopRepository;
let base: ShopDeployment;
let head: ShopDeployment;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'firsthand-test-'));
  repository = await createShopRepository(join(scratch, 'shop.git'));
  base = await startShop({ repository: repository.folder, commit: repository.baseSha });
  head = await startShop({ repository: repository.folder, commit: repository.headSha });
});

afterAll(async () => {
  await base.stop();
  await head.stop();
  await rm(scratch, { recursive: true, force: true });
});

async function text(url: string): Promise<string> {
  return (await fetch(url)).text();
}

/** Someone who shops with cookies and follows redirects by hand. */
async function shop(origin: string): Promise<string> {
  let cookie = '';
  const post = async (path: string, form: Record<string, string>): Promise<string> => {
    const response = await fetch(origin + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { cookie },
      redirect: 'manual',
    });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return response.headers.get('location') ?? '';
  };
  await post('/cart/add', { product: 'arc-floor-lamp' });
  await post('/cart/add', { product: 'everyday-mug' });
  await post('/cart/coupon', { code: 'SAVE20' });
  await post('/cart/remove', { product: 'arc-floor-lamp' });
  const cart = await (await fetch(`${origin}/cart`, { headers: { cookie } })).text();
  return /<dt>Total<\/dt><dd>([^<]*)/.exec(cart)?.[1] ?? 'no total';
}

describe('startShop', () => {
  it('serves the base and the head, each as its commit has it', async () => {
    expect(await text(base.url)).not.toContain('Summer sale');
    expect(await text(head.url)).toContain('Summer sale');
  });

  it('draws the same page for every new visitor', async () => {
    expect(await text(head.url)).toBe(await text(head.url));
  });

  it('has the fault between flows on the head only', async () => {
    expect(await shop(base.url)).toBe('€16.10');
    expect(await shop(head.url)).toBe('−€21.70');
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(base.url).port);
    const source = { repository: repository.folder, commit: repository.baseSha };
    await expect(startShop(source, { port })).rejects.toThrow(
      new RegExp(`could not start the sample shop at \\w{7} on port ${port}: .*EADDRINUSE`),
    );
  });

  it('can be stopped twice', async () => {
    const third = await startShop({ repository: repository.folder, commit: repository.baseSha });
    await third.stop();
    await third.stop();
    await expect(fetch(third.url)).rejects.toThrow('fetch failed');
  });

  it('does not start when it was called off before', async () => {
    const source = { repository: repository.folder, commit: repository.baseSha };
    const reason = new Error('called off');
    await expect(startShop(source, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('ends and leaves no files when the process that started it is killed', async () => {
    const module = pathToFileURL(join(import.meta.dirname, '../../src/demo/shop-deployment.ts')).href;
    const source = JSON.stringify({ repository: repository.folder, commit: repository.baseSha });
    const temporary = await mkdtemp(join(scratch, 'tmp-'));
    const program = `const { startShop } = await import(${JSON.stringify(module)});
      console.log((await startShop(${source})).url);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: temporary },
    });
    const lines = createInterface({ input: parent.stdout });
    const [url] = (await once(lines, 'line')) as [string];
    expect((await fetch(url)).status).toBe(200);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await expect
      .poll(
        () =>
          fetch(url).then(
            () => 'up',
            () => 'down',
          ),
        { timeout: 10_000 },
      )
      .toBe('down');
    expect(await readdir(temporary)).toEqual([]);
  });
});
