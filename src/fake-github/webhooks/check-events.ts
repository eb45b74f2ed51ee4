import { renderCheckRun, renderCheckSuite } from '../render/check.ts';
import type { Site } from '../site.ts';
import type { FakeCheckRun, FakeCheckSuite, FakeRepository, FakeUser } from '../state.ts';

/** Tells the app of a check run; `identifier` is that of the button pressed. */
export async function emitCheckRun(
  site: Site,
  repository: FakeRepository,
  about: {
    readonly run: FakeCheckRun;
    readonly action: 'created' | 'completed' | 'rerequested' | 'requested_action';
    readonly sender: FakeUser;
    readonly identifier?: string;
    /** Do not wait for the answer: the app is waiting for ours. */
    readonly isLater?: true;
  },
): Promise<void> {
  const { run, action, sender, identifier } = about;
  const suite = repository.checkSuites.get(run.suiteId);
  const event = {
    event: 'check_run',
    action,
    repository,
    sender,
    payload: {
      check_run: {
        ...(await renderCheckRun(site, repository, run)),
        check_suite: suite === undefined ? null : await renderCheckSuite(site, repository, suite),
      },
      ...(identifier === undefined ? {} : { requested_action: { identifier } }),
    },
  };
  if (about.isLater) site.emitLater(event);
  else await site.emit(event);
}

export async function emitCheckSuite(
  site: Site,
  repository: FakeRepository,
  about: {
    readonly suite: FakeCheckSuite;
    readonly action: 'requested' | 'rerequested';
    readonly sender: FakeUser;
  },
): Promise<void> {
  await site.emit({
    event: 'check_suite',
    action: about.action,
    repository,
    sender: about.sender,
    payload: { check_suite: await renderCheckSuite(site, repository, about.suite) },
  });
}
