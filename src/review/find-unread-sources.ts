import type { ReviewCategory } from '../domain/finding.ts';
import type { ChangedFile } from './collect-change.ts';
import type { Analyser, AnalysisResult } from './ports.ts';
import { SOURCE_EXTENSIONS } from './source-extensions.ts';

/**
 * The changed files of program code that neither the style nor the logic reviewer reads, each with that reason.
 *
 * Empty when the configuration asks for neither of the two, for then nothing that was asked for is missing. A file that
 * is set aside has its own reason.
 */
export function findUnreadSources(
  files: readonly ChangedFile[],
  analysers: readonly Analyser[],
  reviewers: readonly ReviewCategory[],
): AnalysisResult['notAnalysed'] {
  if (reviewers.every((category) => category === 'security')) return [];
  const readers = analysers.filter(({ category }) => category !== 'security' && reviewers.includes(category));
  const rest = reviewers.includes('security') ? '; only secrets were looked for' : '';
  return files.flatMap(({ path, setAside }) => {
    const extension = extensionOf(path);
    if (setAside !== undefined || !SOURCE_EXTENSIONS.has(extension)) return [];
    if (readers.some((analyser) => analyser.reads(path))) return [];
    return [{ path, reason: `no reviewer reads .${extension} files yet${rest}` }];
  });
}

function extensionOf(path: string): string {
  return /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}
