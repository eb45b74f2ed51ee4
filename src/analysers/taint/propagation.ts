import { EVERYTHING } from './value.ts';
import type { Sanitiser } from './weakness.ts';

/** Functions whose result is made of their arguments. */
export const PROPAGATORS: readonly string[] = [
  '{String,Object,Array,decodeURIComponent,decodeURI,unescape,atob,btoa,structuredClone}',
  'JSON.{parse,stringify}',
  'Buffer.{from,concat}',
  'Object.{assign,values,entries,fromEntries,create,freeze}',
  'Array.{from,of}',
  'Promise.{resolve,all,race,any,allSettled}',
  'util.{format,inspect,promisify}',
  'path.{join,resolve,normalize,dirname,format,parse,relative,toNamespacedPath}',
  'path.{posix,win32}.{join,resolve,normalize,dirname}',
  '{URL,URLSearchParams,Request,Headers,Blob,FormData,TextDecoder}',
  'url.{parse,resolve,format,fileURLToPath,URL,URLSearchParams}',
  '{querystring,qs,query-string,json5,yaml,js-yaml}.{parse,stringify,decode,unescape,load}',
  '{lodash,underscore,lodash-es}.{get,pick,omit,clone,cloneDeep,template,toString,trim,join,merge,assign,defaults,values,map,concat,flatten,head,first,last}',
  'lodash.*',
  '{classnames,clsx,classnames/dedupe,classnames/bind,printf,printj.sprintf,sprintf-js.sprintf,sprintf-js.vsprintf,format-util,string-template,slash,trim,dedent,common-tags.stripIndent,untildify,tildify,normalize-path,upath.normalize,upath.join}',
  // Markdown can hold HTML, which these leave as it is unless they are told otherwise.
  '{marked,marked.parse,marked.marked,snarkdown,showdown.Converter().makeHtml,micromark}',
  '{remark,unified}().**.{processSync,process}',
  'String.{fromCharCode,raw}',
  '{Error,TypeError,RangeError,SyntaxError}',
  '{jquery,$,jQuery}.{trim,param,parseJSON}',
  '~{fromBase64,toBase64,base64Decode,base64decode,decodeBase64}',
];

/** Names of functions of this program or of unknown packages whose result is likely made of their arguments. */
export const MAKES_OF_ARGUMENTS =
  /^(?:to|as|format|build|make|compose|concat|join|decode|parse|trim|normali[sz]e|clone|copy|merge|extend|wrap|stringify|deserialize|unserialize|serialize|unwrap|extract|convert|transform|interpolate|prepend|append|replace|lower|upper|unescape|fill|assemble)(?![a-z])/;

/** Names of functions that say that what they return is safe. */
export const SAYS_SAFE =
  /(?:^|[._])(?:sanit|escape|purif|encode|clean|quote|whitelist|allowlist|safe|validat|hash|encrypt|sign|slug|redact|mask|strip_?tags|no_?tags|esc$|xss)|(?:Sanitiz|Sanitis|Escape|Purif|Validat|Encode|Slug|Whitelist)/i;

/** Names of functions that answer whether their argument is fine. */
export const SAYS_WHETHER_FINE =
  /^(?:is|has|can|may|matches|allow|allowed|validate|verify|check|assert|ensure|test|accept|permit|known|in|valid|contains)(?:[A-Z_]|$)|[a-z](?:Is|_is_?)(?:Inside|In|Within|Safe|Valid|Allowed|In|Sub|Child)|(?:Allowed|Safe|Valid|Inside)$|(?:^|_)(?:is_safe|has_allowed|is_relative_to|is_within|safe_url)/;

/** Methods of text and arrays whose result holds none of their text. */
export const CLEAN_METHODS: ReadonlySet<string> = new Set(
  [
    'indexOf lastIndexOf includes startsWith endsWith test search localeCompare charCodeAt codePointAt',
    'has every some findIndex isPrototypeOf hasOwnProperty getTime length size',
    'createHash digest update on once emit pipe',
  ].flatMap((line) => line.split(' ')),
);

/** Properties that are numbers or the like. */
export const CLEAN_PROPERTIES: ReadonlySet<string> = new Set(
  'length size byteLength constructor statusCode status ok'.split(' '),
);

/** Functions after which data is harmless in some way, whatever it held. */
export const SANITISERS: readonly Sanitiser[] = [
  {
    calls: [
      '{Number,parseInt,parseFloat,Boolean,BigInt,isNaN,isFinite,Date,Symbol}',
      'Number.{parseInt,parseFloat,isInteger,isFinite,isNaN,isSafeInteger}',
      'Math.*',
      'Date.parse',
      'crypto.**',
      '{bcrypt,bcryptjs,argon2}.*',
      'mongoose.Types.ObjectId',
      '{mongodb,bson,mongoose}.{ObjectId,ObjectID}',
      '{ObjectId,ObjectID}',
      'uuid.*',
      '~validator.{toInt,toFloat,toBoolean,toDate}',
      '{lodash,underscore}.{toNumber,toInteger,size,isString,isNumber}',
    ],
    assures: [EVERYTHING],
  },
  { calls: ['encodeURIComponent', 'querystring.escape', 'encodeURI', 'escape'], assures: ['url-encoded'] },
  {
    calls: [
      'dompurify.sanitize',
      'isomorphic-dompurify.sanitize',
      '~{DOMPurify,purify,dompurify}.sanitize',
      '{sanitize-html,xss,insane,escape-html,he,striptags,entities,sanitizeHtml,html-escaper,escape-goat,validator}',
      '{he,entities,html-entities,html-escaper,escape-goat,sanitizer,google-caja}.*',
      '~validator.{escape,stripLow}',
      '{lodash,underscore,lodash-es}.escape',
      'lodash.escape',
      '~Handlebars.escapeExpression',
      '~{mysql,connection,conn,db,pool,client}.escape',
      'xss-filters.*',
      'goog.string.htmlEscape',
      '~{_,Utils}.escape',
      '~{domSanitizer,sanitizer,_sanitizer}.sanitize',
      '~{escapeHtml,escapeHTML,htmlEscape,sanitizeHtml,sanitizeHTML,stripTags}',
    ],
    assures: ['html-escaped'],
  },
  {
    calls: ['shell-quote.quote', 'shell-escape', 'shescape.*', '~shescape.*', 'shlex.quote'],
    assures: ['shell-quoted'],
  },
  {
    calls: ['path.{basename,extname}', 'path.{posix,win32}.basename', 'sanitize-filename'],
    assures: ['base-name', 'no-dots'],
  },
];
