import { main } from '../../src/cli/main.ts';

// The command line from its sources, so that an evaluation never measures a build that is out of date.
await main(process.argv.slice(2));
