import type { Weakness } from '../../weakness.ts';
import { named, namedIs, textOfArgument } from './arguments.ts';

export const PYTHON_TRANSPORT: readonly Weakness[] = [
  {
    id: 'python-certificates-not-checked',
    cwe: 295,
    text: {
      title: 'The other side of an encrypted connection is not verified',
      body: 'Anyone on the way can answer in its place and read what is sent. Leave verification on; to trust a certificate of your own, name its authority.',
      severity: 'high',
      confidence: 0.9,
      topic: 'tls',
    },
    checks: [
      {
        calls: [
          '{requests,httpx}.**',
          '~{session,client,requests,s}.{get,post,put,patch,delete,head,options,request}',
        ],
        when: (site) => namedIs(site, 'verify', false),
      },
      {
        calls: ['urllib3.**', 'aiohttp.**'],
        when: (site) =>
          textOfArgument(site, 9, 'cert_reqs') === 'CERT_NONE' ||
          (named(site, 'cert_reqs')?.name ?? '').endsWith('CERT_NONE') ||
          namedIs(site, 'assert_hostname', false) ||
          namedIs(site, 'ssl', false) ||
          namedIs(site, 'verify_ssl', false),
      },
      { calls: ['ssl.{_create_unverified_context,_create_stdlib_context}'], when: () => true },
      {
        writes: ['ssl._create_default_https_context', '~ssl._create_default_https_context'],
        when: ({ args }) => /unverified/.test(args[0]?.name ?? ''),
      },
      { writes: ['~*.verify_mode'], when: ({ args }) => args[0]?.name.endsWith('CERT_NONE') === true },
      {
        writes: ['~*.check_hostname'],
        when: ({ args, around }) => args[0]?.constant === false && /ssl|tls/i.test(around()),
      },
      { writes: ['~{session,s,client}.verify'], when: ({ args }) => args[0]?.constant === false },
      {
        calls: ['~*.set_missing_host_key_policy'],
        when: ({ args, code }) => /AutoAddPolicy|WarningPolicy/.test(`${args[0]?.name ?? ''} ${code}`),
      },
    ],
    bad: [
      "import requests\n\nrequests.get('https://a.example.com', verify=False)\n",
      'import ssl\n\ncontext = ssl._create_unverified_context()\n',
    ],
    good: ["import requests\n\nrequests.get('https://a.example.com', verify='/etc/ca.pem')\n"],
  },
  {
    id: 'python-old-tls',
    cwe: 326,
    text: {
      title: 'An old, broken version of TLS is allowed',
      body: 'SSL 2 and 3 and TLS 1.0 and 1.1 can be broken by someone on the way. Use `ssl.create_default_context()`, which allows none of them.',
      severity: 'medium',
      confidence: 0.85,
      topic: 'tls',
    },
    checks: [
      {
        calls: ['**'],
        when: ({ args, name }) =>
          /^(?:ssl|OpenSSL|pyOpenSSL|SSL|urllib3|.*SSL)\b|Context$|wrap_socket$/.test(name) &&
          [
            ...args,
            ...args.flatMap(({ objects }) => objects.flatMap(({ fields }) => [...fields.values()])),
          ].some((value) =>
            /(?:^|\.)(?:PROTOCOL_(?:SSLv2|SSLv3|TLSv1|TLSv1_1)|SSLv2_METHOD|SSLv3_METHOD|SSLv23_METHOD|TLSv1_METHOD|TLSv1_1_METHOD)$/.test(
              value.name,
            ),
          ),
      },
      { calls: ['ssl.wrap_socket'], when: (site) => named(site, 'ssl_version') === undefined },
      {
        writes: ['~*.minimum_version'],
        when: ({ args }) => /(?:SSLv3|TLSv1|TLSv1_1)$/.test(args[0]?.name ?? ''),
      },
    ],
    bad: ['import ssl\n\ncontext = ssl.SSLContext(ssl.PROTOCOL_TLSv1)\n'],
    good: ['import ssl\n\ncontext = ssl.create_default_context()\n'],
  },
];
