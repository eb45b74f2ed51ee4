import type { ChangedLine } from '../../domain/diff.ts';
import type { ElementBox } from '../ports.ts';

/** A changed line that an element points to, and what they share. */
export interface SourceLine extends ChangedLine {
  /** What the line holds of the element, such as `.price` or `“Pay now”`. */
  readonly because: string;
}

const MAX_LINES = 5;
/** Shorter texts stand in any file. */
const MIN_TEXT = 4;
const MIN_CLASS = 3;
/** Utility classes and the like are written in so many places that one more says nothing. */
const MAX_PLACES = 4;
const STYLE_FILE = /\.(?:css|scss|sass|less|styl|pcss)$/i;

interface Clue {
  readonly words: string;
  readonly weight: number;
  readonly isIn: (line: ChangedLine) => boolean;
}

/**
 * Names the changed lines that likely made elements look as they do, likeliest first, at most five.
 *
 * A line counts when it holds the text, the id or a class of an element; a clue that stands in many changed lines counts
 * little. It is a guess from words: a line that is not named may still be the one.
 */
export function findSourceLines(
  elements: readonly ElementBox[],
  changedLines: readonly ChangedLine[],
): readonly SourceLine[] {
  const scores = new Map<ChangedLine, { score: number; because: string[] }>();
  for (const clue of listClues(elements)) {
    const lines = changedLines.filter(clue.isIn);
    if (lines.length > MAX_PLACES) continue;
    for (const line of lines) {
      const known = scores.get(line) ?? { score: 0, because: [] };
      known.score += clue.weight / lines.length;
      known.because.push(clue.words);
      scores.set(line, known);
    }
  }
  return [...scores]
    .sort(([, a], [, b]) => b.score - a.score)
    .slice(0, MAX_LINES)
    .map(([line, { because }]) => ({ ...line, because: because.slice(0, 3).join(', ') }));
}

function listClues(elements: readonly ElementBox[]): readonly Clue[] {
  const clues = new Map<string, Clue>();
  for (const element of elements) {
    for (const text of new Set([element.text, element.name])) {
      const words = fold(text);
      if (words.length < MIN_TEXT) continue;
      clues.set(`“${words}”`, {
        words: `“${words.slice(0, 40)}”`,
        weight: 4,
        isIn: (line) => fold(line.text).includes(words),
      });
    }
    const id = /#([^#>]+)$/.exec(element.key)?.[1];
    if (id !== undefined) clues.set(`#${id}`, wordClue('#', id, 3));
    for (const name of (element.classes ?? '').split(/\s+/)) {
      if (name.length >= MIN_CLASS) clues.set(`.${name}`, wordClue('.', name, 2));
    }
  }
  return [...clues.values()];
}

/** A class or an id: as a selector in a style sheet, as a whole word in quotes elsewhere. */
function wordClue(sign: '#' | '.', name: string, weight: number): Clue {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // Tools write the dashes of a module's class as capitals: `price-tag` is `styles.priceTag` there.
  const camel = name.replace(/-+(\w)/g, (_match, letter: string) => letter.toUpperCase());
  const selector = new RegExp(`\\${sign}${escaped}(?![\\w-])`);
  const word = new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`);
  const member = new RegExp(`\\.${camel.replace(/[^\w]/g, '')}\\b`);
  return {
    words: `${sign}${name}`,
    weight,
    isIn: ({ path, text }) => {
      if (STYLE_FILE.test(path)) return selector.test(text);
      const isQuoted = /["'`]/.test(text) && word.test(text);
      return isQuoted || selector.test(text) || (camel !== name && member.test(text));
    },
  };
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
