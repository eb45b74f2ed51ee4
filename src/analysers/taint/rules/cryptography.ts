import { fieldAt, isConstant, knownText } from '../value.ts';
import type { Site, Weakness } from '../weakness.ts';
import { all, either, isForSecrets, isLiteralAt, textMatches } from './conditions.ts';

const WEAK_HASH = /^(?:md5|md4|md2|sha-?1|ripemd160|rsa-md5|rsa-sha1)$/i;
const WEAK_CIPHER = /^(?:des|rc2|rc4|bf|blowfish|seed|idea|cast)(?:$|[-\d_])|^(?:des3|3des|desx)|-ecb$/i;

/** The data that is hashed has a name that says that it is secret, or the hash guards something. */
const hashesSecrets = (site: Site): boolean => isForSecrets(site) || /passw|secret|token/i.test(site.code);

/** Names that say that a value is secret. */
const SECRET_NAMES =
  '{*password,*passwd,*Password,*_PASSWORD,PASSWORD,*secret,*Secret,*_SECRET,SECRET,apiKey,api_key,API_KEY,*ApiKey,*_API_KEY,apikey,authToken,auth_token,AUTH_TOKEN,accessToken,access_token,ACCESS_TOKEN,privateKey,private_key,PRIVATE_KEY,secretKey,secret_key,SECRET_KEY,*_SECRET_KEY,accessKey,access_key,ACCESS_KEY,passphrase}';

