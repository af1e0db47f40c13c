import type { BooksApi, SandboxCompany } from '../books/model.ts';
import { amount, momentWords } from './format.ts';
import { shownInvoices, VENDOR_NAMES } from './ledger.view.tsx';

export function Home({
  books,
  now,
  dulyUrl,
}: {
  books: BooksApi;
  now: string;
  dulyUrl?: string | undefined;
}) {
  return (
    <>
      <h1>The sandbox</h1>
      <p class="quiet">
        Stand-ins for QuickBooks Online, Xero and Postmark on this machine. No mail leaves it, no money moves.
        {dulyUrl && (
          <>
            {' '}
            <a href={dulyUrl}>Go to Duly</a>
          </>
        )}
      </p>
      <div class="grid">
        {books.companies().map((company) => (
          <CompanyCard key={company.id} books={books} company={company} />
        ))}
        <section class="card">
          <h2>
            <a href="/mailbox">Mailbox</a>
          </h2>
          <p>Every e-mail that Duly sent: as the reader sees it, as plain text, and its headers.</p>
        </section>
        <section class="card">
          <h2>
            <a href="/clock">Clock</a>
          </h2>
          <p>{momentWords(now, 'UTC')} UTC</p>
          <p class="quiet">Move it to see what happens tomorrow.</p>
        </section>
      </div>
    </>
  );
}

function CompanyCard({ books, company }: { books: BooksApi; company: SandboxCompany }) {
  const pastDue = shownInvoices(books, company.id, 'past-due');
  const sums = new Map<string, number>();
  for (const row of pastDue) {
    sums.set(row.currency, (sums.get(row.currency) ?? 0) + books.balanceMinor(company.id, row.id));
  }
  return (
    <section class="card">
      <p class="quiet">
        <span class="chip">{VENDOR_NAMES[company.vendor]}</span>
      </p>
      <h2>
        <a href={`/ledger/${company.id}`}>{company.name}</a>
      </h2>
      <dl class="facts">
        <dt>Customers</dt>
        <dd>{books.customers(company.id).length}</dd>
        <dt>Open invoices</dt>
        <dd>{shownInvoices(books, company.id, 'open').length}</dd>
        <dt>Past due</dt>
        <dd>
          <a href={`/ledger/${company.id}?show=past-due`}>{pastDue.length}</a>
          {[...sums].map(([currency, minor]) => (
            <div key={currency}>
              {amount(minor, currency)} {currency}
            </div>
          ))}
        </dd>
      </dl>
    </section>
  );
}
