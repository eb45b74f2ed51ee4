/**
 * How long a provider asks to wait, in milliseconds; undefined when it does not say.
 *
 * `retry-after` holds seconds or a date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after); some providers send
 * `retry-after-ms` beside it.
 */
export function readRetryAfter(
  headers: Readonly<Record<string, string | undefined>>,
  now: number,
): number | undefined {
  const exact = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const value = headers['retry-after'];
  if (value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
