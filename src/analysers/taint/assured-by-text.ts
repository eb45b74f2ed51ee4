import { assuredByTest } from './assured-by-pattern.ts';
import { EVERYTHING, isConstant, knownText, type Value } from './value.ts';

/** What a method of text proves about the text that it is called on. */
export function assuredByText(
  name: string,
  {
    receiver,
    given,
    outcome,
    isStart,
  }: {
    readonly receiver: Value;
    readonly given: Value;
    readonly outcome: boolean;
    readonly isStart: boolean;
  },
): readonly string[] {
  const text = knownText(given);
  if (name === undefined) return [];
  if (name === 'match' || name === 'search') return assuredByTest(given.regex, outcome);
  if (name === 'startsWith' || isStart) return assuredByStart(receiver, { text, given, outcome });
  if (name === 'endsWith') return outcome && /host/i.test(receiver.taints[0]?.key ?? '') ? [EVERYTHING] : [];
  if ((name === 'includes' || name === 'indexOf') && !outcome && text !== undefined) {
    if (text.includes('..')) return ['no-dots'];
    if (text === '/' || text === '\\') return ['no-dots', 'base-name'];
    if (/[\r\n]/.test(text)) return ['no-line-breaks'];
    if (text === '<') return ['html-escaped'];
    if (text === "'" || text === '"') return ['quotes-escaped'];
    if (text === '__proto__') return ['plain-key'];
    if (text === '://' || text === '//') return ['not-double-slash'];
  }
  return [];
}

/** What it proves that a text begins, or does not begin, with another. */
export function assuredByStart(
  receiver: Value,
  {
    text,
    given,
    outcome,
  }: { readonly text: string | undefined; readonly given: Value; readonly outcome: boolean },
): readonly string[] {
  const isResolved = receiver.taints.every(({ cleared }) => cleared.has('resolved'));
  if (!outcome) {
    if (/^\.\.?(?:$|[/\\\0])/.test(given.text ?? '') && isResolved)
      return receiver.made?.by.endsWith('.relative') === true ? ['inside-folder', 'no-dots'] : ['no-dots'];
    if (text === undefined) return [];
    if (text === '/') return ['not-absolute', 'not-double-slash'];
    return /^[/\\]{2}$/.test(text)
      ? ['not-double-slash']
      : text.startsWith('javascript')
        ? ['known-scheme']
        : [];
  }
  const folder = isResolved ? ['inside-folder', 'known-start'] : ['known-start'];
  if (text === undefined)
    return given.taints.length === 0 && !isConstant(given) ? [...folder, 'known-host', 'known-scheme'] : [];
  if (/^[a-z][\w+.-]*:\/\/[^/]+\//i.test(text)) return ['known-host', 'known-scheme'];
  if (/^(?:https?|mailto|tel):/i.test(text)) return ['known-scheme'];
  if (text === '/') return ['slash', ...(isResolved ? ['inside-folder'] : [])];
  return text.startsWith('/') && !text.startsWith('//') ? ['slash', 'not-double-slash', ...folder] : folder;
}
