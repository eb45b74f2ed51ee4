import type { Violation } from './judge.ts';

/** The body of a 422 for a request that breaks the description; every breach is named in the message. */
export function refusal(violations: readonly Violation[]): Readonly<Record<string, unknown>> {
  const lines = violations.map(({ where, what }) => `${where === '' ? 'The request' : where} ${what}`);
  return {
    message: `Invalid request.\n\n${lines.join('\n')}`,
    documentation_url: 'https://docs.github.com/rest',
    status: '422',
  };
}
