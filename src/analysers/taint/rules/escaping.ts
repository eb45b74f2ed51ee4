import { fieldAt, knownText, type Taint, UNKNOWN, type Value } from '../value.ts';
import type { Weakness } from '../weakness.ts';
import { equals, isAtStart, isOwnAddress } from './conditions.ts';

const REPLACE = ['**.replace', '~*.replace', '~().replace', '~[].replace'];
const MAX_PATTERN = 300;

const isAddressOfPage = (taint: Taint): boolean =>
  taint.origin === 'page' && isAtStart(taint) && !isOwnAddress(taint);

export const ESCAPING: readonly Weakness[] = [
  {
    id: 'script-url',
    cwe: 79,
    text: {
      title: 'Data from outside becomes the address of a link or frame',
      body: 'An address that begins with `javascript:` runs the rest as code in the page. Check that it begins with `https://` or `/` before using it.',
      severity: 'medium',
      confidence: 0.7,
    },
    clearedBy: ['known-scheme', 'url-encoded', 'slash'],
    sinks: [
      {
        attributes: [
          '{a,iframe,form,button,object,embed,base,area}.{href,src,action,formAction,data,xlinkHref}',
        ],
        from: 'outside',
        accepts: isAtStart,
      },
      {
        writes: ['**.{href,src,action,formAction}', '~*.{href,src}'],
        from: 'outside',
        accepts: isAddressOfPage,
        when: ({ name }) => !/location/.test(name),
      },
      {
        calls: [
          '{$,jQuery,jquery}().**.{attr,prop}',
          '{$,jQuery,jquery}().{attr,prop}',
          '~*.setAttribute',
          '~().setAttribute',
        ],
        args: [1],
        from: 'outside',
        accepts: isAddressOfPage,
        when: ({ args }) => /^(?:href|src|action|formaction|data|xlink:href)$/i.test(args[0]?.text ?? ''),
      },
    ],
    bad: [
      "import { useSearchParams } from 'react-router-dom';\nexport function Back() {\n  const [params] = useSearchParams();\n  return <a href={params.get('back')}>Back</a>;\n}",
    ],
    good: [
      "import { useSearchParams } from 'react-router-dom';\nexport function Back() {\n  const [params] = useSearchParams();\n  return <a href={'/pages/' + params.get('back')}>Back</a>;\n}",
    ],
  },
  {
    id: 'script-address',
    cwe: 79,
    text: {
      title: 'An address that begins with javascript: runs code',
      body: 'The rest of the address runs in the page, past most content security policies, so that the page cannot forbid code that others bring in. Use a button and an event handler.',
      severity: 'medium',
      confidence: 0.85,
    },
    checks: [
      {
        attributes: ['*.{href,src,action,formAction,xlinkHref}'],
        when: ({ args }) =>
          /^\s*javascript:(?!\s*(?:void\s*\(?\s*0?\s*\)?|;)?\s*;?\s*$)/i.test(
            args[0] === undefined ? '' : (knownText(args[0]) ?? ''),
          ),
      },
    ],
    bad: ['export const Back = () => <a href="javascript:history.back()">Back</a>;'],
    good: [
      'export const Back = () => <a href="javascript:void(0)">Back</a>;',
      'export const Guide = () => <a href="/guide">Guide</a>;',
    ],
  },
  {
    id: 'escapes-first-only',
    cwe: 116,
    text: {
      title: 'Only the first dangerous character is escaped or removed',
      body: '`replace` with a text, or with a pattern that has no `g`, changes one occurrence: the second quote or bracket goes through. Use `replaceAll`, a pattern with the `g` flag, or better an escaping function of a library.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      {
        calls: REPLACE,
        when: ({ args, around, isRepeated }) => {
          const [pattern, to] = args;
          if (isRepeated) return false;
          if (pattern === undefined || to === undefined || pattern.regex?.global === true) return false;
          const from = pattern.regex === undefined ? (knownText(pattern) ?? '') : pattern.regex.source;
          const into = knownText(to) ?? (to.functions.length > 0 ? '' : undefined);
          if (into === undefined || !/^(?:\\?['"<>&`{}[\]|\\]|\.\.\/|\\\.\\\.\\?\/)$/.test(from))
            return false;
          // The quotes around a text are taken away one by one.
          const others = around().split(/\.replace\(/).length - 1;
          const isPair = into === '' && others > 1 && /^\\?['"`]$/.test(from);
          return (
            /^&\w+;$|^\\|^''$|^""$|^%[\dA-F]{2}$/i.test(into) ||
            (into === '' && !isPair && !/[{}[\]|]/.test(from))
          );
        },
      },
    ],
    bad: [
      "export const quote = (text) => `'${text.replace(\"'\", \"''\")}'`;",
      "export const show = (text) => text.replace('<', '&lt;').replace('>', '&gt;');",
      "export const name = (path) => path.replace('../', '');",
    ],
    good: [
      "export const quote = (text) => `'${text.replaceAll(\"'\", \"''\")}'`;",
      'export const bare = (text) => text.replace(\'"\', "").replace(\'"\', "");',
      "export const words = (text) => text.replace(' and ', ', ');",
    ],
  },
  {
    id: 'backslash-not-escaped',
    cwe: 116,
    text: {
      title: 'Quotes are escaped with a backslash, backslashes are not',
      body: 'A backslash in front of the quote cancels the one that is added, and the quote ends the text after all. Escape backslashes first, or use `JSON.stringify` or an escaping function of a library.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      {
        calls: REPLACE,
        when: ({ args, around }) => {
          const source = args[0]?.regex?.source ?? knownText(args[0] ?? UNKNOWN) ?? '';
          const into = knownText(args[1] ?? UNKNOWN) ?? '';
          return (
            /^\(?(?:\[?[^\]"\w\s]*['`|][^\]\w\s]*\]?)\)?$/.test(source) &&
            /^\\(?:\$[&1]|['"`])$/.test(into) &&
            !/replace(?:All)?\(\s*(?:\/(?:\[[^\]]*)?\\\\|['"]\\\\['"])/.test(around())
          );
        },
      },
    ],
    bad: ["export const quote = (text) => `'${text.replace(/'/g, \"\\\\'\")}'`;"],
    good: [
      "export const quote = (text) => `'${text.replace(/\\\\/g, '\\\\\\\\').replace(/'/g, \"\\\\'\")}'`;",
    ],
  },
  {
    id: 'removes-one-layer',
    cwe: 116,
    text: {
      title: 'Removing dangerous text once puts new dangerous text together',
      body: 'From `<scr<script>ipt>` or `....//`, what is left after one removal is what should have been removed; other spellings of tags and handlers go through as well. Use a sanitiser for HTML, resolve paths and check where they lead, or repeat until nothing changes.',
      severity: 'medium',
      confidence: 0.7,
    },
    checks: [
      {
        calls: REPLACE,
        when: ({ args, isRepeated }) => {
          const [pattern, to] = args;
          const source = pattern?.regex?.source ?? '';
          if (to === undefined || knownText(to) !== '' || source.length > MAX_PATTERN) return false;
          const isMarkup = /<[^>]{0,20}script|<!--|\bon\\w[+*]=|\bon\[a-z\]|\\son\\w/i.test(source);
          const isUp = /^(?:\\\/)?\\\.\\\.(?:\\\/)?$/.test(source) && source.includes('/');
          return (isMarkup || isUp) && !isRepeated;
        },
      },
    ],
    bad: [
      "export const clean = (html) => html.replace(/<script.*?<\\/script>/gi, '');",
      "export const inside = (path) => path.replace(/\\.\\.\\//g, '');",
    ],
    good: [
      "import DOMPurify from 'dompurify';\nexport const clean = (html) => DOMPurify.sanitize(html);",
      "export const plain = (text) => text.replace(/[<>]/g, '');",
    ],
  },
  {
    id: 'escaping-switched-off',
    cwe: 79,
    text: {
      title: 'The escaping of HTML is switched off',
      body: 'What users typed then becomes part of the page as it is and can run scripts for every visitor. Leave escaping on, and mark the few texts that are HTML one by one.',
      severity: 'medium',
      confidence: 0.8,
    },
    checks: [
      {
        attributes: ['{ReactMarkdown,Markdown}.{allowDangerousHtml,escapeHtml,skipHtml}'],
        when: ({ name, args }) =>
          args[0] !== undefined &&
          equals(args[0], name.endsWith('allowDangerousHtml')) &&
          !name.endsWith('skipHtml'),
      },
      {
        calls: ['~$sceDelegateProvider.{resourceUrlWhitelist,trustedResourceUrlList}'],
        when: ({ args }) =>
          args[0]?.objects.some(({ fields }) =>
            [...fields.values()].some(({ text = '' }) => /^\*\*$|:\/\/\*\*|^http:/.test(text)),
          ) === true,
      },
      {
        calls: ['**.compile', '{handlebars,Handlebars}.{compile,precompile}'],
        when: ({ args }) => args[1] !== undefined && isFalse(args[1], 'noEscape', true),
      },
      {
        calls: ['nunjucks.configure', '~nunjucks.configure', 'nunjucks.Environment'],
        when: ({ args }) => args.some((value) => isFalse(value, 'autoescape', false)),
      },
      { writes: ['{mustache,Mustache}.escape', '~mustache.escape'], when: () => true },
      {
        calls: ['$sceProvider.enabled', '~$sceProvider.enabled'],
        when: ({ args }) => args[0] !== undefined && equals(args[0], false),
      },
      {
        writes: ['~{*}.escapeMarkup', '**.escapeMarkup'],
        when: ({ args }) => args[0] !== undefined && equals(args[0], false),
      },
    ],
    bad: [
      "import Handlebars from 'handlebars';\nexport const template = Handlebars.compile('{{text}}', { noEscape: true });",
      'Mustache.escape = (text) => text;',
    ],
    good: ["import Handlebars from 'handlebars';\nexport const template = Handlebars.compile('{{text}}');"],
  },
];

function isFalse(value: Value, name: string, to: boolean): boolean {
  const option = fieldAt(value, name);
  return option !== undefined && equals(option, to);
}
