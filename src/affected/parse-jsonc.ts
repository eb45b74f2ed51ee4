/** Reads JSON with comments and trailing commas, as `tsconfig.json` has them; `undefined` when it is none. */
export function parseJsonc(text: string): unknown {
  try {
    return JSON.parse(
      text
        .replace(/^\uFEFF/, '')
        .replace(TOKEN, (token) => (token.startsWith('"') ? token : ' '))
        .replace(TRAILING, (_, text: string | undefined) => text ?? ''),
    );
  } catch {
    // A file that is no JSON says nothing.
    return undefined;
  }
}

/** A string, which is kept, or a comment. */
const TOKEN = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
/** A comma before a closing bracket; strings are passed over. */
const TRAILING = /("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g;
