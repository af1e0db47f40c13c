import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import type { InvoiceRows, Ledger } from '../ports/ledger.ts';
import { tellUnexplained } from './changed.store.ts';
import { loadKnown } from './known.store.ts';
import { forgetNamed, keepNamed, openButUnnamed } from './named.store.ts';
import { newsReading, takePage } from './page.job.ts';
import { showRejectedRows } from './show-rejected.store.ts';
import * as state from './sync-state.store.ts';

/** Invoices that are asked for by id in one go; the ledger cuts them into calls of its own size. */
const AT_ONCE = 400;

/**
 * Weekly, or when something is in doubt: all open invoices as the ledger has them now, then those that the mirror holds
 * as open and the ledger did not name, by id: closed ones are updated, missing ones are gone. A change that moved no
 * stamp comes to light here. Only invoices are looked at, so the books' freshness stays as it was. Throws LedgerError;
 * a sweep that broke off begins again, which does no harm.
 */
export async function sweepOpenInvoices(duly: Duly, companyId: string, ledger: Ledger): Promise<void> {
  const startedAt = duly.clock.now();
  const known = await inCompany(duly.db, companyId, async (tx) => {
    await forgetNamed(tx, companyId);
    return await loadKnown(tx, companyId);
  });
  const reading = newsReading({ companyId, ledger, known, startedAt });
  const take = (rows: InvoiceRows) =>
    takePage(duly, reading, asPage(rows), (tx) => keepNamed(tx, companyId, rows));
  for await (const rows of ledger.readOpenInvoices(known)) await take(rows);
  const missing = await inCompany(duly.db, companyId, (tx) => openButUnnamed(tx, companyId));
  for (let from = 0; from < missing.length; from += AT_ONCE)
    await take(await ledger.readInvoices(missing.slice(from, from + AT_ONCE), known));
  await inCompany(duly.db, companyId, async (tx) => {
    await tellUnexplained(tx, companyId, reading.unsettled, duly.clock.now());
    await forgetNamed(tx, companyId);
    await state.finishSweep(tx, companyId, startedAt);
    await showRejectedRows(tx, companyId, duly.clock.now());
  });
}

function asPage(rows: InvoiceRows) {
  const progress = { stage: 'open invoices', rows: rows.invoices.length, total: null };
  return { ...rows, customers: [], payments: [], credits: [], progress, cursor: '', done: false };
}
