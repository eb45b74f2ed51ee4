import { fieldAt, isConstant } from '../value.ts';
import type { Site, Weakness } from '../weakness.ts';
import { all, isForSecrets, textMatches } from './conditions.ts';

const WEAK_HASH = /^(?:md5|md4|md2|sha-?1|ripemd160|rsa-md5|rsa-sha1)$/i;
const WEAK_CIPHER = /^(?:des|rc2|rc4|bf|blowfish|seed|idea|cast)(?:$|[-\d_])|^(?:des3|3des|desx)|-ecb$/i;

/** The data that is hashed has a name that says that it is secret, or the hash guards something. */
const hashesSecrets = (site: Site): boolean => isForSecrets(site) || /passw|secret|token/i.test(site.code);

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
      { properties: ['mode'], when: ({ args }) => (args[0]?.name ?? '').endsWith('.mode.ECB') },
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
];

function bitsOf(value: Site['args'][number] | undefined): number | undefined {
  const bits =
    value?.constant ??
    (value === undefined ? undefined : (fieldAt(value, 'b')?.constant ?? fieldAt(value, 'bits')?.constant));
  return typeof bits === 'number' && bits >= 256 && bits < 2048 ? bits : undefined;
}
