import type { Node, Statement } from 'oxc-parser';
import type { Hit, SourceRule } from '../change-rule.ts';
import { allOf, SCRIPT, type Source } from '../source.ts';

/** Fewer tokens are alike by chance. */
const MIN_TOKENS = 12;
/** Of the name: those that the copy replaces, and the one that it does not. */
const MIN_PLACES = 3;
const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);
const TOKEN =
  /[A-Za-z_$][\w$]*|\d[\w.]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[<>=!]=+|=>|&&|\|\||\?\?|\+\+|--|\S/g;

/** Code copied for another name, in which one place was forgotten or one comparison came out differently. */
export const copiedSlip: SourceRule = {
  kind: 'source',
  rule: 'firsthand/copied-slip',
  category: 'logic',
  text: {
    title: 'A copy of the line above differs in one place only',
    body: 'This statement repeats the one above it for another name, except for {subject}. That looks like a slip in copying; if it is meant, the difference deserves a comment.',
    severity: 'medium',
    confidence: 0.8,
    topic: 'copied-slip',
  },
  bad: [
    {
      head: {
        'a.ts':
          'if (width < 0 || width > box.width) throw new RangeError("width out of box");\nif (height < 0 || height > box.width) throw new RangeError("height out of box");\n',
      },
      at: ['a.ts:2'],
    },
    {
      head: {
        'a.ts':
          'const inRow = x >= left && x <= right && x !== gap.x;\nconst inColumn = y >= top && y < bottom && y !== gap.y;\n',
      },
      at: ['a.ts:2'],
    },
  ],
  good: [
    {
      head: {
        'a.ts':
          'if (width < 0 || width > box.width) throw new RangeError("width out of box");\nif (height < 0 || height > box.height) throw new RangeError("height out of box");\n',
      },
    },
    {
      head: {
        'a.ts':
          'const low = list.filter((one) => one.price < limit && one.count < most).length;\nconst high = list.filter((one) => one.price > limit && one.count < most).length;\n',
      },
    },
    { head: { 'a.ts': 'set(a, "one", options, defaults.one);\nset(a, "two", options, defaults.two);\n' } },
    {
      head: {
        'a.ts': 'copy(from.a, to.a, 1, limits.size, log);\ncopy(from.b, to.b, 1, limits.size, log);\n',
      },
    },
  ],
  reads: (path) => SCRIPT.test(path),
  check: (source) => {
    if (source.parsed === undefined) return [];
    const blocks: readonly (readonly Node[])[] = [
      source.parsed.program.body,
      ...allOf(source.parsed.program, 'BlockStatement').map(({ body }) => body),
    ];
    return blocks.flatMap((body) =>
      body.slice(1).flatMap((node, index) => hitOf(source, body[index] ?? node, node)),
    );
  },
};

function hitOf(source: Source, above: Node, here: Node): readonly Hit[] {
  if (!isPlain(above) || above.type !== here.type) return [];
  const [one, two] = [above, here].map(({ start, end }) => source.text.slice(start, end).match(TOKEN) ?? []);
  if (one === undefined || two === undefined || one.length < MIN_TOKENS || one.length !== two.length)
    return [];
  const slip = forgottenName(one, two) ?? otherComparison(one, two);
  if (slip === undefined) return [];
  return [{ startLine: source.lineOf(here.start), endLine: source.lineOf(here.end), subject: slip }];
}

function isPlain(node: Node): node is Statement {
  return /^(?:ExpressionStatement|IfStatement|VariableDeclaration|ReturnStatement)$/.test(node.type);
}

/**
 * A name that the copy replaces everywhere but in one place, where it stands behind the same owner as before.
 *
 * It must be replaced at least twice, and stand in the copy behind a dot: `box.width` beside two `height`.
 */
function forgottenName(one: readonly string[], two: readonly string[]): string | undefined {
  const renamed = new Map<string, string>();
  for (const [at, token] of one.entries()) {
    const other = two[at] ?? '';
    if (token === other) continue;
    // Names may change into one other name each, and texts into any text.
    if (isText(token) && isText(other)) continue;
    if (!isName(token) || !isName(other) || (renamed.get(token) ?? other) !== other) return undefined;
    renamed.set(token, other);
  }
  const [[from = '', to = ''] = []] = renamed;
  if (renamed.size !== 1 || to === '') return undefined;
  const places = one.flatMap((token, at) => (token === from ? [at] : []));
  const [kept, ...more] = places.filter((at) => two[at] === from);
  if (kept === undefined || more.length > 0 || places.length < MIN_PLACES || two[kept - 1] !== '.')
    return undefined;
  return `${two.slice(kept - 2, kept + 1).join('')}, where ${to} might be meant`;
}

/** One comparison that is strict where the other is not, while all names are replaced one for one. */
function otherComparison(one: readonly string[], two: readonly string[]): string | undefined {
  const renamed = new Map<string, string>();
  const odd: number[] = [];
  for (const [at, token] of one.entries()) {
    const other = two[at] ?? '';
    if (isName(token) && isName(other)) {
      if ((renamed.get(token) ?? other) !== other) return undefined;
      renamed.set(token, other);
    } else if (COMPARISONS.has(token) && COMPARISONS.has(other)) {
      if (token !== other) odd.push(at);
    } else if (token !== other) return undefined;
  }
  const [at, ...more] = odd;
  const compared = one.filter((token) => COMPARISONS.has(token)).length;
  const changed = [...renamed].filter(([from, to]) => from !== to).length;
  if (at === undefined || more.length > 0 || compared < 2 || changed < 2) return undefined;
  // Only the edge: `<` beside `<=`. The other direction is usually the point of the copy.
  if (one[at]?.[0] !== two[at]?.[0]) return undefined;
  return `${two[at] ?? ''} instead of ${one[at] ?? ''}`;
}

function isName(token: string): boolean {
  return (
    /^[A-Za-z_$]/.test(token) &&
    !/^(?:if|else|const|let|var|return|throw|new|typeof|await|in|of)$/.test(token)
  );
}

function isText(token: string): boolean {
  return /^["']/.test(token);
}
