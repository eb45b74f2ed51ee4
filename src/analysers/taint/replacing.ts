import type { Call } from './call.ts';
import type { Machine } from './machine.ts';
import { assuredAfterReplacing } from './probes.ts';
import { concatenate } from './text.ts';
import { clear, EVERYTHING, HOLE, knownText, literalText, mapTaints, UNKNOWN, type Value } from './value.ts';

/** Replacing what is not allowed, or what does harm, makes text harmless; anything else leaves it as it was. */
export function replaced(call: Call, machine: Machine): Value {
  const [pattern = UNKNOWN, replacement = UNKNOWN] = call.args;
  if (replacement.functions.length > 0) for (const fn of replacement.functions) machine.call(fn, [UNKNOWN]);
  const result = concatenate([
    { ...call.receiver, name: '' },
    ...(replacement.taints.length > 0 ? [literalText(HOLE), replacement] : []),
  ]);
  const assures = [
    ...assuredByReplacing(pattern, knownText(replacement) ?? '', call.method === 'replaceAll'),
  ];
  // Closes the quotes of a shell, writes one that is escaped, and opens them again.
  const isForShell =
    pattern.regex?.source === "'" &&
    pattern.regex.global &&
    /^'(?:\\'|"'")'$/.test(knownText(replacement) ?? '');
  if (isForShell) assures.push('shell-quoted');
  if (/^\\(?:\$&|\$1)$/.test(knownText(replacement) ?? '') && /\*/.test(pattern.regex?.source ?? ''))
    assures.push('regex-escaped');
  const isLiteral = call.receiver.isLiteral && replacement.isLiteral;
  // Of a path that is resolved, only the beginning can lead up.
  const mayCutStart = !/^[\w:.\\/&=-]+$/.test(pattern.regex?.source ?? knownText(pattern) ?? '');
  const stripsStart = /^\^.*\\\.\\\./.test(pattern.regex?.source ?? '');
  return mapTaints({ ...result, text: HOLE, isLiteral }, (taint) =>
    clear(
      mayCutStart ? { ...taint, keepsStart: false } : taint,
      stripsStart && taint.cleared.has('resolved') ? [...assures, 'no-dots'] : assures,
    ),
  );
}

/** What a text is assured of in which something was replaced. */
export function assuredByReplacing(pattern: Value, replacement: string, isAll: boolean): readonly string[] {
  const text = pattern.text ?? '';
  if (pattern.regex === undefined) {
    const isEach = isAll && !text.includes(HOLE);
    if (isEach && text.includes('..')) return ['no-dots'];
    return isEach && /^[<&]$/.test(text) ? ['html-escaped'] : [];
  }
  const { source, global } = pattern.regex;
  if (!global && !isAll) return /^\^\(?(?:\\\/|\[[^\]^]*\/)/.test(source) ? ['not-absolute'] : [];
  if (/^(?:\(\?:)?\[\^[^\]]*\]\)?[+*]?$|^\\[WD][+*]?$/.test(source)) return [EVERYTHING];
  return [
    ...assuredAfterReplacing(pattern.regex, replacement),
    ...(/['"\\]/.test(source) ? ['quotes-escaped', ...(/["<&]/.test(source) ? ['html-escaped'] : [])] : []),
  ];
}
