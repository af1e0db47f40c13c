import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';

/**
 * From here on this catalogue transaction sees the rows of one company and of no other: for changes that belong into
 * one transaction, such as "connected" and the company's first job.
 */
export async function becomeCompany(tx: Tx, companyId: string): Promise<void> {
  await sql`select set_config('role', 'duly_app', true), set_config('app.company_id', ${companyId}, true)`.execute(
    tx,
  );
}

/** Back to the catalogue, when one transaction touches several companies. */
export async function becomeSystem(tx: Tx): Promise<void> {
  await sql`select set_config('role', 'duly_system', true), set_config('app.company_id', '', true)`.execute(
    tx,
  );
}
