import type { Weakness } from '../../weakness.ts';
import { argument, isComposed, namedIs } from './arguments.ts';

export const PYTHON_DATA: readonly Weakness[] = [
  {
    id: 'python-xml-entities',
    cwe: 611,
    text: {
      title: 'XML is read with external entities',
      body: 'A document can then name files of this machine or addresses of the inner network, and gets their content, or grows without end. Use `defusedxml`, or switch entities off with `resolve_entities=False`.',
      severity: 'medium',
      confidence: 0.7,
    },
    sinks: [
      {
        calls: [
          'xml.etree.{ElementTree,cElementTree}.{parse,fromstring,XML,iterparse,XMLParser}',
          'xml.{dom.minidom,dom.pulldom,sax,dom.expatbuilder}.{parse,parseString,make_parser}',
          'lxml.etree.{parse,fromstring,XML,iterparse}',
          'xmltodict.parse',
          'xmlrpc.**',
        ],
        from: 'outside',
        when: (site) => !/resolve_entities\s*=\s*False/.test(site.around()),
      },
    ],
    checks: [
      {
        calls: ['lxml.etree.XMLParser', '~etree.XMLParser'],
        when: (site) =>
          namedIs(site, 'resolve_entities', true) ||
          namedIs(site, 'no_network', false) ||
          namedIs(site, 'load_dtd', true),
      },
      {
        calls: ['~{parser,p}.setFeature'],
        when: ({ args, code }) =>
          /feature_external_ges|feature_external_pes|external-general-entities/.test(
            `${args[0]?.name ?? ''}${code}`,
          ) &&
          (args[1]?.constant === true || args[1]?.constant === 1),
      },
      {
        calls: ['xml.etree.ElementTree.{parse,iterparse}', 'xml.etree.cElementTree.{parse,iterparse}'],
        when: ({ args }) =>
          args[0] !== undefined && args[0].text === undefined && !args[0].isLiteral && args[0].name === '',
      },
    ],
    bad: [
      "import xml.etree.ElementTree as ET\n\n@app.route('/', methods=['POST'])\ndef index():\n    return jsonify(ET.fromstring(request.data).tag)\n",
    ],
    good: [
      "import defusedxml.ElementTree as ET\n\n@app.route('/', methods=['POST'])\ndef index():\n    return jsonify(ET.fromstring(request.data).tag)\n",
    ],
  },
  {
    id: 'python-temporary-name',
    cwe: 377,
    text: {
      title: 'The name of a temporary file can be taken by someone else',
      body: '`mktemp` only makes up a name; another process can create the file first. Use `tempfile.NamedTemporaryFile` or `mkstemp`.',
      severity: 'medium',
      confidence: 0.85,
    },
    checks: [{ calls: ['tempfile.mktemp', 'os.{tempnam,tmpnam}'], when: () => true }],
    bad: ['import tempfile\n\nname = tempfile.mktemp()\n'],
    good: ['import tempfile\n\nfile = tempfile.NamedTemporaryFile()\n'],
  },
  {
    id: 'python-mass-assignment',
    cwe: 915,
    text: {
      title: 'A request sets any field of a record',
      body: 'Whoever sends the request can also set the fields that the form does not show, such as `is_admin`. Name the fields that may be set.',
      severity: 'medium',
      confidence: 0.7,
    },
    sinks: [
      {
        calls: ['~objects.{create,update,filter().update,get_or_create}', '~*.objects.{create,update}'],
        args: 'all',
        isDeep: true,
        from: 'outside',
        when: ({ code }) => /\*\*\s*(?:request|self\.request|data|payload|form)/.test(code),
      },
      { calls: ['setattr'], args: [1], from: 'outside' },
      { calls: ['{globals,locals,vars}().[]', '~globals().[]', '~globals().get'], from: 'outside' },
      { calls: ['getattr'], args: [1], from: 'outside', accepts: ({ origin }) => origin === 'request' },
    ],
    bad: [
      "def create(request):\n    user = User.objects.create(**request.POST)\n    return JsonResponse({'id': user.id})\n",
    ],
    good: [
      "def create(request):\n    user = User.objects.create(name=request.POST['name'])\n    return JsonResponse({'id': user.id})\n",
    ],
  },
  {
    id: 'python-not-a-number',
    cwe: 704,
    text: {
      title: 'A number from a request may be “not a number”',
      body: '`float("nan")` is smaller, larger and unequal to everything, so that later checks pass or fail against what was meant. Check the result with `math.isfinite`, or read a `Decimal`.',
      severity: 'low',
      confidence: 0.65,
    },
    sinks: [
      {
        calls: ['float', 'complex', 'bool'],
        from: 'outside',
        accepts: ({ origin, isWhole }) => origin === 'request' && isWhole,
        when: ({ around }) => !/isnan|isfinite|math\.|nan\b/i.test(around()),
      },
    ],
    bad: [
      "@app.route('/')\ndef index():\n    price = float(request.args['price'])\n    return jsonify(price)\n",
    ],
    good: [
      "import math\n\n@app.route('/')\ndef index():\n    price = float(request.args['price'])\n    if not math.isfinite(price):\n        raise ValueError('price')\n    return jsonify(price)\n",
    ],
  },
  {
    id: 'python-spreadsheet-formula',
    cwe: 1236,
    text: {
      title: 'Data from a request is written into a spreadsheet as it is',
      body: 'A cell that begins with `=`, `+`, `-` or `@` is a formula to whoever opens the file, and can run programs there. Put a quote in front of such cells, or use `defusedcsv`.',
      severity: 'low',
      confidence: 0.6,
    },
    sinks: [
      {
        calls: [
          'csv.{writer,DictWriter}().{writerow,writerows}',
          '~{writer,csv_writer}.{writerow,writerows}',
        ],
        isDeep: true,
        from: 'outside',
        accepts: ({ origin }) => origin === 'request',
      },
    ],
    bad: [
      "import csv\n\n@app.route('/')\ndef index():\n    writer = csv.writer(out)\n    writer.writerow([request.args['name']])\n    return ''\n",
    ],
    good: [
      "import csv\n\n@app.route('/')\ndef index():\n    writer = csv.writer(out)\n    writer.writerow([int(request.args['id'])])\n    return ''\n",
    ],
  },
  {
    id: 'python-response-not-escaped',
    cwe: 79,
    text: {
      title: 'A page is put together without escaping',
      body: 'What the parts hold becomes HTML as it is, and can run scripts for whoever looks at the page. Render a template that escapes, or escape the parts.',
      severity: 'medium',
      confidence: 0.6,
    },
    clearedBy: ['html-escaped', 'url-encoded'],
    sinks: [
      {
        returns: ['~*.{route,get,post,put,patch,delete}()'],
        from: 'unknown',
        accepts: ({ origin }, value) =>
          origin === 'parameter' && isComposed(value) && /<[a-z]/i.test(value.text ?? ''),
        acceptsUnknown: (value) => isComposed(value) && /<[a-z]/i.test(value.text ?? ''),
      },
    ],
    bad: ["@app.route('/')\ndef index():\n    return '<h1>%s</h1>' % load_title()\n"],
    good: ["@app.route('/')\ndef index():\n    return render_template('index.html', title=load_title())\n"],
  },
  {
    id: 'python-file-permissions',
    cwe: 732,
    text: {
      title: 'A file is given permissions that let others change or read it',
      body: 'Anyone on the machine can then replace what this program reads or runs. Give permissions to the owner only, such as `0o600`.',
      severity: 'medium',
      confidence: 0.8,
    },
    checks: [
      {
        calls: ['os.{chmod,fchmod,lchmod}', '~*.chmod'],
        when: (site) => {
          const mode = site.name.startsWith('os.') ? argument(site, 1, 'mode') : argument(site, 0, 'mode');
          const given = typeof mode?.constant === 'number' ? mode.constant : undefined;
          return (
            (given !== undefined && (given & 0o22) !== 0) ||
            /S_I(?:WOTH|RWXO|RWXG|WGRP|XOTH)/.test(`${mode?.name ?? ''}${site.code}`)
          );
        },
      },
    ],
    bad: ["import os\n\nos.chmod('key.pem', 0o777)\n"],
    good: ["import os\n\nos.chmod('key.pem', 0o600)\n"],
  },
];
