import { isAtStart, isInHtml } from '../../rules/conditions.ts';
import type { Taint, Value } from '../../value.ts';
import type { Weakness } from '../../weakness.ts';
import { isComposed, namedIs, textOfArgument } from './arguments.ts';

const inPage =
  'In the page it can run scripts in the name of whoever looks at it: read what they see and act for them.';
const ROUTES = [
  '~*.{route,get,post,put,patch,delete}()',
  '{flask,fastapi,bottle,quart,sanic}.**.route()',
  'bottle.{route,get,post}()',
];

const isPlain = (_taint: Taint, value: Value): boolean => value.objects.length === 0;

export const PYTHON_PAGES: readonly Weakness[] = [
  {
    id: 'python-reflected-xss',
    cwe: 79,
    text: {
      title: 'Data from a request is sent back as HTML',
      body: `${inPage} Render a template that escapes, escape it with \`markupsafe.escape\`, or answer with JSON.`,
      severity: 'high',
      confidence: 0.75,
    },
    clearedBy: ['html-escaped', 'url-encoded'],
    sinks: [
      {
        calls: [
          'flask.{make_response,Response}',
          '~make_response',
          'django.http.{HttpResponse,HttpResponseBadRequest,HttpResponseNotFound,HttpResponseForbidden,HttpResponseServerError}',
          '~{HttpResponse,HttpResponseBadRequest}',
          '{fastapi.responses,starlette.responses}.HTMLResponse',
          'werkzeug.wrappers.Response',
          'aiohttp.web.Response',
          'pyramid.response.Response',
          'sanic.response.html',
          'twisted.**.write',
          'this.write',
        ],
        fields: ['', 'content', 'response', 'text', 'body'],
        from: 'outside',
        when: (site) => {
          const type = ['content_type', 'mimetype', 'media_type', 'contenttype']
            .map((name) => textOfArgument(site, 9, name))
            .join('');
          return type === '' || type.includes('html');
        },
        accepts: (taint, value) => taint.origin === 'request' && isPlain(taint, value),
      },
      {
        returns: ROUTES,
        from: 'outside',
        accepts: (taint, value) =>
          taint.origin === 'request' &&
          isPlain(taint, value) &&
          (value.text !== undefined || /(?:args|form|values|GET|POST)/.test(taint.key)),
      },
      {
        texts: true,
        from: 'outside',
        accepts: ({ origin, lead }) => origin === 'request' && /<[a-z][\w-]*[^<>]*>?[^<>]*$/i.test(lead),
      },
    ],
    bad: [
      "@app.route('/')\ndef index():\n    return '<p>Hello ' + request.args['name'] + '</p>'\n",
      "from django.http import HttpResponse\n\ndef view(request):\n    return HttpResponse('Hello ' + request.GET['name'])\n",
    ],
    good: [
      "from markupsafe import escape\n\n@app.route('/')\ndef index():\n    return '<p>Hello ' + escape(request.args['name']) + '</p>'\n",
      "@app.route('/')\ndef index():\n    return jsonify(hello=request.args['name'])\n",
    ],
  },
  {
    id: 'python-raw-html',
    cwe: 79,
    text: {
      title: 'Text that is not fixed is marked as safe HTML',
      body: `${inPage} Use \`format_html\` or \`Markup.format\`, which escape what is put in, or leave the text to the template.`,
      severity: 'medium',
      confidence: 0.7,
      topic: 'raw-html',
    },
    clearedBy: ['html-escaped'],
    sinks: [
      {
        calls: [
          'django.utils.safestring.{mark_safe,SafeString,SafeText,SafeData}',
          '~{mark_safe,SafeString,SafeText}',
          '{markupsafe,flask,jinja2}.Markup',
          '~Markup',
          'django.utils.html.format_html',
          '~format_html',
          'wtforms.widgets.{HTMLString,core.HTMLString}',
        ],
        from: 'unknown',
        acceptsUnknown: isComposed,
      },
      {
        calls: [
          '~{mail,message,email,msg}.{attach_alternative}',
          'django.core.mail.{send_mail,EmailMultiAlternatives().attach_alternative}',
        ],
        args: 'all',
        fields: ['', 'html_message'],
        from: 'outside',
        accepts: isInHtml,
      },
    ],
    checks: [
      {
        calls: ['~{register,template.Library()}.filter()', '~register.filter'],
        when: (site) => namedIs(site, 'is_safe', true),
      },
      { calls: ['~{html_safe}'], when: () => false },
    ],
    bad: [
      "from django.utils.safestring import mark_safe\n\ndef badge(name):\n    return mark_safe('<b>%s</b>' % name)\n",
    ],
    good: [
      "from django.utils.html import format_html\n\ndef badge(name):\n    return format_html('<b>{}</b>', name)\n",
      "from django.utils.safestring import mark_safe\n\ndef rule():\n    return mark_safe('<hr>')\n",
    ],
  },
  {
    id: 'python-escaping-switched-off',
    cwe: 79,
    text: {
      title: 'The escaping of HTML is switched off',
      body: 'What users typed then becomes part of the page as it is and can run scripts for every visitor. Set `autoescape=True`, or use `select_autoescape`.',
      severity: 'high',
      confidence: 0.75,
      topic: 'escaping',
    },
    checks: [
      {
        calls: ['jinja2.{Environment,sandbox.SandboxedEnvironment}', '~jinja2.Environment'],
        when: (site) => {
          const last = site.args.at(-1);
          const isGiven = last?.objects.some(({ fields }) => fields.has('autoescape')) === true;
          return !isGiven || namedIs(site, 'autoescape', false);
        },
      },
      {
        calls: ['django.template.Context', '~{Context,RequestContext}'],
        when: (site) => namedIs(site, 'autoescape', false),
      },
      {
        properties: ['autoescape'],
        when: ({ args, around }) => args[0]?.constant === false && /TEMPLATES|OPTIONS|BACKEND/.test(around()),
      },
      {
        calls: ['mako.template.Template', 'mako.lookup.TemplateLookup'],
        when: ({ args }) =>
          args.at(-1)?.objects.every(({ fields }) => !fields.has('default_filters')) !== false,
      },
    ],
    bad: ['import jinja2\n\nenvironment = jinja2.Environment(loader=loader)\n'],
    good: [
      'import jinja2\n\nenvironment = jinja2.Environment(loader=loader, autoescape=jinja2.select_autoescape())\n',
    ],
  },
  {
    id: 'python-header-injection',
    cwe: 113,
    text: {
      title: 'Data from a request becomes part of a response header',
      body: 'A line break in it begins a header of its own, or the body. Refuse line breaks, or encode the value.',
      severity: 'medium',
      confidence: 0.6,
    },
    clearedBy: ['no-line-breaks', 'url-encoded'],
    sinks: [
      {
        calls: ['~*.{send_header,add_header}'],
        args: [1],
        from: 'outside',
        accepts: ({ origin }) => origin === 'request',
      },
      {
        writes: ['~headers.{*}', '~headers.[]'],
        from: 'outside',
        accepts: (taint) => taint.origin === 'request' && isAtStart(taint) && taint.isWhole,
      },
    ],
    bad: [
      "@app.route('/')\ndef index():\n    response = redirect('/home')\n    response.headers['X-Name'] = request.args['name']\n    return response\n",
    ],
    good: [
      "@app.route('/')\ndef index():\n    response = redirect('/home')\n    response.headers['X-Name'] = quote(request.args['name'])\n    return response\n",
    ],
  },
];
