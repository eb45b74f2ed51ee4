import type { Observation } from '../../src/verify/ports.ts';

/** A page that shows nothing and reports nothing. */
export const BLANK_OBSERVATION: Observation = {
  url: '',
  title: '',
  snapshot: '',
  errors: [],
  dialogs: [],
  popups: [],
  blocked: [],
  isHung: false,
};
