import { editorSettings } from './editorconfig.ts';
import { linesWhere, type WrittenRule } from './written-rule.ts';

/** What a setting with a value asks of the lines of a file. */
interface Asked {
  readonly title: string;
  readonly topic?: string;
  readonly broken: WrittenRule['broken'];
}

const MARKDOWN = /\.(?:md|mdx|markdown)$/i;
/** Their format is their own affair. */
const EXEMPT = /\.(?:patch|diff|snap|svg|lock|csv|tsv)$|(?:^|\/)(?:Makefile|GNUmakefile)$|\.mk$/i;
const MARK = '\uFEFF';

/** The rules of `.editorconfig` for one file. */
export function editorconfigRules(
  path: string,
  documents: ReadonlyMap<string, string>,
): readonly WrittenRule[] {
  if (EXEMPT.test(path)) return [];
  return [...editorSettings(path, documents)].flatMap(([name, { value, document }]) => {
    const asked = ASKED[name]?.(value);
    if (asked === undefined) return [];
    const { title, broken, topic } = asked;
    const rule = {
      id: name.replaceAll('_', '-'),
      document,
      quote: `${name} = ${value}`,
      title,
      concerns: (other: string) => other === path || extensionOf(other) === extensionOf(path),
      broken,
    };
    return [topic === undefined ? rule : { ...rule, topic }];
  });
}

function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.slice(Math.max(0, name.lastIndexOf('.')));
}

/** How each setting is checked; one with a value that asks nothing gives nothing. */
const ASKED: Readonly<Record<string, (value: string) => Asked | undefined>> = {
  insert_final_newline: (value) =>
    value === 'true' || value === 'false'
      ? {
          title:
            value === 'true' ? 'The file does not end with a line break' : 'The file ends with a line break',
          topic: 'firsthand/final-newline',
          broken: (_, text) =>
            text !== '' && text.endsWith('\n') !== (value === 'true')
              ? [text.trimEnd().split('\n').length]
              : [],
        }
      : undefined,
  trim_trailing_whitespace: (value) =>
    value === 'true'
      ? {
          title: 'A line ends in white space',
          // Two spaces at the end of a line are a line break in Markdown.
          broken: (path, text) =>
            linesWhere(text, (line) =>
              (MARKDOWN.test(path) ? /\S(?: |\t| {3,})\r?$/ : /[ \t]\r?$/).test(line),
            ),
        }
      : undefined,
  end_of_line: (value) =>
    value === 'lf' || value === 'crlf'
      ? {
          title: `A line does not end in ${value === 'lf' ? 'LF' : 'CR LF'}`,
          topic: 'firsthand/line-end',
          broken: (_, text) => {
            const last = text.split('\n').length;
            const wrong = linesWhere(text, (line) => line.endsWith('\r') !== (value === 'crlf'));
            // What follows the last line break is no line that ends.
            return wrong.filter((line) => line < last);
          },
        }
      : undefined,
  charset: (value) =>
    value === 'utf-8' || value === 'utf-8-bom'
      ? {
          title:
            value === 'utf-8'
              ? 'The file begins with a byte order mark, or is not UTF-8'
              : 'The file does not begin with a byte order mark',
          broken: (_, text) =>
            value === 'utf-8'
              ? [
                  ...(text.startsWith(MARK) ? [1] : []),
                  ...linesWhere(text, (line) => line.includes('\uFFFD')),
                ]
              : text === '' || text.startsWith(MARK)
                ? []
                : [1],
        }
      : undefined,
  indent_style: (value) =>
    value === 'tab' || value === 'space'
      ? {
          title: `Indented with ${value === 'tab' ? 'spaces instead of tabs' : 'tabs instead of spaces'}`,
          topic: 'firsthand/indentation',
          // One space before a star continues a comment; fewer than four align what belongs together.
          broken: (path, text) =>
            MARKDOWN.test(path)
              ? []
              : linesWhere(text, (line) => (value === 'tab' ? /^ {4,}[^\s*]/ : /^ *\t\s*\S/).test(line)),
        }
      : undefined,
  max_line_length: (value) => {
    const most = Number(value);
    return Number.isInteger(most) && most >= 40
      ? {
          title: `A line is longer than ${most} characters`,
          // What cannot be broken, such as an address, is nobody's fault.
          broken: (_, text) =>
            linesWhere(text, (line) => line.trimEnd().length > most && !/\S{60}/.test(line)),
        }
      : undefined;
  },
};
