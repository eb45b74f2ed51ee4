import type { PullRequestRef } from '../domain/pull-request.ts';
import { hearThreads, type ThreadWords } from '../life/words-of-people.ts';
import { readFindingMarker } from '../report/marker.ts';
import type { FindingThread } from '../report/ports.ts';
import type { LedgerKeeper } from './ledger-keeper.ts';
import type { Installation } from './ports.ts';

/** People whose permission is looked up for one finding: the rest of a crowd says nothing more. */
const MAX_PEOPLE = 10;

/**
 * Takes what people did with our threads into the ledger: a 👎, or a resolved thread, counts from those who may write
 * to the repository, as GitHub says now. Returns the threads, and what was heard.
 */
export async function hearPeople(
  pull: PullRequestRef,
  { installation, ledger }: { readonly installation: Installation; readonly ledger: LedgerKeeper },
  signal: AbortSignal,
): Promise<{ readonly threads: readonly FindingThread[]; readonly words: readonly ThreadWords[] }> {
  const threads = await installation.listOwnThreads(pull, signal);
  const known = new Map<string, boolean>();
  const findWriter = async (people: readonly string[]): Promise<string | undefined> => {
    for (const login of people.slice(0, MAX_PEOPLE)) {
      const mayWrite = known.get(login) ?? (await installation.canWrite(pull, login, signal));
      known.set(login, mayWrite);
      if (mayWrite) return login;
    }
    return undefined;
  };
  const words: ThreadWords[] = [];
  for (const { body, commentId, isResolved, resolvedBy, downvotedBy } of threads) {
    const id = readFindingMarker(body);
    if (id === undefined) continue;
    const resolver =
      isResolved === true && resolvedBy !== undefined ? await findWriter([resolvedBy]) : undefined;
    const downvoter = await findWriter(downvotedBy);
    words.push({
      id,
      commentId,
      isResolved,
      ...(resolver === undefined ? {} : { resolvedBy: resolver }),
      ...(downvoter === undefined ? {} : { downvotedBy: downvoter }),
    });
  }
  await ledger.change((before) => hearThreads(before, words));
  return { threads, words };
}
