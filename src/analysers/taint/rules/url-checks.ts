import { knownText, type Value } from '../value.ts';
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

/** The code calls it an address. */
const IS_ADDRESS =
  /(?:url|uri|href|host|hostname|origin|referr?er|domain|link|redirect|address|location|src|endpoint|target)(?:\(\)|\.toString\(\)|\.toLowerCase\(\))*$/i;

const textAt = ({ args }: Site, index = 0): string =>
  args[index] === undefined ? '' : (knownText(args[index]) ?? '');
const isList = ({ objects, name }: Value): boolean =>
  objects.some(({ isArray }) => isArray) || name === 'Set';
const receiverOf = ({ spelled }: Site): string => spelled.slice(0, Math.max(0, spelled.lastIndexOf('.')));
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
        calls: ['**.includes', '~*.{includes,indexOf}', '~().{includes,indexOf}', '~[].{includes,indexOf}'],
        when: (site) => HOST_TEXT.test(textAt(site)) && isAddress(site),
      },
      {
        calls: ['**.startsWith', '~*.startsWith', '~().startsWith', '~[].startsWith'],
        when: (site) => OPEN_HOST.test(textAt(site)) && isAddress(site),
      },
      {
        calls: ['**.endsWith', '~*.endsWith', '~().endsWith', '~[].endsWith'],
        when: (site) => HOST_TEXT.test(textAt(site)) && /^[\w-]+\./.test(textAt(site)) && isAddress(site),
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
        when: ({ args }) =>
          /\^|\$|:\/\/|:\\\//.test(args[0]?.text ?? '') && DOT_IN_HOST.test(args[0]?.text ?? ''),
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
        when: ({ receiver, around, code }) => isOpen(receiver.regex?.source) && testsAddress(code, around()),
      },
      {
        calls: ['**.match', '~*.{match,search}', '~[].{match,search}', '~().{match,search}'],
        when: (site) =>
          isOpen(site.args[0]?.regex?.source ?? textAt(site)) && IS_ADDRESS.test(receiverOf(site)),
      },
    ],
    bad: ['export const isOurs = (url: string) => /https?:\\/\\/example\\.com/.test(url);'],
    good: [
      'export const isOurs = (url: string) => /^https?:\\/\\/example\\.com\\//.test(url);',
      'export const links = (text: string) => text.match(/https?:\\/\\/example\\.com\\/\\w+/g);',
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
        when: (site) =>
          /^javascript:/i.test(textAt(site)) &&
          !/vbscript|data:/i.test(site.around()) &&
          !/https?:/.test(site.around()),
      },
    ],
    bad: ["export const isSafe = (url: string) => !url.trim().toLowerCase().startsWith('javascript:');"],
    good: [
      "export const isSafe = (url: string) => !url.startsWith('javascript:') && !url.startsWith('data:') && !url.startsWith('vbscript:');",
    ],
  },
];

function isOpen(source: string | undefined): boolean {
  return (
    source !== undefined && URL_IN_PATTERN.test(source) && !source.includes('^') && !source.includes('$')
  );
}

/** Whether what a pattern is held against is called an address. */
function testsAddress(code: string, around: string): boolean {
  const argument = /\(([^()]*)\)?$/.exec(code)?.[1] ?? around;
  return IS_ADDRESS.test(argument.trim());
}
