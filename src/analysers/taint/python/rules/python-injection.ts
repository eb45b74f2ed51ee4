import { HOLE, knownText } from '../../value.ts';
import type { Site, Weakness } from '../../weakness.ts';
import { argument, isComposed, named, namedIs } from './arguments.ts';

const SHELLS = /(?:^|[\\/])(?:sh|bash|zsh|dash|ksh|cmd|cmd\.exe|powershell|pwsh)$/i;
const SUBPROCESS = '{run,call,check_call,check_output,Popen}';

/** The arguments are a list whose first names a shell. */
const startsShell = (site: Site): boolean => {
  const [program] = site.args;
  if (program === undefined) return false;
  const list = program.objects[0];
  // A list that is filled bit by bit holds the program somewhere.
  const names = list === undefined ? [program] : [list.fields.get('0'), list.elements];
  return names.some((name) => name !== undefined && SHELLS.test(knownText(name) ?? ''));
};
const isShell = (site: Site): boolean => {
  const shell = named(site, 'shell');
  return shell !== undefined && !namedIs(site, 'shell', false) && !namedIs(site, 'shell', null);
};

export const PYTHON_INJECTION: readonly Weakness[] = [
  {
    id: 'python-command-injection',
    cwe: 78,
    text: {
      title: 'Data from outside becomes part of a command',
      body: 'The command goes through a shell, or the data chooses the program: a value with `;`, `$( )` or a quote in it runs as a command of its own, with all the rights of this program. Give `subprocess.run` a list with a fixed program, without `shell=True`, or quote the value with `shlex.quote`.',
      severity: 'critical',
      confidence: 0.85,
      topic: 'shell',
    },
    clearedBy: ['shell-quoted'],
    sinks: [
      {
        calls: [
          'os.{system,popen,popen2,popen3,popen4}',
          'popen2.{popen2,popen3,popen4,Popen3,Popen4}',
          'commands.{getoutput,getstatusoutput}',
          'subprocess.{getoutput,getstatusoutput}',
          'asyncio.{create_subprocess_shell,subprocess.create_subprocess_shell}',
          'asyncio.get_event_loop().subprocess_shell',
          '~{loop,event_loop}.subprocess_shell',
          '{invoke,fabric.api,fabric.operations}.{run,sudo,local}',
          'pexpect.{spawn,run}',
          'platform.popen',
        ],
        fields: ['', 'cmd', 'command'],
        args: 'all',
        from: 'unknown',
        acceptsUnknown: isComposed,
      },
      {
        calls: [`subprocess.${SUBPROCESS}`, `subprocess32.${SUBPROCESS}`, `~subprocess.${SUBPROCESS}`],
        fields: ['', 'args', '0'],
        from: 'unknown',
        when: isShell,
      },
      {
        // The data names the program.
        calls: [`subprocess.${SUBPROCESS}`, `~subprocess.${SUBPROCESS}`],
        fields: ['', 'args', '0'],
        from: 'parameter',
        accepts: ({ lead }) => !/[/\\]$|\S/.test(lead.replaceAll(HOLE, '')),
      },
      {
        calls: [
          `subprocess.${SUBPROCESS}`,
          'asyncio.{create_subprocess_exec,subprocess.create_subprocess_exec}',
          '~{loop,event_loop}.subprocess_exec',
        ],
        args: 'all',
        isDeep: true,
        from: 'parameter',
        when: (site) => startsShell(site),
      },
      {
        calls: [
          'os.{execl,execle,execlp,execlpe,execv,execve,execvp,execvpe,startfile}',
          'asyncio.{create_subprocess_exec,subprocess.create_subprocess_exec}',
          '~{loop,event_loop}.subprocess_exec',
          'pty.spawn',
        ],
        args: 'all',
        isDeep: true,
        from: 'parameter',
      },
      {
        calls: [
          'os.{spawnl,spawnle,spawnlp,spawnlpe,spawnv,spawnve,spawnvp,spawnvpe,posix_spawn,posix_spawnp}',
        ],
        args: [1, 2, 3, 4],
        isDeep: true,
        from: 'unknown',
        acceptsUnknown: (value) => !value.isLiteral && value.name.length > 0 && !/^os\.|\./.test(value.name),
      },
      { calls: ['paramiko.**.exec_command', '~{ssh,client,ssh_client}.exec_command'], from: 'parameter' },
      {
        calls: ['airflow.operators.**.BashOperator', '~BashOperator'],
        fields: ['bash_command'],
        args: 'all',
        from: 'unknown',
      },
    ],
    bad: [
      "import os\n\n@app.route('/ping')\ndef ping():\n    return os.popen('ping -c 1 ' + request.args['host']).read()\n",
      "import subprocess\n\ndef clone(url):\n    command = 'git clone %s' % url\n    subprocess.call(command, shell=True)\n",
      "import subprocess\nfrom flask import request\n\n@app.route('/run')\ndef run():\n    name = request.form.get('name')\n    return subprocess.check_output(['bash', '-c', f'tar xf {name}'])\n",
    ],
    good: [
      "import subprocess\n\n@app.route('/ping')\ndef ping():\n    subprocess.run(['ping', '-c', '1', request.args['host']])\n    return ''\n",
      "import os\n\nHOSTS = ['a', 'b']\n\n@app.route('/ping')\ndef ping():\n    host = request.args['host']\n    if host not in HOSTS:\n        abort(400)\n        return ''\n    os.system('ping ' + host)\n    return ''\n",
      "import os, shlex\n\ndef ping(host):\n    os.system('ping ' + shlex.quote(host))\n",
      "import os\nos.system('ls -l')\n",
    ],
  },
  {
    id: 'python-code-injection',
    cwe: 95,
    text: {
      title: 'Text that is not fixed is run as code',
      body: 'Whoever can influence the text can run anything with all the rights of this program. `ast.literal_eval` reads literals and runs nothing; for a choice of operations, look them up in a dictionary.',
      severity: 'high',
      confidence: 0.85,
      topic: 'code-from-text',
    },
    sinks: [
      { calls: ['eval', 'exec', 'execfile', '{builtins,__builtin__}.{eval,exec,execfile}'], from: 'unknown' },
      {
        calls: [
          'compile',
          '{code.InteractiveConsole,code.InteractiveInterpreter}().{push,runcode,runsource,runlines}',
          '{_xxsubinterpreters,interpreters}.run_string',
          '_testcapi.run_in_subinterp',
          'test.support.{run_in_subinterp}',
          '{importlib.import_module,__import__,importlib.__import__}',
          'timeit.timeit',
          'logging.config.{listen,fileConfig}',
        ],
        args: 'all',
        from: 'parameter',
      },
      {
        calls: ['{importlib.import_module,__import__}'],
        from: 'unknown',
        acceptsUnknown: (value) => value.name === '' && !value.isLiteral && value.text !== undefined,
      },
    ],
    bad: [
      "from flask import request\n\n@app.route('/')\ndef index():\n    return str(eval(request.args.get('formula')))\n",
      'def run(text):\n    exec(text)\n',
    ],
    good: [
      "eval('1 + 1')\n",
      "import ast\n\n@app.route('/')\ndef index():\n    return jsonify(ast.literal_eval(request.args['list']))\n",
    ],
  },
  {
    id: 'python-template-injection',
    cwe: 1336,
    text: {
      title: 'A template is made of text that is not fixed',
      body: 'A template can run code on the server: the data is not shown by it but read as part of it. Keep templates fixed and pass the data to them as variables.',
      severity: 'high',
      confidence: 0.8,
    },
    sinks: [
      {
        calls: [
          'flask.render_template_string',
          '~render_template_string',
          'jinja2.{Template,from_string}',
          'jinja2.Environment().from_string',
          'jinja2.**.from_string',
          '~{env,environment,jinja_env}.from_string',
          'mako.template.Template',
          'django.template.{Template,engines.**.from_string}',
          'tornado.template.Template',
          'bottle.{template,SimpleTemplate}',
          'chameleon.PageTemplate',
        ],
        from: 'parameter',
      },
    ],
    bad: [
      "from flask import request, render_template_string\n\n@app.route('/')\ndef index():\n    return render_template_string('<h1>Hello ' + request.args['name'] + '</h1>')\n",
    ],
    good: [
      "from flask import request, render_template_string\n\n@app.route('/')\ndef index():\n    return render_template_string('<h1>Hello {{ name }}</h1>', name=request.args['name'])\n",
    ],
  },
  {
    id: 'python-unsafe-deserialisation',
    cwe: 502,
    text: {
      title: 'Data is turned into objects that can hold code',
      body: 'Reading this format can run any code that its author put there. For data that does not come from this program alone, use JSON, or the safe variant of the reader, such as `yaml.safe_load`.',
      severity: 'high',
      confidence: 0.75,
      topic: 'deserialisation',
    },
    sinks: [
      {
        calls: [
          '{pickle,cPickle,_pickle,dill,cloudpickle,six.moves.cPickle}.{load,loads,Unpickler}',
          'marshal.{load,loads}',
          'jsonpickle.{decode,loads}',
          'shelve.open',
          'joblib.load',
          'pandas.read_pickle',
          '{torch.load}',
        ],
        from: 'unknown',
      },
      {
        calls: ['yaml.{load,load_all,unsafe_load,unsafe_load_all,full_load,full_load_all}'],
        from: 'unknown',
        when: (site) => !/Safe|CSafe|Base/.test(argument(site, 1, 'Loader')?.name ?? ''),
      },
    ],
    checks: [
      {
        calls: ['ruamel.yaml.YAML', '~YAML'],
        when: (site) => /^(?:unsafe|base)$/.test(argument(site, 0, 'typ')?.text ?? ''),
      },
      { calls: ['numpy.load'], when: (site) => namedIs(site, 'allow_pickle', true) },
      {
        calls: ['multiprocessing.connection.{Listener,Client}().recv', 'multiprocessing.**.recv'],
        when: () => true,
      },
    ],
    bad: [
      "import pickle\n\n@app.route('/', methods=['POST'])\ndef index():\n    return str(pickle.loads(request.data))\n",
      'import yaml\n\ndef read(text):\n    return yaml.load(text)\n',
    ],
    good: [
      "import json\n\n@app.route('/', methods=['POST'])\ndef index():\n    return jsonify(json.loads(request.data))\n",
      'import yaml\n\ndef read(text):\n    return yaml.load(text, Loader=yaml.SafeLoader)\n',
    ],
  },
];
