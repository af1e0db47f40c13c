import { mkdtempSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { parse } from 'yaml';
import { MEMBERS_SEEN } from './seen.ts';

// the package is CommonJS: its default export is one level deeper in types than at run time
const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void;

export type OfficialFile = 'xero_accounting.yaml' | 'xero-identity.yaml' | 'xero-webhooks.yaml';

interface Schema {
  properties?: Record<string, unknown>;
  additionalProperties?: boolean;
}

/** One of Xero's OpenAPI documents, as far as this folder looks into it. */
export interface OfficialDocument {
  paths?: Record<string, Record<string, { responses?: Record<string, OfficialResponse> }>>;
  components: {
    schemas: Record<string, Schema>;
    responses?: Record<string, OfficialResponse>;
  };
}

interface OfficialResponse {
  $ref?: string;
  content?: Record<string, { schema?: unknown; example?: unknown }>;
}

/** A document with its schemas closed, and validators by JSON pointer into it. */
export interface Official {
  readonly document: OfficialDocument;
  /** Throws when nothing is at that place. */
  at(pointer: string): ValidateFunction;
}

/**
 * Reads one of the official files. Hardly any member is `required` there, so types alone would let an invented member
 * pass: every object that lists its members is closed to all others but those of MEMBERS_SEEN.
 */
export function readOfficial(folder: string, file: OfficialFile, closed = true): Official {
  const document = parsed(path.join(folder, file));
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    for (const member of MEMBERS_SEEN[name] ?? []) {
      if (member === '*') schema.additionalProperties = true;
      else if (schema.properties) schema.properties[member] ??= true;
    }
  }
  if (closed) close(document.components.schemas);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // numbers are plain, and the published date-time is one without a zone
  for (const format of ['double', 'float', 'int64', 'int32', 'decimal']) ajv.addFormat(format, true);
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/);
  ajv.addSchema(document, file);
  const known = new Map<string, ValidateFunction>();
  return {
    document,
    at(pointer) {
      const validate = known.get(pointer) ?? ajv.compile({ $ref: `${file}#${encodeURI(pointer)}` });
      known.set(pointer, validate);
      return validate;
    },
  };
}

/** Members of combined schemas (`allOf` …) are left open: there each part knows only its own. */
function close(node: unknown): void {
  if (Array.isArray(node)) for (const item of node) close(item);
  else if (typeof node === 'object' && node !== null) {
    const schema = node as Schema;
    if (typeof schema.properties === 'object' && schema.properties !== null)
      schema.additionalProperties ??= false;
    for (const [name, member] of Object.entries(node)) if (name !== 'allOf') close(member);
  }
}

/** The large file takes most of a second to read as YAML, so its JSON is kept in the machine's temporary folder. */
function parsed(file: string): OfficialDocument {
  const { mtimeMs, size } = statSync(file);
  const kept = path.join(
    tmpdir(),
    `duly-official-${path.basename(file)}-${size}-${Math.trunc(mtimeMs)}.json`,
  );
  try {
    return JSON.parse(readFileSync(kept, 'utf8')) as OfficialDocument;
  } catch {
    // not kept yet, or half of it
  }
  const document = parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 }) as OfficialDocument;
  const beside = path.join(mkdtempSync(path.join(tmpdir(), 'duly-official-')), 'document.json');
  writeFileSync(beside, JSON.stringify(document));
  renameSync(beside, kept);
  return document;
}
