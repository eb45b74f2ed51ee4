import { join } from 'node:path';
import type { Logger } from '../domain/logger.ts';
import type { GitObjects } from '../review/ports.ts';
import { type FetchOptions, fetchObjects, GitNotOffered } from './fetch-objects.ts';
import type { ObjectSource } from './ports.ts';
import { openSourcedObjects } from './sourced-objects.ts';

/**
 * Opens the objects of a remote repository: by `git fetch`, or one by one from `source` where the remote says that it
 * offers no git. Throws as `fetchObjects` does for every other refusal.
 */
export async function openRemoteObjects(
  options: FetchOptions & { readonly source: ObjectSource; readonly logger: Logger },
  signal: AbortSignal,
): Promise<GitObjects> {
  const { folder, remoteUrl: remote, source, logger } = options;
  try {
    return await fetchObjects(options, signal);
  } catch (error) {
    if (!(error instanceof GitNotOffered)) throw error;
    logger.warn('the server offers no git here: reading files over its REST interface, which is slower', {
      remote,
      reason: error.message,
    });
    return await openSourcedObjects({ folder: join(folder, 'rest'), source, label: remote }, signal);
  }
}
