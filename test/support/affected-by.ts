import { findAffected } from '../../src/affected/find-affected.ts';
import type { ScriptReader } from '../../src/affected/ports.ts';
import { readScript } from '../../src/analysers/scripts/read-script.ts';
import type { Affected } from '../../src/domain/affected.ts';
import { diffOfTexts } from './diff-of-texts.ts';
import { BASE, FakeGitObjects, HEAD } from './fake-git-objects.ts';

export type Files = Readonly<Record<string, string>>;

/** Reads scripts in this process: texts of our own do not crash it. */
export const scriptsHere: ScriptReader = {
  read: (sources) =>
    Promise.resolve(
      new Map(
        sources.flatMap((source) => {
          const facts = readScript(source);
          return facts === undefined ? [] : [[source.id, facts] as const];
        }),
      ),
    ),
};

/** What a change affects, from all files of the base and what the head has otherwise; `undefined` deletes a file. */
export async function affectedBy(
  files: Files,
  edits: Readonly<Record<string, string | undefined>>,
  scripts: ScriptReader = scriptsHere,
): Promise<Affected> {
  const head = Object.fromEntries(
    Object.entries({ ...files, ...edits }).flatMap(([path, text]) =>
      text === undefined ? [] : [[path, text]],
    ),
  );
  const objects = new FakeGitObjects(files, head);
  const diff = diffOfTexts(files, head);
  return findAffected(
    { base: BASE, head: HEAD, diff },
    { files: objects, scripts },
    new AbortController().signal,
  );
}
