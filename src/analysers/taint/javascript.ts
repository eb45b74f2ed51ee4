import { FUNCTIONS, METHODS, settled } from './built-ins.ts';
import type { Language } from './language.ts';
import { PROPAGATORS, SANITISERS } from './propagation.ts';
import { resolveModule } from './resolve-module.ts';
import { ROLES, SOURCES } from './sources.ts';

/** JavaScript, TypeScript and JSX. */
export const JAVASCRIPT: Language = {
  sources: SOURCES,
  roles: ROLES,
  propagators: PROPAGATORS,
  sanitisers: SANITISERS,
  functions: FUNCTIONS,
  methods: METHODS,
  whenSettled: settled,
  exportsAll: false,
  resolve: resolveModule,
};
