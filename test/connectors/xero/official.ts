import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { list, object, readJson } from '../../../src/platform/json.ts';

/** Xero's own examples lie beside the repository and are never part of it. */
const folder = join(import.meta.dirname, '../../../../shared/official/xero-examples');

export const officialThere = existsSync(folder);

/** Every example body by file name; empty when the folder is absent. */
export function officialBodies(): [string, unknown][] {
  if (!officialThere) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => [name, readJson(readFileSync(join(folder, name), 'utf8'))]);
}

/** All rows that the examples hold under a name, such as "Invoices". */
export function officialRows(name: string): unknown[] {
  return officialBodies().flatMap(([, body]) => [...list(object(body)?.[name])]);
}
