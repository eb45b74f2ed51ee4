import { fieldAt, isConstant, knownText, type Value } from '../value.ts';
import type { Site, Weakness } from '../weakness.ts';
import { equals, isLiteralAt } from './conditions.ts';

const JWT = '{jsonwebtoken,jwt-simple,jws,fast-jwt,@fastify/jwt}';

function algorithms(value: Value | undefined): readonly string[] {
  if (value === undefined) return [];
  const list = [fieldAt(value, 'algorithms'), fieldAt(value, 'algorithm'), fieldAt(value, 'alg')];
  return list
    .flatMap((one) =>
      one === undefined
        ? []
        : one.objects.length > 0
          ? one.objects.flatMap(({ fields }) => [...fields.values()])
          : [one],
    )
    .map((one) => knownText(one) ?? '');
}

const NAMES_SESSION = /sess|auth|token|jwt|\bsid\b|login|remember|credential|identity/i;

/** The options of a cookie, all of them known. */
function lacks(options: Value | undefined, name: string): boolean {
  if (options === undefined || options.objects.length === 0 || options.objects.some(({ isOpen }) => isOpen))
    return false;
  const option = fieldAt(options, name);
  return option === undefined || equals(option, false);
}

export const TOKENS_AND_COOKIES: readonly Weakness[] = [
  {
    id: 'jwt-not-verified',
    cwe: 347,
    text: {
      title: 'A token is accepted without checking its signature',
      body: 'Anyone can write a token that says anything. Verify it with the key and a fixed list of algorithms, none of which is `none`.',
      severity: 'critical',
      confidence: 0.85,
    },
    checks: [
      {
        calls: [`${JWT}.{verify,sign}`, '~{jwt,jsonwebtoken,JWT}.{verify,sign}'],
        when: ({ args }) => algorithms(args[2]).some((one) => /^none$/i.test(one)),
      },
      {
        calls: ['jwt-simple.decode', '~jwt.decode'],
        when: ({ args, name }) =>
          args[2] !== undefined && equals(args[2], true) && /jwt-simple|jwt/.test(name),
      },
      {
        calls: ['{express-jwt,koa-jwt}', '~expressJwt'],
        when: ({ args }) => algorithms(args[0]).some((one) => /^none$/i.test(one)),
      },
      {
        properties: ['{ignoreExpiration}'],
        when: ({ args, purpose }) => args[0] !== undefined && equals(args[0], true) && /./.test(purpose),
      },
      {
        calls: ['jose.JWT.verify', '~JWT.verify', 'jose.JWK.None'],
        when: ({ args }) => (args[1]?.name ?? '').endsWith('JWK.None'),
      },
      {
        calls: ['jose.JWT.sign', '~JWT.sign', 'jose.JWS.{sign,verify}'],
        when: ({ args }) => (args[1]?.name ?? '').endsWith('JWK.None'),
      },
      {
        calls: ['jsonwebtoken.decode', '~{jwt,jsonwebtoken}.decode'],
        when: ({ name, code, around }) =>
          name === 'jsonwebtoken.decode' && !/complete/.test(code) && !/[vV]erify\w*\(/.test(around()),
      },
    ],
    bad: [
      "import jwt from 'jsonwebtoken';\nexport const read = (token, key) => jwt.verify(token, key, { algorithms: ['none', 'HS256'] });",
    ],
    good: [
      "import jwt from 'jsonwebtoken';\nexport const read = (token, key) => jwt.verify(token, key, { algorithms: ['HS256'] });",
    ],
  },
  {
    id: 'jwt-hard-coded-key',
    cwe: 798,
    text: {
      title: 'The key that tokens are signed with is in the code',
      body: 'Everyone who can read the code can write a token for any user, and the key stays in the history. Read it from the environment or a secret store, and replace the one that was here.',
      severity: 'high',
      confidence: 0.9,
      topic: 'secret',
    },
    checks: [
      {
        calls: [
          `${JWT}.{sign,verify,encode,decode}`,
          '~{jwt,jsonwebtoken}.{sign,verify,encode}',
          '{jsonwebtoken.default}.{sign,verify}',
        ],
        when: isLiteralAt(1),
      },
      {
        calls: ['jose.SignJWT().**.sign', 'jose.jwtVerify', '~jose.{jwtVerify}'],
        when: ({ args }) => {
          const key =
            args.at(-1)?.made?.by.includes('TextEncoder') === true ? args.at(-1)?.made?.args[0] : args[1];
          return key !== undefined && (knownText(key) ?? '') !== '';
        },
      },
      {
        calls: ['hono/jwt.{jwt,sign,verify}'],
        when: ({ args }) =>
          args[0] !== undefined && (knownText(fieldAt(args[0], 'secret') ?? args[1] ?? args[0]) ?? '') !== '',
      },
      {
        calls: ['@nestjs/jwt.JwtModule.register', '~JwtModule.register'],
        when: ({ args }) =>
          args[0] !== undefined && (knownText(fieldAt(args[0], 'secret') ?? args[0]) ?? '') !== '',
      },
    ],
    bad: [
      "import jwt from 'jsonwebtoken';\nexport const issue = (user) => jwt.sign({ sub: user.id }, 'shhhhh');",
      "import jwt from 'jsonwebtoken';\nconst KEY = 'a-long-literal-key';\nexport const issue = (user) => jwt.sign({ sub: user.id }, KEY);",
    ],
    good: [
      "import jwt from 'jsonwebtoken';\nexport const issue = (user) => jwt.sign({ sub: user.id }, process.env.JWT_KEY);",
    ],
  },
  {
    id: 'password-in-token',
    cwe: 522,
    text: {
      title: 'A password is put into a token',
      body: 'A signed token can be read by whoever holds it: it is not encrypted. Put an id into it, nothing secret.',
      severity: 'medium',
      confidence: 0.8,
    },
    checks: [
      {
        calls: [`${JWT}.{sign,encode}`, '~{jwt,jsonwebtoken,JWT}.{sign,encode}', 'jose.JWT.sign'],
        when: ({ args }) =>
          args[0] !== undefined &&
          args[0].objects.some(({ fields }) => [...fields].some(([name, held]) => isPassword(name, held))),
      },
    ],
    bad: [
      "import jwt from 'jsonwebtoken';\nexport const issue = (user, key) => jwt.sign({ name: user.name, password: user.password }, key);",
    ],
    good: [
      "import jwt from 'jsonwebtoken';\nexport const issue = (user, key) => jwt.sign({ name: user.name }, key);",
    ],
  },
  {
    id: 'unsafe-cookie',
    cwe: 1004,
    text: {
      title: 'A session cookie is open to scripts or to plain connections',
      body: 'Without `httpOnly` a script in the page can read it, without `secure` it travels over plain connections. Set both.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      {
        calls: [
          'http.response.cookie',
          '~{res,response,reply}.{cookie,setCookie}',
          '~{ctx,c}.cookies.set',
          '~cookies.set',
          '~cookies().set',
        ],
        when: ({ args }) =>
          NAMES_SESSION.test(args[0] === undefined ? '' : (knownText(args[0]) ?? '')) &&
          (args.length === 2 || lacks(args[2], 'httpOnly') || lacks(args[2], 'secure')),
      },
      {
        calls: [
          '{express-session,cookie-session,@fastify/session,client-sessions}',
          '~{session,cookieSession,expressSession}',
        ],
        when: ({ args }) => isSessionWithout(args[0]) || lacksSecure(args[0]),
      },
    ],
    bad: ["app.post('/login', (req, res) => {\n  res.cookie('session', id, { httpOnly: false });\n});"],
    good: [
      "app.post('/login', (req, res) => {\n  res.cookie('session', id, { httpOnly: true, secure: true, sameSite: 'lax' });\n});",
      "app.get('/', (req, res) => {\n  res.cookie('theme', 'dark');\n});",
    ],
  },
];

function isPassword(name: string, held: Value): boolean {
  return /passw(?:or)?d|^pwd$/i.test(name) && !isConstant(held);
}

/** A session all of whose settings are known, without a word on `secure`, which is off by default. */
function lacksSecure(options: Value | undefined): boolean {
  if (options === undefined || !lacks(options, 'secure')) return false;
  const cookie = fieldAt(options, 'cookie');
  return cookie === undefined || lacks(cookie, 'secure');
}

/** A session whose cookie is said to be open; without a word on it, the library's own settings hold. */
function isSessionWithout(options: Site['args'][number] | undefined): boolean {
  if (options === undefined) return false;
  const cookie = fieldAt(options, 'cookie') ?? options;
  return ['httpOnly', 'secure'].some((name) => {
    const option = fieldAt(cookie, name);
    return option !== undefined && equals(option, false);
  });
}
