import type { Analyser, AnalysisResult, Stager } from '../../src/review/ports.ts';

/** Stages texts, runs one analyser over those that it reads, and cleans up. */
export async function stageAndAnalyse(
  analyser: Analyser,
  stager: Stager,
  texts: Readonly<Record<string, string>>,
): Promise<AnalysisResult> {
  const files = Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)] as const);
  const stage = await stager.stage(new Map(files));
  try {
    const paths = stage.paths.filter((path) => analyser.reads(path));
    return await analyser.analyse(stage, paths, new AbortController().signal);
  } finally {
    await stage.dispose();
  }
}
