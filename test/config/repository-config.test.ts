import { describe, expect, it } from 'vitest';
import { parseRepositoryConfig } from '../../src/config/repository-config.ts';
import { UserError } from '../../src/domain/errors.ts';

/** The example of the design, every key in use. */
const WHOLE = `
review:
  reviewers: [security, style, logic]
  ignore: ["dist/**"]
  maxFindings: 15
preview:
  url: auto
  base: auto
  origins: ["https://*.example.dev"]
  headers: { x-vercel-protection-bypass: { secret: VERCEL_BYPASS } }
login:
  path: /login
  username: { secret: TEST_USER }
  password: { secret: TEST_PASSWORD }
  totp: { secret: TEST_TOTP }
flows:
  - name: Checkout with a coupon
    paths: ["src/cart/**"]
    steps:
      - goto: /products
      - click: Add to cart
      - fill: { field: Coupon, value: SAVE20 }
      - select: { field: Size, option: Large }
      - press: Enter
      - expect: { text: "20% off" }
viewports: [desktop, mobile]
environments: []
explore: { actions: 80, seconds: 120, avoid: ["Delete account"] }
masks: ["[data-testid=clock]"]
`;

function problemsOf(text: string): string {
  try {
    parseRepositoryConfig(text);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('parseRepositoryConfig', () => {
  it('gives the defaults for an absent, an empty and a comment-only file', () => {
    const defaults = parseRepositoryConfig(undefined);
    expect(defaults.review).toEqual({
      reviewers: ['security', 'style', 'logic'],
      ignore: [],
      maxFindings: 15,
    });
    expect(defaults.explore).toEqual({ actions: 1_500, seconds: 120, avoid: [] });
    expect(defaults.viewports).toBeUndefined();
    expect(parseRepositoryConfig('')).toEqual(defaults);
    expect(parseRepositoryConfig('# nothing yet\n')).toEqual(defaults);
  });

  it('reads every key of the documented example', () => {
    const config = parseRepositoryConfig(WHOLE);
    expect(config.flows[0]?.steps).toHaveLength(6);
    expect(config.login?.password).toEqual({ secret: 'TEST_PASSWORD' });
  });

  it('names file, line and key of an unknown key', () => {
    expect(problemsOf('review:\n  maxFindings: 3\n  maxfindigs: 4\n')).toContain(
      '.github/firsthand.yml:3: review.maxfindigs: is not a known key',
    );
  });

  it('names file, line and key of an origin that is none', () => {
    const text = 'preview:\n  origins:\n    - https://example.dev/path\n';
    expect(() => parseRepositoryConfig(text)).toThrow(
      '.github/firsthand.yml:3: preview.origins[0]: is no origin such as https://*.example.dev',
    );
  });

  it('lists every mistake at once', () => {
    const message = problemsOf('review:\n  maxFindings: many\nviewports: [desktop, fridge]\nflow: []\n');
    expect(message).toMatch(/firsthand\.yml:2: review\.maxFindings:/);
    expect(message).toMatch(/firsthand\.yml:3: viewports\[1\]/);
    expect(message).toMatch(/firsthand\.yml:4: flow: is not a known key/);
  });

  it('says which key of a step is wrong, not that no branch of the union fits', () => {
    const message = problemsOf(
      'flows:\n  - name: A\n    steps:\n      - goto: /\n      - fill: { feild: Coupon, value: x }\n',
    );
    expect(message).toContain('firsthand.yml:5');
    expect(message).toContain('feild: is not a known key');
  });

  it('refuses two flows of one name, since a command names flows', () => {
    const flow = '  - { name: A, steps: [{ goto: / }] }\n';
    expect(problemsOf(`flows:\n${flow}${flow}`)).toMatch(
      /firsthand\.yml:3: flows\[1\]\.name: a second flow is named “A”/,
    );
  });

  it('counts mistakes beyond the fiftieth instead of listing them', () => {
    const message = problemsOf(Array.from({ length: 3000 }, (_, index) => `key${index}: 1\n`).join(''));
    expect(message.split('\n')).toHaveLength(52);
    expect(message).toMatch(/… and 2950 more$/);
  });

  it('reports broken YAML with its line', () => {
    expect(problemsOf('review:\n  ignore: [a\nflows: }\n')).toMatch(/firsthand\.yml:\d+: /);
  });

  it('refuses an alias bomb', () => {
    const rows = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (let level = 1; level < 9; level += 1) {
      const before = String.fromCharCode(96 + level);
      rows.push(
        `${String.fromCharCode(97 + level)}: &${String.fromCharCode(97 + level)} [${Array(9).fill(`*${before}`).join(',')}]`,
      );
    }
    expect(problemsOf(`${rows.join('\n')}\n`)).toMatch(/too many aliases/);
  });

  it('does not let a value stand where a secret is named', () => {
    expect(problemsOf('login:\n  username: me@example.com\n  password: { secret: TEST_PASSWORD }\n')).toMatch(
      /firsthand\.yml:2: login\.username/,
    );
  });
});
