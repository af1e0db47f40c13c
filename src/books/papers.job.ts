import { noteLedgerError, openLedger } from '../companies/ledger-access.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { LedgerError, UserError } from '../platform/errors.ts';
import {
  findPrint,
  knownLinks,
  openVersions,
  type PrintWanted,
  saveLinks,
  savePrint,
} from './papers.store.ts';
import { answersToKeep } from './papers.ts';

interface Company {
  readonly company_id: string;
  readonly time_zone: string;
}

/**
 * Asks the ledger where these invoices are shown online, as far as that isn't known for their present versions: one
 * call for as many invoices as the ledger answers at once, none when everything is known. A ledger that refuses or
 * fails changes nothing and stops nobody: a message goes without a button then; only a connection that turns out to be
 * lost is marked so. `calls` is how many it may cost; returns how many are left of them, none when it failed: asking
 * again right away is no use.
 */
export async function readLinks(
  duly: Duly,
  { company_id: companyId, time_zone: timeZone }: Company,
  invoiceIds: readonly string[],
  calls: number,
): Promise<number> {
  const now = duly.clock.now();
  const today = dayAt(now, timeZone);
  const asked = await inCompany(duly.db, companyId, async (tx) => {
    const known = await knownLinks(tx, companyId, invoiceIds, { now, today });
    return openVersions(
      tx,
      companyId,
      invoiceIds.filter((id) => !known.has(id)),
    );
  });
  if (asked.length === 0 || calls <= 0) return calls;
  try {
    // a page's place in the queue: links are worth a read of the budget, never one beyond it
    const { ledger } = await openLedger(duly, companyId, 'person');
    const some = asked.slice(0, calls * ledger.linksACall);
    const answers = await ledger.onlineInvoiceUrls(some.map((version) => version.invoiceId));
    await inCompany(duly.db, companyId, (tx) =>
      saveLinks(tx, companyId, answersToKeep(some, answers, today), now),
    );
    return calls - Math.ceil(some.length / ledger.linksACall);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    duly.log.warn({ err: error, companyId }, 'the online invoices could not be asked for');
    await noteLedgerError(duly, companyId, error);
    return 0;
  }
}

/** An invoice's print and how a person would call the file. */
export interface InvoicePrint {
  readonly pdf: Uint8Array;
  readonly number: string | null;
}

/**
 * The invoice as the ledger prints it, kept by the invoice's version: the second time costs no read. Throws UserError
 * in words when there is no such invoice or the ledger has no print of it, LedgerError when it can't be asked now.
 */
export async function invoicePrint(duly: Duly, companyId: string, invoiceId: string): Promise<InvoicePrint> {
  const now = duly.clock.now();
  const wanted = await inCompany(duly.db, companyId, (tx) => findPrint(tx, companyId, invoiceId, now));
  if (wanted === null)
    throw new UserError(
      'not_found',
      'There is no such invoice in these books.',
      'Choose one on its customer’s page.',
    );
  if (wanted.pdf !== null) return { pdf: wanted.pdf, number: wanted.number };
  if (wanted.status === 'deleted') throw noPrint(wanted);
  const { ledger } = await openLedger(duly, companyId, 'person');
  try {
    const pdf = await ledger.invoicePdf(invoiceId);
    await inCompany(duly.db, companyId, (tx) => savePrint(tx, companyId, wanted, pdf, now));
    return { pdf, number: wanted.number };
  } catch (error) {
    if (error instanceof LedgerError && ['gone', 'invalid'].includes(error.kind)) throw noPrint(wanted);
    await noteLedgerError(duly, companyId, error);
    throw error;
  }
}

function noPrint({ number }: PrintWanted): UserError {
  return new UserError(
    'not_found',
    `The ledger has no PDF of ${number === null ? 'this invoice' : `invoice ${number}`}.`,
    'Look the invoice up in the ledger: it may be a draft, or it was deleted there.',
  );
}
