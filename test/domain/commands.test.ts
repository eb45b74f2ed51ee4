import { describe, expect, it } from 'vitest';
import { type Command, parseCommands } from '../../src/domain/commands.ts';

const kinds = (body: string): string[] => parseCommands(body).map((command) => command.kind);

describe('parseCommands', () => {
  it.each<[string, readonly Command[]]>([
    ['/review', [{ kind: 'review' }]],
    ['/REVIEW  ', [{ kind: 'review' }]],
    ['   /cancel', [{ kind: 'cancel' }]],
    ['Thanks!\r\n/help\r\nbye', [{ kind: 'help' }]],
    ['/verify', [{ kind: 'verify', flows: [] }]],
    ['/verify https://pr-7.example.dev', [{ kind: 'verify', url: 'https://pr-7.example.dev/', flows: [] }]],
    ['/verify <https://a.dev/x?y=1>', [{ kind: 'verify', url: 'https://a.dev/x?y=1', flows: [] }]],
    ['/verify "Check out" "Log in"', [{ kind: 'verify', flows: ['Check out', 'Log in'] }]],
    [
      "/verify https://a.dev “Check out” 'Log in'",
      [{ kind: 'verify', url: 'https://a.dev/', flows: ['Check out', 'Log in'] }],
    ],
    ['/verify "a" "a"', [{ kind: 'verify', flows: ['a'] }]],
    ['/verify "Bob\'s cart"', [{ kind: 'verify', flows: ["Bob's cart"] }]],
    ['/approve', [{ kind: 'approve', numbers: [], ids: [] }]],
    ['/approve All', [{ kind: 'approve', numbers: [], ids: [] }]],
    ['/approve 1, #3 and 1', [{ kind: 'approve', numbers: [1, 3], ids: [] }]],
    ['/approve 2 `0A1B2C`', [{ kind: 'approve', numbers: [2], ids: ['0a1b2c'] }]],
    [
      '/approve 1 all',
      [{ kind: 'malformed', name: 'approve', problem: 'it takes either `all`, or numbers' }],
    ],
    ['/approve this pull request', [{ kind: 'malformed', name: 'approve', problem: expect.any(String) }]],
    [
      '/dismiss 0a1b2c3d4e5f it is on purpose',
      [{ kind: 'dismiss', id: '0a1b2c3d4e5f', why: 'it is on purpose' }],
    ],
    ['/dismiss `0A1B`: as agreed', [{ kind: 'dismiss', id: '0a1b', why: 'as agreed' }]],
    ['/dismiss added by design', [{ kind: 'dismiss', why: 'added by design' }]],
    ['/dismiss abcdefabcdef', [{ kind: 'dismiss', id: 'abcdefabcdef' }]],
    ['/dismiss', [{ kind: 'dismiss' }]],
    ['/explain 0a1b2c3d', [{ kind: 'explain', id: '0a1b2c3d' }]],
    ['/explain', [{ kind: 'explain' }]],
    [
      '/explain why not',
      [{ kind: 'malformed', name: 'explain', problem: 'it takes the id of a finding, and nothing else' }],
    ],
    ['/focus the cart', [{ kind: 'unavailable', name: 'focus' }]],
    ['/dismis', [{ kind: 'mistyped', word: 'dismis', meant: 'dismiss' }]],
    ['/revew', [{ kind: 'mistyped', word: 'revew', meant: 'review' }]],
    ['/verfiy', [{ kind: 'mistyped', word: 'verfiy', meant: 'verify' }]],
    ['/cancell', [{ kind: 'mistyped', word: 'cancell', meant: 'cancel' }]],
    ['/review\n/verify\n/review', [{ kind: 'review' }, { kind: 'verify', flows: [] }]],
  ])('reads %j', (body, expected) => {
    expect(parseCommands(body)).toEqual(expected);
  });

  it.each([
    '',
    'please /review',
    '> /review',
    '    /review',
    '\t/review',
    '- /review',
    '`/review`',
    '```\n/review\n```',
    '~~~ts\n/review\n```\n/review\n~~~',
    '````\n```\n/review\n````',
    '```\n/review',
    '<!--\n/review\n-->',
    'text <!-- a --> <!--\n/review\n-->',
    '<pre>\n/review\n</pre>',
    '/review/me',
    '/review.md',
    '/reviewer-list',
    '/etc/passwd',
    '/preview',
    '/deploy',
    '/lgtm',
    '//review',
    '／review',
    `/${'review'.repeat(50)}`,
  ])('sees no command in %j', (body) => {
    expect(parseCommands(body)).toEqual([]);
  });

  it.each([
    '```\ncode\n```\n/review',
    '<!-- note -->\n/review',
    '> quoted\n\n/review',
    'text ``` inline\n/review',
    '``` a ` b\n/review',
    '<!--\nhidden\n-->\n/review',
  ])('sees the command after %j', (body) => {
    expect(kinds(body)).toEqual(['review']);
  });

  it.each([
    '/review please',
    '/cancel now',
    '/verify javascript:alert(1)',
    '/verify ftp://a.dev',
    '/verify https://user:secret@a.dev',
    '/verify https://',
    '/verify staging',
    '/verify "a" https://a.dev',
    '/verify "unclosed',
    "/verify 'Bob's cart'",
    '/verify ""',
    `/verify https://a.dev/${'x'.repeat(3000)}`,
    `/verify "${'x'.repeat(101)}"`,
    `/verify ${Array.from({ length: 21 }, (_, index) => `"flow ${index}"`).join(' ')}`,
  ])('answers %j with what is wrong, in words of its own', (body) => {
    const [command, ...others] = parseCommands(body);
    expect(others).toEqual([]);
    expect(command?.kind).toBe('malformed');
    expect(command?.kind === 'malformed' && command.problem).toMatch(/^[a-z0-9 ,()]+$/);
  });

  it('takes at most ten commands', () => {
    const body = Array.from({ length: 50 }, (_, index) => `/verify "flow ${index}"`).join('\n');
    expect(parseCommands(body)).toHaveLength(10);
  });

  it('never throws, never repeats itself, and stays inside its limits on hostile bodies', () => {
    const alphabet = [
      '/review',
      '/verify',
      '"',
      '“',
      "'",
      '`',
      '```',
      '~~~',
      '\n',
      '\r',
      ' ',
      '\t',
      '>',
      '<!--',
      '-->',
    ];
    alphabet.push(
      '\n/verify ',
      '\n/revew ',
      'https://a.dev/',
      'https://',
      '@a',
      '\u0000',
      '\u202e',
      '\u2028',
      '🦊',
      '/',
      '<pre>',
      '\\',
      '\ud800',
      'x',
    );
    let state = 20_261_122;
    const next = (limit: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * limit);
    };
    const words: string[] = [];
    const urls: string[] = [];
    for (let round = 0; round < 3000; round += 1) {
      const body = Array.from({ length: next(40) }, () => alphabet[next(alphabet.length)]).join('');
      const commands = parseCommands(body);
      expect(commands.length).toBeLessThanOrEqual(10);
      expect(new Set(commands.map((command) => JSON.stringify(command))).size).toBe(commands.length);
      for (const command of commands) {
        if (command.kind === 'mistyped') words.push(command.word);
        if (command.kind === 'verify' && command.url !== undefined) urls.push(command.url);
      }
    }
    expect(words.length).toBeGreaterThan(0);
    expect(words.filter((word) => !/^[a-z-]{1,20}$/.test(word))).toEqual([]);
    expect(urls.length).toBeGreaterThan(0);
    expect(
      urls.filter((url) => !/^https?:$/.test(new URL(url).protocol) || new URL(url).username !== ''),
    ).toEqual([]);
  });

  it.each([
    '/verify '.concat('"'.repeat(60_000)),
    '/verify '.concat("'a".repeat(30_000)),
    '/verify '.concat('“'.repeat(60_000)),
    `${'`'.repeat(60_000)}a`,
    '<!--'.repeat(15_000),
    ' '.repeat(60_000).concat('/review'),
    '\n'.repeat(65_000).concat('/review'),
    '/'.concat('a-'.repeat(30_000)),
    '/review '.concat(' '.repeat(60_000), 'x'),
  ])('reads a body of 60,000 awkward characters in linear time', (body) => {
    // A quadratic grammar would run for minutes here and into the test's time limit.
    for (let round = 0; round < 20; round += 1) parseCommands(body);
    expect(parseCommands(body).length).toBeLessThanOrEqual(1);
  });
});
