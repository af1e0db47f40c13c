import { LedgerError } from '../../src/platform/errors.ts';
import { at, text } from '../../src/platform/json.ts';
import type { QuickBooksClient } from './client.ts';
import { pageSize, queryRows } from './query.ts';

/** Under which key the name of a customer type stands beside those of the terms. */
export function customerTypeKey(id: string): string {
  return `customer type ${id}`;
}

/**
 * Names of the company's payment terms by id and of its customer types by `customerTypeKey`; one read each. Null when
 * QuickBooks refuses to list them: the rest of the profile is too important to be lost for them. Throws LedgerError for
 * anything that would fail the next read as well.
 */
export async function readNames(client: QuickBooksClient): Promise<Record<string, string> | null> {
  const terms = await namesOf(client, 'Term', (id) => id);
  const types = await namesOf(client, 'CustomerType', customerTypeKey);
  return terms === null && types === null ? null : { ...terms, ...types };
}

async function namesOf(
  client: QuickBooksClient,
  entity: string,
  key: (id: string) => string,
): Promise<Record<string, string> | null> {
  try {
    const rows = await queryRows(client, entity, `MAXRESULTS ${pageSize}`);
    const named = rows.flatMap((row) => {
      const [id, name] = [text(at(row, 'Id')), text(at(row, 'Name'))];
      return id === null || name === null ? [] : [[key(id), name] as const];
    });
    return Object.fromEntries(named);
  } catch (error) {
    if (error instanceof LedgerError && ['invalid', 'gone', 'unavailable'].includes(error.kind)) return null;
    throw error;
  }
}
