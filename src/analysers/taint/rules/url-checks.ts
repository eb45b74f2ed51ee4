import { HOLE, knownText, type Value } from '../value.ts';
import type { Site, Weakness } from '../weakness.ts';

const DOMAIN = '(?:com|org|net|io|dev|app|edu|gov|co|info|biz|cloud|ai|eu|de|uk|fr|jp|cn|ru|us|ca|au)';
/** `example.com`, with or without a scheme in front and a slash behind. */
const HOST_TEXT = new RegExp(`^(?:https?://)?\\.?(?:[\\w-]+\\.)+${DOMAIN}(?::\\d+)?/?$`, 'i');
/** The same with a scheme and without anything that ends the host. */
const OPEN_HOST = new RegExp(`^(?:https?:)?//(?:[\\w-]+\\.)+${DOMAIN}$`, 'i');
/** In a pattern: names with a dot between them that stands for any character. */
const DOT_IN_HOST = new RegExp(
  `(?:^|[\\^(|/])(?:[\\w-]+|\\(\\?:[^()]*\\)|\\[[^\\]]*\\][*+]?|\\(?\\.[*+]\\)?)(?<!\\\\)\\.(?![*+?{])[\\w-]+(?:\\\\?\\.)${DOMAIN}(?![\\w-])`,
  'i',
);
const URL_IN_PATTERN = new RegExp(`https?\\??:\\\\?/\\\\?/(?:[\\w-]+\\\\?\\.)+${DOMAIN}(?![\\w-])`, 'i');
/** A pattern that is a host and nothing else, with dots that are escaped. */
const HOST_PATTERN = new RegExp(`^\\(?(?:[\\w-]+\\\\\\.)+${DOMAIN}\\)?$`, 'i');
/** The beginning of an address up to its host, and nothing behind that ends it. */
const OPEN_HOST_PATTERN = new RegExp(
  `^\\^\\(?(?:\\?:)?(?:https?\\??:|http\\(s\\)\\?:)\\\\?/\\\\?/(?:\\([^()]*\\)|[\\w-]|\\\\?\\.)+\\\\?\\.${DOMAIN}\\)?$`,
  'i',
);

/** The code calls it an address. */
const IS_ADDRESS =
  /(?:url|uri|href|host|hostname|origin|referr?er|domain|link|redirect|address|location|src|endpoint|target)(?:\(\)|\.toString\(\)|\.toLowerCase\(\))*$/i;

const IS_LIST = /(?:[a-rt-z]s|list|set|array|map|whitelist|allow(?:list|ed)|trusted|known)(?:\(\))?$/i;
const IS_PROSE =
  /(?:text|content|body|html|output|stdout|stderr|message|source|code|line|data|file|readme|log|json|markup|s)(?:\(\)|\.toString\(\)|\.toLowerCase\(\))*$/i;

const textAt = ({ args }: Site, index = 0): string =>
  args[index] === undefined ? '' : (knownText(args[index]) ?? '');
const isList = ({ objects, name }: Value): boolean =>
  objects.some(({ isArray }) => isArray) || name === 'Set';
const receiverOf = ({ spelled }: Site): string => spelled.slice(0, Math.max(0, spelled.lastIndexOf('.')));
/** A text is searched, and not a list or page whose text may hold anything. */
const isSearched = (site: Site): boolean =>
  isAddress(site) ||
  (!isList(site.receiver) && !IS_LIST.test(receiverOf(site)) && !IS_PROSE.test(receiverOf(site)));
/** `address.indexOf('https://example.com/') === 0`. */
function isWholeStart(site: Site): boolean {
  if (!/^https?:\/\/.*\/$/i.test(textAt(site))) return false;
  const [, after = ''] = site.around().split(site.code);
  return /^\s*[!=]==?\s*0/.test(after);
}
/** What is searched is the address, and not the part of it that is its host, nor a list of hosts. */
const isAddress = (site: Site): boolean =>
  IS_ADDRESS.test(receiverOf(site)) &&
  !isList(site.receiver) &&
  !/s(?:\(\))?$/i.test(receiverOf(site).replace(/(?:ss|address)$/i, ''));

