import { EVERYTHING } from './value.ts';
import type { Assurance } from './weakness.ts';

/** Texts that do harm in one way, and what of them does it. */
interface Probes {
  readonly assures: readonly Assurance[];
  readonly texts: readonly string[];
  readonly harm: RegExp;
}

/**
 * What text is tried on the patterns of a program: where nothing harmful comes through, or nothing harmful matches,
 * the pattern is a guard. The nested ones find patterns that take away one layer only.
 */
const PROBES: readonly Probes[] = [
  {
    assures: ['no-dots'],
    texts: ['../../etc/passwd', '..\\..\\windows', '....//....//etc', '.../...//x', 'a/../../b', 'a/..'],
    harm: /(?:^|[/\\])\.\.(?:[/\\]|$)/,
  },
  {
    assures: ['html-escaped'],
    texts: ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '<scr<script>ipt>x', '<<b>i>'],
    harm: /</,
  },
  {
    assures: ['shell-quoted'],
    texts: ['a;id', 'a|id', 'a&id', 'a$(id)', 'a`id`', 'a\nid', 'a>b', 'a<b'],
    harm: /[;|&$`\n<>]/,
  },
  { assures: ['not-absolute'], texts: ['/etc/passwd', '/'], harm: /^\// },
  { assures: ['base-name'], texts: ['/etc/passwd', '../../x', 'a/b'], harm: /\// },
  { assures: ['no-line-breaks'], texts: ['a\r\nb: c', 'a\nb', 'a\n\nb', 'a\rb'], harm: /[\r\n]/ },
  { assures: ['plain-key'], texts: ['__proto__', 'a.__proto__.b'], harm: /__proto__/ },
];

/** What a text is assured of after each match of a pattern was replaced in it. */
export function assuredAfterReplacing(pattern: RegExp, replacement: string): readonly Assurance[] {
  const each = new RegExp(pattern.source, withFlag(pattern.flags, 'g'));
  return PROBES.filter(({ texts, harm }) =>
    texts.every((text) => !harm.test(text.replace(each, replacement))),
  ).flatMap(({ assures }) => assures);
}

/** What a text is assured of in which a pattern matches nowhere: what does harm would have matched. */
export function assuredByAbsence(pattern: RegExp): readonly string[] {
  const any = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  if (/^(?:\(\?:)?\[\^[^\]]*\]\)?[+*]?$/.test(any.source)) return [EVERYTHING];
  return PROBES.filter(({ texts, harm }) =>
    // Backslashes lead up on one system only, and most programs never run there.
    texts.every((text) => any.test(text) || !harm.test(text) || text.includes('\\')),
  ).flatMap(({ assures }) => assures);
}

/** What a text is assured of that a pattern describes from start to end with classes such as `[^/]` in it. */
export function assuredByClasses(source: string): readonly Assurance[] {
  const excluded = [...source.matchAll(/\[\^((?:\\.|[^\]\\])*)\]/g)].map(([, inside = '']) => inside);
  const all = (...chars: readonly string[]): boolean =>
    excluded.every((inside) => chars.every((char) => inside.includes(char)));
  return [
    ...(all('/') ? (['no-dots', 'base-name'] as const) : []),
    ...(all('<') ? (['html-escaped'] as const) : []),
    ...(excluded.every((inside) => /\\s|\\n/.test(inside)) ? (['no-line-breaks'] as const) : []),
  ];
}

function withFlag(flags: string, flag: string): string {
  return flags.includes(flag) ? flags : flags + flag;
}
