import type { BooksApi, SandboxCompany, SandboxInvoice } from '../books/model.ts';
import { amount, daysBetween, dayWords } from './format.ts';
import { Message, type Told } from './forms.tsx';

export const VENDOR_NAMES = { intuit: 'QuickBooks Online', xero: 'Xero' } as const;

/** At most so many rows on a page: a book of 10,000 invoices must still open. */
const ROWS = 500;

export type Show = 'open' | 'past-due' | 'all';

export function CompanyHead({
  company,
  at,
}: {
  company: SandboxCompany;
  at: 'invoices' | 'customers' | 'none';
}) {
  const base = `/ledger/${company.id}`;
  return (
    <>
      <p class="quiet">
        <span class="chip">{VENDOR_NAMES[company.vendor]}</span> {company.legalName} · {company.timeZone}
      </p>
      <h1>{company.name}</h1>
      <nav class="tabs" aria-label="Ledger">
        <a href={base} aria-current={at === 'invoices' ? 'page' : undefined}>
          Invoices
        </a>
        <a href={`${base}/customers`} aria-current={at === 'customers' ? 'page' : undefined}>
          Customers
        </a>
      </nav>
    </>
  );
}

/** What of an invoice a person wants to see first, in one word and colour. */
export function Standing({
  invoice,
  balance,
  today,
}: {
  invoice: SandboxInvoice;
  balance: number;
  today: string;
}) {
  if (invoice.status !== 'open') return <span class="quiet">{invoice.status}</span>;
  if (balance === 0) return <span class="paid">paid</span>;
  if (balance < 0) return <span class="quiet">in credit</span>;
  if (invoice.dueDate === undefined) return <span>open, no due date</span>;
  const late = daysBetween(invoice.dueDate, today);
  if (late === 0) return <span class="soon">due today</span>;
  if (late < 0) return <span>due in {days(-late)}</span>;
  return <span class={late > 30 ? 'late' : 'soon'}>{days(late)} past due</span>;
}

/** Which invoices a filter shows, the longest past due first, or the newest first among all. */
export function shownInvoices(books: BooksApi, companyId: string, show: Show): SandboxInvoice[] {
  const today = books.today(companyId);
  const open = (row: SandboxInvoice) => row.status === 'open' && books.balanceMinor(companyId, row.id) > 0;
  const rows = books.invoices(companyId).filter((row) => {
    if (show === 'all') return true;
    return open(row) && (show === 'open' || (row.dueDate !== undefined && row.dueDate < today));
  });
  const key = (row: SandboxInvoice) => (show === 'all' ? row.date : (row.dueDate ?? '9999'));
  rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return show === 'all' ? rows.reverse() : rows;
}

export function Ledger(props: { books: BooksApi; company: SandboxCompany; show: Show; told: Told }) {
  const { books, company, show } = props;
  const rows = shownInvoices(books, company.id, show);
  const filters = { open: 'Open', 'past-due': 'Past due', all: 'All' } as const;
  return (
    <>
      <CompanyHead company={company} at="invoices" />
      <Message told={props.told} />
      <section class="card" aria-label="Invoices">
        <nav class="tabs" aria-label="Filter">
          {Object.entries(filters).map(([key, words]) => (
            <a key={key} href={`?show=${key}`} aria-current={key === show ? 'true' : undefined}>
              {words}
            </a>
          ))}
          <span class="quiet">{rows.length} invoices</span>
        </nav>
        {rows.length === 0 ? <p class="quiet">No invoice here.</p> : <InvoiceTable {...props} rows={rows} />}
        {rows.length > ROWS && <p class="quiet">The first {ROWS} are shown.</p>}
      </section>
      <form method="post" action={`/ledger/${company.id}/disconnect`} class="card">
        <h2>Connected apps</h2>
        <p class="quiet">
          Disconnecting here is what a user does inside {VENDOR_NAMES[company.vendor]}: Duly is not told, it
          finds out.
        </p>
        <button type="submit" class="danger">
          Disconnect Duly
        </button>
      </form>
    </>
  );
}

function InvoiceTable({
  books,
  company,
  rows,
}: {
  books: BooksApi;
  company: SandboxCompany;
  rows: SandboxInvoice[];
}) {
  const today = books.today(company.id);
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Number</th>
            <th>Customer</th>
            <th>Date</th>
            <th>Due</th>
            <th>Standing</th>
            <th class="num">Total</th>
            <th class="num">Open balance</th>
            <th>Currency</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS).map((row) => {
            const balance = books.balanceMinor(company.id, row.id);
            return (
              <tr key={row.id}>
                <td class="nowrap">
                  <a href={`/ledger/${company.id}/invoices/${row.id}`}>{row.number ?? 'no number'}</a>
                </td>
                <td>
                  <bdi>{books.customer(company.id, row.customerId).name}</bdi>
                </td>
                <td class="nowrap">{dayWords(row.date)}</td>
                <td class="nowrap">{dayWords(row.dueDate)}</td>
                <td class="nowrap">
                  <Standing invoice={row} balance={balance} today={today} />
                </td>
                <td class="num">{amount(row.totalMinor, row.currency)}</td>
                <td class="num">{amount(balance, row.currency)}</td>
                <td>{row.currency}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
