import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/domain/flow.ts';
import { createRandom } from '../../src/lib/random.ts';
import type { Difference } from '../../src/verify/difference.ts';
import { createLedger } from '../../src/verify/ledger.ts';
import { difference } from '../support/differences.ts';

const click = (name: string): Step => ({ click: { role: 'button', name } });
const on = (path: string): Pick<Difference, 'url' | 'steps'> => ({
  url: `http://head.test${path}`,
  steps: [{ goto: path }],
});

/** Publishes what was added in this order, with the files that were written. */
async function publish(differences: readonly Difference[], evidence: 'confirmed' | 'once' = 'confirmed') {
  const ledger = createLedger();
  for (const one of differences) ledger.add(one, evidence);
  const files = new Map<string, string>();
  const store = {
    async write(name: string, bytes: Uint8Array) {
      files.set(name, Buffer.from(bytes).toString());
    },
  };
  return { ...(await ledger.publish(store)), files, count: ledger.count() };
}

const number = (path: string, values: readonly string[], key = `number|${path}`): Difference =>
  difference({
    ...on(path),
    key,
    category: 'state',
    source: 'test/number',
    title: `a number on ${path}`,
    values,
  });
const exception = (path: string, message: string, more: Partial<Difference> = {}): Difference =>
  difference({
    ...on(path),
    key: `error|${path}`,
    source: 'firsthand/exception',
    title: `${path} throws`,
    error: { kind: 'exception', message },
    ...more,
  });

