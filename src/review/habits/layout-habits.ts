import type { ChangedFile } from '../collect-change.ts';
import type { Diagnostic } from '../ports.ts';
import type { RuleText } from '../rules/rule-text.ts';

const TABS: RuleText = {
  title: 'Indented in another way than the rest of the file',
  body: 'Every indented line that was here before begins with {subject}. Mixed indentation shows differently in every editor, and makes later diffs larger.',
  severity: 'low',
  confidence: 0.9,
};
const NEWLINE: RuleText = {
  title: 'The last line lost its end',
  body: 'The file ended with a line break before. Without one the next line that somebody adds shows this one as changed, too.',
  severity: 'low',
  confidence: 0.9,
};
const LINE_ENDS: RuleText = {
  title: 'Lines end in another way than the rest of the file',
  body: 'Every line that was here before ends in {subject}. Mixed line ends break tools that compare lines.',
  severity: 'low',
  confidence: 0.9,
};
/** Fewer lines show no habit. */
const MIN_LINES = 10;

/** Added lines that break how the rest of their own file is laid out: indentation, line ends, the end of the file. */
export function findOddLayout(files: readonly ChangedFile[]): readonly Diagnostic[] {
  return files.flatMap((file) => {
    const { path, base, added } = file;
    if (base === undefined || file.setAside !== undefined || /\.(?:md|mdx|txt|snap|patch|diff)$/i.test(path))
      return [];
    const [old, now] = [base, file.head].map((bytes) => Buffer.from(bytes).toString('utf8').split('\n'));
    if (old === undefined || now === undefined) return [];
    const lines = [...added].sort((a, b) => a - b).flatMap((line) => ({ line, text: now[line - 1] ?? '' }));
    const at = (rule: string, line: number, message: string, text: RuleText): readonly Diagnostic[] => [
      { rule, path, startLine: line, endLine: line, message, text },
    ];
    const indent = oddIndent(old, lines);
    const ends = oddLineEnd(
      old.slice(0, -1),
      lines.filter(({ line }) => line < now.length),
    );
    const lost = old.length > MIN_LINES && old.at(-1) === '' && now.at(-1) !== '' && added.has(now.length);
    return [
      ...(indent === undefined ? [] : at('firsthand/indentation', indent.line, indent.habit, TABS)),
      ...(ends === undefined ? [] : at('firsthand/line-end', ends.line, ends.habit, LINE_ENDS)),
      ...(lost ? at('firsthand/final-newline', now.length, path, NEWLINE) : []),
    ];
  });
}

interface Odd {
  readonly line: number;
  readonly habit: string;
}
type Lines = readonly { readonly line: number; readonly text: string }[];

function oddIndent(old: readonly string[], added: Lines): Odd | undefined {
  const tabs = old.filter((text) => text.startsWith('\t')).length;
  // One space begins the lines of a block comment.
  const spaces = old.filter((text) => /^ {2}/.test(text)).length;
  if (tabs + spaces < MIN_LINES || (tabs > 0 && spaces > 0)) return undefined;
  const odd = tabs > 0 ? /^ {2,}\S/ : /^\t+\S/;
  const found = added.find(({ text }) => odd.test(text) && !/^\s*\*/.test(text));
  return found === undefined ? undefined : { line: found.line, habit: tabs > 0 ? 'a tab' : 'spaces' };
}

function oddLineEnd(old: readonly string[], added: Lines): Odd | undefined {
  const returns = old.filter((text) => text.endsWith('\r')).length;
  if (old.length < MIN_LINES || (returns > 0 && returns < old.length)) return undefined;
  const found = added.find(({ text }) => text.endsWith('\r') !== returns > 0);
  return found === undefined ? undefined : { line: found.line, habit: returns > 0 ? 'CR LF' : 'LF' };
}
