import type { Weakness } from '../weakness.ts';
import { decidesHost } from './conditions.ts';

export const CODE_INJECTION: readonly Weakness[] = [
  {
    id: 'code-injection',
    cwe: 95,
    text: {
      title: 'Text that is not fixed is run as code',
      body: 'Whoever can influence the text can run anything with all the rights of this program or page. Take a function, a look-up table or `JSON.parse` instead.',
      severity: 'high',
      confidence: 0.85,
      topic: 'code-from-text',
    },
    sinks: [
      {
        calls: [
          'eval',
          '{vm,node:vm}.{runInContext,runInNewContext,runInThisContext,compileFunction,Script}',
          'vm.SourceTextModule',
          '{safe-eval,static-eval,notevil,eval,require-from-string,node-eval}',
          'vm2.{VM,NodeVM}().{run,runFile}',
          'vm2.VMScript',
          'sandbox().run',
          '~{vm,sandbox,nodeVM,nodevm}.{run,runInContext,runInNewContext,runInThisContext}',
          'isolated-vm.Isolate().{compileScript,compileScriptSync}',
          '{setTimeout,setInterval}.call',
          'goog.globalEval',
          '{$,jQuery,jquery}.globalEval',
          'execScript',
          'process.binding().eval',
        ],
        from: 'unknown',
      },
      {
        // Code that is fixed, but reads data from outside as code.
        calls: ['vm.{runInContext,runInNewContext}', '~vm.{runInContext,runInNewContext}'],
        args: [1],
        isDeep: true,
        from: 'outside',
        when: ({ args }) => /eval\s*\(|\bFunction\s*\(|noent\s*:\s*true/i.test(args[0]?.text ?? ''),
      },
      {
        calls: ['vm.compileFunction', '~vm.compileFunction'],
        args: [2],
        isDeep: true,
        from: 'outside',
      },
      // What is handed into this sandbox can be used to leave it: https://github.com/patriksimek/vm2/issues/533
      { calls: ['vm2.{VM,NodeVM}'], isDeep: true, from: 'outside' },
      {
        writes: ['document.createElement().{text,textContent,innerText,innerHTML}'],
        from: 'outside',
        when: ({ receiver }) => /^script$/i.test(receiver.made?.args[0]?.text ?? ''),
      },
      {
        calls: ['~*.setAttribute', '~().setAttribute'],
        args: [1],
        from: 'outside',
        when: ({ args }) => /^on[a-z]+$/i.test(args[0]?.text ?? ''),
      },
      {
        calls: ['{$,jQuery,jquery}().**.{attr,prop}', '{$,jQuery,jquery}().{attr,prop}'],
        args: [1],
        from: 'outside',
        when: ({ args }) => /^on[a-z]+$/i.test(args[0]?.text ?? ''),
      },
      // AngularJS reads these as expressions, which run as code: https://docs.angularjs.org/guide/security
      {
        calls: [
          '~{$parse,$interpolate,$compile}',
          '~{$scope,$rootScope,scope}.{$eval,$evalAsync,$apply,$applyAsync,$watch,$watchCollection,$watchGroup}',
        ],
        from: 'outside',
      },
      { calls: ['~$filter()'], args: [1], from: 'outside', when: ({ name }) => name.includes('$filter') },
      {
        calls: ['{Worker,SharedWorker,importScripts}', '{$,jQuery,jquery}.getScript'],
        from: 'outside',
        accepts: (taint) => taint.origin === 'page' && decidesHost(taint),
      },
      { calls: ['require', 'import'], from: 'parameter' },
      { calls: ['Function', 'AsyncFunction', 'GeneratorFunction'], args: 'all', from: 'unknown' },
      {
        calls: ['{setTimeout,setInterval,setImmediate}'],
        from: 'parameter',
        when: ({ args }) => args[0]?.functions.length === 0,
        accepts: ({ isWhole, origin }) => origin !== 'parameter' || !isWhole,
      },
      {
        calls: [
          '~{page,frame}.{evaluate,evaluateOnNewDocument,addInitScript,$eval,$$eval,addScriptTag,waitForFunction,evaluateHandle}',
          '~{context,browserContext}.addInitScript',
          '~{Runtime}.{evaluate,compileScript,callFunctionOn}',
          '~Page.{setDocumentContent,addScriptToEvaluateOnNewDocument}',
          '**.{executeJavaScript}',
        ],
        fields: ['', 'expression', 'content', 'source', 'html', 'functionDeclaration'],
        from: 'parameter',
      },
    ],
    bad: [
      "app.get('/', (req, res) => {\n  res.json(eval(req.query.formula));\n});",
      "import vm from 'node:vm';\nexport function calculate(text) {\n  return vm.runInNewContext('result = ' + text);\n}",
      "window.addEventListener('message', (event) => {\n  if (event.origin !== location.origin) return;\n  const run = new Function('x', event.data.body);\n  run(1);\n});",
    ],
    good: [
      "eval('1 + 1');",
      'export const calculate = (evaluator: { eval(x: string): void }, text: string) => evaluator.eval(text);',
      'setTimeout(() => go(), 10);',
      "const OPERATIONS = { add: (a, b) => a + b };\napp.get('/', (req, res) => {\n  res.json(OPERATIONS[req.query.name](1, 2));\n});",
    ],
  },
  {
    id: 'dynamic-method-call',
    cwe: 470,
    text: {
      title: 'Data from outside chooses which function is called',
      body: 'Every function of the object can be called, also inherited ones such as `constructor`, which leads to running any code. Look the name up in a `Map` or a table of your own, and check that it is there.',
      severity: 'high',
      confidence: 0.7,
    },
    checks: [
      {
        calls: ['**.[]', '~*.[]', '~[].[]', '**'],
        when: ({ key, receiver, spelled }) =>
          key !== undefined &&
          /\[\]$|^\w+$/.test(spelled) &&
          receiver.objects.length === 0 &&
          key.taints.some(
            ({ origin, cleared, lead }) => origin !== 'parameter' && cleared.size === 0 && lead === '',
          ),
      },
    ],
    bad: [
      "window.addEventListener('message', (event) => {\n  if (event.origin !== 'https://a.example.com') return;\n  window[event.data.name](event.data.value);\n});",
    ],
    good: [
      "const TABLE = { a: (x) => x };\nwindow.addEventListener('message', (event) => {\n  if (event.origin !== 'https://a.example.com') return;\n  TABLE[event.data.name](event.data.value);\n});",
    ],
  },
  {
    id: 'template-injection',
    cwe: 1336,
    text: {
      title: 'Data from outside becomes part of a template',
      body: 'A template can run code on the server: the data is not shown by it but read as part of it. Keep templates fixed and pass the data to them as variables.',
      severity: 'high',
      confidence: 0.85,
    },
    sinks: [
      {
        calls: [
          '{ejs,pug,jade,handlebars,mustache,nunjucks,dot,doT,swig,eta,hogan.js,underscore,squirrelly,twig,velocityjs,lodash,art-template,marko}.{render,compile,renderString,template,parse,precompile,twig}',
          '{lodash.template,lodash/template}',
          '~{ejs,pug,jade,handlebars,Handlebars,mustache,Mustache,nunjucks,dot,doT,swig,eta,_,env,Sqrl}.{compile,renderString,template,render}',
        ],
        from: 'outside',
        accepts: (_taint, value) => value.objects.length === 0,
      },
    ],
    bad: [
      "import pug from 'pug';\napp.get('/', (req, res) => {\n  res.send(pug.render('p Hello ' + req.query.name));\n});",
      "const Handlebars = require('handlebars');\napp.post('/', (req, res) => {\n  const template = Handlebars.compile(req.body.template);\n  res.send(template({}));\n});",
    ],
    good: [
      "import pug from 'pug';\napp.get('/', (req, res) => {\n  res.send(pug.render('p Hello #{name}', { name: req.query.name }));\n});",
    ],
  },
];
