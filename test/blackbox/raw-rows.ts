import { guid } from '../../sandbox/xero/wire/ids.ts';
import type { Books } from './syn-support.ts';
import { changeFeed } from './syn-support.ts';

/** What a stored invoice of the stand-in says. */
interface Told {
  readonly id: string;
  readonly number?: string;
  readonly customerId: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly balanceMinor: number;
}

type Raw = Record<string, unknown>;

function told(books: Books, invoiceId: string): Promise<Told> {
  return books.world.control<Told>('GET', `/companies/${books.booksId}/invoices/${invoiceId}`);
}

/** A day in either ledger's own writing; one that does not exist is written all the same. */
export function dayAtLedger(books: Books, day: string): string {
  return books.key === 'xero' ? `${day}T00:00:00` : day;
}

/** What the fields of an invoice are called. */
export const fields = {
  quickbooks: { open: 'Balance', total: 'TotalAmt', due: 'DueDate', issued: 'TxnDate' },
  xero: { open: 'AmountDue', total: 'Total', due: 'DueDate', issued: 'Date' },
} as const;

/** The currency member of an invoice. */
export function inCurrency(books: Books, code: string): Raw {
  return books.key === 'xero' ? { CurrencyCode: code } : { CurrencyRef: { value: code } };
}

/** The invoice as its ledger would write it now, stamped with this moment. */
export async function rawInvoice(books: Books, invoiceId: string, more: Raw = {}): Promise<Raw> {
  const row = await told(books, invoiceId);
  const now = await books.world.now();
  return books.key === 'xero' ? xeroInvoice(row, now, more) : quickbooksInvoice(row, now, more);
}

function quickbooksInvoice(row: Told, now: Date, more: Raw): Raw {
  const at = now.toISOString();
  return {
    Id: row.id,
    SyncToken: '9',
    DocNumber: row.number,
    TxnDate: '2026-09-01',
    DueDate: '2026-10-01',
    TotalAmt: row.totalMinor / 100,
    Balance: row.balanceMinor / 100,
    EmailStatus: 'EmailSent',
    CustomerRef: { value: row.customerId },
    MetaData: { CreateTime: at, LastUpdatedTime: at },
    ...more,
  };
}

function xeroInvoice(row: Told, now: Date, more: Raw): Raw {
  return {
    Type: 'ACCREC',
    InvoiceID: guid(row.id),
    InvoiceNumber: row.number ?? '',
    Reference: '',
    AmountDue: row.balanceMinor / 100,
    SentToContact: true,
    Contact: { ContactID: guid(row.customerId) },
    Date: '2026-09-01T00:00:00',
    DueDate: '2026-10-01T00:00:00',
    Status: 'AUTHORISED',
    Total: row.totalMinor / 100,
    CurrencyCode: row.currency,
    UpdatedDateUTC: xeroStamp(now),
    ...more,
  };
}

export function xeroStamp(now: Date): string {
  return `/Date(${now.getTime()}+0000)/`;
}

/** The next change read brings these rows, and nothing else of their kind. */
export async function bring(
  books: Books,
  rows: {
    readonly invoices?: readonly Raw[];
    readonly payments?: readonly Raw[];
    readonly credits?: readonly Raw[];
  },
): Promise<void> {
  const { invoices = [], payments = [], credits = [] } = rows;
  if (books.key === 'quickbooks') {
    const lists = { Invoice: invoices, Payment: payments, CreditMemo: credits };
    const filled = Object.entries(lists).filter(([, list]) => list.length > 0);
    const time = (await books.world.now()).toISOString();
    await books.answers('/cdc', { ...changeFeed(Object.fromEntries(filled)), time });
    return;
  }
  for (const [name, list] of Object.entries({
    Invoices: invoices,
    Payments: payments,
    CreditNotes: credits,
  })) {
    if (list.length === 0) continue;
    const pagination = { page: 1, pageSize: 1_000, pageCount: 1, itemCount: list.length };
    await books.answers(`/${name}`, { [name]: list, pagination });
  }
}
