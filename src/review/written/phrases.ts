import { linesWhere, type WrittenRule } from './written-rule.ts';

/** A kind of sentence that says something which can be seen on a line. */
interface Phrase {
  readonly id: string;
  readonly says: RegExp;
  readonly title: string;
  readonly topic?: string;
  readonly concerns: RegExp;
  /** What breaks it, from what the sentence names. */
  readonly breaks: (match: RegExpExecArray) => RegExp | undefined;
}

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/i;
const TYPED = /\.(?:[cm]?ts|tsx)$/i;
const PYTHON = /\.py$/i;
const CODE = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|py|go|rs|rb|php|java|kt|cs|swift|scala|sh)$/i;
const COMMANDS = /\.(?:md|mdx|ya?ml|sh)$|(?:^|\/)(?:Dockerfile[^/]*|package\.json)$/i;
const NEVER = String.raw`(?:do not|don['’]t|never|avoid|no|without)(?: (?:use|using|write|add|leave))?(?: any)?`;
const COMMENT = /^\s*(?:\/\/|\/?\*|#|<!--)/;

const never = (what: string): RegExp => new RegExp(`\\b${NEVER} ${what}`, 'i');

const PHRASES: readonly Phrase[] = [
  {
    id: 'default-export',
    says: new RegExp(
      `\\b${NEVER} \`?(?:export )?defaults?\`?(?: exports?)?\\b|\\b(?:only|always|use|prefer) \`?named exports?\\b`,
      'i',
    ),
    title: 'A default export',
    concerns: SCRIPT,
    breaks: () => /^\s*export\s+default\b/,
  },
  {
    id: 'any',
    says: never('(?:the )?`?any`?(?: types?)?(?=[\\s`.,;:)]|$)'),
    title: 'The type any',
    topic: 'biome/noExplicitAny',
    concerns: TYPED,
    breaks: (match) =>
      /`any`|any types?\b/i.test(match[0]) ? /(?:[:<|&,]\s*|\bas\s+)any\b(?!\s*[:(])/ : undefined,
  },
  {
    id: 'console',
    says: never('`?console\\.?(?:log)?(?:\\(\\))?`?(?: statements?| calls?| output)?\\b'),
    title: 'Output to the console',
    topic: 'biome/noConsole',
    concerns: SCRIPT,
    breaks: () => /\bconsole\.(?:log|debug|info)\s*\(/,
  },
  {
    id: 'enum',
    says: never('(?:typescript )?`?enums?\\b`?'),
    title: 'An enum',
    concerns: TYPED,
    breaks: () => /^\s*(?:export\s+)?(?:declare\s+)?(?:const\s+)?enum\s+\w/,
  },
  {
    id: 'non-null',
    says: never('(?:the )?non-?null assertions?\\b'),
    title: 'A non-null assertion',
    topic: 'biome/noNonNullAssertion',
    concerns: TYPED,
    breaks: () => /[\w)\]]!(?:[.[;,)]|\s*$)/,
  },
  {
    id: 'then',
    says: /\b(?:use|prefer|always) `?async`?\s?(?:\/|and|\+)\s?`?await`? (?:over|instead of|rather than|and not|, not)\b/i,
    title: 'A chain of .then()',
    concerns: SCRIPT,
    breaks: () => /\.then\s*\(/,
  },
  {
    id: 'require',
    says: new RegExp(
      `\\b${NEVER} \`?require(?:\\(\\))?\`?(?=[\\s.,;]|$)|\\buse (?:only )?(?:ES|ESM) (?:modules|imports)\\b`,
      'i',
    ),
    title: 'require() instead of import',
    concerns: SCRIPT,
    breaks: () => /(?:=|^)\s*require\s*\(\s*['"]/,
  },
  {
    id: 'print',
    says: never('`?print(?:\\(\\))?`?(?: statements?| calls?)?\\b'),
    title: 'Output with print()',
    concerns: PYTHON,
    breaks: () => /^\s*print\s*\(/,
  },
  {
    id: 'star-import',
    says: never('(?:wildcard|star) imports?\\b'),
    title: 'An import of everything',
    concerns: PYTHON,
    breaks: () => /^\s*from\s+[\w.]+\s+import\s+\*/,
  },
  {
    id: 'package-manager',
    says: /\b(?:we use|use|uses|always use|only use|managed (?:with|by)) \[?[`*]{0,2}(pnpm|yarn|bun)\b/i,
    title: 'A command of another package manager',
    concerns: COMMANDS,
    breaks: () => /(?:^|[\s`"'&|;])npm (?:install|i|ci|add|uninstall)(?:\s|$|["'`])/,
  },
  {
    id: 'line-length',
    says: /\b(?:max(?:imum)?|limit)\b[^.]{0,40}\bline[- ](?:length|width)[^.\d]{0,30}(\d{2,3})\b|\blines?[^.\d]{0,40}\b(?:longer than|more than|exceed(?:ing)?|under|within|at most|up to)\s(\d{2,3})\b/i,
    title: 'A line that is too long',
    concerns: CODE,
    breaks: (match) => {
      const most = Number(match[1] ?? match[2]);
      return most >= 60 && most <= 200 ? new RegExp(`^(?!.*\\S{60}).{${most + 1},}$`) : undefined;
    },
  },
  {
    id: 'todo',
    says: /\bTODOs?\b[^.]{0,60}\b(?:issue|ticket|link|number)\b/i,
    title: 'A TODO without an issue',
    concerns: CODE,
    breaks: () => /\bTODO\b(?!.*(?:#\d+|https?:\/\/|[A-Z]{2,}-\d+))/,
  },
  {
    id: 'forbidden',
    says: /\b(?:do not|don['’]t|never|avoid)(?: (?:use|using|import|importing|call|calling))? `([\w@./-]{3,40}?)(?:\(\))?`/i,
    title: 'Something that is not to be used here',
    concerns: CODE,
    breaks: ([, name = '']) =>
      /^\d|^(?:any|let|var|this|null|true|false|main|master)$/i.test(name) ? undefined : callOrImport(name),
  },
];
/** A sentence with a condition holds sometimes; a program cannot tell when. */
const CONDITION =
  /\b(?:unless|except|outside|only (?:when|if|in|for)|when|whenever|if|where|until|in (?:tests?|production|components?)|for (?:tests?|new)|new (?:files?|code)|directly|without|where possible|if possible|try to|commit|branch|pull request|merge|push)\b/i;
const MAX_LINE = 400;
const MAX_QUOTE = 160;

/** The rules that a document of the repository states in a form that can be checked. */
export function phraseRules(document: string, text: string): readonly WrittenRule[] {
  const found = new Map<string, WrittenRule>();
  for (const sentence of sentencesOf(text)) {
    for (const { id, says, title, topic, concerns, breaks } of PHRASES) {
      const match = says.exec(sentence);
      const pattern = match === null ? undefined : breaks(match);
      if (match === null || pattern === undefined || CONDITION.test(sentence.replace(match[0], ''))) continue;
      const name = id === 'forbidden' ? `${id}-${(match[1] ?? '').replaceAll(/\W/g, '-')}` : id;
      const rule = {
        id: name,
        document,
        quote: sentence.length > MAX_QUOTE ? `${sentence.slice(0, MAX_QUOTE)}…` : sentence,
        title: id === 'forbidden' ? `${title}: ${match[1] ?? ''}` : title,
        concerns: (path: string) => concerns.test(path) && path !== document,
        broken: (_: string, content: string) =>
          linesWhere(content, (line) => pattern.test(line) && (id === 'todo' || !COMMENT.test(line))),
      };
      if (!found.has(name)) found.set(name, topic === undefined ? rule : { ...rule, topic });
      // The ones that come first know better what it means.
      break;
    }
  }
  return [...found.values()];
}

/** Sentences and points of a list, without code blocks and headings. */
function sentencesOf(text: string): readonly string[] {
  return text
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
    .split('\n')
    .filter((line) => line.length <= MAX_LINE && !/^\s*(?:#|>|\|)/.test(line))
    .flatMap((line) =>
      line.replace(/^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ x]\]\s*)?/i, '').split(/(?<=[.!?;])\s+(?=[A-Z`])/),
    )
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** A name that is imported, called or reached into. */
function callOrImport(name: string): RegExp {
  const plain = name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(
    `(?:from|import|require\\()\\s*['"]${plain}(?:['"/])|(?<![\\w.$-])${plain}(?:\\(|\\.\\w)`,
  );
}
