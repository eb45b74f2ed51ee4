import { describe, expect, test } from 'vitest';
import { createGate } from '../../src/lib/create-gate.ts';

describe('createGate', () => {
  test('lets so many at a time in, in order, and takes a place back from one that fails', async () => {
    const gate = createGate(2);
    const began: string[] = [];
    const doors = new Map<string, (error?: Error) => void>();
    const enter = (name: string): Promise<string> =>
      gate(async () => {
        began.push(name);
        await new Promise<void>((resolve, reject) =>
          doors.set(name, (error) => (error === undefined ? resolve() : reject(error))),
        );
        return name;
      });
    const [a, b, c, d] = [enter('a'), enter('b'), enter('c'), enter('d')];
    expect(began).toEqual(['a', 'b']);
    doors.get('b')?.(new Error('broken'));
    await expect(b).rejects.toThrow('broken');
    expect(began).toEqual(['a', 'b', 'c']);
    doors.get('a')?.();
    await a;
    expect(began).toEqual(['a', 'b', 'c', 'd']);
    doors.get('c')?.();
    doors.get('d')?.();
    expect(await Promise.all([c, d])).toEqual(['c', 'd']);
  });
});
