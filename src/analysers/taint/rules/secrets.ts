import { fieldAt, isConstant, knownText } from '../value.ts';
import type { Site, Weakness } from '../weakness.ts';
import { either, isLiteralAt } from './conditions.ts';

/** Names that say that a value is secret. */
const SECRET_NAMES =
  '{*password,*passwd,*Password,*_PASSWORD,PASSWORD,*secret,*Secret,*_SECRET,SECRET,apiKey,api_key,API_KEY,*ApiKey,*_API_KEY,apikey,authToken,auth_token,AUTH_TOKEN,accessToken,access_token,ACCESS_TOKEN,privateKey,private_key,PRIVATE_KEY,secretKey,secret_key,SECRET_KEY,*_SECRET_KEY,accessKey,access_key,ACCESS_KEY,passphrase}';

export const SECRETS: readonly Weakness[] = [
  {
    id: 'guessable-random',
    cwe: 338,
    text: {
      title: 'A secret is made with numbers that can be guessed',
      body: 'From a few values of `Math.random` the next ones can be computed. Use `crypto.randomBytes`, `crypto.randomUUID` or `crypto.getRandomValues`.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      {
        calls: ['Math.random', 'crypto.pseudoRandomBytes', '~crypto.pseudoRandomBytes'],
        when: either(
          ({ name }) => name.endsWith('pseudoRandomBytes'),
          ({ purpose }) =>
            /(?:token|secret|passw|nonce|csrf|session_?id|otp|api_?key|reset_?code|verification_?code|password)/i.test(
              purpose.split(' ').at(-1) ?? '',
            ) ||
            /^(?:generate|create|make|new|random)\w*(?:token|secret|password|otp|apikey|sessionid|salt)/i.test(
              purpose,
            ),
        ),
      },
    ],
    bad: ['export function createToken() {\n  return Math.random().toString(36).slice(2);\n}'],
    good: [
      'export const jitter = () => 100 + Math.random() * 50;',
      "import { randomBytes } from 'node:crypto';\nexport const createToken = () => randomBytes(16).toString('hex');",
    ],
  },
  {
    id: 'timing-comparison',
    cwe: 208,
    text: {
      title: 'A secret is compared in a way that leaks it',
      body: '`===` stops at the first character that differs, so the time that it takes tells how much of the secret was right. Use `crypto.timingSafeEqual` on hashes of both.',
      severity: 'low',
      confidence: 0.6,
    },
    checks: [
      {
        comparisons: true,
        when: ({ name, args }) =>
          isSecretComparison(name) &&
          args.every((value) => !isConstant(value)) &&
          args.some(({ taints }) => taints.some(({ origin }) => origin === 'request')),
      },
    ],
    bad: [
      "app.post('/hook', (req, res) => {\n  const signature = req.headers['x-signature'];\n  if (signature === expectedSignature(req.body)) res.end();\n});",
    ],
    good: ["app.post('/hook', (req, res) => {\n  if (req.headers['x-kind'] === kind) res.end();\n});"],
  },
  {
    id: 'hard-coded-key',
    cwe: 321,
    text: {
      title: 'A key or password is written in the code',
      body: 'Everyone who can read the code can use it, and it stays in the history. Read it from the environment or a secret store, and replace the one that was here.',
      severity: 'high',
      confidence: 0.8,
      topic: 'secret',
    },
    checks: [
      { properties: [SECRET_NAMES], variables: [SECRET_NAMES], when: ({ args }) => looksSecret(args[0]) },
      {
        properties: [
          '{clientSecret,consumerSecret,secretOrKey,secretAccessKey,client_secret,consumer_secret}',
        ],
        when: ({ args }) => isWritten(args[0]),
      },
      {
        calls: [
          'crypto.{createHmac,createCipheriv,createDecipheriv,createCipher}',
          '~crypto.{createHmac,createCipheriv,createDecipheriv}',
          '{createHmac,createCipheriv}',
        ],
        when: isLiteralAt(1),
      },
      {
        calls: [
          'crypto-js.{AES,DES,TripleDES,Rabbit,RC4}.{encrypt,decrypt}',
          '~CryptoJS.{AES,DES,TripleDES,RC4}.{encrypt,decrypt}',
          '~CryptoJS.{HmacSHA1,HmacSHA256,HmacSHA512,HmacMD5}',
        ],
        when: isLiteralAt(1),
      },
      {
        calls: [
          '{express-session,cookie-session,cookie-parser,client-sessions,@fastify/session,@fastify/cookie}',
          '~{session,cookieSession}',
        ],
        when: ({ args }) =>
          hasLiteral(args[0], 'secret', 'keys', 'key', 'encryptionKey') ||
          (args[0]?.text !== undefined && knownText(args[0]) !== undefined && knownText(args[0]) !== ''),
      },
      {
        calls: [
          'passport-jwt.Strategy',
          '~{JwtStrategy,JWTStrategy,OAuth2Strategy,Strategy,GoogleStrategy,FacebookStrategy,Auth0Strategy,TwitterStrategy,GithubStrategy}',
          'passport-*.{Strategy,OAuth2Strategy,OAuthStrategy}',
          'passport-*',
        ],
        when: ({ args }) => hasLiteral(args[0], 'secretOrKey', 'clientSecret', 'consumerSecret', 'secret'),
      },
      {
        calls: [
          '{express-jwt,koa-jwt,@koa/jwt,express-jwt.expressjwt,koa-jwt.default,express-jwt.jwt}',
          '~{expressJwt,koaJwt,expressjwt}',
        ],
        when: ({ args }) => hasLiteral(args[0], 'secret'),
      },
      {
        calls: [
          '{mysql,mysql2,pg,mysql2/promise,mariadb,mssql,tedious}.{createConnection,createPool,Client,Pool,Connection,connect}',
          'sequelize',
          'sequelize.Sequelize',
          '~Sequelize',
          'knex',
          'typeorm.{createConnection,DataSource}',
          '{nodemailer.createTransport,ioredis,redis.createClient,mongoose.connect,ldapjs.createClient,knex.knex}',
        ],
        when: ({ args }) =>
          hasLiteral(
            args.find(({ objects }) => objects.length > 0),
            'password',
            'auth.pass',
            'connection.password',
          ) || isSequelizePassword(args),
      },
      {
        calls: [
          '{aws-sdk.config.update,AWS.config.update,aws-sdk.*,AWS.*}',
          '@aws-sdk/*.*',
          '~AWS.config.update',
        ],
        when: ({ args }) => hasLiteral(args[0], 'secretAccessKey', 'credentials.secretAccessKey'),
      },
      {
        calls: [
          'jose.JWK.asKey',
          '~JWK.asKey',
          'jose.JWT.{sign,verify}',
          '~JWT.{sign,verify}',
          'jose.JWE.{encrypt,decrypt}',
          '~JWE.*',
        ],
        when: ({ args, name }) =>
          name.endsWith('asKey')
            ? args[0] !== undefined && knownText(args[0]) !== undefined
            : args[1] !== undefined && isKeyOfLiteral(args[1]),
      },
    ],
    bad: [
      "import session from 'express-session';\napp.use(session({ secret: 'keyboard cat' }));",
      "import crypto from 'node:crypto';\nexport const sign = (text) => crypto.createHmac('sha256', 'a8f5f167f44f4964').update(text).digest();",
    ],
    good: [
      "import session from 'express-session';\napp.use(session({ secret: process.env.SESSION_SECRET, cookie: { secure: true } }));",
      "import crypto from 'node:crypto';\nexport const sign = (text, key) => crypto.createHmac('sha256', key).update(text).digest();",
    ],
  },
];

