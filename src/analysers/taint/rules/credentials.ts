import { fieldAt, knownText, UNKNOWN, type Value } from '../value.ts';
import type { Site, Weakness } from '../weakness.ts';
import { isWritten } from './secrets.ts';

const USER = [
  'user',
  'username',
  'userName',
  'login',
  'email',
  'account',
  'accessKeyId',
  'key',
  'client_id',
  'clientId',
];
/** Options that hold nothing but secrets, in whichever library. */
const SECRET_OPTIONS =
  '{secretAccessKey,accessKeySecret,apiSecret,api_secret,consumer_secret,consumerSecret,access_token_secret,accessTokenSecret,client_secret,clientSecret,authToken,auth_token,accountKey,storageAccessKey,masterKey,signingKey,sharedKey,encryptionKey}';
const SECRET_SIDE =
  /(?:^|\.|_)(?:\w*passw(?:or)?d|pwd|passphrase|\w*secret|\w*api_?key|\w*auth_?token|access_?token)$/i;
/** What a form, a table or a message calls a password, and no password. */
const NAMES_FIELD =
  /^(?:passw(?:or)?ds?|pass|pwd|secret|token|user(?:name)?|string|text|required|none|null|true|false|[\w-]*field)$/i;
const HAS_PASSWORD = /^[a-z][\w+.-]*:\/\/[^\s:/@${}<>]+:(?<password>[^\s@/${}<>]+)@/i;

const isSecretText = (value: Value | undefined): boolean =>
  isWritten(value) &&
  !NAMES_FIELD.test(knownText(value ?? UNKNOWN) ?? '') &&
  !/\s/.test(knownText(value ?? UNKNOWN) ?? '');
const isText = (value: Value | undefined): boolean => (knownText(value ?? UNKNOWN) ?? '') !== '';

/** A password with the user that it belongs to. */
const belongsToUser = ({ receiver }: Site): boolean => USER.some((name) => isText(fieldAt(receiver, name)));

const isAuthorisation = (value: Value | undefined): boolean =>
  /^(?:Basic|Bearer|Token|token)\s+(?!your|xxx|<)[\w+/=.~-]{6,}$/.test(knownText(value ?? UNKNOWN) ?? '');

export const CREDENTIALS: readonly Weakness[] = [
  {
    id: 'hard-coded-credentials',
    cwe: 798,
    text: {
      title: 'Credentials are written in the code',
      body: 'Everyone who can read the code, or the package that is made of it, can sign in with them, and they stay in the history. Read them from the environment or a secret store, and replace the ones that were here.',
      severity: 'high',
      confidence: 0.75,
      topic: 'secret',
    },
    checks: [
      {
        properties: ['{password,pass,passwd,pwd,secret}'],
        when: (site) => isSecretText(site.args[0]) && belongsToUser(site),
      },
      { properties: [SECRET_OPTIONS], when: ({ args }) => isSecretText(args[0]) },
      {
        properties: ['{Authorization,authorization}'],
        when: ({ args }) => isAuthorisation(args[0]),
      },
      {
        calls: ['~*.{set,setHeader,header,setRequestHeader,append}', '~().{set,setHeader,header}'],
        when: ({ args }) => /^authorization$/i.test(args[0]?.text ?? '') && isAuthorisation(args[1]),
      },
      {
        calls: ['~*.auth', '~().auth'],
        when: ({ args }) => isText(args[0]) && isSecretText(args[1]),
      },
      {
        calls: ['{twilio,plivo.Client,plaid.Client,shopify-api-node}', 'twilio.Twilio'],
        when: ({ args }) => isText(args[0]) && isSecretText(args[1]),
      },
      {
        calls: [
          '**.{connect,createConnection,createClient,createPool,Client,Pool,MongoClient,Connection,Sequelize}',
          '{pg-promise,mongojs,monk,nano,sequelize,knex,ioredis,amqplib.connect,postgres}',
          'pg-promise()',
        ],
        when: ({ args }) => {
          const password = HAS_PASSWORD.exec(knownText(args[0] ?? UNKNOWN) ?? '')?.groups?.['password'];
          return password !== undefined && !/^(?:pass(?:word)?|pw|secret|\*+)$/i.test(password);
        },
      },
      {
        calls: ['crypto.{pbkdf2,pbkdf2Sync,scrypt,scryptSync}'],
        when: ({ args }) => isSecretText(args[0]),
      },
      {
        calls: ['crypto.{createCipher,createDecipher}', '~crypto.{createCipher,createDecipher}'],
        when: ({ args }) => isSecretText(args[1]),
      },
      {
        comparisons: true,
        when: ({ name, args }) => {
          const sides = name.split(' ');
          return args.some((value, index) => isSecretText(value) && SECRET_SIDE.test(sides[1 - index] ?? ''));
        },
      },
    ],
    bad: [
      "import { Client } from 'pg';\nexport const client = new Client({ user: 'shop', password: 'kj2h3g4k', host: 'db' });",
      "import { MongoClient } from 'mongodb';\nexport const client = new MongoClient('mongodb://shop:kj2h3g4k@db/shop');",
      "export const load = () => fetch('https://api.example.com/', { headers: { Authorization: 'Basic c2hvcDpraGozZzRr' } });",
      "export const isAdmin = (password: string) => password === 'kj2h3g4k';",
    ],
    good: [
      "import { Client } from 'pg';\nexport const client = new Client({ user: 'shop', password: process.env.DB_PASSWORD, host: 'db' });",
      "export const fields = { user: 'username', password: 'password' };",
      "export const isHidden = (type: string) => type === 'password';",
      "export const load = (token: string) => fetch('https://api.example.com/', { headers: { Authorization: `Bearer ${token}` } });",
    ],
  },
];