describe('createLedger', () => {
  it('makes one finding with a count of hundreds of symptoms of one cause', async () => {
    const symptoms = Array.from({ length: 300 }, (_, index) =>
      difference({ ...on(`/page-${index % 7}`), steps: [{ goto: '/' }, click(`button ${index}`)] }),
    );
    const { findings, count } = await publish(symptoms);
    expect(findings).toHaveLength(1);
    expect(count).toBe(1);
    expect(findings[0]?.body).toContain('Seen 300 times in this run.');
    expect(findings[0]?.body).toContain('The same on 6 other pages');
  });

  it('joins what shows the same change of the same numbers, also by way of a third', async () => {
    const [a, b, c, other] = [
      number('/a', ['$1 → $2']),
      number('/b', ['$3 → $4']),
      number('/c', ['$1 → $2', '$3 → $4']),
      number('/d', ['$5 → $6']),
    ];
    const { findings } = await publish([a, b, c, other]);
    expect(findings.map(({ title }) => title).sort()).toEqual(['a number on /a', 'a number on /d']);
  });

  it('joins the same exception on several pages, whatever its numbers and addresses', async () => {
    const { findings } = await publish([
      exception('/a', 'TypeError: no item 17 at http://head.test/app.3f9a2c1b.js?v=2'),
      exception('/b', 'TypeError: no item 4 at http://head.test/app.77aa2c1b.js'),
      exception('/c', 'TypeError: no cart'),
    ]);
    expect(findings.map(({ title }) => title).sort()).toEqual(['/a throws', '/c throws']);
  });

  it('puts what follows from an exception with it', async () => {
    const broken = exception('/cart', 'TypeError: no cart');
    const gone = difference({ ...on('/cart'), steps: [...broken.steps, click('Pay')], severity: 'medium' });
    const { findings } = await publish([gone, broken]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ title: '/cart throws' });
    expect(findings[0]?.body).toContain(
      'Also seen, most likely for the same reason:\n\n- On /cart the button “Pay” is missing',
    );
  });

  it('puts what contains the full reproduction of another at the same place with it', async () => {
    const steps = [{ goto: '/cart' }, click('Add')];
    const total = difference({ key: 'a', title: 'the total is wrong', steps });
    const later = (parts: Partial<Difference>): Difference =>
      difference({ key: 'b', title: 'the tax is wrong', steps: [...steps, click('Apply')], ...parts });
    expect((await publish([total, later({})])).findings).toHaveLength(1);
    expect((await publish([total, later({ url: 'http://head.test/thanks' })])).findings).toHaveLength(2);
    expect((await publish([total, later({ environment: 'mobile' })])).findings).toHaveLength(2);
    expect((await publish([total, later({ severity: 'critical' })])).findings).toHaveLength(2);
    expect(
      (await publish([total, later({ steps: [{ goto: '/cart' }, click('Apply')] })])).findings,
    ).toHaveLength(2);
  });

  it('does not take a difference of the page as opened for the reason of all that happens on it', async () => {
    const text = difference({ key: 'a', title: 'a heading is missing' });
    const dead = difference({
      key: 'b',
      title: 'a click does nothing',
      steps: [{ goto: '/cart' }, click('Pay')],
    });
    const colour = difference({
      key: 'c',
      category: 'visual',
      title: 'a link looks different',
      severity: 'high',
    });
    expect((await publish([text, dead, colour])).findings).toHaveLength(3);
    const shown = { ...colour, severity: 'critical' as const, steps: [...dead.steps] };
    const later = { ...dead, steps: [...dead.steps, click('Apply')] };
    expect((await publish([shown, later])).findings).toHaveLength(2);
  });

  it('publishes the same whatever the order in which it was told', async () => {
    const random = createRandom(7);
    const pool: Difference[] = [];
    for (let index = 0; index < 60; index += 1) {
      const severity = random.pick(['low', 'medium', 'high', 'critical'] as const) ?? 'low';
      const path = `/page-${random.below(4)}`;
      const steps: Step[] = [
        { goto: path },
        ...Array.from({ length: random.below(3) }, () => click(`b${random.below(3)}`)),
      ];
      const values = random.below(3) === 0 ? [`$${random.below(6)} → $9`] : [];
      const more = { severity, steps, values, title: `title ${random.below(20)}` };
      const key = `key ${random.below(25)}`;
      pool.push(
        random.below(4) === 0
          ? exception(path, `Error: ${random.pick(['a', 'b', 'c'])}`, { ...more, key })
          : difference({ ...on(path), ...more, key, ...(random.below(6) === 0 ? { isOnBase: true } : {}) }),
      );
    }
    const first = await publish(pool);
    for (let round = 0; round < 20; round += 1) {
      const shuffled = pool.map((one) => ({ one, at: random.next() })).sort((a, b) => a.at - b.at);
      const again = await publish(shuffled.map(({ one }) => one));
      expect(again.findings).toEqual(first.findings);
      expect(again.preExisting).toEqual(first.preExisting);
      expect(again.files).toEqual(first.files);
    }
  });

  it('writes a test only for what was proved', async () => {
    const claimed = { expect: { visible: { role: 'button', name: 'Pay' } } };
    const witnessOf = async (parts: Partial<Difference>, evidence?: 'once') =>
      (await publish([difference({ ...claimed, ...parts })], evidence)).files.size;
    expect(await witnessOf({ proof: 'confirmed' }, 'once')).toBe(1);
    expect(await witnessOf({})).toBe(1);
    expect(await witnessOf({}, 'once')).toBe(0);
    for (const proof of ['flaky', 'rejected', 'cut', 'untestable'] as const) {
      expect(await witnessOf({ proof })).toBe(0);
    }
    expect(await witnessOf({ isOnBase: true })).toBe(0);
  });

  it('logs in, in a test, as whoever was logged in when it was seen', async () => {
    const ledger = createLedger();
    const seen = { expect: { visible: { role: 'button' as const, name: 'Pay' } } };
    const keys = { visitor: {}, usual: { account: {} }, admin: { account: { role: 'admin' } }, other: {} };
    for (const [key, over] of Object.entries(keys))
      ledger.add(difference({ ...seen, ...over, ...on(`/${key}`), key }), 'confirmed');
    const files: string[] = [];
    await ledger.publish(
      { write: async (_name, bytes) => void files.push(Buffer.from(bytes).toString()) },
      (role) => ({
        path: `/in/${role ?? 'all'}`,
        username: { secret: `${role ?? 'usual'}_USER`.toUpperCase() },
        password: { secret: `${role ?? 'usual'}_PASSWORD`.toUpperCase() },
      }),
    );
    const told = files.map((text) => [
      /\/(?:visitor|usual|admin|other)\b/.exec(text)?.[0],
      [...new Set(text.match(/FIRSTHAND_SECRET_\w+|\/in\/\w+/g))].sort(),
    ]);
    expect(new Set(told)).toEqual(
      new Set([
        ['/admin', ['/in/admin', 'FIRSTHAND_SECRET_ADMIN_PASSWORD', 'FIRSTHAND_SECRET_ADMIN_USER']],
        ['/other', []],
        ['/usual', ['/in/all', 'FIRSTHAND_SECRET_USUAL_PASSWORD', 'FIRSTHAND_SECRET_USUAL_USER']],
        ['/visitor', []],
      ]),
    );
  });

  it('counts a cause once the head alone has shown it', () => {
    const ledger = createLedger();
    ledger.add(difference({ key: 'a', isOnBase: true, severity: 'low' }), 'confirmed');
    expect(ledger.count()).toBe(0);
    ledger.add(difference({ key: 'a' }), 'once');
    expect(ledger.count()).toBe(1);
  });
});
