import { type ConstructorOptions, PgBoss } from 'pg-boss';
import type { Logger } from '../domain/logger.ts';
import type { Database } from '../storage/ports.ts';
import { BOSS_SCHEMA, QUEUE_OPTIONS, QUEUES, type QueueName } from './queues.ts';

/** The same trouble is logged once in this time: during an outage pg-boss reports it several times a second. */
const REPEAT_MS = 30_000;

/** To a PostgreSQL server, beside one for notifications; its default is ten, and many machines share the server. */
const MAX_CONNECTIONS = 4;

/** Starts pg-boss on the database and makes our queues; it ends when the database closes. */
export async function startBoss(database: Database, logger: Logger): Promise<PgBoss> {
  const boss = new PgBoss({
    ...connectionOf(database),
    schema: BOSS_SCHEMA,
    application_name: 'firsthand-queue',
    max: MAX_CONNECTIONS,
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    // We make no job depend on another, so nobody waits for this pass.
    flowIntervalSeconds: 3600,
  });
  reportTrouble(boss, logger);
  const stop = (): Promise<void> => boss.stop({ graceful: false });
  try {
    await boss.start();
    for (const name of QUEUES) await makeQueue(boss, name);
  } catch (error) {
    await stop();
    throw error;
  }
  database.onClose(stop);
  return boss;
}

/** Makes the queue, or brings the one that an earlier version made to today's settings. */
async function makeQueue(boss: PgBoss, name: QueueName): Promise<void> {
  const { policy, ...settings } = QUEUE_OPTIONS[name];
  await boss.createQueue(name, { ...settings, policy });
  await boss.updateQueue(name, settings);
}

function connectionOf(database: Database): ConstructorOptions {
  if (database.kind === 'postgres') return { connectionString: database.url };
  return {
    backend: 'pglite',
    db: {
      executeSql: async (text, values) => ({ rows: await database.execute(text, values) }),
      async listen(channel, onNotification, onReconnect) {
        const close = await database.listen(channel, onNotification);
        onReconnect();
        return { close };
      },
    },
  };
}

/** Without a listener, the first `error` event would end the process. */
function reportTrouble(boss: PgBoss, logger: Logger): void {
  const reportedAt = new Map<string, number>();
  const isRepeated = (message: string): boolean => {
    const last = reportedAt.get(message);
    if (last !== undefined && performance.now() - last < REPEAT_MS) return true;
    if (reportedAt.size > 100) reportedAt.clear();
    reportedAt.set(message, performance.now());
    return false;
  };
  boss.on('error', (error) => {
    if (!isRepeated(error.message)) logger.error('the job queue has trouble', { error: error.message });
  });
  boss.on('warning', (warning) => {
    if (!isRepeated(warning.message)) logger.warn('the job queue warns', { warning: warning.message });
  });
}
