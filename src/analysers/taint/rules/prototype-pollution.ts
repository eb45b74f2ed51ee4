import type { Weakness } from '../weakness.ts';
import { equals, isAtStart } from './conditions.ts';

export const PROTOTYPE_POLLUTION: readonly Weakness[] = [
  {
    id: 'prototype-pollution',
    cwe: 1321,
    text: {
      title: 'Data from outside chooses which property is written',
      body: 'With `__proto__` or `constructor` as a name, it changes every object of the program, which can switch checks off or lead to running code. Refuse those names, or use a `Map` or an object without a prototype.',
      severity: 'high',
      confidence: 0.7,
    },
    clearedBy: ['plain-key'],
    sinks: [
      {
        calls: [
          '{lodash,lodash-es,underscore,deepmerge,merge-deep,object-path,dot-prop,set-value,dottie,defaults-deep,mixin-deep,hoek,@hapi/hoek}.{merge,mergeWith,defaultsDeep,set,setWith,zipObjectDeep,applyToDefaults}',
          '{lodash.merge,lodash.defaultsdeep,lodash.set,deep-extend,extend,merge-objects}',
          '~_.{merge,mergeWith,defaultsDeep,set,setWith}',
        ],
        args: [1, 2],
        isDeep: true,
        from: 'outside',
        accepts: isAtStart,
      },
      {
        calls: ['{$,jQuery,jquery}.extend'],
        args: [1, 2, 3],
        from: 'outside',
        when: ({ args }) => args[0] !== undefined && equals(args[0], true),
      },
    ],
    checks: [
      {
        // `table[data].name = value`: with `__proto__` as data, what is written to is the prototype.
        writes: ['**', '~*.*', '~[].*', '~().*'],
        when: ({ receiver, name }) => {
          const [table, key] = receiver.made?.by === 'look-up' ? receiver.made.args : [];
          return (
            !/\.(?:\d+|#?\w*[cC]ount)$/.test(name) &&
            table?.name !== 'Map()' &&
            key?.taints.some(
              ({ key: path, cleared, lead }) =>
                /\b(?:query|body|params|cookies|param\(\))/.test(path) && cleared.size === 0 && lead === '',
            ) === true
          );
        },
      },
      {
        writes: ['~*.[]', '~[].[]', '**.[]'],
        when: ({ receiver, args }) => {
          const key = receiver.made?.by === 'key' ? receiver.made.args[0] : undefined;
          const isChosen =
            key?.taints.some(({ origin, cleared }) => origin === 'request' && cleared.size === 0) === true;
          const isNested = receiver.objects.length === 0 && receiver.name.includes('[]');
          return (
            isChosen &&
            receiver.taints.length === 0 &&
            (isNested || args.some(({ taints }) => taints.some(({ origin }) => origin === 'request')))
          );
        },
      },
    ],
    bad: [
      "import _ from 'lodash';\nconst settings = {};\napp.post('/', (req, res) => {\n  _.merge(settings, req.body);\n  res.end();\n});",
    ],
    good: [
      "import _ from 'lodash';\nconst settings = {};\napp.post('/', (req, res) => {\n  _.merge(settings, { theme: 'dark' });\n  res.end();\n});",
    ],
  },
];
