import type { Language } from '../language.ts';
import type { Sanitiser } from '../weakness.ts';
import { PYTHON_FUNCTIONS, PYTHON_METHODS } from './python-calls.ts';
import { PYTHON_ROLES, PYTHON_SOURCES } from './python-sources.ts';
import { resolvePythonModule } from './resolve-python-module.ts';

/** Functions whose result is made of their arguments. */
const PROPAGATORS: readonly string[] = [
  '{str,repr,bytes,bytearray,list,dict,tuple,set,sorted,reversed,zip,enumerate,filter,map,format,unicode,iter,min,max,sum,vars,memoryview}',
  'json.{loads,dumps,load}',
  '{ujson,simplejson,orjson,rapidjson}.{loads,dumps}',
  'base64.*',
  'binascii.{unhexlify,a2b_base64}',
  'codecs.{encode,decode}',
  'copy.{copy,deepcopy}',
  'io.{StringIO,BytesIO}',
  '{StringIO,StringIO.StringIO,cStringIO.StringIO}',
  'os.path.{join,normpath,abspath,realpath,expanduser,expandvars,dirname,splitext,split,relpath,commonprefix,commonpath}',
  'os.{fspath,fsencode,fsdecode}',
  'pathlib.{Path,PurePath,PosixPath}',
  'urllib.parse.{urljoin,urlparse,unquote,unquote_plus,urlsplit,urlunparse,parse_qs,parse_qsl,urlunsplit}',
  'urlparse.{urljoin,urlparse,parse_qs,urlsplit}',
  'urllib.{unquote,unquote_plus}',
  'string.Template',
  'textwrap.{dedent,indent,fill,shorten}',
  'itertools.*',
  'functools.{partial,reduce}',
  'collections.{OrderedDict,defaultdict,deque,ChainMap}',
  'django.utils.encoding.{force_text,force_str,smart_text,smart_str,force_bytes}',
  'flask.{json.loads,escape_not}',
  'six.{text_type,binary_type,ensure_str}',
  'markdown.markdown',
  'django.utils.safestring.mark_safe',
  'types.SimpleNamespace',
  'dataclasses.asdict',
  're.{split,findall}',
];

/** Functions after which data is harmless in some way, whatever it held. */
const SANITISERS: readonly Sanitiser[] = [
  {
    calls: [
      '{int,float,bool,len,ord,hash,id,abs,round,complex,isinstance,issubclass,callable,type}',
      'math.*',
      'uuid.{UUID,uuid3,uuid4,uuid5,uuid1}',
      'decimal.Decimal',
      'datetime.**',
      'hashlib.**',
      'hmac.**',
      'ipaddress.*',
      'ast.literal_eval',
      'bson.{ObjectId,objectid.ObjectId}',
      '{passlib,bcrypt,argon2}.**',
      '~{form,serializer,schema,validator}.{is_valid,validate,validate_on_submit}',
      'time.{time,strptime,mktime}',
    ],
    assures: ['*'],
  },
  {
    calls: [
      'urllib.parse.{quote,quote_plus,urlencode}',
      'urllib.{quote,quote_plus,urlencode}',
      'six.moves.urllib.parse.{quote,quote_plus}',
      'django.utils.http.{urlquote,urlencode,urlquote_plus}',
      'werkzeug.urls.{url_quote,url_encode}',
    ],
    assures: ['url-encoded'],
  },
  {
    calls: [
      'html.escape',
      'cgi.escape',
      '{markupsafe,flask,jinja2,werkzeug,werkzeug.utils,xml.sax.saxutils,tornado.escape,saxutils}.{escape,xhtml_escape,quoteattr}',
      'tornado.escape.*',
      '{bleach,nh3}.{clean,linkify}',
      'django.utils.html.{escape,conditional_escape,format_html,strip_tags,format_html_join}',
      'lxml.html.clean.**',
      '~{escape,html_escape,conditional_escape,format_html,xhtml_escape,escape_html}',
      '{flask,django.shortcuts,jinja2}.{render_template,render,jsonify}',
      '{flask.jsonify,jsonify,json.dumps}',
    ],
    assures: ['html-escaped'],
  },
  {
    calls: ['{shlex,pipes}.quote', '~{shlex,pipes}.quote', 'shlex.join', 'subprocess.list2cmdline'],
    assures: ['shell-quoted'],
  },
  {
    calls: [
      'os.path.{basename}',
      'werkzeug.utils.secure_filename',
      'werkzeug.secure_filename',
      '~secure_filename',
      'django.utils.text.get_valid_filename',
    ],
    assures: ['base-name', 'no-dots', 'not-absolute'],
  },
  {
    calls: [
      'werkzeug.utils.safe_join',
      'werkzeug.security.safe_join',
      'flask.{safe_join,send_from_directory}',
      'django.utils._os.safe_join',
      '~safe_join',
    ],
    assures: ['inside-folder'],
  },
  {
    calls: [
      'flask.url_for',
      'django.urls.{reverse,resolve}',
      'django.shortcuts.{resolve_url,reverse}',
      'django.core.urlresolvers.reverse',
      '~{url_for,reverse}',
    ],
    assures: ['known-host', 'url-encoded'],
  },
  {
    calls: [
      'ldap.filter.escape_filter_chars',
      'ldap.dn.escape_dn_chars',
      'ldap3.utils.conv.escape_filter_chars',
      '~escape_filter_chars',
    ],
    assures: ['*'],
  },
  { calls: ['re.escape'], assures: ['quotes-escaped'] },
  {
    calls: [
      'psycopg2.sql.{Identifier,Literal,Placeholder}',
      'psycopg.sql.{Identifier,Literal}',
      '~sql.{Identifier,Literal}',
      'pymysql.converters.escape_string',
      '~{connection,conn,db}.{escape,escape_string,literal}',
    ],
    assures: ['*'],
  },
];

/** Python and what is written in it for the web. */
export const PYTHON: Language = {
  sources: PYTHON_SOURCES,
  roles: PYTHON_ROLES,
  propagators: PROPAGATORS,
  sanitisers: SANITISERS,
  functions: PYTHON_FUNCTIONS,
  methods: PYTHON_METHODS,
  exportsAll: true,
  resolve: resolvePythonModule,
};
