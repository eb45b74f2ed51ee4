import { fieldAt, type Taint, type Value } from '../value.ts';
import type { Site, Weakness } from '../weakness.ts';
import { isAtStart, isInHtml, isOfCaller, isOwnAddress } from './conditions.ts';

const inPage =
  'It becomes part of the page as it is, so that it can run scripts for everyone who opens the page.';

/** An answer whose type is said to be something that browsers do not read as HTML. */
const isPlain = ({ spelled, receiver, around }: Site): boolean =>
  /\.(?:json|type|contentType|set|header|setHeader|attachment)\(\)/.test(spelled) ||
  /\.(?:json|attachment)\(\)/.test(receiver.name) ||
  /['"](?:text\/plain|application\/json|text\/csv)|\.type\(['"](?:txt|json|text)/i.test(around());

/** Text that is not an object, which would be sent as JSON. */
const isText = (_taint: Taint, value: Value): boolean => value.objects.length === 0;

/** What a caller hands over as markup, or as elements, is meant as such; markup that the function itself puts around data is for data. */
const isHtmlData = (taint: Taint, value: Value): boolean =>
  !isOfCaller(taint) ||
  isInHtml(taint, value) ||
  // A whole parameter is what the caller wants shown; a part of one is data.
  (/^\d+:[\w$]+[.[]/.test(taint.key) &&
    !/(?:html|markup|template|tmpl|svg|content|contents|nodes?|element|elem|el|fragment|child|children|dom|view|snippet|markdown|\$\w*)$/i.test(
      taint.key,
    ));

export const CROSS_SITE_SCRIPTING: readonly Weakness[] = [
  {
    id: 'reflected-xss',
    cwe: 79,
    text: {
      title: 'Data from a request is sent back as HTML',
      body: `${inPage} Send it as JSON or as plain text, or let a template engine escape it.`,
      severity: 'high',
      confidence: 0.8,
    },
    clearedBy: ['html-escaped', 'url-encoded', 'is-object'],
    sinks: [
      {
        calls: [
          'http.response.{send,write,end}',
          'http.response.**.{send,write,end}',
          '~{res,response,resp,reply}.{send,write,end}',
          '~{res,response,reply}.status().{send,write,end}',
        ],
        from: 'outside',
        when: (site) => !isPlain(site),
        accepts: isText,
      },
      {
        calls: [
          '~{c,ctx,context}.html',
          '~{h}.response',
          'http.context.html',
          'hono/html.raw',
          '{HtmlResponse}',
        ],
        from: 'outside',
        accepts: isText,
      },
      {
        writes: ['~{ctx,context}.body', 'http.context.body'],
        from: 'outside',
        // Koa takes a text that begins with a bracket for HTML.
        accepts: (taint, value) => value.objects.length === 0 && (isAtStart(taint) || isInHtml(taint, value)),
        when: (site) =>
          !isPlain(site) && !/\.type\s*=\s*['"](?:text\/plain|txt|json|text)/.test(site.around()),
      },
      {
        calls: ['{Response,NextResponse,next/server.NextResponse}'],
        from: 'outside',
        when: ({ args }) => {
          const type =
            args[1] === undefined
              ? undefined
              : (fieldAt(args[1], 'headers.Content-Type') ?? fieldAt(args[1], 'headers.content-type'));
          return type?.text?.includes('html') === true;
        },
        accepts: isText,
      },
      {
        properties: ['body'],
        from: 'outside',
        accepts: (taint, value) => value.objects.length === 0 && isInHtml(taint, value),
        when: ({ purpose, receiver }) =>
          /handler|response|lambda|default/i.test(purpose) || fieldAt(receiver, 'statusCode') !== undefined,
      },
    ],
    bad: [
      "app.get('/', (req, res) => {\n  res.send('<p>Hello ' + req.query.name + '</p>');\n});",
      "import http from 'node:http';\nhttp.createServer((request, response) => {\n  const { searchParams } = new URL(request.url, 'http://localhost');\n  response.write(`<h1>${searchParams.get('title')}</h1>`);\n});",
    ],
    good: [
      "app.get('/', (req, res) => {\n  res.json({ hello: req.query.name });\n});",
      "import escapeHtml from 'escape-html';\napp.get('/', (req, res) => {\n  res.send('<p>Hello ' + escapeHtml(req.query.name) + '</p>');\n});",
      "app.get('/', (req, res) => {\n  res.send({ name: req.query.name });\n});",
      "app.get('/', (req, res) => {\n  res.type('text/plain').send(req.query.name);\n});",
    ],
  },
  {
    id: 'html-from-request',
    cwe: 79,
    text: {
      title: 'HTML is put together with data from a request',
      body: `${inPage} Let a template engine that escapes put the two together, or escape the data first.`,
      severity: 'medium',
      confidence: 0.65,
    },
    clearedBy: ['html-escaped', 'url-encoded', 'is-object'],
    sinks: [
      {
        texts: true,
        from: 'outside',
        when: ({ code, around }) => !around().includes(`console.log(${code}`),
        accepts: ({ origin, lead }) => origin === 'request' && /<[a-z][\w-]*[^<>]*>?[^<>]*$/i.test(lead),
      },
      {
        calls: ['util.format', '~format'],
        args: [1, 2, 3],
        from: 'outside',
        when: ({ args }) => /<[a-z]\w*[\s>]/i.test(args[0]?.text ?? ''),
      },
    ],
    bad: ['export const handler = async (event) => {\n  await send(`<h1>Hello ${event.name}</h1>`);\n};'],
    good: ['export const handler = async (event) => {\n  await send(`Hello ${event.name}`);\n};'],
  },
  {
    id: 'dom-xss',
    cwe: 79,
    text: {
      title: 'Data that others choose is put into the page as HTML',
      body: `${inPage} Set \`textContent\`, build elements, or clean it with a sanitiser such as DOMPurify first.`,
      severity: 'high',
      confidence: 0.75,
    },
    clearedBy: ['html-escaped', 'url-encoded', 'is-object'],
    sinks: [
      {
        writes: ['**.{innerHTML,outerHTML,srcdoc}', '~{*}.{innerHTML,outerHTML,srcdoc}'],
        from: 'parameter',
        accepts: isHtmlData,
      },
      {
        calls: ['document.{write,writeln}', '~document.{write,writeln}'],
        args: 'all',
        from: 'parameter',
        accepts: isHtmlData,
      },
      {
        calls: ['**.insertAdjacentHTML', '~insertAdjacentHTML'],
        args: [1],
        from: 'parameter',
        accepts: isHtmlData,
      },
      {
        calls: [
          '**.createContextualFragment',
          '**.setHTMLUnsafe',
          'DOMParser().parseFromString',
          '~*.setHTMLUnsafe',
        ],
        from: 'parameter',
        accepts: isHtmlData,
      },
      {
        calls: [
          '{$,jQuery,jquery}().**.{html,append,prepend,before,after,replaceWith,wrap,appendTo,prependTo,insertAfter,insertBefore,wrapAll,wrapInner}',
          '~{$,jQuery}().{html,append,prepend,before,after,replaceWith,wrap}',
          '~{angular.element,element}().{html,append,prepend,after,replaceWith}',
          '{$,jQuery,jquery}().{html,append,prepend,before,after,replaceWith,wrap,wrapAll,wrapInner}',
          '~{$*}.{html,append,prepend,before,after,replaceWith}',
        ],
        from: 'parameter',
        accepts: isHtmlData,
      },
      {
        calls: ['{$,jQuery,jquery}', '~{$,jQuery}', '{$,jQuery}.parseHTML'],
        from: 'outside',
        // With `#` or `?` in front it is a selector.
        accepts: (taint) =>
          /</.test(taint.lead) ||
          (isAtStart(taint) && !(isOwnAddress(taint) && !taint.key.endsWith('pathname'))),
      },
      { calls: ['{$,jQuery,jquery}'], args: [1], fields: ['html'], from: 'outside' },
      { calls: ['$.jGrowl', 'angular.element', 'd3.**.html', '~{d3,selection}.**.html'], from: 'outside' },
      { calls: ['{$,jQuery}.parseHTML', 'jquery.parseHTML'], from: 'unknown' },
    ],
    bad: [
      "const name = new URLSearchParams(location.search).get('name');\ndocument.getElementById('hello').innerHTML = `Hello ${name}`;",
      "export function show(element, message) {\n  element.insertAdjacentHTML('beforeend', '<p>' + message + '</p>');\n}",
      "document.write('<a href=\"' + document.referrer + '\">back</a>');",
    ],
    good: [
      "const name = new URLSearchParams(location.search).get('name');\ndocument.getElementById('hello').textContent = name;",
      "import DOMPurify from 'dompurify';\nexport function show(element, message) {\n  element.innerHTML = DOMPurify.sanitize(message);\n}",
      "document.body.innerHTML = '';",
    ],
  },
  {
    id: 'framework-xss',
    cwe: 79,
    text: {
      title: 'HTML that is not fixed goes past the framework’s escaping',
      body: `${inPage} Render it as text, or clean it with a sanitiser such as DOMPurify first.`,
      severity: 'medium',
      confidence: 0.7,
      topic: 'raw-html',
    },
    clearedBy: ['html-escaped'],
    sinks: [
      { attributes: ['*.dangerouslySetInnerHTML'], fields: ['__html'], from: 'unknown' },
      { properties: ['dangerouslySetInnerHTML'], fields: ['__html'], from: 'unknown' },
      {
        calls: [
          '**.{bypassSecurityTrustHtml,bypassSecurityTrustScript,bypassSecurityTrustStyle,bypassSecurityTrustUrl,bypassSecurityTrustResourceUrl}',
          '~*.{bypassSecurityTrustHtml,bypassSecurityTrustScript,bypassSecurityTrustStyle,bypassSecurityTrustUrl,bypassSecurityTrustResourceUrl}',
        ],
        from: 'unknown',
      },
      {
        calls: [
          '$sce.{trustAs,trustAsHtml,trustAsJs,trustAsUrl,trustAsResourceUrl,trustAsCss}',
          '~$sce.{trustAs,trustAsHtml,trustAsJs,trustAsUrl,trustAsResourceUrl,trustAsCss}',
        ],
        from: 'unknown',
        args: 'all',
      },
      { properties: ['domProps'], fields: ['innerHTML'], from: 'unknown' },
      {
        calls: ['{handlebars,Handlebars}.SafeString', '~Handlebars.SafeString', '~hbs.SafeString'],
        from: 'unknown',
      },
    ],
    bad: [
      'export const Post = ({ html }) => <div dangerouslySetInnerHTML={{ __html: html }} />;',
      'export class Page {\n  constructor(private sanitizer: DomSanitizer) {}\n  show(html: string) {\n    return this.sanitizer.bypassSecurityTrustHtml(html);\n  }\n}',
    ],
    good: [
      "export const Post = () => <div dangerouslySetInnerHTML={{ __html: '<b>fixed</b>' }} />;",
      "import DOMPurify from 'dompurify';\nexport const Post = ({ html }) => <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(html) }} />;",
    ],
  },
];
