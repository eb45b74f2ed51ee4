import type { Role, Source } from './weakness.ts';

const REQUEST_PARTS =
  '{body,query,params,headers,cookies,signedCookies,url,originalUrl,rawBody,files,file,payload,querystring,hostname,host,path,rawHeaders,searchParams,fields}';

/** Where data comes from that someone outside chose. */
export const SOURCES: readonly Source[] = [
  {
    origin: 'request',
    names: [
      `http.request.${REQUEST_PARTS}`,
      'http.request.{get,header,param,json,text,formData,arrayBuffer,blob,parseBody}()',
      'http.request.nextUrl.{searchParams,search,pathname,href}',
      // Express, Fastify, Next, Koa: a parameter called so is one, whatever it came from.
      `~{req,request}.${REQUEST_PARTS}`,
      '~{req,request}.{get,header,param,json,text,formData}()',
      '~{req,request}.nextUrl.searchParams',
      '~{ctx,context}.request.{body,query,querystring,url,headers,files,rawBody,path}',
      '~{ctx,context,c}.req.{query,param,header,json,text,parseBody,formData,queries,valid}()',
      '~{ctx,context,c}.req.{url,path,raw}',
      'http.context.{query,params,querystring,url,originalUrl,path,headers,header,cookies,hostname,host,href}',
      'http.context.{get,query,param,params}()',
      'http.context.request.{body,query,querystring,url,headers,header,files,rawBody,path,href}',
      'http.context.req.{url,headers,body,query,params,path}',
      'http.context.req.{query,param,header,json,text,parseBody,formData,queries,valid}()',
      'http.context.{queryParams,requestBody}',
      'http.input',
      'aws.event',
      'next/headers.{cookies,headers}()',
      '@{Body,Query,Param,Headers,Cookies}',
    ],
  },
  // Whoever starts the program chose these.
  {
    origin: 'parameter',
    names: [
      'process.argv',
      '{yargs,optimist}.argv',
      'yargs.**.{parse,parseSync,argv}()',
      'yargs().argv',
      'yargs.**.argv',
      '{minimist,yargs-parser,subarg,command-line-args,meow,arg,getopts,mri}()',
      '{commander,commander.program,commander.Command()}.opts()',
      'commander.**.opts()',
      'argparse.ArgumentParser().parse_args()',
      'meow().{flags,input}',
      'util.parseArgs()',
      'node:util.parseArgs()',
    ],
  },
  // Names that an archive brings along.
  { origin: 'parameter', names: ['~{entry,zipEntry,zip_entry}.{path,fileName,entryName}'] },
  {
    origin: 'page',
    names: [
      'location.{hash,search,href,pathname}',
      '{document,window.document}.{URL,documentURI,referrer,baseURI,location,cookie}',
      'document.location.{hash,search,href,pathname}',
      '{top,parent,opener}.location.{hash,search,href,pathname}',
      '~{window,self,top,parent}.name',
      '{location,document.location}.toString()',
      '{localStorage,sessionStorage}.getItem()',
      'js-cookie.get()',
      // What visitors type into a page, or what it shows of what others typed.
      '{$,jQuery,jquery}().{val,text,attr,prop,data}()',
      '{$,jQuery,jquery}().{find,closest,parent,children,first,last,next,prev,eq,filter,siblings}().{val,text,attr,prop,data}()',
      'document.{getElementById,querySelector}().{value,textContent,innerText,getAttribute(),text,dataset}',
      'document.{getElementById,querySelector}().getAttribute()',
      'document.{querySelectorAll,getElementsByClassName,getElementsByName,getElementsByTagName}().*.{value,textContent,innerText}',
      'document.**.{value}',
      '~{event,e,evt,ev}.{target,currentTarget,srcElement}.value',
      '{$,jQuery,jquery}().{get(),[]}.{name,value,textContent,innerText,getAttribute()}',
      'react-hook-form.useForm().{getValues,watch}()',
      'formik.useFormikContext().values',
      'form.values',
      'message.event.data',
      'react-router-dom.{useParams,useSearchParams}()',
      'react-router.{useParams,useSearchParams}()',
      '{next/router,next/navigation}.{useSearchParams,useParams}()',
      'next/router.useRouter().{query,asPath}',
      'react-router-dom.useLocation().{search,hash,pathname}',
      '~{$route,route}.{query,params}',
      '~$routeParams.*',
      '~snapshot.{queryParams,params,fragment,queryParamMap,paramMap}',
      '~$location.{search,hash,url,path,absUrl}()',
    ],
  },
];

