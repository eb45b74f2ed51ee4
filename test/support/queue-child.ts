import { z } from 'zod';
import { createQueue } from '../../src/queue/queue.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { createStore } from '../../src/storage/store.ts';

// A process of its own for tests that kill one. Its arguments: what to do, the data folder, and a database URL or
// nothing. It says what happens in lines of words on standard output.
//   hold   opens the database and keeps it
//   open   opens the database and the queue, and ends
//   work   works on jobs of three steps, and hangs in the second until it is aborted or killed

const [mode, dataDir = '', databaseUrl] = process.argv.slice(2);
const silent = (): void => {};
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const database = await openDatabase({
  dataDir,
  logger,
  ...(databaseUrl === undefined || databaseUrl === '' ? {} : { databaseUrl }),
});

if (mode === 'hold') {
  createStore(database, { encryptionKey: new Uint8Array(32), logger });
  say('held');
} else {
  const queue = await createQueue(database, { concurrency: 1, logger });
  say('opened');
  if (mode === 'open') {
    await database.close();
  } else {
    await queue.start(async (_job, context) => {
      await context.step('one', z.string(), async () => {
        say(`one ${context.attempt}`);
        return `done by attempt ${context.attempt}`;
      });
      await context.step('two', z.string(), async () => {
        const { promise, reject } = Promise.withResolvers<string>();
        context.signal.addEventListener('abort', () => {
          say('aborted');
          reject(context.signal.reason);
        });
        say(`two ${context.attempt}`);
        return promise;
      });
    });
    say('working');
  }
}
