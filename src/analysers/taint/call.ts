import type { CallExpression, NewExpression } from 'oxc-parser';
import type { Scope, Value } from './value.ts';

/** A call, evaluated up to what it does. */
export interface Call {
  readonly node: CallExpression | NewExpression;
  readonly name: string;
  readonly spelled: string;
  /** The last name of what is called. */
  readonly method: string;
  readonly callee: Value;
  readonly receiver: Value;
  readonly hasReceiver: boolean;
  readonly args: readonly Value[];
  readonly scope: Scope;
}
