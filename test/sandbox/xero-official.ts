import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where the official files lie beside a checkout. */
export const folder = path.resolve('../shared/official');

/** False where the official files are not at hand: the tests then say that they skipped. */
export const hasOfficial = existsSync(path.join(folder, 'xero_accounting.yaml'));
