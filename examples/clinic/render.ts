import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Scope = Record<string, unknown>;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const views = new Map<string, string>();

function view(name: string): string {
  const known =
    views.get(name) ?? readFileSync(join(import.meta.dirname, 'views', `${name}.mustache`), 'utf8');
  views.set(name, known);
  return known;
}

function find(scopes: readonly Scope[], path: string): unknown {
  if (path === '.') return scopes[0]?.['.'];
  const [first = '', ...rest] = path.split('.');
  const scope = scopes.find((one) => first in one);
  return rest.reduce<unknown>((value, key) => (value as Scope | undefined)?.[key], scope?.[first]);
}

const TAG = /\{\{([#^])([\w.]+)\}\}([\s\S]*?)\{\{\/\2\}\}|\{\{\{([\w.]+)\}\}\}|\{\{([\w.]+)\}\}/g;

/** `{{x}}` is escaped, `{{{x}}}` is not; `{{#x}}` repeats for lists and asks for the rest, `{{^x}}` is its opposite. */
function fill(text: string, scopes: readonly Scope[]): string {
  return text.replace(TAG, (_, sign, section, inner, raw, name) => {
    if (raw !== undefined) return String(find(scopes, raw) ?? '');
    if (name !== undefined)
      return String(find(scopes, name) ?? '').replace(/[&<>"]/g, (c) => escapes[c] ?? c);
    const value = find(scopes, section);
    const isEmpty =
      value === undefined ||
      value === null ||
      value === false ||
      value === '' ||
      (Array.isArray(value) && value.length === 0);
    if (sign === '^') return isEmpty ? fill(inner, scopes) : '';
    if (isEmpty) return '';
    const items = Array.isArray(value) ? value : [value];
    return items
      .map((item) => fill(inner, [typeof item === 'object' ? (item as Scope) : { '.': item }, ...scopes]))
      .join('');
  });
}

export function render(name: string, scope: Scope): string {
  return fill(view(name), [scope]);
}
