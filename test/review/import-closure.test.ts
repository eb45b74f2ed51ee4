import { describe, expect, test } from 'vitest';
import { importClosure } from '../../src/review/import-closure.ts';

const files = (texts: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> =>
  new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));

const closure = (
  changed: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): readonly string[] => [...importClosure(files(changed), files(others)).keys()].sort();

describe('importClosure', () => {
  test('follows scripts through relative imports, folders and aliases, and stops there', () => {
    const found = closure(
      {
        'src/app/main.ts': [
          "import { total } from '../cart/total.js';",
          "import '@/setup';",
          "const { a } = await import('./late');",
          "import { readFile } from 'fs';",
          "import x from 'react';",
        ].join('\n'),
      },
      {
        'src/cart/total.ts': "export * from './';",
        'src/cart/index.ts': "import type { Line } from 'src/domain/line';",
        'src/domain/line.ts': 'export interface Line {}',
        'src/setup.ts': '',
        'src/app/late.tsx': '',
        'src/utils/react.ts': '',
        'src/fs.ts': '',
        'src/cart/other.ts': '',
      },
    );
    expect(found).toEqual([
      'src/app/late.tsx',
      'src/cart/index.ts',
      'src/cart/total.ts',
      'src/domain/line.ts',
      'src/setup.ts',
    ]);
  });

  test('brings what declares types for the whole program, and what tests declare for tests only', () => {
    const others = {
      'types/env.d.ts': 'interface Window { shop: string }',
      'src/request.ts': 'declare global { namespace Express { interface Request { user: string } } }',
      'src/request.test.ts': "declare module './request' { interface Rendered { title: string } }",
      'src/plain.ts': 'export declare const x: string;',
    };
    expect(closure({ 'a.ts': 'export const a = window.shop;' }, others)).toEqual([
      'src/request.ts',
      'types/env.d.ts',
    ]);
    expect(closure({ 'src/a.test.ts': "test('a', () => {});" }, others)).toEqual([
      'src/request.test.ts',
      'src/request.ts',
      'types/env.d.ts',
    ]);
  });

  test('follows Python through packages, relative imports and names that are modules', () => {
    const found = closure(
      {
        'shop/web/views.py':
          'from shop.db import (\n    queries,\n    models as m,\n)\nfrom . import forms\nfrom ..money import price\nimport shop.log, os\n',
      },
      {
        'shop/db/__init__.py': '',
        'shop/db/queries.py': 'from .models import Order\n',
        'shop/db/models.py': '',
        'shop/web/forms.py': '',
        'shop/money.py': '',
        'shop/log.py': '',
        'other/forms.py': '',
        'os.ts': '',
      },
    );
    expect(found).toEqual([
      'shop/db/__init__.py',
      'shop/db/models.py',
      'shop/db/queries.py',
      'shop/log.py',
      'shop/money.py',
      'shop/web/forms.py',
    ]);
  });
});