/** What frameworks give to functions, told by parameters' names, types and decorators, and by where they are registered. */
export const ROLES: readonly Role[] = [
  // Parsers of uploads hand over what the form holds.
  {
    gives: 'http.input',
    registeredBy: [
      '~{busboy,form,part,bb}.on',
      '{formidable,multiparty,busboy,formidable.IncomingForm}().on',
    ],
    parameter: /^(?:file_?name|field_?name|name|val|value|info|fields?|part|files?)$/i,
  },
  {
    gives: 'http.input',
    registeredBy: ['~{form,upload}.parse', '{formidable,multiparty.Form,formidable.IncomingForm}().parse'],
    parameter: /^(?:fields|files)$/i,
  },
  { gives: 'http.request', parameter: /^_?(?:req|request)$/i },
  { gives: 'http.response', parameter: /^_?(?:res|resp|response|reply|rep)$/i },
  {
    gives: 'http.request',
    type: /^(?:express\.|e\.|http\.)?(?:Request|NextApiRequest|NextRequest|IncomingMessage|FastifyRequest|VercelRequest|HttpRequest|ExpressRequest)$/,
  },
  {
    gives: 'http.response',
    type: /^(?:express\.|e\.|http\.)?(?:Response|NextApiResponse|ServerResponse|FastifyReply|VercelResponse|ExpressResponse)$/,
  },
  { gives: 'http.context', type: /^(?:Koa\.)?(?:Context|ParameterizedContext|RouterContext|HonoContext)$/ },
  {
    gives: 'http.input',
    decorator:
      /^(?:Body|Query|Param|Headers|Cookies|UploadedFile|UploadedFiles|RawBody|QueryParam|BodyParam|Args|MessageBody|Payload)$/,
  },
  { gives: 'http.request', decorator: /^(?:Req|Request)$/ },
  { gives: 'http.response', decorator: /^(?:Res|Response)$/ },
  {
    gives: 'http.context',
    parameter: /^(?:ctx|context|c)$/,
    position: 0,
    registeredBy: [
      '~{app,router,server,api,route,routes}.{get,post,put,delete,patch,all,use,options,head,del}',
      '**.{get,post,put,delete,patch,all,use,del}',
    ],
  },
  {
    gives: 'http.request',
    position: 0,
    registeredBy: [
      '~{app,router,server,api,fastify,route,routes}.{get,post,put,delete,patch,all,use,head}',
      'express().*',
      'express.Router().*',
      'fastify().*',
    ],
    parameter: /^(?!ctx$|context$|c$|_?err|_?res$|.*[Rr]esponse$|app|instance|server|fastify).*$/,
  },
  {
    gives: 'http.request',
    position: 0,
    registeredBy: ['{http,https,http2}.createServer'],
  },
  { gives: 'http.response', position: 1, registeredBy: ['{http,https,http2}.createServer'] },
  {
    gives: 'http.input',
    position: 0,
    registeredBy: ['http.request.on', '~{req,request}.on'],
    parameter: /^(?:data|chunk|part|body|buffer)$/,
  },
  {
    gives: 'aws.event',
    position: 0,
    parameter: /^_?(?:event|evt)$/,
    functionName: /^(?:handler|.*[hH]andler|lambda|main)$/,
  },
  {
    gives: 'form.values',
    position: 0,
    registeredBy: ['~{queryParams,params,fragment,queryParamMap,paramMap}.subscribe'],
  },
  // The value of a part of the path, given to a function of its own.
  { gives: 'http.input', position: 3, registeredBy: ['~{app,router}.param'] },
  { gives: 'form.values', position: 0, registeredBy: ['react-hook-form.useForm().handleSubmit'] },
  { gives: 'message.event', position: 0, registeredBy: ['~addEventListener', '~onmessage'] },
  {
    gives: 'http.input',
    position: 0,
    registeredBy: ['~{socket,ws,client,connection,wss}.on'],
    parameter: /^(?:data|msg|message|payload|body|text|input)$/i,
  },
];
