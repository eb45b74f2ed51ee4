import { fieldAt, type Value } from '../value.ts';
import type { Weakness } from '../weakness.ts';
import { equals } from './conditions.ts';

export const RESPONSE_HEADERS: readonly Weakness[] = [
  {
    id: 'any-origin-allowed',
    cwe: 942,
    text: {
      title: 'Every site may read the answers of this server',
      body: 'With `*`, pages of any origin can call it from their visitors’ browsers, also past a firewall. For what is not meant for everyone, name the origins.',
      severity: 'low',
      confidence: 0.55,
      topic: 'cors',
    },
    checks: [
      {
        calls: [
          'http.response.{setHeader,header,set}',
          '~{res,response,reply}.{setHeader,header,set}',
          '~Header',
          '@nestjs/common.Header',
        ],
        when: ({ args }) =>
          /^access-control-allow-origin$/i.test(args[0]?.text ?? '') &&
          args[1] !== undefined &&
          equals(args[1], '*'),
      },
      {
        calls: ['~NestFactory.create', '@nestjs/core.NestFactory.create'],
        when: ({ args }) => args.some((value) => isOpen(fieldAt(value, 'cors'))),
      },
      {
        calls: ['~app.enableCors', '@nestjs/core.NestFactory.create().enableCors'],
        when: ({ args }) => args.length === 0 || isOpen(args[0]),
      },
    ],
    bad: [
      "import { NestFactory } from '@nestjs/core';\nexport const app = await NestFactory.create(AppModule, { cors: true });",
      "app.use((req, res, next) => {\n  res.setHeader('Access-Control-Allow-Origin', '*');\n  next();\n});",
    ],
    good: [
      "import { NestFactory } from '@nestjs/core';\nexport const app = await NestFactory.create(AppModule, { cors: { origin: 'https://a.example.com' } });",
    ],
  },
  {
    id: 'protection-header-off',
    cwe: 693,
    text: {
      title: 'A protection of the browser is switched off',
      body: 'The header or policy protects visitors when something else goes wrong, for instance against scripts that someone smuggled in. Leave it on.',
      severity: 'low',
      confidence: 0.6,
    },
    checks: [
      {
        calls: [
          'http.response.{setHeader,header,set}',
          '~{res,response,reply}.{setHeader,header,set}',
          '~Header',
          '@nestjs/common.Header',
        ],
        when: ({ args }) =>
          /^x-xss-protection$/i.test(args[0]?.text ?? '') &&
          String(args[1]?.text ?? args[1]?.constant ?? '').startsWith('0'),
      },
      {
        calls: ['helmet'],
        when: ({ args }) =>
          args[0] !== undefined &&
          [
            'contentSecurityPolicy',
            'frameguard',
            'hsts',
            'noSniff',
            'xContentTypeOptions',
            'strictTransportSecurity',
            'xFrameOptions',
          ].some((name) => {
            const option = args[0] === undefined ? undefined : fieldAt(args[0], name);
            return option !== undefined && equals(option, false);
          }),
      },
      {
        calls: ['apollo-server**.ApolloServer', '@apollo/server.ApolloServer', '~ApolloServer'],
        when: ({ args }) =>
          args[0] !== undefined && equals(fieldAt(args[0], 'csrfPrevention') ?? args[0], false),
      },
    ],
    bad: ["import helmet from 'helmet';\napp.use(helmet({ contentSecurityPolicy: false }));"],
    good: ["import helmet from 'helmet';\napp.use(helmet());"],
  },
  {
    id: 'directory-listing',
    cwe: 548,
    text: {
      title: 'The server lists the files of a folder',
      body: 'Visitors see the name of every file, also of those that no page links to. Serve the files without an index.',
      severity: 'low',
      confidence: 0.7,
    },
    checks: [{ calls: ['serve-index', '~serveIndex'], when: ({ args }) => args.length > 0 }],
    bad: ["import serveIndex from 'serve-index';\napp.use('/files', serveIndex('files'));"],
    good: ["import express from 'express';\napp.use('/files', express.static('files'));"],
  },
  {
    id: 'header-injection',
    cwe: 113,
    text: {
      title: 'Data from outside becomes the name of a header',
      body: 'Whoever sends the request can set any header of the answer, for instance a cookie. Choose the name from a fixed list.',
      severity: 'medium',
      confidence: 0.7,
    },
    sinks: [
      {
        calls: [
          'http.response.{setHeader,header,set,append}',
          '~{res,response}.{setHeader,header,set,append}',
        ],
        from: 'outside',
        when: ({ args }) => args.length > 1,
      },
    ],
    bad: ["app.get('/', (req, res) => {\n  res.setHeader(req.query.name, 'yes');\n});"],
    good: ["app.get('/', (req, res) => {\n  res.setHeader('x-name', 'yes');\n});"],
  },
  {
    id: 'reflected-origin',
    cwe: 346,
    text: {
      title: 'Any site may read answers meant for the signed-in user',
      body: 'The origin that is allowed is the one that asks, or all, and cookies are sent along: every site that a user visits can read their data here. Compare the origin with a list of your own.',
      severity: 'high',
      confidence: 0.8,
      topic: 'cors',
    },
    sinks: [
      {
        calls: ['http.response.{setHeader,header,set}', '~{res,response,ctx,c}.{setHeader,header,set}'],
        args: [1],
        from: 'outside',
        when: ({ args }) => /^access-control-allow-origin$/i.test(args[0]?.text ?? ''),
      },
      {
        calls: ['http.response.{writeHead,set,header}', '~{res,response}.{writeHead,set,header}'],
        args: [0, 1, 2],
        fields: ['Access-Control-Allow-Origin', 'access-control-allow-origin'],
        from: 'outside',
      },
    ],
    checks: [
      {
        calls: ['cors', '@koa/cors', '@fastify/cors', 'hono/cors.cors', '~app.enableCors', 'cors.default'],
        when: ({ args }) => {
          const [options] = args;
          if (options === undefined) return false;
          const [origin, credentials] = [fieldAt(options, 'origin'), fieldAt(options, 'credentials')];
          return credentials?.constant === true && (origin?.text === '*' || origin?.constant === true);
        },
      },
    ],
    bad: [
      "app.use((req, res, next) => {\n  res.setHeader('Access-Control-Allow-Origin', req.headers.origin);\n  next();\n});",
      "import cors from 'cors';\napp.use(cors({ origin: true, credentials: true }));",
    ],
    good: [
      "const OURS = ['https://a.example.com'];\napp.use((req, res, next) => {\n  if (OURS.includes(req.headers.origin)) res.setHeader('Access-Control-Allow-Origin', req.headers.origin);\n  next();\n});",
      "import cors from 'cors';\napp.use(cors({ origin: 'https://a.example.com', credentials: true }));",
    ],
  },
];

/** Settings of CORS that let every origin in. */
function isOpen(settings: Value | undefined): boolean {
  if (settings === undefined) return false;
  const origin = fieldAt(settings, 'origin');
  return equals(settings, true) || (origin !== undefined && equals(origin, '*'));
}
