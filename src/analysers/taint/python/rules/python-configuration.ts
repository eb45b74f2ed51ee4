import type { Site, Weakness } from '../../weakness.ts';
import { named, namedIs, textOfArgument } from './arguments.ts';

const isTrue = ({ args }: Site): boolean => args[0]?.constant === true;
const isFalse = ({ args }: Site): boolean => args[0]?.constant === false;
const PLAIN =
  /^(?:http|ftp):\/\/(?!localhost|127\.|10\.|192\.168\.|169\.254\.|\[|0\.0\.0\.0|\0|[\w-]+(?:[:/]|$)|[\w.-]+\.(?:local|internal|localhost|test)\b)/i;

export const PYTHON_CONFIGURATION: readonly Weakness[] = [
  {
    id: 'python-debug-mode',
    cwe: 489,
    text: {
      title: 'The debug mode is on in code that may run for users',
      body: 'The debugger of Werkzeug lets anyone who reaches an error page run Python, and detailed errors show the code. Read the setting from the environment and leave it off by default.',
      severity: 'high',
      confidence: 0.75,
    },
    checks: [
      {
        calls: ['flask.Flask().run', '~{app,application}.run'],
        when: (site) => namedIs(site, 'debug', true),
      },
      { writes: ['~{app,application}.debug', '~*.config.{DEBUG,TESTING}'], when: isTrue },
      { writes: ['~*.config.ENV'], when: ({ args }) => args[0]?.text === 'development' },
    ],
    bad: [
      "from flask import Flask\n\napp = Flask(__name__)\nif __name__ == '__main__':\n    app.run(debug=True)\n",
    ],
    good: [
      "from flask import Flask\n\napp = Flask(__name__)\nif __name__ == '__main__':\n    app.run(debug=False)\n",
    ],
  },
  {
    id: 'python-bound-to-all',
    cwe: 668,
    text: {
      title: 'The server listens on all interfaces',
      body: 'Everyone in the same network reaches it, and a development server is made for none of them. Listen on `127.0.0.1`, and put a server for production in front.',
      severity: 'medium',
      confidence: 0.65,
    },
    checks: [
      {
        calls: ['flask.Flask().run', '~{app,application}.run'],
        when: (site) => textOfArgument(site, 0, 'host') === '0.0.0.0',
      },
      {
        calls: ['~{s,sock,socket,server}.bind', 'socket.socket().bind'],
        when: ({ args }) => /^(?:0\.0\.0\.0|::|)$/.test(args[0]?.objects[0]?.fields.get('0')?.text ?? 'x'),
      },
    ],
    bad: ["from flask import Flask\n\napp = Flask(__name__)\napp.run(host='0.0.0.0')\n"],
    good: ["from flask import Flask\n\napp = Flask(__name__)\napp.run(host='127.0.0.1')\n"],
  },
  {
    id: 'python-unsafe-cookie',
    cwe: 614,
    text: {
      title: 'A cookie can be read by scripts, or is sent over plain connections',
      body: 'Scripts in the page, or anyone on the way, can then take over the session. Set `secure=True`, `httponly=True` and `samesite="Lax"`.',
      severity: 'medium',
      confidence: 0.7,
    },
    checks: [
      {
        calls: ['~*.set_cookie', '~*.set_signed_cookie'],
        when: (site) =>
          site.args.length > 1 &&
          !site.args.some(({ objects }) => objects.some(({ isOpen }) => isOpen)) &&
          ['secure', 'httponly'].some((name) => !namedIs(site, name, true) && !isUnknown(named(site, name))),
      },
      {
        calls: [
          '~{AuthTktCookieHelper,AuthTktAuthenticationPolicy,SignedCookieSessionFactory,CookieProfile,SignedCookieProfile,UnencryptedCookieSessionFactoryConfig}',
        ],
        when: (site) =>
          ['secure', 'httponly', 'http_only', 'cookie_secure', 'cookie_httponly'].some((name) =>
            namedIs(site, name, false),
          ) ||
          ['samesite', 'cookie_samesite'].some((name) => namedIs(site, name, null)) ||
          !['secure', 'cookie_secure'].some((name) => named(site, name) !== undefined) ||
          !['httponly', 'http_only', 'cookie_httponly'].some((name) => named(site, name) !== undefined),
      },
      {
        writes: [
          '~*.config.{SESSION_COOKIE_SECURE,SESSION_COOKIE_HTTPONLY}',
          '{SESSION_COOKIE_SECURE,SESSION_COOKIE_HTTPONLY,CSRF_COOKIE_SECURE}',
        ],
        when: isFalse,
      },
    ],
    bad: [
      "@app.route('/')\ndef index():\n    response = redirect('/home')\n    response.set_cookie('session', make_session())\n    return response\n",
    ],
    good: [
      "@app.route('/')\ndef index():\n    response = redirect('/home')\n    response.set_cookie('session', make_session(), secure=True, httponly=True, samesite='Lax')\n    return response\n",
    ],
  },
  {
    id: 'python-forgery-protection-off',
    cwe: 352,
    text: {
      title: 'The protection against forged requests is switched off',
      body: 'Another site can then send forms in the name of whoever is logged in here. Leave it on, and exempt only what is authenticated in another way, such as by a token in a header.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      {
        writes: [
          '~*.config.{WTF_CSRF_ENABLED,WTF_CSRF_CHECK_DEFAULT}',
          '{WTF_CSRF_ENABLED,WTF_CSRF_CHECK_DEFAULT}',
          '~{WTF_CSRF_ENABLED,WTF_CSRF_CHECK_DEFAULT}',
        ],
        when: isFalse,
      },
      {
        properties: ['{WTF_CSRF_ENABLED,WTF_CSRF_CHECK_DEFAULT,csrf}'],
        when: ({ args, name }) => args[0]?.constant === false && name !== '',
      },
      {
        calls: ['django.views.decorators.csrf.csrf_exempt', '~csrf_exempt', '~csrf.exempt'],
        when: () => true,
      },
      { calls: ['~config.set_default_csrf_options'], when: (site) => namedIs(site, 'require_csrf', false) },
      {
        calls: ['pyramid.view.view_config', '~view_config'],
        when: (site) => namedIs(site, 'require_csrf', false) || namedIs(site, 'check_origin', false),
      },
    ],
    bad: [
      'from django.views.decorators.csrf import csrf_exempt\n\n@csrf_exempt\ndef pay(request):\n    return JsonResponse({})\n',
    ],
    good: ['def pay(request):\n    return JsonResponse({})\n'],
  },
  {
    id: 'python-any-origin-allowed',
    cwe: 942,
    text: {
      title: 'Every site may read the answers',
      body: 'With `*` any page that a visitor has open can call this API; with credentials, in their name. Name the origins that are allowed.',
      severity: 'medium',
      confidence: 0.7,
    },
    checks: [
      {
        calls: [
          '~*.add_middleware',
          '~CORSMiddleware',
          '~CORS',
          'flask_cors.{CORS,cross_origin}',
          '~cross_origin',
        ],
        when: (site) =>
          ['allow_origins', 'origins', 'allow_origin_regex'].some((name) => {
            const value = named(site, name);
            return [value, ...(value?.objects.flatMap(({ fields }) => [...fields.values()]) ?? [])].some(
              (one) => /^(?:\*|\.\*)$/.test(one?.text ?? ''),
            );
          }),
      },
      {
        writes: ['~headers.Access-Control-Allow-Origin', '~*.Access-Control-Allow-Origin'],
        when: ({ args }) => args[0]?.text === '*',
      },
      { writes: ['{CORS_ORIGIN_ALLOW_ALL,CORS_ALLOW_ALL_ORIGINS}'], when: isTrue },
    ],
    bad: ["app.add_middleware(CORSMiddleware, allow_origins=['*'], allow_credentials=True)\n"],
    good: ["app.add_middleware(CORSMiddleware, allow_origins=['https://a.example.com'])\n"],
  },
  {
    id: 'python-plain-connection',
    cwe: 319,
    text: {
      title: 'Data goes over a plain connection',
      body: 'Anyone on the way can read and change what is sent and what is answered. Use `https:`, or the encrypted variant of the protocol.',
      severity: 'low',
      confidence: 0.65,
    },
    checks: [
      {
        calls: [
          '{requests,httpx}.{get,post,put,patch,delete,head,options,request,Request}',
          '{requests,httpx}.{Session,session,Client}().{get,post,put,patch,delete,head,options,request}',
          '~session.{get,post,put,patch,delete,head,options,request}',
          'urllib.request.{urlopen,urlretrieve,Request}',
          'urllib.request.{URLopener,FancyURLopener,OpenerDirector}().{open,retrieve}',
          '{urllib.urlopen,urllib2.urlopen,urllib.urlretrieve}',
        ],
        when: (site) =>
          [0, 1].some(
            (index) =>
              PLAIN.test(textOfArgument(site, index, index === 0 ? 'url' : 'uri')) ||
              PLAIN.test(textOfArgument(site, 9, 'url')),
          ),
      },
      {
        calls: ['ftplib.FTP', 'telnetlib.Telnet', '{http.client,httplib}.HTTPConnection', 'smtplib.SMTP'],
        when: ({ name, around }) => !/SMTP/.test(name) || !/starttls/.test(around()),
      },
    ],
    bad: ["import requests\n\nrequests.get('http://api.example.com/users')\n"],
    good: [
      "import requests\n\nrequests.get('https://api.example.com/users')\n",
      "import requests\n\nrequests.get('http://localhost:8000/users')\n",
    ],
  },
];

function isUnknown(value: ReturnType<typeof named>): boolean {
  return value !== undefined && !('constant' in value);
}
