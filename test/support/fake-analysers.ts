import type { ReviewCategory } from '../../src/domain/finding.ts';
import type { Analyser, AnalysisResult, Diagnostic, Stage, Stager } from '../../src/review/ports.ts';

/** Keeps staged files in memory, by the name of their folder. */
export class FakeStager implements Stager {
  readonly staged = new Map<string, ReadonlyMap<string, Uint8Array>>();
  /** Folders that were not disposed of. */
  readonly open = new Set<string>();

  stage(files: ReadonlyMap<string, Uint8Array>) {
    const folder = `stage-${this.staged.size + 1}`;
    this.staged.set(folder, files);
    this.open.add(folder);
    return Promise.resolve({
      folder,
      paths: [...files.keys()],
      dispose: () => {
        this.open.delete(folder);
        return Promise.resolve();
      },
    });
  }

  texts(stage: Stage): ReadonlyMap<string, string> {
    const files = this.staged.get(stage.folder) ?? new Map<string, Uint8Array>();
    return new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')]));
  }
}

/** Says `rule` of every line that contains `word`, in files that end with `extension`. */
export function wordAnalyser(
  stager: FakeStager,
  {
    word,
    rule,
    category,
    extension = '.ts',
    ...more
  }: {
    readonly word: string;
    readonly rule: string;
    readonly category: ReviewCategory;
    readonly extension?: string;
  } & Partial<Analyser>,
): Analyser {
  return {
    name: `${rule.split('/')[0]} 1.0.0`,
    category,
    reads: (path) => path.endsWith(extension),
    analyse(stage, paths): Promise<AnalysisResult> {
      const texts = stager.texts(stage);
      const diagnostics = paths.flatMap((path): Diagnostic[] =>
        (texts.get(path) ?? '')
          .split('\n')
          .flatMap((line, index) =>
            line.includes(word)
              ? [{ rule, path, startLine: index + 1, endLine: index + 1, message: `found ${word}` }]
              : [],
          ),
      );
      return Promise.resolve({ diagnostics, notAnalysed: [] });
    },
    ...more,
  };
}
