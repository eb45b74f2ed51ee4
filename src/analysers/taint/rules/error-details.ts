import type { Weakness } from '../weakness.ts';
import { isOnlyForDevelopers } from './conditions.ts';

const STACK = /\b(?:e|ex|err|error|exception|cause|reason)\w*\??\.stack\b/i;

export const ERROR_DETAILS: readonly Weakness[] = [
  {
    id: 'stack-trace-shown',
    cwe: 209,
    text: {
      title: 'The stack of an error is sent to the visitor',
      body: 'It names files, versions and functions of this program, which helps whoever looks for a way in. Write it to the log, and answer with a message of your own.',
      severity: 'low',
      confidence: 0.75,
    },
    checks: [
      {
        calls: [
          'http.response.{send,write,end,json,jsonp}',
          'http.response.**.{send,write,end,json}',
          '~{res,response,resp,reply}.{send,write,end,json,jsonp}',
          '~{res,response,reply}.status().{send,end,json}',
          '~{c,ctx}.{json,text,html}',
        ],
        when: (site) =>
          !isOnlyForDevelopers(site) &&
          !/\b(?:development|isDev|NODE_ENV)\b/.test(site.around()) &&
          (STACK.test(site.code) || site.args.some(({ name }) => name.endsWith('exception.stack'))),
      },
    ],
    bad: [
      'app.use((error, req, res, next) => {\n  res.status(500).send(error.stack);\n});',
      "app.get('/', (req, res) => {\n  try {\n    go();\n  } catch (problem) {\n    res.end(problem.stack);\n  }\n});",
    ],
    good: [
      "app.use((error, req, res, next) => {\n  console.error(error.stack);\n  res.status(500).send('Something went wrong');\n});",
    ],
  },
];
