import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { encryptionKey, readAppSettings } from '../app/app-settings.ts';
import { createLogger } from '../app/create-logger.ts';
import { UserError } from '../domain/errors.ts';
import type { RepositoryRef } from '../domain/pull-request.ts';
import { openSecretAdmin } from '../storage/secret-admin.ts';
import { type Command, EXIT, type Terminal } from './command.ts';

const usage = `firsthand secret: values of the secrets that a repository's configuration names

  firsthand secret set OWNER/REPO NAME      reads the value from standard input
  firsthand secret list OWNER/REPO          names only
  firsthand secret delete OWNER/REPO NAME

Works while the server runs. Values are kept encrypted and are never shown again.
`;

/** `firsthand secret`. */
export const secretCommand: Command = {
  usage,
  async run(parameters, terminal) {
    const [action, where, name, ...rest] = parameters;
    if (
      action === undefined ||
      where === undefined ||
      rest.length > 0 ||
      (name === undefined) !== (action === 'list')
    ) {
      throw new UserError('takes `set OWNER/REPO NAME`, `list OWNER/REPO` or `delete OWNER/REPO NAME`');
    }
    if (!['set', 'list', 'delete'].includes(action)) {
      throw new UserError(`there is no “secret ${action}”; there are set, list and delete`);
    }
    const repository = parseRepository(where);
    const settings = await readAppSettings(terminal);
    const { DATABASE_URL: databaseUrl } = settings.env;
    const key = encryptionKey(settings);
    // Before the database is opened: whoever types a value takes their time, and the database serves one process.
    const value = action === 'set' ? await readValue(terminal) : '';
    const admin = await openSecretAdmin({
      dataDir: settings.dataDir,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      encryptionKey: key,
      logger: createLogger('error', terminal.stderr),
      signal: terminal.signal,
    });
    try {
      if (action === 'list') {
        terminal.stdout((await admin.list(repository)).map((each) => `${each}\n`).join(''));
      } else if (action === 'set' && name !== undefined) {
        await admin.set(repository, name, value);
        terminal.stderr(`${name} is set for ${where}\n`);
      } else if (name !== undefined) {
        const existed = await admin.delete(repository, name);
        terminal.stderr(existed ? `${name} is deleted for ${where}\n` : `${where} had no secret ${name}\n`);
      }
    } finally {
      await admin.close();
    }
    return EXIT.clean;
  },
};

function parseRepository(text: string): RepositoryRef {
  const match = /^([\w.-]+)\/([\w.-]+)$/.exec(text);
  const [, owner, repo] = match ?? [];
  if (owner === undefined || repo === undefined)
    throw new UserError(`a repository is OWNER/REPO; got “${text}”`);
  return { owner, repo };
}

/** The value from standard input, without the line feed that `echo` and a terminal append. */
async function readValue(terminal: Terminal): Promise<string> {
  if (process.stdin.isTTY) terminal.stderr('Type the value, then Enter and Ctrl-D.\n');
  const value = (await text(addAbortSignal(terminal.signal, process.stdin))).replace(/\r?\n$/, '');
  if (value === '')
    throw new UserError(
      'the value on standard input is empty: for example `printf %s "$VALUE" | firsthand secret set …`',
    );
  return value;
}
