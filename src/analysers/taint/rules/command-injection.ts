import { fieldAt, HOLE, knownText, type Value } from '../value.ts';
import type { Site, Weakness } from '../weakness.ts';
import { equals, isAtStart, isOfCaller } from './conditions.ts';

const SHELLS = /(?:^|[\\/])(?:sh|bash|zsh|dash|ksh|cmd|cmd\.exe|powershell|pwsh)(?:\.exe)?$/i;

/** `cat` of one file, and nothing that needs a shell for the rest. */
const ONLY_CAT = /^\s*(?:sh -c ['"])?(?:\/(?:usr\/)?bin\/)?cat\s+(?!-)(?:[^\s|&;<>$*`'",{}]|\\ )+['"]?\s*$/;

/** A function for the result, or options that say no more than how the text is read. */
const isPlainOption = ({ functions, objects }: Value): boolean =>
  functions.length > 0 ||
  (objects.length > 0 &&
    objects.every(
      ({ fields, isOpen }) => !isOpen && [...fields.keys()].every((name) => name === 'encoding'),
    ));

/** The options or the program make it a shell that reads the arguments. */
const runsShell = ({ args }: Site): boolean => {
  const options = args.at(-1);
  const shell = options === undefined ? undefined : fieldAt(options, 'shell');
  const program = args[0] === undefined ? undefined : knownText(args[0]);
  return (shell !== undefined && !equals(shell, false)) || (program !== undefined && SHELLS.test(program));
};

export const COMMAND_INJECTION: readonly Weakness[] = [
  {
    id: 'command-injection',
    cwe: 78,
    text: {
      title: 'Data from outside becomes part of a command',
      body: 'The command goes through a shell, or the data chooses the program: a value with `;`, `$( )` or a quote in it runs as a command of its own, with all the rights of this program. Use `execFile` or `spawn` with a fixed program and the values as a list, without `shell`.',
      severity: 'critical',
      confidence: 0.85,
      topic: 'shell',
    },
    clearedBy: ['shell-quoted', 'exists', 'is-object'],
    sinks: [
      {
        calls: [
          'child_process.{exec,execSync}',
          '{shelljs,shelljs/global}.exec',
          'shelljs.default.exec',
          '~{child_process,cp,childProcess,child,shell,shelljs}.{exec,execSync}',
          '{execSync,execAsync}',
          '{execa,execa.execa}.{command,commandSync,shell}',
          'execa.{execaCommand,execaCommandSync}',
          '{node-cmd,cmd-run}.{get,run,runSync}',
          '{child-process-promise,promisify-child-process,async-exec,exec}.exec',
          '{child-process-promise,mz/child_process,teen_process,promisify-child-process}.{exec,execSync}',
          '{exec,exec-async,exec-sh,foreground-child,node-cmd.run}',
          'execa.{shell,shellSync,stdout,stderr}',
          '{ssh2,node-ssh,ssh2-promise}.{Client,NodeSSH}().{exec,execCommand}',
          'ssh2().exec',
        ],
        from: 'parameter',
        fields: ['', 'cmd'],
        accepts: (taint) => !(isOfCaller(taint) && isAtStart(taint)),
      },
      {
        calls: [
          'child_process.{spawn,spawnSync,execFile,execFileSync,fork}',
          '~{child_process,cp,childProcess,child}.{spawn,spawnSync,execFile,execFileSync}',
          '{spawn,spawnSync,execFile,execFileSync}',
          'execa.{execa,execaSync}',
          'execa',
          'cross-spawn',
          'cross-spawn.{spawn,sync}',
          '{cross-spawn-async,spawn-async,@npmcli/promise-spawn}',
          'execa.{sync,node}',
        ],
        from: 'parameter',
        accepts: (taint) => !isOfCaller(taint) && !taint.lead.includes(HOLE) && !/[/\\]$/.test(taint.lead),
      },
      {
        calls: [
          'child_process.{spawn,spawnSync,execFile,execFileSync}',
          '~{child_process,cp,childProcess}.{spawn,spawnSync,execFile,execFileSync}',
          '{spawn,spawnSync,execFile,execFileSync}',
          'cross-spawn',
        ],
        args: [1],
        isDeep: true,
        from: 'parameter',
        when: runsShell,
      },
      { calls: ['Deno.run'], isDeep: true, from: 'parameter' },
      { calls: ['Deno.Command', 'Bun.spawn', 'Bun.spawnSync'], from: 'parameter' },
    ],
    bad: [
      "import { exec } from 'child_process';\napp.get('/ping', (req, res) => {\n  exec(`ping -c 1 ${req.query.host}`, (error, out) => res.send(out));\n});",
      "const { execSync } = require('node:child_process');\nmodule.exports = function clone(url) {\n  const command = 'git clone ' + url;\n  return execSync(command);\n};",
      "import cp from 'node:child_process';\nimport { promisify } from 'node:util';\nconst run = promisify(cp.exec);\nexport async function POST(request: Request) {\n  const { name } = await request.json();\n  await run('convert ' + name);\n}",
      "import { spawn } from 'child_process';\napp.post('/run', (req, res) => {\n  spawn('sh', ['-c', 'tar xf ' + req.body.file]);\n});",
    ],
    good: [
      "import { execFile } from 'child_process';\napp.get('/ping', (req, res) => {\n  execFile('ping', ['-c', '1', req.query.host], () => res.end());\n});",
      "import { exec } from 'child_process';\nconst HOSTS = ['a', 'b'];\napp.get('/ping', (req, res) => {\n  if (!HOSTS.includes(req.query.host)) return res.status(400).end();\n  exec('ping ' + req.query.host);\n});",
      "import { exec } from 'child_process';\nexec('ls -l');",
      "import { exec } from 'child_process';\napp.get('/p', (req, res) => {\n  const port = Number.parseInt(req.query.port, 10);\n  exec(`lsof -i :${port}`);\n});",
    ],
  },
  {
    id: 'shell-reads-file',
    cwe: 78,
    text: {
      title: 'A shell is started only to read a file',
      body: 'It is slower than `fs.readFile`, exists on some systems only, and makes a name with a space or a `;` in it a risk. Read the file with `fs.readFile` or `fs.readFileSync`.',
      severity: 'low',
      confidence: 0.75,
    },
    checks: [
      {
        calls: [
          'child_process.{exec,execSync}',
          '{shelljs,shelljs.default}.exec',
          'exec',
          '~{cp,child_process,shell,shelljs}.{exec,execSync}',
        ],
        when: ({ args }) => ONLY_CAT.test(args[0]?.text ?? '') && args.slice(1).every(isPlainOption),
      },
      {
        calls: [
          'child_process.{execFile,execFileSync,spawnSync}',
          '{cross-spawn,cross-spawn.sync}',
          '~{cp,child_process}.{execFile,execFileSync,spawnSync}',
        ],
        when: ({ args }) => {
          const list = args[1]?.objects[0];
          const files = list?.isArray === true ? list.fields : undefined;
          const [file] = [...(files?.values() ?? [])];
          return (
            /^(?:\/(?:usr\/)?bin\/)?cat$/.test(args[0]?.text ?? '') &&
            files?.size === 1 &&
            file?.text?.startsWith('-') !== true &&
            args.slice(2).every(isPlainOption)
          );
        },
      },
    ],
    bad: [
      "import { execSync } from 'node:child_process';\nexport const read = () => execSync('cat /proc/cpuinfo').toString();",
      "import { execFileSync } from 'node:child_process';\nexport const read = () => execFileSync('/bin/cat', ['package.json']).toString();",
    ],
    good: [
      "import { execSync } from 'node:child_process';\nexport const count = () => execSync('cat a.txt | wc -l').toString();",
      "import { readFileSync } from 'node:fs';\nexport const read = () => readFileSync('/proc/cpuinfo', 'utf8');",
    ],
  },
];
