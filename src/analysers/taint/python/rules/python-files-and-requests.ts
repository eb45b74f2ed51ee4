import { decidesHost } from '../../rules/conditions.ts';
import { HOLE, type Taint } from '../../value.ts';
import type { Weakness } from '../../weakness.ts';
import { namedIs } from './arguments.ts';

const canGoUp = ({ lead, cleared }: Taint): boolean =>
  !/[?#=][^/]*$/.test(lead.replaceAll(HOLE, '')) &&
  !(cleared.has('no-dots') && (lead !== '' || cleared.has('not-absolute')));

export const PYTHON_FILES_AND_REQUESTS: readonly Weakness[] = [
  {
    id: 'python-path-traversal',
    cwe: 22,
    text: {
      title: 'Data from outside chooses a file',
      body: 'With `../` in it, or as an absolute path, the data leads to any file that this program can reach. Take `os.path.basename` or `secure_filename` of it, or resolve the path and check that it begins with the folder and a separator.',
      severity: 'high',
      confidence: 0.8,
    },
    clearedBy: ['base-name', 'inside-folder', 'url-encoded'],
    sinks: [
      {
        calls: [
          'open',
          '{io,codecs,os,gzip,bz2,lzma,aiofiles,builtins}.open',
          'os.{remove,unlink,rename,replace,mkdir,makedirs,listdir,scandir,rmdir,removedirs,stat,chmod,chown,symlink,link,walk,truncate}',
          'shutil.{copy,copy2,copyfile,copytree,move,rmtree,unpack_archive,make_archive}',
          '{flask,quart,bottle}.{send_file,static_file}',
          '~{send_file}',
          'aiohttp.web.FileResponse',
          '{fastapi.responses,starlette.responses,django.http}.FileResponse',
          '~FileResponse',
          '{pathlib,}.Path().{open,read_text,read_bytes,write_text,write_bytes,unlink,mkdir,rmdir,iterdir}',
          '~*.{read_text,read_bytes,write_text,write_bytes}',
          '{numpy,np,pandas,pd}.{load,read_csv,read_json}',
          '~storage.{open,save,delete}',
          'zipfile.ZipFile',
          'tarfile.open',
          'linecache.getline',
        ],
        fields: ['', 'file', 'path', 'filename', 'src', 'dst'],
        from: 'outside',
        accepts: (taint) => taint.origin === 'request' && canGoUp(taint),
      },
      {
        calls: ['os.path.{join,exists,isfile,getsize}', 'posixpath.join'],
        args: [1, 2, 3],
        from: 'outside',
        isStep: true,
        when: ({ around }) =>
          !/startswith|commonpath|commonprefix|basename|secure_filename|safe_join|relpath|is_relative_to|realpath|abspath|normpath/i.test(
            around(),
          ),
        accepts: (taint) => taint.origin === 'request' && canGoUp(taint),
      },
    ],
    bad: [
      "import os\n\n@app.route('/file')\ndef show():\n    path = os.path.join('/srv/files', request.args['name'])\n    with open(path) as file:\n        return jsonify(file.read())\n",
      "def view(request):\n    name = request.GET.get('name')\n    return FileResponse(open(f'/srv/files/{name}', 'rb'))\n",
    ],
    good: [
      "import os\n\nROOT = '/srv/files/'\n\n@app.route('/file')\ndef show():\n    path = os.path.realpath(os.path.join(ROOT, request.args['name']))\n    if not path.startswith(ROOT):\n        raise ValueError(path)\n    with open(path) as file:\n        return jsonify(file.read())\n",
      "from werkzeug.utils import secure_filename\n\n@app.route('/file')\ndef show():\n    return jsonify(open('/srv/' + secure_filename(request.args['name'])).read())\n",
    ],
  },
  {
    id: 'python-archive-extraction',
    cwe: 22,
    text: {
      title: 'An archive is unpacked wherever its entries say',
      body: 'The name of an entry can hold `../` or be absolute, so that unpacking overwrites files elsewhere. Use `extractall(filter="data")`, or check each path before unpacking.',
      severity: 'medium',
      confidence: 0.7,
    },
    checks: [
      {
        calls: ['tarfile.**.extractall', '~{tar,tf,archive_tar,tarball}.{extractall}'],
        when: (site) =>
          !namedIs(site, 'filter', 'data') &&
          !namedIs(site, 'filter', 'tar') &&
          !/members\s*=|\.startswith|is_within|isabs|commonpath|commonprefix|\.\.["']\s*in\b|["']\.\./.test(
            site.around(),
          ),
      },
    ],
    bad: [
      "import tarfile\n\ndef unpack(name):\n    with tarfile.open(name) as tar:\n        tar.extractall('out')\n",
    ],
    good: [
      "import tarfile\n\ndef unpack(name):\n    with tarfile.open(name) as tar:\n        tar.extractall('out', filter='data')\n",
    ],
  },
  {
    id: 'python-request-forgery',
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
          '{requests,httpx}.{get,post,put,patch,delete,head,options,request,stream,Request}',
          '{requests,httpx,aiohttp}.{Session,Client,AsyncClient,ClientSession,session}().{get,post,put,patch,delete,head,options,request,stream}',
          '~{session,client,requests,http,s}.{get,post,put,patch,delete,head,request}',
          'urllib.request.{urlopen,Request,urlretrieve,URLopener().open,URLopener().retrieve}',
          'urllib.{urlopen,urlretrieve}',
          'urllib2.{urlopen,Request}',
          'urllib3.**.{request,urlopen}',
          '{http.client,httplib}.{HTTPConnection,HTTPSConnection}',
          'six.moves.urllib.request.urlopen',
          'pycurl.Curl().setopt',
          'socket.create_connection',
        ],
        args: 'all',
        fields: ['', 'url', 'host', 'base_url'],
        from: 'outside',
        accepts: (taint) => taint.origin === 'request' && decidesHost(taint),
      },
      {
        texts: true,
        from: 'outside',
        accepts: (taint) => taint.origin === 'request' && /^https?:\/\/[^/?#]*$/i.test(taint.lead),
      },
    ],
    bad: [
      "import requests\n\n@app.route('/proxy')\ndef proxy():\n    return jsonify(requests.get(request.args['url']).text)\n",
      "import urllib.request\n\ndef view(request):\n    url = 'https://' + request.GET['host'] + '/status'\n    return JsonResponse(urllib.request.urlopen(url).read())\n",
    ],
    good: [
      "import requests\n\n@app.route('/user')\ndef user():\n    return jsonify(requests.get('https://api.example.com/users/' + request.args['id']).text)\n",
      "import requests\n\nURLS = {'a': 'https://a.example.com'}\n\n@app.route('/proxy')\ndef proxy():\n    return jsonify(requests.get(URLS[request.args['name']]).text)\n",
    ],
  },
  {
    id: 'python-open-redirect',
    cwe: 601,
    text: {
      title: 'Data from outside chooses where the visitor is sent',
      body: 'A link to this site then leads to any other, which can look the same and ask for the password. Allow only paths of this site, or check with `url_has_allowed_host_and_scheme`.',
      severity: 'medium',
      confidence: 0.8,
    },
    clearedBy: ['known-host', 'url-encoded', 'local-path'],
    sinks: [
      {
        calls: [
          '{flask,werkzeug.utils,django.shortcuts,bottle,quart,sanic.response}.redirect',
          'django.http.{HttpResponseRedirect,HttpResponsePermanentRedirect}',
          '{fastapi.responses,starlette.responses}.RedirectResponse',
          'aiohttp.web.{HTTPFound,HTTPSeeOther,HTTPMovedPermanently}',
          'pyramid.httpexceptions.{HTTPFound,HTTPSeeOther,HTTPMovedPermanently}',
          '~{redirect,HttpResponseRedirect,RedirectResponse,HTTPFound}',
        ],
        fields: ['', 'url', 'location', 'redirect_to'],
        from: 'outside',
        accepts: (taint) =>
          taint.origin === 'request' &&
          decidesHost(taint) &&
          !/(?:path|get_full_path\(\))$/.test(taint.key) &&
          !(taint.cleared.has('slash') && taint.cleared.has('not-double-slash')),
      },
    ],
    bad: [
      "from flask import redirect, request\n\n@app.route('/go')\ndef go():\n    return redirect(request.args.get('to'))\n",
    ],
    good: [
      "from flask import redirect, request, url_for\n\n@app.route('/go')\ndef go():\n    return redirect(url_for('user', id=request.args['id']))\n",
      "from django.shortcuts import redirect\nfrom django.utils.http import url_has_allowed_host_and_scheme\n\ndef go(request):\n    to = request.GET.get('to')\n    if url_has_allowed_host_and_scheme(to, allowed_hosts=None):\n        return redirect(to)\n    return redirect('/')\n",
    ],
  },
];
