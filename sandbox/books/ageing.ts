import type { BooksApi } from './model.ts';

/** Receivables of one customer in one currency by age, in minor units; `credits` is what is unapplied, as a plus. */
export interface AgedRow {
  readonly customerId: string;
  readonly customer: string;
  readonly currency: string;
  current: number;
  days1to30: number;
  days31to60: number;
  days61to90: number;
  over90: number;
  credits: number;
  /** The buckets together less the credits: the ledger's own receivables. */
  total: number;
}

/** The company's aged receivables as of today in its zone. Due today, or without due date: current. */
export function agedReceivables(books: BooksApi, companyId: string): AgedRow[] {
  const today = Temporal.PlainDate.from(books.today(companyId));
  const rows = new Map<string, AgedRow>();
  const rowOf = (customerId: string, currency: string) => {
    const key = `${customerId} ${currency}`;
    const empty = { current: 0, days1to30: 0, days31to60: 0, days61to90: 0, over90: 0, credits: 0, total: 0 };
    const row = rows.get(key) ?? {
      customerId,
      customer: books.customer(companyId, customerId).name,
      currency,
      ...empty,
    };
    rows.set(key, row);
    return row;
  };
  for (const invoice of books.invoices(companyId)) {
    const balance = books.balanceMinor(companyId, invoice.id);
    if (invoice.status !== 'open' || balance === 0) continue;
    const row = rowOf(invoice.customerId, invoice.currency);
    row[bucketOf(invoice.dueDate, today)] += balance;
    row.total += balance;
  }
  for (const kind of ['payment', 'credit'] as const) {
    for (const source of kind === 'payment' ? books.payments(companyId) : books.credits(companyId)) {
      const left = books.unallocatedMinor(companyId, kind, source.id);
      if (left === 0) continue;
      const row = rowOf(source.customerId, source.currency);
      row.credits += left;
      row.total -= left;
    }
  }
  return [...rows.values()];
}

function bucketOf(dueDate: string | undefined, today: Temporal.PlainDate) {
  const late = dueDate === undefined ? 0 : Temporal.PlainDate.from(dueDate).until(today).days;
  if (late <= 0) return 'current';
  if (late <= 30) return 'days1to30';
  if (late <= 60) return 'days31to60';
  return late <= 90 ? 'days61to90' : 'over90';
}
