import { fieldAt, type Value } from '../value.ts';
import type { Weakness } from '../weakness.ts';
import { equals, isAtStart } from './conditions.ts';

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
        accepts: ({ lead, origin }) => lead === '' && origin === 'page',
        when: ({ name }) => !/location/.test(name),
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
    id: 'escapes-first-only',
    cwe: 116,
    text: {
      title: 'Only the first dangerous character is escaped',
      body: '`replace` with a text as its first argument changes one occurrence: the second quote or bracket goes through. Use `replaceAll`, a pattern with the `g` flag, or better an escaping function of a library.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      {
        calls: ['**.replace', '~*.replace', '~().replace', '~[].replace'],
        when: ({ args }) =>
          args[0]?.regex === undefined &&
          /^['"<>&`\\\\]$/.test(args[0]?.text ?? '') &&
          /^(?:&\\w+;|\\\\.|''|"")/.test(args[1]?.text ?? ''),
      },
    ],
    bad: ["export const quote = (text) => `'${text.replace(\"'\", \"''\")}'`;"],
    good: ["export const quote = (text) => `'${text.replaceAll(\"'\", \"''\")}'`;"],
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
