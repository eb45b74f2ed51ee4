import { type Program, parseSync } from 'oxc-parser';

export type Parsed =
  | { readonly kind: 'parsed'; readonly text: string; readonly program: Program }
  | { readonly kind: 'invalid'; readonly why: string };

/**
 * Parses a JavaScript or TypeScript file of whatever dialect.
 *
 * Very deep nesting ends the process, which is why this belongs in a child: https://github.com/oxc-project/oxc/issues/24375
 */
export function parseScript(path: string, text: string): Parsed {
  let why = '';
  for (const lang of dialects(path)) {
    for (const sourceType of ['module', 'script'] as const) {
      const { program, errors } = parseSync(path, text, {
        lang,
        sourceType,
        astType: 'ts',
        preserveParens: false,
      });
      const [error] = errors.filter(({ severity }) => severity === 'Error');
      // Errors such as a name declared twice leave a whole tree.
      if (error === undefined || program.body.length > 0) return { kind: 'parsed', text, program };
      if (why === '') why = error.message;
    }
  }
  return { kind: 'invalid', why };
}

/** JSX and Flow's types stand in files of any name; `<T>x` is a cast only where JSX is not. */
function dialects(path: string): readonly ('jsx' | 'tsx' | 'ts' | 'js')[] {
  if (/\.tsx$/i.test(path)) return ['tsx'];
  return /\.[cm]?ts$/i.test(path) ? ['ts'] : ['jsx', 'tsx'];
}
