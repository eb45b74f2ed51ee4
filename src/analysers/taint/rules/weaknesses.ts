import type { Weakness } from '../weakness.ts';
import { BROWSER_AND_DESKTOP } from './browser-and-desktop.ts';
import { CHARACTER_CLASSES } from './character-classes.ts';
import { CLOUD_INFRASTRUCTURE } from './cloud-infrastructure.ts';
import { CODE_INJECTION } from './code-injection.ts';
import { COMMAND_INJECTION } from './command-injection.ts';
import { CREDENTIALS } from './credentials.ts';
import { CROSS_SITE_SCRIPTING } from './cross-site-scripting.ts';
import { CRYPTOGRAPHY } from './cryptography.ts';
import { DATA_FORMATS } from './data-formats.ts';
import { ERROR_DETAILS } from './error-details.ts';
import { ESCAPING } from './escaping.ts';
import { MERGING_FUNCTIONS } from './merging-functions.ts';
import { PATH_TRAVERSAL } from './path-traversal.ts';
import { PROTOTYPE_POLLUTION } from './prototype-pollution.ts';
import { REGULAR_EXPRESSIONS } from './regular-expressions.ts';
import { REQUESTS_AND_REDIRECTS } from './requests-and-redirects.ts';
import { RESPONSE_HEADERS } from './response-headers.ts';
import { SECRETS } from './secrets.ts';
import { SECRETS_IN_LOGS } from './secrets-in-logs.ts';
import { SERVED_FILES } from './served-files.ts';
import { SERVER_STABILITY } from './server-stability.ts';
import { SQL_INJECTION } from './sql-injection.ts';
import { TOKENS_AND_COOKIES } from './tokens-and-cookies.ts';
import { TRANSPORT } from './transport.ts';
import { URL_CHECKS } from './url-checks.ts';

/** Every rule of ours, one file for each family. */
export const WEAKNESSES: readonly Weakness[] = [
  COMMAND_INJECTION,
  CODE_INJECTION,
  SQL_INJECTION,
  PATH_TRAVERSAL,
  CROSS_SITE_SCRIPTING,
  REQUESTS_AND_REDIRECTS,
  RESPONSE_HEADERS,
  ESCAPING,
  ERROR_DETAILS,
  SERVED_FILES,
  SERVER_STABILITY,
  URL_CHECKS,
  CHARACTER_CLASSES,
  SECRETS,
  CREDENTIALS,
  DATA_FORMATS,
  PROTOTYPE_POLLUTION,
  MERGING_FUNCTIONS,
  SECRETS_IN_LOGS,
  REGULAR_EXPRESSIONS,
  CRYPTOGRAPHY,
  TRANSPORT,
  TOKENS_AND_COOKIES,
  BROWSER_AND_DESKTOP,
  CLOUD_INFRASTRUCTURE,
].flat();
