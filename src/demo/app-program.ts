/**
 * The command line, as a child of the demo: for a server, standard input is a pipe that the system closes when the demo
 * is gone, however it went, and that stops the server as SIGTERM does, twice: at once.
 */
import { main } from '../cli/main.ts';

const STOP_LIMIT_MS = 1_500;

const words = process.argv.slice(2);
const isServer = words[0] === 'start';
if (isServer) process.stdin.on('end', stop).on('error', stop).resume();
await main(words);
if (isServer) process.exit();

function stop(): void {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), STOP_LIMIT_MS);
}
