// Loaded with --import: when the process ends, writes the names of the packages whose code it has loaded to the file
// that RECORD_PACKAGES names. A manifest is no code.
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const packages = new Set();
registerHooks({
  load(url, context, next) {
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
    if (name !== undefined && !url.endsWith('.json')) packages.add(name);
    return next(url, context);
  },
});
process.on('exit', () => writeFileSync(process.env.RECORD_PACKAGES, JSON.stringify([...packages])));
