import { fieldAt, UNKNOWN, type Value } from '../value.ts';
import type { Weakness } from '../weakness.ts';
import { either, equals, optionIs } from './conditions.ts';

export const DATA_FORMATS: readonly Weakness[] = [
  {
    id: 'unsafe-deserialisation',
    cwe: 502,
    text: {
      title: 'Data from outside is turned into objects that can hold code',
      body: 'Reading this format can run code that the data brings along. Use `JSON.parse`, or the safe variant of the reader.',
      severity: 'high',
      confidence: 0.8,
    },
    sinks: [
      {
        calls: [
          '{node-serialize,serialize-to-js,funcster,cryo,serialize-javascript,php-serialize}.{unserialize,deserialize,deepDeserialize,parse}',
          '~{serialize,serializer,nodeSerialize}.unserialize',
          'v8.deserialize',
          'grpc.load',
          '~{node-serialize}.unserialize',
          'bson.deserialize',
        ],
        from: 'parameter',
      },
      {
        calls: ['{js-yaml,yamljs,node-yaml}.{load,loadAll,parse}', '~yaml.{load,loadAll}'],
        from: 'outside',
        when: (site) =>
          optionIs(1, 'schema', 'x')(site) ||
          /FULL|UNSAFE|DEFAULT_FULL/.test(
            site.args[1] === undefined ? '' : (fieldAt(site.args[1], 'schema')?.name ?? ''),
          ),
      },
    ],
    checks: [
      {
        calls: ['js-yaml.{load,loadAll}', '~yaml.{load,loadAll}'],
        when: ({ args }) =>
          /DEFAULT_FULL|UNSAFE/.test(args[1] === undefined ? '' : (fieldAt(args[1], 'schema')?.name ?? '')),
      },
      {
        calls: ['node-serialize.unserialize'],
        when: ({ args }) =>
          args[0] !== undefined && args[0].text === undefined && args[0].taints.length === 0,
      },
      { calls: ['serialize-javascript'], when: optionIs(1, 'unsafe', true) },
    ],
    bad: [
      "import serialize from 'node-serialize';\napp.post('/', (req, res) => {\n  const user = serialize.unserialize(req.cookies.profile);\n  res.json(user);\n});",
    ],
    good: [
      "app.post('/', (req, res) => {\n  const user = JSON.parse(req.cookies.profile);\n  res.json(user);\n});",
    ],
  },
  {
    id: 'xml-external-entities',
    cwe: 611,
    text: {
      title: 'XML is read with external entities switched on',
      body: 'A document can then name files of this machine or addresses of the inner network, and gets their content. Leave `noent` off and do not load external DTDs.',
      severity: 'high',
      confidence: 0.85,
    },
    sinks: [
      {
        calls: [
          '{node-expat,expat}.Parser().{parse,write}',
          'node-expat.Parser().**',
          'sax.parser().{write,parse}',
          '~{parser,expatParser}.{write,parse}',
          'xml2json.toJson',
          '{xml2js,xmldom,@xmldom/xmldom}.**.{parseFromString,parseStringSync}',
        ],
        from: 'parameter',
        when: ({ receiver, name }) => /expat|sax|xml2json/.test(`${receiver.name} ${name}`),
        accepts: () => true,
      },
      { calls: ['xml2json', 'xml2json.toJson'], from: 'parameter' },
    ],
    checks: [
      {
        calls: [
          '{libxmljs,libxmljs2,libxml2-wasm}.{parseXml,parseXmlString,parseXmlAsync,parseHtml}',
          '~{libxmljs,libxml,libxmljs2}.{parseXml,parseXmlString,parse}',
        ],
        when: either(
          optionIs(1, 'noent', true),
          optionIs(1, 'replaceEntities', true),
          optionIs(1, 'dtdload', true),
        ),
      },
    ],
    bad: [
      "import libxmljs from 'libxmljs';\napp.post('/', (req, res) => {\n  const document = libxmljs.parseXml(req.body, { noent: true });\n  res.end(document.toString());\n});",
    ],
    good: [
      "import libxmljs from 'libxmljs';\napp.post('/', (req, res) => {\n  const document = libxmljs.parseXml(req.body, { noent: false });\n  res.json({ is: document !== null });\n});",
    ],
  },
  {
    id: 'ldap-injection',
    cwe: 90,
    text: {
      title: 'Data from outside becomes part of an LDAP filter',
      body: 'With brackets and stars in it, the data changes what is searched for, for instance so that any password fits. Build the filter from filter objects, or escape the value.',
      severity: 'high',
      confidence: 0.8,
    },
    sinks: [
      {
        calls: [
          '{ldapjs,ldapts,activedirectory}.**.{search,bind,findUser,authenticate}',
          '~{ldap,ldapClient,ldapjs}.{search}',
        ],
        args: [0, 1],
        isDeep: true,
        from: 'outside',
        accepts: ({ lead }) => lead !== '',
      },
    ],
    bad: [
      "import ldap from 'ldapjs';\nconst client = ldap.createClient({ url: 'ldap://x' });\napp.get('/', (req, res) => {\n  client.search('o=example', { filter: `(uid=${req.query.user})` }, () => res.end());\n});",
    ],
    good: [
      "import ldap from 'ldapjs';\nconst client = ldap.createClient({ url: 'ldap://x' });\napp.get('/', (req, res) => {\n  client.search('o=example', { filter: new ldap.EqualityFilter({ attribute: 'uid', value: req.query.user }) }, () => res.end());\n});",
    ],
  },
  {
    id: 'xpath-injection',
    cwe: 643,
    text: {
      title: 'Data from outside becomes part of an XPath expression',
      body: 'A quote in the data changes the expression, which then finds other parts of the document. Pass it as a variable, or refuse quotes.',
      severity: 'medium',
      confidence: 0.75,
    },
    sinks: [
      {
        calls: [
          'xpath.{select,select1,evaluate,parse}',
          '~document.evaluate',
          '~{xpath}.{select,select1,evaluate}',
          'document.evaluate',
        ],
        from: 'outside',
      },
    ],
    bad: [
      "import xpath from 'xpath';\napp.get('/', (req, res) => {\n  res.json(xpath.select(`//user[name='${req.query.name}']`, document));\n});",
    ],
    good: [
      "import xpath from 'xpath';\napp.get('/', (req, res) => {\n  res.json(xpath.select('//user', document));\n});",
    ],
  },
  {
    id: 'format-string',
    cwe: 134,
    text: {
      title: 'Data from outside is the format of a log line',
      body: 'Placeholders such as `%s` in the data take the next arguments, so that the line says something else. Give a fixed format first and the data after it.',
      severity: 'low',
      confidence: 0.65,
    },
    sinks: [
      {
        calls: [
          'console.{log,error,warn,info,debug,trace}',
          'util.{format,formatWithOptions,log}',
          '{printf,format-util,sprintf-js,util-format,string-format,printj}',
          '{sprintf-js,printj,voca,underscore.string}.{sprintf,vsprintf}',
          '~format',
          '~{sprintf,vsprintf}',
        ],
        from: 'outside',
        when: ({ args }) => args.length > 1,
        accepts: ({ origin }) => origin === 'request',
      },
    ],
    bad: [
      "app.get('/', (req, res) => {\n  console.log(`user ${req.query.name}`, new Date());\n  res.end();\n});",
    ],
    good: ["app.get('/', (req, res) => {\n  console.log('user %s', req.query.name);\n  res.end();\n});"],
  },
  {
    id: 'unchecked-buffer-access',
    cwe: 119,
    text: {
      title: 'The bounds of a buffer are not checked',
      body: 'The last argument switches the check off: reading past the end gives other memory of the program, writing changes it. Leave it out.',
      severity: 'medium',
      confidence: 0.8,
    },
    checks: [
      {
        calls: [
          '**.{readUInt8,readUInt16LE,readUInt16BE,readUInt32LE,readUInt32BE,readInt8,readInt16LE,readInt16BE,readInt32LE,readInt32BE,readFloatLE,readFloatBE,readDoubleLE,readDoubleBE}',
        ],
        when: ({ args }) => args[1] !== undefined && equals(args[1], true),
      },
      {
        calls: [
          '**.{writeUInt8,writeUInt16LE,writeUInt16BE,writeUInt32LE,writeUInt32BE,writeInt8,writeInt16LE,writeInt16BE,writeInt32LE,writeInt32BE,writeFloatLE,writeFloatBE,writeDoubleLE,writeDoubleBE}',
        ],
        when: ({ args }) =>
          args.at(-1) !== undefined && args.length > 1 && equals(args.at(-1) ?? UNKNOWN, true),
      },
    ],
    bad: ['export const first = (buffer) => buffer.readUInt8(0, true);'],
    good: ['export const first = (buffer) => buffer.readUInt8(0);'],
  },
  {
    id: 'collects-all-errors',
    cwe: 400,
    text: {
      title: 'A validator collects every error of a document',
      body: 'With `allErrors`, someone can send a document with so many mistakes that listing them takes the program’s time and memory. Leave it off for what comes from outside.',
      severity: 'low',
      confidence: 0.65,
    },
    checks: [{ calls: ['ajv', 'ajv.Ajv', '~Ajv'], when: optionIs(0, 'allErrors', true) }],
    bad: ["import Ajv from 'ajv';\nexport const ajv = new Ajv({ allErrors: true });"],
    good: ["import Ajv from 'ajv';\nexport const ajv = new Ajv();"],
  },
  {
    id: 'mass-assignment',
    cwe: 915,
    text: {
      title: 'A request sets whichever properties it names',
      body: 'The whole of what the request sent is copied over an object: it can also set properties that it is not meant to, such as a role or an owner. Copy the properties that are expected, one by one.',
      severity: 'medium',
      confidence: 0.65,
    },
    sinks: [
      {
        calls: ['Object.assign', '{lodash,underscore,lodash-es}.{assign,extend}', '~{_}.{assign,extend}'],
        args: [1, 2, 3],
        from: 'outside',
        when: ({ args }) => args[0] !== undefined && !isFresh(args[0]),
        accepts: ({ isWhole, key, origin }) => origin === 'request' && isWhole && !/headers|params/.test(key),
      },
    ],
    bad: [
      "app.post('/me', async (req, res) => {\n  const user = await load(req.session.id);\n  Object.assign(user, req.body);\n  await user.save();\n});",
    ],
    good: [
      "app.post('/me', async (req, res) => {\n  const copy = Object.assign({}, req.body);\n  res.json(copy);\n});",
    ],
  },
];

/** An object made for the copy. */
function isFresh({ objects, taints }: Value): boolean {
  return taints.length === 0 && objects.length > 0 && objects.every(({ fields }) => fields.size === 0);
}
