import {
  derived,
  EVERYTHING,
  HARMLESS,
  HOLE,
  mergeTaints,
  type Taint,
  UNKNOWN,
  type Value,
} from './value.ts';

const MAX_LEAD = 400;

/** The text that a value contributes to a longer one. */
export function textOf(value: Value): string {
  if (value.text !== undefined) return value.text;
  if ('constant' in value) return String(value.constant);
  return value.isNumber === true || value.safeFor.has(EVERYTHING) ? HARMLESS : HOLE;
}

function atStart(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) => ({
    ...taint,
    isWhole: false,
    keepsStart: taint.isWhole || taint.keepsStart === true,
  }));
}

/** Values as text one behind the other, as in a template or a concatenation. */
export function concatenate(parts: readonly Value[]): Value {
  let text = '';
  const taints = parts.map((part) => {
    const before = text.length > MAX_LEAD ? HOLE + text.slice(-MAX_LEAD) : text;
    text += textOf(part);
    if (before === '') return atStart(part.taints);
    return derived(part.taints).map((taint) => ({ ...taint, lead: `${before}${taint.lead}` }));
  });
  return {
    ...UNKNOWN,
    text,
    isLiteral: parts.every(({ isLiteral }) => isLiteral),
    taints: mergeTaints(taints),
  };
}
