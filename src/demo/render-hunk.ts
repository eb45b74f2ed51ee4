import type { ReviewComment } from './conversation.ts';
import { type Html, html } from './html.ts';

/** As many lines above the commented ones as GitHub shows. */
const LINES_ABOVE = 3;

interface Row {
  readonly kind: 'context' | 'added' | 'removed';
  readonly text: string;
  readonly oldLine: number | undefined;
  readonly newLine: number | undefined;
}

/** The end of the hunk that a review comment is about, with line numbers. */
export function renderHunk(comment: ReviewComment): Html {
  const rows = readHunk(comment.diffHunk);
  const first = rows.findIndex((row) => isCommented(row, comment));
  const from = Math.max(0, (first === -1 ? rows.length : first) - LINES_ABOVE);
  return html`<table class="hunk"><tbody>${rows.slice(from).map(
    (row) => html`<tr class="${row.kind}">
      <td class="line-number">${row.oldLine}</td><td class="line-number">${row.newLine}</td>
      <td class="line-text"><span class="sign">${SIGNS[row.kind]}</span>${row.text}</td>
    </tr>`,
  )}</tbody></table>`;
}

/** The text of the lines that the comment is about. */
export function commentedLines(comment: ReviewComment): readonly string[] {
  return readHunk(comment.diffHunk)
    .filter((row) => isCommented(row, comment))
    .map((row) => row.text);
}

const SIGNS = { context: ' ', added: '+', removed: '-' } as const;

function isCommented(row: Row, { lines }: ReviewComment): boolean {
  if (lines === undefined) return false;
  const number = lines.side === 'LEFT' ? row.oldLine : row.newLine;
  return number !== undefined && number >= lines.start && number <= lines.end;
}

function readHunk(hunk: string): readonly Row[] {
  const [header = '', ...lines] = hunk.split('\n');
  const starts = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(header);
  let oldLine = Number(starts?.[1] ?? 1);
  let newLine = Number(starts?.[2] ?? 1);
  const rows: Row[] = [];
  for (const line of lines) {
    const text = line.slice(1);
    if (line.startsWith('+')) rows.push({ kind: 'added', text, oldLine: undefined, newLine: newLine++ });
    else if (line.startsWith('-'))
      rows.push({ kind: 'removed', text, oldLine: oldLine++, newLine: undefined });
    else if (!line.startsWith('\\')) {
      rows.push({ kind: 'context', text, oldLine: oldLine++, newLine: newLine++ });
    }
  }
  return rows;
}
