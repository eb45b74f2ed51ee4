import { knownText } from '../value.ts';
import type { Weakness } from '../weakness.ts';
import { equals } from './conditions.ts';

export const TRANSPORT: readonly Weakness[] = [
  {
    id: 'certificates-not-checked',
    cwe: 295,
    text: {
      title: 'The other side of an encrypted connection is not verified',
      body: 'Anyone on the way can answer in its place and read what is sent. Leave verification on; to trust a certificate of your own, name its authority with `ca`.',
      severity: 'high',
      confidence: 0.9,
      topic: 'tls',
    },
    checks: [
      {
        properties: ['{rejectUnauthorized,strictSSL}'],
        when: ({ args }) => args[0] !== undefined && equals(args[0], false),
      },
      {
        properties: ['checkServerIdentity'],
        when: ({ code }) =>
          /=>\s*(?:undefined|\{\s*\}|null|void 0)|\{\s*(?:return\s*(?:undefined|null)?;?)?\s*\}/.test(code),
      },
      {
        writes: [
          'process.env.NODE_TLS_REJECT_UNAUTHORIZED',
          '~NODE_TLS_REJECT_UNAUTHORIZED',
          '~*.rejectUnauthorized',
          '~*.strictSSL',
        ],
        when: ({ args }) =>
          args[0] !== undefined && (equals(args[0], '0') || equals(args[0], 0) || equals(args[0], false)),
      },
      {
        properties: ['NODE_TLS_REJECT_UNAUTHORIZED'],
        when: ({ args }) => args[0] !== undefined && (equals(args[0], '0') || equals(args[0], 0)),
      },
    ],
    bad: [
      "import https from 'node:https';\nexport const agent = new https.Agent({ rejectUnauthorized: false });",
      "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';",
    ],
    good: [
      "import https from 'node:https';\nexport const agent = new https.Agent({ rejectUnauthorized: true });",
    ],
  },
  {
    id: 'old-tls',
    cwe: 326,
    text: {
      title: 'An old, broken version of TLS is allowed',
      body: 'SSL 3 and TLS 1.0 and 1.1 can be broken by someone on the way. Ask for TLS 1.2 or newer.',
      severity: 'medium',
      confidence: 0.85,
      topic: 'tls',
    },
    checks: [
      {
        properties: ['{secureProtocol,minVersion,maxVersion}'],
        when: ({ args }) =>
          /^(?:SSLv[23]|TLSv1(?:\.1)?|TLSv1(?:_1)?_(?:client_|server_)?method|SSLv(?:2|3|23)_(?:\w+_)?method)$/.test(
            args[0] === undefined ? '' : (knownText(args[0]) ?? ''),
          ),
      },
    ],
    bad: ["import tls from 'node:tls';\ntls.createServer({ minVersion: 'TLSv1' });"],
    good: ["import tls from 'node:tls';\ntls.createServer({ minVersion: 'TLSv1.2' });"],
  },
  {
    id: 'insecure-grpc',
    cwe: 319,
    text: {
      title: 'gRPC runs without encryption',
      body: 'Anyone on the way can read and change what is sent, also within a data centre. Use `credentials.createSsl`.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      {
        calls: [
          '{grpc,@grpc/grpc-js}.{ServerCredentials,credentials}.createInsecure',
          '~{credentials,ServerCredentials}.createInsecure',
        ],
        when: () => true,
      },
    ],
    bad: ["import grpc from '@grpc/grpc-js';\nnew Client('x:50051', grpc.credentials.createInsecure());"],
    good: ["import grpc from '@grpc/grpc-js';\nnew Client('x:50051', grpc.credentials.createSsl());"],
  },
  {
    id: 'insecure-websocket',
    cwe: 319,
    text: {
      title: 'A web socket is opened without encryption',
      body: 'Anyone on the way can read and change what is sent, for instance in a public network. Use `wss:`.',
      severity: 'low',
      confidence: 0.75,
    },
    checks: [
      {
        calls: ['WebSocket', 'ws', 'ws.WebSocket'],
        when: ({ args }) =>
          /^ws:\/\/(?!localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(args[0]?.text ?? '') &&
          args[0]?.text !== 'ws://\0',
      },
    ],
    bad: ["export const socket = new WebSocket('ws://chat.example.com/live');"],
    good: [
      "export const socket = new WebSocket('wss://chat.example.com/live');",
      "export const socket = new WebSocket('ws://localhost:8080');",
    ],
  },
];
