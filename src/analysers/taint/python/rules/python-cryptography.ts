import type { Site, Weakness } from '../../weakness.ts';
import { argument, isWritten, named, namedIs, textOfArgument } from './arguments.ts';

const numberOf = (site: Site, index: number, name: string): number | undefined => {
  const value = argument(site, index, name)?.constant;
  return typeof value === 'number' ? value : undefined;
};
const isFor = (site: Site, words: RegExp): boolean => words.test(`${site.purpose} ${site.code}`);

/** The function around writes into a session or sets a cookie: what is drawn there lets somebody in. */
const startsSession = ({ around }: Site): boolean =>
  /\b\w*sessions?\[[^\]\n]*\]\s*=(?!=)|\.set_cookie\(/i.test(around());

export const PYTHON_CRYPTOGRAPHY: readonly Weakness[] = [
  {
    id: 'python-weak-hash',
    cwe: 328,
    text: {
      title: 'A broken hash function is used',
      body: 'Two inputs with the same MD5 or SHA-1 can be made at will, so it protects nothing. Use SHA-256, or a password hash for passwords; where no security hangs on it, say `usedforsecurity=False`.',
      severity: 'medium',
      confidence: 0.7,
    },
    checks: [
      {
        calls: [
          'hashlib.{md5,sha1,md4}',
          '{md5,sha}.new',
          'md5',
          'Crypto.Hash.{MD2,MD4,MD5,SHA,SHA1}.new',
          'Cryptodome.Hash.{MD2,MD4,MD5,SHA,SHA1}.new',
          '~{MD2,MD4,MD5,SHA1}.new',
        ],
        when: (site) => !namedIs(site, 'usedforsecurity', false),
      },
      {
        calls: ['hashlib.new'],
        when: (site) =>
          /^(?:md[245]|sha-?1?|ripemd\w*)$/i.test(textOfArgument(site, 0, 'name')) &&
          !namedIs(site, 'usedforsecurity', false),
      },
      {
        calls: ['cryptography.hazmat.primitives.hashes.{MD5,SHA1,MD2,MD4}', '~hashes.{MD5,SHA1}'],
        when: () => true,
      },
      { calls: ['crypt.crypt'], when: () => true },
    ],
    bad: ['import hashlib\n\ndef digest(text):\n    return hashlib.md5(text).hexdigest()\n'],
    good: [
      'import hashlib\n\ndef digest(text):\n    return hashlib.sha256(text).hexdigest()\n',
      'import hashlib\n\ndef etag(text):\n    return hashlib.md5(text, usedforsecurity=False).hexdigest()\n',
    ],
  },
  {
    id: 'python-weak-cipher',
    cwe: 327,
    text: {
      title: 'A cipher or mode that can be broken is used',
      body: 'DES, RC2, RC4, Blowfish, IDEA and XOR can be broken; ECB shows equal blocks as equal. Use AES-GCM or ChaCha20-Poly1305, for instance through `cryptography.fernet`.',
      severity: 'high',
      confidence: 0.85,
    },
    checks: [
      {
        calls: [
          '{Crypto,Cryptodome}.Cipher.{DES,DES3,ARC2,ARC4,Blowfish,XOR,CAST}.new',
          '~{DES,DES3,ARC2,ARC4,Blowfish,XOR}.new',
          'pyDes.{des,triple_des}',
        ],
        when: () => true,
      },
      {
        calls: [
          'cryptography.hazmat.**.{ARC4,Blowfish,IDEA,TripleDES,SEED,CAST5,ARC2}',
          '~algorithms.{ARC4,Blowfish,IDEA,CAST5,SEED,TripleDES}',
        ],
        when: () => true,
      },
      { calls: ['cryptography.hazmat.**.ECB', '~modes.ECB'], when: () => true },
      {
        calls: ['{Crypto,Cryptodome}.Cipher.AES.new', '~AES.new'],
        when: (site) =>
          /MODE_ECB/.test(argument(site, 1, 'mode')?.name ?? '') ||
          (argument(site, 0, 'key') !== undefined && argument(site, 0, 'key')?.text === ''),
      },
    ],
    bad: [
      'from Crypto.Cipher import DES\n\ndef encrypt(key, text):\n    return DES.new(key, DES.MODE_CBC).encrypt(text)\n',
    ],
    good: [
      'from Crypto.Cipher import AES\n\ndef encrypt(key, text):\n    return AES.new(key, AES.MODE_GCM).encrypt_and_digest(text)\n',
    ],
  },
  {
    id: 'python-short-key',
    cwe: 326,
    text: {
      title: 'A key is too short',
      body: 'Keys of this size can be computed by others. Use at least 2,048 bits for RSA and DSA, better 3,072, and a curve of at least 224 bits.',
      severity: 'high',
      confidence: 0.9,
      topic: 'short-key',
    },
    checks: [
      {
        calls: ['cryptography.hazmat.**.{rsa,dsa}.generate_private_key', '~{rsa,dsa}.generate_private_key'],
        when: (site) =>
          Math.min(numberOf(site, site.name.includes('dsa') ? 0 : 1, 'key_size') ?? 4096) < 2048,
      },
      {
        calls: ['{Crypto,Cryptodome}.PublicKey.{RSA,DSA}.generate', '~{RSA,DSA}.generate'],
        when: (site) => (numberOf(site, 0, 'bits') ?? 4096) < 2048,
      },
      {
        calls: ['cryptography.hazmat.**.ec.generate_private_key', '~ec.generate_private_key'],
        when: (site) =>
          /(?:SECP192R1|SECT163\w*|SECT1\w+)/.test(`${argument(site, 0, 'curve')?.name ?? ''} ${site.code}`),
      },
    ],
    bad: [
      'from cryptography.hazmat.primitives.asymmetric import rsa\n\nkey = rsa.generate_private_key(public_exponent=65537, key_size=1024)\n',
    ],
    good: [
      'from cryptography.hazmat.primitives.asymmetric import rsa\n\nkey = rsa.generate_private_key(public_exponent=65537, key_size=3072)\n',
    ],
  },
  {
    id: 'python-guessable-random',
    cwe: 338,
    text: {
      title: 'A secret is drawn from a generator that can be predicted',
      body: 'Whoever sees some of its numbers can compute the others. Use the module `secrets`.',
      severity: 'high',
      confidence: 0.8,
    },
    checks: [
      {
        calls: [
          'random.{random,randint,randrange,choice,choices,sample,getrandbits,uniform,randbytes,gauss,normalvariate,lognormvariate,expovariate,betavariate,gammavariate,triangular,vonmisesvariate,paretovariate,weibullvariate}',
          'numpy.random.*',
        ],
        when: (site) =>
          startsSession(site) ||
          isFor(
            { ...site, code: '' },
            /token|secret|passw|pwd|nonce|salt|csrf|session_?id|otp|api_?key|auth|credential|verification|reset|invite|recovery|remember/i,
          ),
      },
    ],
    bad: [
      "import random\n\ndef remember(session):\n    value = str(random.randint(0, 2**32))\n    session['remember'] = value\n",
      "import random\n\ndef make_token():\n    return ''.join(random.choice('abcdef') for _ in range(20))\n",
    ],
    good: [
      'import secrets\n\ndef make_token():\n    return secrets.token_urlsafe()\n',
      'import random\n\ndef roll():\n    return random.randint(1, 6)\n',
      "import random\n\ndef roll(session):\n    print(session['name'], random.randint(1, 6))\n",
    ],
  },
  {
    id: 'python-token-not-verified',
    cwe: 347,
    text: {
      title: 'A token is read without checking its signature',
      body: 'Anyone can then write a token that says they are someone else. Leave verification on and name the algorithms that are allowed.',
      severity: 'high',
      confidence: 0.85,
    },
    checks: [
      {
        calls: ['{jwt,jose.jwt,authlib.jose.jwt}.decode', '~jwt.decode'],
        when: (site) => {
          const options = named(site, 'options');
          const says = (option: string): boolean =>
            options?.objects.some(({ fields }) => fields.get(option)?.constant === false) === true;
          const algorithms = argument(site, 2, 'algorithms');
          const isNone = [
            algorithms,
            ...(algorithms?.objects.flatMap(({ fields }) => [...fields.values()]) ?? []),
          ].some((value) => value?.text?.toLowerCase() === 'none');
          return (
            namedIs(site, 'verify', false) ||
            argument(site, 2)?.constant === false ||
            says('verify_signature') ||
            says('verify_exp') ||
            isNone
          );
        },
      },
      {
        calls: ['{jwt,jose.jwt}.encode', '~jwt.encode'],
        when: (site) => argument(site, 2, 'algorithm')?.text?.toLowerCase() === 'none',
      },
    ],
    bad: [
      "import jwt\n\ndef user(token):\n    return jwt.decode(token, options={'verify_signature': False})\n",
    ],
    good: ["import jwt\n\ndef user(token, key):\n    return jwt.decode(token, key, algorithms=['HS256'])\n"],
  },
  {
    id: 'python-hard-coded-key',
    cwe: 321,
    text: {
      title: 'A key or password is written in the code',
      body: 'Everyone who can read the code can use it, and it stays in the history. Read it from the environment or a secret store, and replace the one that was here.',
      severity: 'high',
      confidence: 0.8,
      topic: 'secret',
    },
    checks: [
      {
        calls: ['{jwt,jose.jwt}.{encode,decode}', '~jwt.{encode,decode}'],
        when: (site) => isWritten(argument(site, 1, 'key')),
      },
      {
        calls: ['boto3.{client,resource}', 'boto3.**.Session', '~{boto3.Session,Session}'],
        when: (site) =>
          isKeyOfAws(named(site, 'aws_secret_access_key')) || isKeyOfAws(named(site, 'aws_session_token')),
      },
      {
        calls: [
          '{psycopg2,psycopg,MySQLdb,pymysql,asyncpg,pymssql,mysql.connector,cx_Oracle,pg8000,aiopg}.{connect,create_pool,Connection}',
          'pymongo.MongoClient',
          'redis.{Redis,StrictRedis}',
          'ftplib.FTP',
          '~MongoClient',
          'mongoengine.connect',
          'peewee.*',
        ],
        when: (site) => ['password', 'passwd', 'pwd'].some((name) => isPassword(named(site, name))),
      },
      { calls: ['hashids.Hashids', '~Hashids'], when: (site) => /SECRET_KEY|secret_key/.test(site.code) },
      {
        calls: [
          'hmac.new',
          '{Crypto,Cryptodome}.Cipher.*.new',
          'cryptography.fernet.Fernet',
          'itsdangerous.*',
        ],
        when: (site) => isWritten(argument(site, 0, 'key')),
      },
      {
        writes: ['~{app,application}.{secret_key}', '~*.config.SECRET_KEY', 'SECRET_KEY'],
        when: ({ args }) => isWritten(args[0]) && (args[0]?.text ?? '').length > 2,
      },
      {
        calls: ['~config.update', '~config.from_mapping'],
        when: (site) => isWritten(named(site, 'SECRET_KEY')),
      },
    ],
    bad: [
      "import jwt\n\ndef token(user):\n    return jwt.encode({'id': user.id}, 'a8f5f167f44f4964', algorithm='HS256')\n",
    ],
    good: [
      "import jwt, os\n\ndef token(user):\n    return jwt.encode({'id': user.id}, os.environ['JWT_KEY'], algorithm='HS256')\n",
    ],
  },
];

function isKeyOfAws(value: ReturnType<typeof named>): boolean {
  return /^[A-Za-z0-9/+=_-]{16,}$/.test(value?.text ?? '');
}

/** A password that is none of those that examples and databases for development have. */
function isPassword(value: ReturnType<typeof named>): boolean {
  return (
    isWritten(value) &&
    !/^(?:pass(?:word|wd)?\d*|postgres|mysql|root|admin|secret|test\w*|example|change.?me|your.*|x+|\*+|<.*>|.{1,3})$/i.test(
      value?.text ?? '',
    )
  );
}
