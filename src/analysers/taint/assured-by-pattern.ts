import { assuredByAbsence, assuredByClasses } from './probes.ts';
import { EVERYTHING } from './value.ts';

/** What it proves about a text that a pattern matches, or does not match. */
export function assuredByTest(regex: RegExp | undefined, outcome: boolean): readonly string[] {
  if (regex === undefined) return [];
  return outcome ? assuredByPattern(regex) : assuredByAbsence(regex);
}

/** Text that a pattern describes from start to end, without a part that can be anything, is harmless. */
function assuredByPattern({ source, multiline }: RegExp): readonly string[] {
  const isWhole = source.startsWith('^') && source.endsWith('$') && !source.endsWith('\\$') && !multiline;
  const outsideOfClasses = source.replace(/\[(?:\\.|[^\]\\])*\]/g, 'x');
  if (
    isWhole &&
    !/(?<!\\)\.[*+{]|\\[SDW][*+]?/.test(outsideOfClasses) &&
    !/[^\\]\|/.test(outsideOfClasses.replace(/\([^()]*\)/g, 'x'))
  )
    return source.includes('[^') ? assuredByClasses(source) : [EVERYTHING];
  if (/^\^https\??:\\?\/\\?\/[\w\\.()|?:-]+(?:\\?\/|\$)/.test(source)) return ['known-host', 'known-scheme'];
  return /^\^(?:\(\?:)?https/.test(source) ? ['known-scheme'] : [];
}
