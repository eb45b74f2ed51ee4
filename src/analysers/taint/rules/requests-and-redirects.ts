import { fieldAt } from '../value.ts';
import type { Weakness } from '../weakness.ts';
import { decidesHost, isOwnAddress } from './conditions.ts';

const CLIENTS =
  '{axios,got,needle,request,superagent,node-fetch,undici,ky,wretch,phin,bent,cross-fetch,isomorphic-fetch,request-promise,request-promise-native,unfetch,make-fetch-happen,popsicle,urllib,ofetch}';

export const REQUESTS_AND_REDIRECTS: readonly Weakness[] = [
  {
    id: 'server-side-request-forgery',
    cwe: 918,
    text: {
      title: 'Data from outside chooses which server is called',
      body: 'The program can then be made to call services of the inner network, such as the metadata service of a cloud, and to hand back what they answer. Compare the host with a list of allowed ones, after parsing the address.',
      severity: 'high',
      confidence: 0.8,
    },
    clearedBy: ['known-host'],
    sinks: [
      {
        calls: [
          'fetch',
          CLIENTS,
          `${CLIENTS}.{get,post,put,patch,delete,head,request,fetch,stream,default,options,del}`,
          '{http,https,http2}.{get,request,connect}',
          '~{http,https,axios,request,got,needle,superagent,httpClient,httpService,$http}.{get,post,put,patch,delete,head,request}',
          '@nestjs/axios.HttpService.{get,post}',
          'net.{connect,createConnection}',
          'WebSocket',
          'ws',
          'ws.WebSocket',
          'EventSource',
          'http-proxy.**',
          '{open-graph-scraper,link-preview-js.getLinkPreview,metascraper}',
        ],
        fields: ['', 'url', 'uri', 'host', 'hostname', 'baseURL', 'baseUrl', 'href'],
        from: 'outside',
        accepts: (taint) => taint.origin === 'request' && decidesHost(taint),
      },
      {
        calls: [
          '~{page,frame,tab}.{goto,navigate,setContent,open}',
          '~{Page,client.Page}.{navigate,setDocumentContent,printToPDF}',
          '~browser.newPage().goto',
          'html-pdf.create',
          '{puppeteer,playwright}.**.{goto,setContent}',
          'phantom.**.{open,setContent}',
          '~{page,phantom}.{open,openUrl,setContent,property}',
          'webdriverio.**.url',
          '~driver.get',
        ],
        fields: ['', 'url', 'html', 'content'],
        from: 'parameter',
        accepts: (taint, _value, { spelled }) =>
          decidesHost(taint) || /setContent|setDocumentContent|printToPDF|property$/.test(spelled),
      },
      // These open whatever they are given, files of this machine too.
      {
        calls: ['{wkhtmltopdf,wkhtmltoimage,html-pdf}', 'wkhtmltoimage.generate', 'html-pdf.create'],
        from: 'unknown',
      },
    ],
    bad: [
      "app.get('/proxy', async (req, res) => {\n  const answer = await fetch(req.query.url);\n  res.json(await answer.json());\n});",
      "import axios from 'axios';\nexport const handler = async (event) => {\n  const { host } = JSON.parse(event.body);\n  return axios.get('https://' + host + '/status');\n};",
    ],
    good: [
      "app.get('/user', async (req, res) => {\n  const answer = await fetch(`https://api.example.com/users/${req.query.id}`);\n  res.json(await answer.json());\n});",
      "const HOSTS = new Set(['a.example.com']);\napp.get('/proxy', async (req, res) => {\n  const url = new URL(req.query.url);\n  if (!HOSTS.has(url.hostname)) return res.sendStatus(400);\n  res.json(await (await fetch(url)).json());\n});",
    ],
  },
  {
    id: 'open-redirect',
    cwe: 601,
    text: {
      title: 'Data from outside chooses where the visitor is sent',
      body: 'A link to this site then leads to any other, which can look the same and ask for the password. Allow only paths of this site that begin with one slash, or compare with a list.',
      severity: 'medium',
      confidence: 0.8,
    },
    clearedBy: ['known-host', 'url-encoded', 'local-path'],
    sinks: [
      {
        calls: [
          'http.response.redirect',
          '~{res,response,reply,resp}.redirect',
          '~{c,ctx,context}.redirect',
          'http.context.redirect',
          '~{NextResponse,Response}.redirect',
          'next/navigation.{redirect,permanentRedirect}',
          'next/server.NextResponse.redirect',
          '{@remix-run/node,@remix-run/server-runtime,@remix-run/router,react-router,react-router-dom,@sveltejs/kit}.redirect',
          'http.response.location',
          '~res.location',
          'http.response.**.redirect',
          '~{res,response}.status().redirect',
        ],
        args: [0, 1],
        from: 'outside',
        accepts: (taint) => decidesHost(taint) && !isLocal(taint.cleared),
      },
      {
        calls: ['http.response.{setHeader,header,set}', '~{res,response}.{setHeader,header,set}'],
        args: [1],
        from: 'outside',
        when: ({ args }) => /^(?:location|refresh)$/i.test(args[0]?.text ?? ''),
        accepts: decidesHost,
      },
      {
        calls: ['http.response.writeHead', '~{res,response}.writeHead'],
        args: [1, 2],
        fields: ['Location', 'location'],
        from: 'outside',
        accepts: decidesHost,
      },
      {
        properties: ['Location', 'location'],
        from: 'outside',
        accepts: decidesHost,
        when: ({ purpose }) => /headers/i.test(purpose),
      },
      {
        writes: [
          'location',
          '{window,document,top,parent,self}.location',
          'location.{href}',
          '**.location.href',
          '~{window,document}.location',
          '~location.href',
          '~location',
        ],
        from: 'outside',
        accepts: (taint) => decidesHost(taint) && !isLocal(taint.cleared) && !isOwnAddress(taint),
      },
      {
        calls: ['location.{replace,assign}', '~location.{replace,assign}', 'window.open', 'open'],
        from: 'outside',
        accepts: (taint) => taint.origin === 'page' && decidesHost(taint) && !isOwnAddress(taint),
      },
    ],
    bad: [
      "app.get('/go', (req, res) => {\n  res.redirect(req.query.to);\n});",
      "const to = new URLSearchParams(window.location.search).get('to');\nwindow.location.href = to;",
    ],
    good: [
      "app.get('/go', (req, res) => {\n  res.redirect('/users/' + req.query.id);\n});",
      "app.get('/go', (req, res) => {\n  const { to } = req.query;\n  if (to.startsWith('/') && !to.startsWith('//')) return res.redirect(to);\n  res.redirect('/');\n});",
      "const PAGES = { home: '/', help: '/help' };\napp.get('/go', (req, res) => {\n  res.redirect(PAGES[req.query.to]);\n});",
    ],
  },
  {
    id: 'plain-http-request',
    cwe: 319,
    text: {
      title: 'A request goes over a plain connection',
      body: 'Anyone on the way can read and change what is sent and what is answered. Use `https:`.',
      severity: 'low',
      confidence: 0.65,
    },
    checks: [
      {
        calls: ['fetch', CLIENTS, `${CLIENTS}.{get,post,put,patch,delete,head,request}`],
        when: ({ args }) => {
          const [first] = args;
          const address =
            first === undefined
              ? undefined
              : (first.text ?? fieldAt(first, 'url')?.text ?? fieldAt(first, 'uri')?.text);
          return /^http:\/\/(?!localhost|127\.|10\.|192\.168\.|169\.254\.|\[|0\.0\.0\.0|[\w-]+(?:[:/]|$)|\0|[\w.-]+\.(?:local|internal|localhost|test))/i.test(
            address ?? '',
          );
        },
      },
    ],
    bad: ["export const load = () => fetch('http://api.example.com/users');"],
    good: [
      "export const load = () => fetch('https://api.example.com/users');",
      "export const load = () => fetch('http://localhost:3000/users');",
    ],
  },
];

const isLocal = (cleared: ReadonlySet<string>): boolean =>
  cleared.has('slash') && cleared.has('not-double-slash');
