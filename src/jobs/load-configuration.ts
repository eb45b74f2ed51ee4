import { CONFIG_PATH } from '../config/config-path.ts';
import { parseRepositoryConfig, type RepositoryConfig } from '../config/repository-config.ts';
import type { GitObjects } from '../review/ports.ts';
import { secretsOfLogin } from '../verify/login/find-account.ts';
import type { SecretSource } from '../verify/ports.ts';

/**
 * Reads the repository's configuration as it stands on the base branch, never as the pull request would have it.
 * Throws `UserError` that names each mistake.
 */
export async function loadConfiguration(
  objects: GitObjects,
  baseSha: string,
  signal: AbortSignal,
): Promise<RepositoryConfig> {
  const files = await objects.readFiles(baseSha, [CONFIG_PATH], signal);
  const bytes = files.get(CONFIG_PATH);
  return parseRepositoryConfig(bytes === undefined ? undefined : new TextDecoder().decode(bytes));
}

/** The values of all secrets that the configuration names and that are set. */
export async function findSecretValues(
  config: RepositoryConfig,
  secrets: SecretSource,
): Promise<readonly string[]> {
  const { headers, basicAuth } = config.preview;
  const references = [
    ...Object.values(headers).filter((value) => typeof value !== 'string'),
    basicAuth?.username,
    basicAuth?.password,
  ];
  const logins = [config.login, ...Object.values(config.accounts)];
  const names = [
    ...references.flatMap((reference) => (reference === undefined ? [] : [reference.secret])),
    ...logins.flatMap((login) => (login === undefined ? [] : secretsOfLogin(login))),
  ];
  const values = await Promise.all(names.map((name) => secrets.find(name)));
  return values.filter((value) => value !== undefined);
}

/** What a pull request that changes the configuration is told. */
export const CONFIG_CHANGE_NOTE = `this pull request changes ${CONFIG_PATH}; the change takes effect after the merge`;

export function changesConfiguration(paths: readonly string[]): boolean {
  return paths.includes(CONFIG_PATH);
}
