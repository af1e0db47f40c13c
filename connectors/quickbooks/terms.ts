import { LedgerError } from '../../src/platform/errors.ts';
import { at, text } from '../../src/platform/json.ts';
import type { QuickBooksClient } from './client.ts';
import { pageSize, queryRows } from './query.ts';

/**
 * Names of the company's payment terms by id; one read. Null when QuickBooks refuses to list them: the rest of the
 * profile is too important to be lost for them. Throws LedgerError for anything that would fail the next read as well.
 */
export async function readTermNames(client: QuickBooksClient): Promise<Record<string, string> | null> {
  try {
    const rows = await queryRows(client, 'Term', `MAXRESULTS ${pageSize}`);
    const named = rows.flatMap((row) => {
      const [id, name] = [text(at(row, 'Id')), text(at(row, 'Name'))];
      return id === null || name === null ? [] : [[id, name] as const];
    });
    return Object.fromEntries(named);
  } catch (error) {
    if (error instanceof LedgerError && ['invalid', 'gone', 'unavailable'].includes(error.kind)) return null;
    throw error;
  }
}
