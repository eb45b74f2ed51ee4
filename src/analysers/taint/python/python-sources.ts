import type { Role, Source } from '../weakness.ts';

const PARTS =
  '{args,form,values,files,json,data,headers,cookies,query_string,GET,POST,FILES,COOKIES,META,REQUEST,body,params,query,query_params,path_params,path,full_path,url,match_info,rel_url,matchdict,query_arguments,body_arguments,arguments,uri,raw_post_data,content_params,base_url,referrer,url_root,host,environ,view_args,stream,raw_requestline,rfile,path_info,forms,vars,get_vars,post_vars}';
const METHODS =
  '{get_json,get_data,get,json,form,post,body,text,read,build_absolute_uri,get_full_path,get_header,get_param,multipart,get_argument,get_query_argument,get_body_argument,get_arguments,get_cookie,get_secure_cookie,input,getfirst,getvalue}';

/** Where data comes from that someone outside chose. */
export const PYTHON_SOURCES: readonly Source[] = [
  {
    origin: 'request',
    names: [
      `http.request.${PARTS}`,
      `http.request.${METHODS}()`,
      `{flask,bottle,quart,sanic}.request.${PARTS}`,
      `{flask,bottle,quart,sanic}.request.${METHODS}()`,
      // Whatever a parameter or variable called so came from, it is one.
      `~{request,req,_request}.${PARTS}`,
      `~request.${METHODS}()`,
      '~self.request.**.{get,getlist,getall}()',
      '~{handler,self}.{get_argument,get_query_argument,get_body_argument,get_arguments,get_cookie}()',
      '~this.{get_argument,get_query_argument,get_body_argument,get_arguments,get_cookie}()',
      'http.input',
      'aws.event',
      'cgi.FieldStorage().*',
      'cgi.FieldStorage().{getvalue,getfirst,getlist}()',
      'web.{input,data,cookies}()',
      'cherrypy.request.params',
      '~{websocket,ws}.{receive_text,receive_json,receive,recv}()',
    ],
  },
  // Whoever starts the program, or whoever is at the other end of a connection, chose these.
  {
    origin: 'parameter',
    names: [
      'sys.argv',
      '{input,raw_input}()',
      'sys.stdin.{read,readline,readlines}()',
      'os.{environ,environb}.**',
      'os.getenv()',
      'os.environ.get()',
      '{argparse.ArgumentParser,optparse.OptionParser}().{parse_args,parse_known_args}()',
      '~{parser,argparser}.{parse_args,parse_known_args}()',
      '~{sock,socket,conn,connection,client}.{recv,recvfrom,makefile}()',
      'getopt.getopt()',
    ],
  },
];

const ROUTES =
  '{route,get,post,put,patch,delete,head,options,api_route,websocket,errorhandler,view,expose,endpoint}';

/** What frameworks give to functions. */
export const PYTHON_ROLES: readonly Role[] = [
  { gives: 'http.request', parameter: /^_?(?:request|req)$/ },
  {
    gives: 'http.request',
    type: /^(?:Request|HttpRequest|HTTPConnection|WebSocket|ASGIRequest|WSGIRequest)$/,
  },
  { gives: 'http.response', parameter: /^(?:response|resp)$/, type: /^(?:Response|HttpResponse)$/ },
  // What is injected is none of the request's.
  {
    gives: 'injected',
    type: /^(?:Session|AsyncSession|Connection|BackgroundTasks|Settings|Depends|Logger|int|float|bool|UUID|datetime|date|Decimal)$/,
    registeredBy: [`~*.${ROUTES}()`],
  },
  {
    gives: 'injected',
    parameter:
      /^(?:db|session|conn|connection|cursor|current_user|settings|logger|self|cls|error|e|err|exception)$/,
  },
  {
    gives: 'http.input',
    registeredBy: [
      `~*.${ROUTES}()`,
      `{flask,fastapi,bottle,sanic,quart,starlette}.**.${ROUTES}()`,
      'bottle.{route,get,post,put,delete}()',
    ],
  },
  {
    gives: 'aws.event',
    position: 0,
    parameter: /^(?:event|evt)$/,
    functionName: /^(?:handler|.*_handler|lambda.*|main|.*[hH]andler)$/,
  },
  { gives: 'http.input', type: /^(?:UploadFile)$/ },
];
