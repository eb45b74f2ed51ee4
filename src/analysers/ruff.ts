import type { ReviewCategory } from '../domain/finding.ts';
import type { Analyser } from '../review/ports.ts';
import { analyseInBatches } from './analyse-in-batches.ts';
import { runNodeChild } from './node-child.ts';
import type { AnalyserOptions } from './oxlint.ts';
import { findTool } from './tools.ts';

const BATCH_SIZE = 300;

/** Rule codes of https://docs.astral.sh/ruff/rules/, chosen one by one; a prefix stands for all that begin with it. */
const RULES: Readonly<Record<ReviewCategory, readonly string[]>> = {
  // What hangs on where data comes from is left to the analyser that follows it.
  security: words('S302 S502 S503 S504 S505 S507 S609 S610 S611 S702'),
  logic: words(
    'E9 F50 F52 F601 F602 F621 F622 F631 F632 F633 F634 F7 F811 F821 F822 F823 B002 B003 B005 B006 B012 B015 B018',
    'B020 B021 B022 B023 B025 B029 B030 B031 B032 B033 B035 PLE RUF006',
  ),
  style: words('F401 F541 F841 E711 E712 E713 E714 E721 E722 E731 W605 UP032 SIM118'),
};

function words(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}

/** Ruff, compiled to WebAssembly, over Python files. */
export function createRuff(category: ReviewCategory, options: AnalyserOptions): Analyser {
  return {
    name: `ruff ${findTool('@astral-sh/ruff-wasm-nodejs').version}`,
    category,
    reads: (path) => /\.pyi?$/i.test(path),
    analyse: (stage, paths, signal) =>
      analyseInBatches(paths, BATCH_SIZE, (batch, attempt) =>
        runNodeChild(
          {
            script: 'ruff-child',
            rules: RULES[category],
            stage,
            paths: batch,
            attempt,
          },
          options,
          signal,
        ),
      ),
  };
}
