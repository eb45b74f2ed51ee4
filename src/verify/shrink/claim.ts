import type { Expectation, Step } from '../../domain/flow.ts';
import type { Difference } from '../difference.ts';
import type { SentRequest } from './sent-request.ts';

/** What of a difference a claim is made of. */
export type Claimed = Pick<
  Difference,
  'steps' | 'source' | 'expect' | 'error' | 'sends' | 'style' | 'expected' | 'actual'
>;

/**
 * What a plain test can check of a difference.
 *
 * `step`: the last of `steps` (an expectation or an action) can be done on the base and not on the head, the others on
 * both. `error`: after `steps` the head has reported it and the base has not. `request`: the last of `steps` sends it on the
 * base, and another number of times on the head. `style`: the element looks so on the base.
 */
export type Claim =
  | { readonly kind: 'step'; readonly steps: readonly Step[] }
  | {
      readonly kind: 'error';
      readonly steps: readonly Step[];
      readonly error: NonNullable<Difference['error']>;
    }
  | { readonly kind: 'request'; readonly steps: readonly Step[]; readonly sends: SentRequest }
  | {
      readonly kind: 'style';
      readonly steps: readonly Step[];
      readonly style: NonNullable<Difference['style']>;
    };

/** Undefined for what steps cannot tell, such as most differences of pictures. */
export function claimOf(difference: Claimed): Claim | undefined {
  const { steps, expect, error = errorOf(difference), sends, style } = difference;
  if (steps.length === 0) return undefined;
  if (error !== undefined) return { kind: 'error', steps, error };
  if (style !== undefined) return { kind: 'style', steps, style };
  if (sends !== undefined) return { kind: 'request', steps, sends };
  const expectation = expect ?? expectationOf(difference);
  if (expectation !== undefined) return { kind: 'step', steps: [...steps, { expect: expectation }] };
  const opens = difference.source === 'firsthand/page-broken' && 'goto' in (steps.at(-1) ?? {});
  const isStep = opens || ['firsthand/step-impossible', 'firsthand/expectation'].includes(difference.source);
  return isStep ? { kind: 'step', steps } : undefined;
}

/** What the comparison of a flow's states says in words. */
function expectationOf({ source, expected, actual }: Claimed): Expectation | undefined {
  if (source === 'firsthand/other-page' && expected !== undefined) {
    // An address elsewhere, as opposed to a path on the site, is not compared by its path.
    return expected.startsWith('/') ? { url: expected.replaceAll('*', '') } : undefined;
  }
  if (source === 'firsthand/number-changed' && actual !== undefined && actual !== '')
    return { notText: actual };
  return undefined;
}

function errorOf({ source, actual }: Claimed): Difference['error'] {
  if (actual === undefined) return undefined;
  if (source === 'firsthand/exception') return { kind: 'exception', message: actual };
  if (source === 'firsthand/console-error') return { kind: 'console', message: actual };
  if (source !== 'firsthand/failed-request') return undefined;
  const [, message = actual, status] = /^(.*): (\d{3})$/s.exec(actual) ?? [];
  return { kind: 'request', message, ...(status === undefined ? {} : { status: Number(status) }) };
}