export const CRYPTOGRAPHY: readonly Weakness[] = [
  {
    id: 'weak-hash',
    cwe: 328,
    text: {
      title: 'A broken hash function is used',
      body: 'Two inputs with the same MD5 or SHA-1 can be made at will, and passwords are guessed from them at billions a second. Use SHA-256 for integrity, and scrypt, bcrypt or argon2 for passwords.',
      severity: 'medium',
      confidence: 0.7,
    },
    checks: [
      {
        calls: ['crypto.{createHash,Hash}', '~crypto.createHash', 'createHash'],
        when: all(textMatches(0, WEAK_HASH), hashesSecrets),
      },
      {
        calls: ['crypto.{createHash}', '~crypto.createHash'],
        when: all(textMatches(0, /^md[245]$/i), ({ spelled }) => spelled.includes('crypto')),
      },
      {
        calls: [
          'crypto.{createHmac,createSign,createVerify,pbkdf2,pbkdf2Sync}',
          '~crypto.{createHmac,createSign,createVerify}',
        ],
        when: textMatches(0, /^(?:md5|sha1|rsa-md5|rsa-sha1)$/i),
      },
      {
        calls: [
          '{md5,blueimp-md5,js-md5,crypto-js/md5,js-sha1}',
          'crypto-js.{MD5,SHA1,HmacMD5,HmacSHA1}',
          '~CryptoJS.{MD5,SHA1,HmacMD5,HmacSHA1}',
          'node-forge.md.{md5,sha1}.create',
        ],
        when: hashesSecrets,
      },
    ],
    bad: [
      "import { createHash } from 'node:crypto';\nexport const hashPassword = (password) => createHash('sha1').update(password).digest('hex');",
    ],
    good: [
      "import { createHash } from 'node:crypto';\nexport const cacheKey = (text) => createHash('sha1').update(text).digest('hex');",
      "import { createHash } from 'node:crypto';\nexport const hashPassword = (password) => createHash('sha256').update(password).digest('hex');",
    ],
  },
  {
    id: 'weak-cipher',
    cwe: 327,
    text: {
      title: 'A broken cipher, or one without protection against changes, is used',
      body: 'DES, RC4 and Blowfish can be broken, and ECB shows which blocks are equal. Use `aes-256-gcm` with a fresh random nonce for each message.',
      severity: 'high',
      confidence: 0.85,
    },
    checks: [
      {
        calls: [
          'crypto.{createCipheriv,createDecipheriv,createCipher,createDecipher}',
          '~crypto.{createCipheriv,createDecipheriv,createCipher,createDecipher}',
        ],
        when: textMatches(0, WEAK_CIPHER),
      },
      {
        calls: ['crypto.{createCipher,createDecipher}', '~crypto.{createCipher,createDecipher}'],
        when: ({ args }) => args.length >= 2,
      },
      {
        calls: [
          'crypto-js.{DES,TripleDES,RC4,Rabbit,RC4Drop}.{encrypt,decrypt}',
          '~CryptoJS.{DES,TripleDES,RC4,Rabbit}.{encrypt,decrypt}',
        ],
        when: () => true,
      },
      { properties: ['mode'], when: ({ args }) => /\.mode\.ECB$/.test(args[0]?.name ?? '') },
    ],
    bad: [
      "import crypto from 'node:crypto';\nexport const lock = (key) => crypto.createCipheriv('des-ede3-cbc', key, crypto.randomBytes(8));",
    ],
    good: [
      "import crypto from 'node:crypto';\nexport const lock = (key) => crypto.createCipheriv('aes-256-gcm', key, crypto.randomBytes(12));",
    ],
  },
  {
    id: 'static-nonce',
    cwe: 329,
    text: {
      title: 'The same initialisation vector is used for every message',
      body: 'Equal beginnings of messages then look equal, and with GCM or CTR the messages can be read and forged. Draw it with `crypto.randomBytes` for each message and store it in front.',
      severity: 'medium',
      confidence: 0.8,
    },
    checks: [
      {
        calls: ['crypto.createCipheriv', '~crypto.createCipheriv'],
        when: ({ args }) => {
          const vector = args[2];
          if (vector === undefined || vector.constant === null) return false;
          const source = vector.made?.by.startsWith('Buffer.') === true ? vector.made.args[0] : vector;
          return (
            source !== undefined &&
            (isConstant(source) || vector.made?.by === 'Buffer.alloc') &&
            !('constant' in source && source.constant === null) &&
            source.text !== ''
          );
        },
      },
    ],
    bad: [
      "import crypto from 'node:crypto';\nconst iv = Buffer.from('1234567890123456');\nexport const lock = (key) => crypto.createCipheriv('aes-256-cbc', key, iv);",
    ],
    good: [
      "import crypto from 'node:crypto';\nexport const lock = (key) => crypto.createCipheriv('aes-256-cbc', key, crypto.randomBytes(16));",
    ],
  },
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
    id: 'short-key',
    cwe: 326,
    text: {
      title: 'A key is too short, or a password hash too cheap',
      body: 'RSA keys below 2048 bits can be broken, and password hashes of few rounds are guessed quickly. Use 2048 bits or more, and the rounds that the library recommends today.',
      severity: 'medium',
      confidence: 0.85,
    },
    checks: [
      {
        calls: [
          'crypto.{generateKeyPair,generateKeyPairSync}',
          '~crypto.{generateKeyPair,generateKeyPairSync}',
          '{generateKeyPair,generateKeyPairSync}',
        ],
        when: ({ args }) => {
          const bits = args[1] === undefined ? undefined : fieldAt(args[1], 'modulusLength')?.constant;
          return typeof bits === 'number' && bits < 2048;
        },
      },
      {
        calls: ['{node-rsa,node-forge.pki.rsa.generateKeyPair}'],
        when: ({ args }) => bitsOf(args[0]) !== undefined,
      },
      { properties: ['b'], when: ({ args }) => bitsOf(args[0]) !== undefined },
      {
        calls: ['argon2.hash', '~argon2.hash'],
        when: ({ args }) =>
          args[1] !== undefined && /argon2(?:i|d)$/.test(fieldAt(args[1], 'type')?.name ?? ''),
      },
    ],
    bad: ["import crypto from 'node:crypto';\ncrypto.generateKeyPairSync('rsa', { modulusLength: 1024 });"],
    good: ["import crypto from 'node:crypto';\ncrypto.generateKeyPairSync('rsa', { modulusLength: 3072 });"],
  },
  {
    id: 'missing-tag-length',
    cwe: 310,
    text: {
      title: 'A shortened authentication tag would be accepted',
      body: 'Without `authTagLength`, GCM takes tags of four bytes, which are guessed quickly. Set `authTagLength: 16`, or check the length of the tag before `setAuthTag`.',
      severity: 'low',
      confidence: 0.7,
    },
    checks: [
      {
        calls: ['crypto.createDecipheriv', '~crypto.createDecipheriv'],
        when: all(textMatches(0, /-gcm$/i), ({ args }) => args.length < 4),
      },
    ],
    bad: [
      "import crypto from 'node:crypto';\nexport const open = (key, iv) => crypto.createDecipheriv('aes-256-gcm', key, iv);",
    ],
    good: [
      "import crypto from 'node:crypto';\nexport const open = (key, iv) => crypto.createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });",
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
function isWritten(value: Site['args'][number] | undefined): boolean {
  const text = value === undefined ? undefined : knownText(value);
  return (
    text !== undefined &&
    text.length > 3 &&
    !/^<.*>$|^\$\{|your|example|placeholder|change.?me|xxx/i.test(text)
  );
}

function bitsOf(value: Site['args'][number] | undefined): number | undefined {
  const bits =
    value?.constant ??
    (value === undefined ? undefined : (fieldAt(value, 'b')?.constant ?? fieldAt(value, 'bits')?.constant));
  return typeof bits === 'number' && bits >= 256 && bits < 2048 ? bits : undefined;
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
    (/asKey$/.test(value.made?.by ?? '') && knownText(value.made?.args[0] ?? value) !== undefined)
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