/** A text that someone chose as a password or that was drawn: letters and digits, and no words of a sentence or address. */
function looksSecret(value: Site['args'][number] | undefined): boolean {
  const text = value === undefined ? undefined : knownText(value);
  return (
    isWritten(value) &&
    text !== undefined &&
    text.length >= 8 &&
    text.length <= 200 &&
    /[a-z]/i.test(text) &&
    /\d/.test(text) &&
    !/[\s/\\<>{}()|]|^[a-z]+(?:[._:-][a-z0-9]+)+$|test|dummy|fake|sample|secret.?name|_ID$|^(?:sha|md)\d/i.test(
      text,
    )
  );
}

/** A text that is no placeholder for the real one. */
export function isWritten(value: Site['args'][number] | undefined): boolean {
  const text = value === undefined ? undefined : knownText(value);
  return (
    text !== undefined &&
    text.length > 3 &&
    !/^<.*>$|^\$\{|your|example|placeholder|change.?me|xxx/i.test(text)
  );
}

function hasLiteral(value: Site['args'][number] | undefined, ...paths: readonly string[]): boolean {
  return paths.some((path) => {
    const held = value === undefined ? undefined : fieldAt(value, path);
    if (held === undefined) return false;
    const texts =
      held.objects.length > 0 ? held.objects.flatMap(({ fields }) => [...fields.values()]) : [held];
    return texts.some((one) => (knownText(one) ?? '') !== '');
  });
}

function isSequelizePassword(args: Site['args']): boolean {
  return args.length >= 3 && args.slice(0, 3).every((value) => (knownText(value) ?? '') !== '');
}

function isKeyOfLiteral(value: Site['args'][number]): boolean {
  return (
    (knownText(value) ?? '') !== '' ||
    ((value.made?.by ?? '').endsWith('asKey') && knownText(value.made?.args[0] ?? value) !== undefined)
  );
}

function isSecretComparison(name: string): boolean {
  return (
    name
      .split(' ')
      .some((side) =>
        /(?:^|\.|_)(?:\w*(?:signature|hmac|secret|apikey|api_key|csrf|password|passwd))(?:\(\))?$/i.test(
          side,
        ),
      ) && !/length|type|algorithm|undefined|null/i.test(name)
  );
}
