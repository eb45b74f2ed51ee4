import type { Weakness } from '../../weakness.ts';
import { PYTHON_CONFIGURATION } from './python-configuration.ts';
import { PYTHON_CRYPTOGRAPHY } from './python-cryptography.ts';
import { PYTHON_DATA } from './python-data.ts';
import { PYTHON_FILES_AND_REQUESTS } from './python-files-and-requests.ts';
import { PYTHON_INJECTION } from './python-injection.ts';
import { PYTHON_PAGES } from './python-pages.ts';
import { PYTHON_QUERIES } from './python-queries.ts';
import { PYTHON_TRANSPORT } from './python-transport.ts';

/** Every rule for Python, one file for each family. */
export const PYTHON_WEAKNESSES: readonly Weakness[] = [
  PYTHON_INJECTION,
  PYTHON_QUERIES,
  PYTHON_FILES_AND_REQUESTS,
  PYTHON_PAGES,
  PYTHON_DATA,
  PYTHON_CRYPTOGRAPHY,
  PYTHON_TRANSPORT,
  PYTHON_CONFIGURATION,
].flat();
