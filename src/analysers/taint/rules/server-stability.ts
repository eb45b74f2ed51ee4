import type { Weakness } from '../weakness.ts';

export const SERVER_STABILITY: readonly Weakness[] = [
  {
    id: 'throw-in-callback',
    cwe: 248,
    text: {
      title: 'An error in this callback ends the whole server',
      body: 'The function runs later, when the handler has long returned: nobody is there any more to catch the error, and the process ends for all visitors. Hand the error to `next`, answer with an error status, or use the variant that gives a promise, and await it.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [{ calls: ['throw'], when: () => true }],
    bad: [
      "import fs from 'node:fs';\napp.get('/', (req, res) => {\n  fs.readFile('list.json', (error, data) => {\n    if (error) throw error;\n    res.json(JSON.parse(data));\n  });\n});",
    ],
    good: [
      "import fs from 'node:fs';\napp.get('/', (req, res, next) => {\n  fs.readFile('list.json', (error, data) => {\n    if (error) return next(error);\n    res.end(data);\n  });\n});",
      "import fs from 'node:fs';\nfs.readFile('list.json', (error, data) => {\n  if (error) throw error;\n});",
      "app.get('/', (req, res) => {\n  if (!ready) throw new Error('not yet');\n  res.end();\n});",
    ],
  },
];
