import type { BuiltIn } from './language.ts';
import { concatenate } from './text.ts';
import { knownText, literalText, UNKNOWN } from './value.ts';

/** Functions such as `util.format` put their arguments where the format has placeholders, and the rest behind. */
export const formatText: BuiltIn = ({ args: [format, ...values] }) => {
  const text = format === undefined ? undefined : knownText(format);
  if (text === undefined) return undefined;
  const pieces = text.split(/%(?:\d+\$)?[-+ 0]*[\d.]*[a-zA-Z]/);
  const parts = pieces.flatMap((piece, index) =>
    index === 0 ? [literalText(piece)] : [values[index - 1] ?? UNKNOWN, literalText(piece)],
  );
  const rest = values.slice(pieces.length - 1).flatMap((value) => [literalText(' '), value]);
  return concatenate([...parts, ...rest].filter((part) => part.text !== ''));
};
