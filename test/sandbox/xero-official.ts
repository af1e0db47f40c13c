import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { parse } from 'yaml';

// the package is CommonJS: its default export is one level deeper in types than at run time
const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void;
const folder = path.resolve('../shared/official');

/** False where the official files are not at hand: the tests then say that they skipped. */
export const hasOfficial = existsSync(path.join(folder, 'xero_accounting.yaml'));

/** Xero's published schemas as validators by name, from one of its OpenAPI files. */
export function officialSchemas(
  file: 'xero_accounting.yaml' | 'xero-identity.yaml',
): (name: string) => ValidateFunction {
  const document = parse(readFileSync(path.join(folder, file), 'utf8'), { maxAliasCount: -1 }) as object;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // numbers are plain, and the published date-time is one without a zone
  for (const format of ['double', 'int64', 'int32', 'decimal']) ajv.addFormat(format, true);
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/);
  ajv.addSchema(document, file);
  return (name) => {
    const validate = ajv.getSchema(`${file}#/components/schemas/${name}`);
    if (!validate) throw new Error(`${file} has no schema ${name}`);
    return validate;
  };
}

/** Every member name that occurs in the official schemas or examples: anything else would be invented. */
export function officialNames(): Set<string> {
  const names = new Set<string>();
  const collect = (value: unknown): void => {
    for (const name of namesIn(value)) names.add(name);
  };
  const examples = path.join(folder, 'xero-examples');
  for (const file of readdirSync(examples))
    collect(JSON.parse(readFileSync(path.join(examples, file), 'utf8')));
  const yaml = parse(readFileSync(path.join(folder, 'xero_accounting.yaml'), 'utf8'), { maxAliasCount: -1 });
  for (const schema of Object.values(
    (yaml as { components: { schemas: Record<string, { properties?: object }> } }).components.schemas,
  )) {
    for (const name of Object.keys(schema.properties ?? {})) names.add(name);
  }
  return names;
}

/** All member names of an answer. */
export function namesIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) namesIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) namesIn(member, found.add(name));
  }
  return found;
}
