/** A copy of `value` without `keys`. */
export function omit<Value extends object, Key extends keyof Value>(
  value: Value,
  ...keys: readonly Key[]
): Omit<Value, Key> {
  const copy: Partial<Value> = { ...value };
  for (const key of keys) delete copy[key];
  // Only `keys` were taken out.
  return copy as Omit<Value, Key>;
}