export const URL_CHECKS: readonly Weakness[] = [
  {
    id: 'host-check-too-wide',
    cwe: 20,
    text: {
      title: 'The check of an address lets other hosts through',
      body: 'A host that only has to appear somewhere, or whose name may go on, also matches `example.com.evil.net` or `evil.net/?example.com`. Parse the address with `new URL` and compare its `hostname` as a whole; for subdomains, check that it ends with a dot and the domain.',
      severity: 'medium',
      confidence: 0.75,
      topic: 'host-check',
    },
    checks: [
      {
        calls: [
          '**.includes',
          '~*.{includes,indexOf,lastIndexOf,contains}',
          '~().{includes,indexOf,lastIndexOf}',
          '~[].{includes,indexOf}',
          '{lodash,underscore,lodash-es}.{includes,contains}',
        ],
        when: (site) => HOST_TEXT.test(textAt(site)) && isSearched(site) && !isWholeStart(site),
      },
      {
        calls: ['**.startsWith', '~*.startsWith', '~().startsWith', '~[].startsWith'],
        when: (site) => OPEN_HOST.test(textAt(site)) && isSearched(site),
      },
      {
        calls: ['**.endsWith', '~*.endsWith', '~().endsWith', '~[].endsWith'],
        when: (site) => HOST_TEXT.test(textAt(site)) && /^[\w-]+\./.test(textAt(site)) && isSearched(site),
      },
    ],
    bad: [
      "export const isOurs = (url: string) => url.includes('example.com');",
      "export const isOurs = (url: string) => url.startsWith('https://example.com');",
      "export const isOurs = (url: string) => new URL(url).hostname.endsWith('example.com');",
    ],
    good: [
      "export const isOurs = (url: string) => new URL(url).hostname === 'example.com';",
      "export const isOurs = (url: string) => new URL(url).hostname.endsWith('.example.com');",
      "export const isOurs = (url: string) => url.startsWith('https://example.com/');",
      "const HOSTS = ['example.com'];\nexport const isOurs = (host: string) => HOSTS.includes(host);",
    ],
  },
  {
    id: 'host-pattern-too-wide',
    cwe: 20,
    text: {
      title: 'A pattern for a host matches other hosts',
      body: 'A dot that is not escaped stands for any character, so that `www.example.com` also matches `wwwxexample.com`, which anyone can register. Write `\\.` for the dots of the name.',
      severity: 'medium',
      confidence: 0.7,
      topic: 'host-check',
    },
    checks: [
      {
        regexes: true,
        when: ({ args }) => /\^|\$|:\/\/|:\\\//.test(args[0]?.text ?? '') && hasOpenDot(args[0]?.text ?? ''),
      },
      {
        calls: ['RegExp', '~*.{match,search}', '**.{match,search}'],
        when: ({ args }) =>
          args[0]?.regex === undefined &&
          /\^|\$|:\/\//.test(args[0]?.text ?? '') &&
          hasOpenDot((args[0]?.text ?? '').replaceAll(HOLE, 'x')),
      },
    ],
    bad: ['export const isOurs = (url: string) => /^https:\\/\\/www.example.com\\//.test(url);'],
    good: ['export const isOurs = (url: string) => /^https:\\/\\/www\\.example\\.com\\//.test(url);'],
  },
  {
    id: 'host-pattern-not-anchored',
    cwe: 20,
    text: {
      title: 'A pattern for an address matches anywhere in it',
      body: 'Without `^` in front, the host may stand in the path or the query of an address that leads elsewhere; without `/` or `$` behind it, the name may go on. Parse the address with `new URL` and compare its `hostname`.',
      severity: 'medium',
      confidence: 0.65,
      topic: 'host-check',
    },
    checks: [
      {
        calls: ['**.{test,exec}', '~*.{test,exec}', '~[].{test,exec}', '~().{test,exec}'],
        when: ({ receiver, code }) => isOpen(receiver.regex?.source) && !IS_PROSE.test(argumentOf(code)),
      },
      {
        calls: ['**.match', '~*.{match,search}', '~[].{match,search}', '~().{match,search}'],
        when: (site) =>
          isOpen(site.args[0]?.regex?.source ?? textAt(site)) &&
          site.args[0]?.regex?.global !== true &&
          !IS_PROSE.test(receiverOf(site)),
      },
    ],
    bad: ['export const isOurs = (url: string) => /https?:\\/\\/example\\.com/.test(url);'],
    good: [
      'export const isOurs = (url: string) => /^https?:\\/\\/example\\.com\\//.test(url);',
      'export const links = (text: string) => text.match(/https?:\\/\\/example\\.com\\/\\w+/g);',
    ],
  },
  {
    id: 'anchor-of-one-alternative',
    cwe: 20,
    text: {
      title: 'The anchor belongs to one alternative only',
      body: '`^a|b` means “begins with a, or has b anywhere”: `|` binds less than `^` and `$`, so the other alternatives match anywhere in the text. Put the alternatives in a group: `^(?:a|b)$`.',
      severity: 'medium',
      confidence: 0.7,
    },
    checks: [{ regexes: true, when: ({ args }) => anchorsOneOf(args[0]?.text ?? '') }],
    bad: [
      'export const isOurs = (host: string) => /^www\\.example\\.com|beta\\.example\\.com/.test(host);',
      'export const isImage = (name: string) => /png|jpg$/.test(name);',
    ],
    good: [
      'export const isOurs = (host: string) => /^(?:www|beta)\\.example\\.com$/.test(host);',
      "export const trim = (text: string) => text.replace(/^\\s+|\\s+$/g, '');",
    ],
  },
  {
    id: 'suffix-check-without-found',
    cwe: 20,
    text: {
      title: 'The check of an ending also passes where nothing is found',
      body: 'For a text one character shorter than the ending, `indexOf` gives -1 and so does the difference of the lengths: the check passes although the ending is not there. Use `endsWith`.',
      severity: 'medium',
      confidence: 0.8,
    },
    checks: [
      {
        comparisons: true,
        when: ({ code, around }) =>
          isSuffixCheck(code) && !/(?:[!=]==?|>=?|<)\s*(?:-\s*1|0)\b|endsWith|\.length\s*[<>]/.test(around()),
      },
    ],
    bad: [
      'export const isOurs = (host: string, ending: string) => host.lastIndexOf(ending) === host.length - ending.length;',
    ],
    good: [
      'export const isOurs = (host: string, ending: string) => host.endsWith(ending);',
      'export function isOurs(host: string, ending: string) {\n  const at = host.lastIndexOf(ending);\n  return at !== -1 && at === host.length - ending.length;\n}',
    ],
  },
  {
    id: 'scheme-check-incomplete',
    cwe: 184,
    text: {
      title: 'The check for dangerous addresses misses some',
      body: 'Beside `javascript:`, an address that begins with `data:` or `vbscript:` can run code as well. Allow the schemes that are wanted, such as `https:` and `mailto:`, and refuse all others.',
      severity: 'medium',
      confidence: 0.7,
    },
    checks: [
      {
        calls: ['**.startsWith', '~*.{startsWith,indexOf}', '~().{startsWith,indexOf}'],
        when: (site) => /^javascript:/i.test(textAt(site)) && missesSchemes(site),
      },
      {
        comparisons: true,
        when: (site) =>
          site.args.some((value) => /^javascript:?$/i.test(knownText(value) ?? '')) &&
          /scheme|protocol|url|href|uri|link/i.test(site.name) &&
          missesSchemes(site),
      },
      {
        regexes: true,
        when: (site) =>
          /^\^(?:\\s\*)?\(?(?:\?:)?javascript:?\)?:?(?:\.[*+])?$/i.test(site.args[0]?.text ?? '') &&
          missesSchemes(site),
      },
    ],
    bad: ["export const isSafe = (url: string) => !url.trim().toLowerCase().startsWith('javascript:');"],
    good: [
      "export const isSafe = (url: string) => !url.startsWith('javascript:') && !url.startsWith('data:') && !url.startsWith('vbscript:');",
    ],
  },
];

