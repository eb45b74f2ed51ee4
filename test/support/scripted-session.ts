import { EMPTY_PAGE, type PageModel } from '../../src/verify/model/page-model.ts';
import type { Session } from '../../src/verify/ports.ts';

const unscripted = (what: string) => (): never => {
  throw new Error(`the session was asked to ${what}, which the test does not script`);
};

/** A session that does what the test scripts, and fails the test when it is asked for anything else. */
export function scriptedSession(script: Partial<Session>): Session {
  return {
    goto: async (url) => ({ kind: 'loaded', status: 200, url }),
    perform: unscripted('perform'),
    observe: unscripted('observe'),
    read: unscripted('read'),
    act: unscripted('act'),
    reset: unscripted('reset'),
    pass: unscripted('pass'),
    audit: unscripted('audit'),
    capture: unscripted('capture'),
    describeElements: unscripted('describe elements'),
    listLinks: unscripted('list links'),
    readLoginPage: unscripted('read the login page'),
    typeCredential: unscripted('type a credential'),
    pressControl: unscripted('press a control'),
    takeRan: unscripted('tell what ran'),
    readInlineScripts: unscripted('read the scripts of the document'),
    readServed: unscripted('read a file of the site'),
    storage: unscripted('save its storage'),
    readStoredState: unscripted('read a stored state'),
    useStorage: unscripted('take a storage'),
    close: async () => undefined,
    ...script,
  };
}

/** An empty page on which only what the test names has happened. */
export function pageModel(parts: Partial<PageModel> = {}): PageModel {
  return { ...EMPTY_PAGE, url: 'http://head.test/', ...parts };
}
