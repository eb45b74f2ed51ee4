import type { Stage } from '../review/ports.ts';
import type { Confinement } from './confinement.ts';
import type { ConfinedCall } from './run-confined.ts';

/** Whether a batch runs as it came, or because a file of it is suspected. */
export type Attempt = 'first' | 'retry';

/** A suspect gets this share of the time on the clock where nothing limits its processor time. */
const RETRY_SHARE = 4;
const FIRST_CPU_SECONDS = 5;
const RETRY_CPU_SECONDS = 2;
const CPU_SECONDS_PER_FILE = 0.02;
const CPU_SECONDS_PER_STAGED_FILE = 0.005;

/**
 * What one run of a tool over some files of a stage may take.
 *
 * Processor time ends what hangs, on a busy machine as on a quiet one; time on the clock ends what waits, and must not
 * end what only gets little of a busy machine.
 */
export function limitsFor(
  attempt: Attempt,
  {
    timeoutMs,
    confinement,
    stage,
    paths,
  }: {
    readonly timeoutMs: number;
    readonly confinement: Confinement;
    readonly stage: Stage;
    readonly paths: number;
  },
): Pick<ConfinedCall, 'timeoutMs' | 'maxCpuSeconds'> {
  const isFirst = attempt === 'first';
  const files = paths * CPU_SECONDS_PER_FILE + stage.paths.length * CPU_SECONDS_PER_STAGED_FILE;
  return {
    timeoutMs: isFirst || confinement.hasLimits ? timeoutMs : timeoutMs / RETRY_SHARE,
    maxCpuSeconds: Math.round((isFirst ? FIRST_CPU_SECONDS : RETRY_CPU_SECONDS) + files),
  };
}