/** Neither the other schemes that run code are looked for, nor are some named that are allowed. */
function missesSchemes({ around }: Site): boolean {
  const code = around();
  return !(/vbscript/i.test(code) && /data:?\b/i.test(code)) && !/['"/^(|]https?\b/.test(code);
}

/** Alternatives that are plain words, of which only the first has `^` or only the last has `$`. */
function anchorsOneOf(source: string): boolean {
  const parts = source.split('|');
  const word = /^\^?(?:[\w/:@ -]|\\[./:-]|\.)+\$?$/;
  if (parts.length < 2 || !parts.every((part) => word.test(part) && /\w{2}/.test(part))) return false;
  const [begins, ends] = [
    parts.map((part) => part.startsWith('^')),
    parts.map((part) => part.endsWith('$') && !part.endsWith('\\$')),
  ];
  const count = (list: readonly boolean[]): number => list.filter(Boolean).length;
  return (
    (count(begins) === 1 && begins[0] === true && count(ends) === 0) ||
    (count(ends) === 1 && ends.at(-1) === true && count(begins) === 0)
  );
}

/** `x.indexOf(y) === x.length - y.length`, or with the length of the ending as a number. */
function isSuffixCheck(code: string): boolean {
  return /\.(?:lastI|i)ndexOf\(.*\)\s*===?.*\.length\s*-\s*(?:[2-9]|\d\d+|.*\.length)|\.length\s*-\s*(?:[2-9]|\d\d+|[\w.]*\.length)\s*===?.*\.(?:lastI|i)ndexOf\(/.test(
    code,
  );
}

/** A dot between the names of a host stands for any character; also the one of `(www.)?`. */
function hasOpenDot(source: string): boolean {
  return DOT_IN_HOST.test(source.replace(/\((?:\?:)?([\w-]+\\?\.)\)\??/g, '$1'));
}

/** Nothing is in front of the host that could not be part of another address, or nothing ends it. */
function isOpen(source: string | undefined): boolean {
  if (source === undefined || source.includes('$')) return false;
  return source.startsWith('^')
    ? OPEN_HOST_PATTERN.test(source)
    : !source.includes('^') && (URL_IN_PATTERN.test(source) || HOST_PATTERN.test(source));
}

/** What a call is given first, as the code says it. */
function argumentOf(code: string): string {
  return (/\(([^()]*(?:\([^()]*\))?)\)?$/.exec(code)?.[1] ?? '').trim();
}
