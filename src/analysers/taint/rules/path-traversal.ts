import { fieldAt, HOLE, knownText, type Taint, UNKNOWN } from '../value.ts';
import type { Weakness } from '../weakness.ts';

const FILE_FUNCTIONS =
  '{readFile,readFileSync,writeFile,writeFileSync,appendFile,appendFileSync,createReadStream,createWriteStream,open,openSync,unlink,unlinkSync,rm,rmSync,rmdir,rmdirSync,readdir,readdirSync,stat,statSync,lstat,lstatSync,access,accessSync,copyFile,copyFileSync,rename,renameSync,mkdir,mkdirSync,chmod,chmodSync,truncate,existsSync,exists,readlink,symlink,link,outputFile,outputFileSync,readJson,readJSON,readJsonSync,writeJson,remove,removeSync,move,copy,ensureDir,ensureFile,emptyDir,watch,watchFile,opendir}';

/** Between a known beginning and a known end that leave no room for a slash nobody can go up. */
const canGoUp = ({ lead, cleared }: Taint): boolean =>
  !/[?#=][^/]*$/.test(lead.replaceAll(HOLE, '')) &&
  // Without `..` it stays in the folder that stands before it; nothing stands before it where it may be absolute.
  !(cleared.has('no-dots') && (lead !== '' || cleared.has('not-absolute') || cleared.has('known-start')));

export const PATH_TRAVERSAL: readonly Weakness[] = [
  {
    id: 'path-traversal',
    cwe: 22,
    text: {
      title: 'Data from outside chooses a file',
      body: 'With `../` in it, or as an absolute path, the data leads to any file that this program can reach. Take `path.basename` of it, or resolve the path and check that it begins with the folder and a separator; a look-up in a list of known names is safest.',
      severity: 'high',
      confidence: 0.8,
    },
    clearedBy: ['base-name', 'inside-folder', 'url-encoded'],
    sinks: [
      {
        calls: [
          `{fs,fs-extra,graceful-fs,original-fs,mz/fs,fs/promises,memfs}.${FILE_FUNCTIONS}`,
          `{fs,fs-extra,graceful-fs}.promises.${FILE_FUNCTIONS}`,
          `~{fs,fsp,fse,fsPromises}.${FILE_FUNCTIONS}`,
          '{mkdirp,rimraf,glob,glob.sync,del,globby,fs-extra,mkdirp.sync,rimraf.sync}',
          'Bun.file',
          'Deno.{readFile,readTextFile,writeFile,writeTextFile,open,remove}',
        ],
        from: 'outside',
        accepts: canGoUp,
      },
      {
        calls: ['send'],
        args: [1],
        from: 'outside',
        when: ({ args }) => args[2] === undefined || fieldAt(args[2], 'root') === undefined,
        accepts: canGoUp,
      },
      {
        calls: ['child_process.{exec,execSync,execFile,execFileSync,spawn,spawnSync,fork}'],
        args: [1, 2],
        fields: ['cwd'],
        from: 'outside',
        accepts: canGoUp,
      },
      {
        calls: [
          'http.response.{sendFile,sendfile,download}',
          '~{res,response,reply}.{sendFile,sendfile,download}',
          '~{ctx,c}.sendFile',
          'koa-send',
          '~h.file',
        ],
        from: 'outside',
        // With a root, Express refuses to leave it: https://expressjs.com/en/api.html#res.sendFile
        when: ({ args }) =>
          !args.slice(1).some(
            (value) =>
              value.objects.some(({ fields }) => fields.has('root')) ||
              // Options that are made elsewhere may name it.
              (/options|opts|config/i.test(value.name) && value.objects.length === 0),
          ),
        accepts: canGoUp,
      },
      {
        // A path is put together, and nothing around looks at it.
        calls: ['path.{join,resolve}', 'path.posix.{join,resolve}'],
        args: [1, 2, 3, 4],
        from: 'outside',
        isStep: true,
        when: ({ around, args }) =>
          knownText(args[0] ?? UNKNOWN) !== '/' &&
          !/startsWith|indexOf|includes\(|\.slice\(|\.substr|\bsplit\(|realpath|path\.parse|contains|-inside|\.relative\(|basename|normalize|\.has\(|\.test\(|isInside|within|sanitize|\.replace(?:All)?\([^)]{0,20}\\\./i.test(
            around(),
          ),
        accepts: canGoUp,
      },
      {
        calls: ['http.response.render', '~{res,response}.render'],
        from: 'outside',
        accepts: (taint) => (!taint.lead.includes(HOLE) || taint.lead === '') && canGoUp(taint),
      },
    ],
    bad: [
      "import fs from 'node:fs';\nimport path from 'node:path';\napp.get('/file', (req, res) => {\n  const file = path.join('/srv/files', req.query.name);\n  res.send(fs.readFileSync(file));\n});",
      "import { readFile } from 'fs/promises';\nexport async function GET(request, { params }) {\n  const name = request.nextUrl.searchParams.get('name');\n  return new Response(await readFile(`./uploads/${name}`));\n}",
      "app.get('/file', (req, res) => {\n  res.sendFile('/srv/' + req.params.name);\n});",
      "import fs from 'node:fs';\nimport path from 'node:path';\napp.get('/file', (req, res) => {\n  if (!req.query.name.startsWith('/srv/files')) return res.status(400).end();\n  res.send(fs.readFileSync(req.query.name));\n});",
    ],
    good: [
      "import fs from 'node:fs';\nimport path from 'node:path';\nconst ROOT = '/srv/files/';\napp.get('/file', (req, res) => {\n  const file = path.resolve(ROOT, req.query.name);\n  if (!file.startsWith(ROOT)) return res.status(400).end();\n  res.send(fs.readFileSync(file));\n});",
      "import fs from 'node:fs';\nimport path from 'node:path';\napp.get('/file', (req, res) => {\n  res.send(fs.readFileSync(path.join('/srv/files', path.basename(req.query.name))));\n});",
      "app.get('/file', (req, res) => {\n  res.sendFile(req.params.name, { root: '/srv/files' });\n});",
      "import fs from 'node:fs';\nimport path from 'node:path';\nconst ROOT = '/srv';\napp.get('/file', (req, res) => {\n  const file = path.join(ROOT, req.query.name);\n  const inside = path.relative(ROOT, file);\n  if (inside.startsWith('..') || path.isAbsolute(inside)) throw new Error('outside');\n  res.send(fs.readFileSync(file));\n});",
    ],
  },
  {
    id: 'render-options-from-request',
    cwe: 73,
    text: {
      title: 'A request sets the options of a template',
      body: 'Among what is passed to the template engine are its own options, such as `layout` or `root`: with them, a request can have any file read or run. Pass the values that the template shows, one by one.',
      severity: 'high',
      confidence: 0.75,
    },
    sinks: [
      {
        calls: ['http.response.render', '~{res,response}.render'],
        args: [1],
        from: 'outside',
        accepts: ({ isWhole, key }) => isWhole && /(?:^|\.)(?:body|query)$/.test(key),
      },
    ],
    bad: ["app.post('/', (req, res) => {\n  res.render('index', req.body);\n});"],
    good: ["app.post('/', (req, res) => {\n  res.render('index', { name: req.body.name });\n});"],
  },
  {
    id: 'zip-slip',
    cwe: 22,
    text: {
      title: 'A file is written where an archive says',
      body: 'The name of an entry in an archive can hold `../`, so that unpacking overwrites files elsewhere. Resolve the path and check that it begins with the target folder before writing.',
      severity: 'high',
      confidence: 0.75,
    },
    clearedBy: ['base-name', 'no-dots', 'inside-folder'],
    sinks: [
      {
        calls: [
          `{fs,fs-extra,graceful-fs}.{writeFile,writeFileSync,createWriteStream,outputFile,outputFileSync,mkdirSync,mkdir}`,
          '~{fs,fse}.{writeFile,writeFileSync,createWriteStream}',
        ],
        from: 'parameter',
        accepts: ({ key }) =>
          /^(?:entry|zipEntry|header|file|entries|zip)\.(?:path|fileName|entryName|name|header\.name)$|\bentr(?:y|ies)\b.*\.(?:path|fileName|entryName|name)$/i.test(
            key.replace(/^\d+:/, ''),
          ),
      },
    ],
    bad: [
      "import fs from 'fs';\nimport unzipper from 'unzipper';\nfs.createReadStream('a.zip').pipe(unzipper.Parse()).on('entry', (entry) => {\n  entry.pipe(fs.createWriteStream(entry.path));\n});",
    ],
    good: [
      "import fs from 'fs';\nimport path from 'path';\nimport unzipper from 'unzipper';\nfs.createReadStream('a.zip').pipe(unzipper.Parse()).on('entry', (entry) => {\n  if (entry.path.includes('..')) return;\n  entry.pipe(fs.createWriteStream(path.join('out', entry.path)));\n});",
    ],
  },
];
