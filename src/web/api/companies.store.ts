import { getCompany, type Mode } from '../../companies/company.store.ts';
import type { Tx } from '../../platform/db.ts';
import { iso, isoOrNull } from './schema.ts';

type SyncState = 'never' | 'running' | 'ready' | 'failed';
type ConnectionState = 'healthy' | 'reconnect_needed' | 'disconnected';

/** The company of this transaction, as the API shows it. Throws UserError not_found. */
export async function readCompany(tx: Tx, companyId: string) {
  const company = await getCompany(tx, companyId);
  const connection = await tx
    .selectFrom('connection')
    .select(['provider', 'state', 'state_since', 'problem'])
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return {
    companyId,
    name: company.name,
    legalName: company.legal_name,
    country: company.country,
    region: company.region,
    timeZone: company.time_zone,
    baseCurrency: company.base_currency,
    mode: company.mode as Mode,
    attestations: {
      allBusinesses: attested(company.all_businesses_by, company.all_businesses_at),
      invoicesSentElsewhere: attested(company.invoices_sent_elsewhere_by, company.invoices_sent_elsewhere_at),
    },
    firstBatchReleasedAt: isoOrNull(company.first_batch_released_at),
    connection:
      connection === undefined
        ? null
        : {
            provider: connection.provider,
            state: connection.state as ConnectionState,
            since: iso(connection.state_since),
            problem: connection.problem,
          },
    books: {
      state: company.sync_state as SyncState,
      stage: company.sync_stage,
      rows: company.sync_rows,
      rowsTotal: company.sync_rows_total,
      problem: company.sync_problem,
      readAt: isoOrNull(company.books_read_at),
      tiedOutAt: isoOrNull(company.tied_out_at),
      lockedUntil: company.locked_until,
      ledgerRemindersOn: company.ledger_reminders_on,
    },
  };
}

function attested(by: string | null, at: Date | null): { by: string; at: string } | null {
  return at === null ? null : { by: by ?? '', at: iso(at) };
}
