import { describe, expect, it } from 'vitest';
import { readingsOf } from '../../src/domain/target-readings.ts';

describe('readingsOf', () => {
  it('looks for a text as it is shown, then without the signs that a style sheet adds', () => {
    expect(readingsOf({ name: 'Published ▾', nth: 0 }, 'click')).toEqual([
      { by: 'text', name: 'Published ▾', exact: true },
      { by: 'text', name: 'Published', exact: true },
    ]);
    const names = readingsOf('• Done', 'click').map(({ name }) => name);
    expect(names).toContain('Done');
  });

  it.each(['Published', '+', 'Really?', '…'])('reads “%s” in one way only', (name) => {
    expect(readingsOf({ name, nth: 1 }, 'click')).toHaveLength(1);
  });
});
