import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '../domain/errors.ts';
import { type Command, EXIT } from './command.ts';
import { parseOptions } from './options.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/shop', import.meta.url));

const usage = `firsthand demo: the whole App on a sample pull request, offline

  --keep       leave everything running, with a page to write comments on; Ctrl-C ends it
  --out DIR    where demo.html goes (default: firsthand-out)
`;

/** `firsthand demo`. */
export const demoCommand: Command = {
  usage,
  async run(parameters, terminal) {
    const { keep = false, out = 'firsthand-out' } = parseOptions(parameters, {
      keep: { type: 'boolean' },
      out: { type: 'string' },
    });
    if (!existsSync(EXAMPLES)) {
      throw new UserError(
        `the demo needs the sample product, and ${EXAMPLES} is not there: run it in a checkout of the source`,
      );
    }
    const { cwd, env, stdout, stderr, signal } = terminal;
    // Only here: it loads a whole GitHub, which every other command would load in vain.
    const { runDemo } = await import('../demo/demo.ts');
    await runDemo({ keep, out, cwd, env, stdout, stderr, signal });
    return EXIT.clean;
  },
};
