/** The text without what PostgreSQL refuses in text and JSON: U+0000 and half surrogate pairs become U+FFFD. */
export function toStorable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** The value as PostgreSQL can keep it in `jsonb`; comments and names come from outside and may hold anything. */
export function toStorableJson(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? toStorable(part) : part)),
  );
}
