import type { Command } from './command.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { reviewCommand } from './review.ts';
import { secretCommand } from './secret.ts';
import { startCommand, workerCommand } from './start.ts';
import { verifyCommand } from './verify.ts';

/** Every command, in the order of the overview. */
export const COMMANDS: readonly Command[] = [
  reviewCommand,
  verifyCommand,
  startCommand,
  workerCommand,
  secretCommand,
  demoCommand,
  doctorCommand,
];
