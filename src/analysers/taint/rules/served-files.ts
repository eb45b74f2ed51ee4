import { HOLE } from '../value.ts';
import type { Weakness } from '../weakness.ts';

/** The folder of the program, of its packages, of the user, or the whole disk. */
const PRIVATE = /^(?:\.{0,2}[\\/]?|\0[\\/]?|(?:.*[\\/])?node_modules[\\/]?(?:\.{1,2}[\\/]?)?)$/;
const HOME = /^(?:__dirname|process\.cwd\(\)|os\.homedir\(\)|process\.env\.(?:HOME|PWD))$/;

export const SERVED_FILES: readonly Weakness[] = [
  {
    id: 'serves-own-sources',
    cwe: 548,
    text: {
      title: 'The folder of the program itself is served to visitors',
      body: 'With it go the sources, `package.json`, configuration and whatever else lies there, such as an `.env`. Put what is meant for visitors in a folder of its own, and serve that.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      {
        calls: [
          'express.static',
          '~express.static',
          '{serve-static,koa-static,ecstatic,st,serve-handler}',
          '~{serveStatic}',
        ],
        when: ({ args }) => {
          const [folder] = args;
          if (folder === undefined) return false;
          const { text, name, made } = folder;
          const isJoined = made !== undefined && /^path\.(?:join|resolve|normalize)$/.test(made.by);
          const first = isJoined ? made.args[0]?.name : undefined;
          if (text === undefined) return HOME.test(name);
          if (!text.includes(HOLE)) return PRIVATE.test(text) && text !== '';
          return (
            PRIVATE.test(text.replaceAll(HOLE, '')) &&
            HOME.test(first ?? name) &&
            !/[\w-]/.test(text.replaceAll(HOLE, ''))
          );
        },
      },
    ],
    bad: [
      "import express from 'express';\nconst app = express();\napp.use(express.static(__dirname));",
      "import express from 'express';\nconst app = express();\napp.use('/lib', express.static('./node_modules/'));",
    ],
    good: [
      "import express from 'express';\nimport path from 'node:path';\nconst app = express();\napp.use(express.static(path.join(__dirname, 'public')));\napp.use(express.static('public'));",
    ],
  },
];
