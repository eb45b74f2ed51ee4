import { fileURLToPath } from 'node:url';

/** The sample product: `base/`, the commits of its pull request as patches, and the pull request's description. */
export const SAMPLE_FOLDER = fileURLToPath(new URL('../../examples/shop/', import.meta.url));

/** The account that the shop's `.github/firsthand.yml` logs in with. */
export const TEST_ACCOUNT = { user: 'demo@shop.example', password: 'a-quiet-larch-stool' } as const;

/**
 * Stands for `@@SLACK_TOKEN@@` in the patches: the shape of a real token, never a real one. Put together here so that
 * no text of this project looks like a leaked secret.
 */
export function sampleSlackToken(): string {
  return ['xoxb', '284017395562', '6129904837715', 'kT4vWq8Zr2Ns6Yb1Xe9Jm3Lp'].join('-');
}
