import type { ChangedPart } from '../../domain/affected.ts';
import type { PartRan, RanCode } from './ran-code.ts';

/** Whether a browser ran the code of one part. */
export interface ToldRan {
  readonly kind: 'ran' | 'partly-ran' | 'not-run' | 'unknown';
  readonly why: string;
  /** Where it ran. */
  readonly where: readonly string[];
}

/**
 * Says whether the code of a part ran; `undefined` for a part without code.
 *
 * On the head that is what it adds; where it adds nothing, or nothing that was met in a script, what it removes on the base.
 */
export function tellRan({ code, unseen }: ChangedPart, part: number, ran: RanCode): ToldRan | undefined {
  if (code === undefined || unseen !== undefined) return undefined;
  const [head, base] = [ran.of(part, 'head'), ran.of(part, 'base')];
  if (head !== undefined && head.ran > 0) return { ...tellLines(head, 'changed'), where: head.where };
  if (head !== undefined) {
    const before =
      base?.where[0] === undefined ? '' : `; what stood there before ran on the base, on ${base.where[0]}`;
    return { kind: 'not-run', why: `no browser ran its code${before}`, where: [] };
  }
  if (base !== undefined && base.ran > 0) {
    const where = base.where.map((one) => `${one} of the base`);
    return { ...tellLines(base, 'removed'), where };
  }
  if (base !== undefined) return { kind: 'not-run', why: 'no browser ran what it removes', where: [] };
  return { kind: 'unknown', why: whyUnknown(ran), where: [] };
}

function tellLines({ found, ran }: PartRan, what: string): Pick<ToldRan, 'kind' | 'why'> {
  const lines = `${found} ${what} ${found === 1 ? 'line' : 'lines'} of code`;
  if (ran === found)
    return { kind: 'ran', why: `the functions of ${found === 1 ? `its ${what} line` : `its ${lines}`} ran` };
  return { kind: 'partly-ran', why: `the functions of ${ran} of its ${lines} ran` };
}

function whyUnknown(ran: RanCode): string {
  const [first, ...others] = ran.whyUnread();
  const where = 'no script that the pages loaded is known to be made of it';
  if (first === undefined) return where;
  return `${where}: ${first}${others.length === 0 ? '' : `, and ${others.length} more`}`;
}
