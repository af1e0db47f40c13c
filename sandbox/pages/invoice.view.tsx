import type { BooksApi, SandboxAllocation, SandboxCompany, SandboxInvoice } from '../books/model.ts';
import { amount, dayWords, momentWords, plainAmount } from './format.ts';
import { Message, type Told } from './forms.tsx';
import { CompanyHead, Standing, VENDOR_NAMES } from './ledger.view.tsx';

interface Props {
  readonly books: BooksApi;
  readonly company: SandboxCompany;
  readonly invoice: SandboxInvoice;
}

export function InvoicePage({ told, ...props }: Props & { told: Told }) {
  const { company, invoice } = props;
  return (
    <>
      <CompanyHead company={company} at="none" />
      <Message told={told} />
      <div class="grid">
        <Summary {...props} />
        {invoice.status === 'open' && <Actions {...props} />}
      </div>
      <Lines {...props} />
      <Money {...props} />
      <Notes {...props} />
    </>
  );
}

function Summary({ books, company, invoice }: Props) {
  const customer = books.customer(company.id, invoice.customerId);
  const balance = books.balanceMinor(company.id, invoice.id);
  return (
    <section class="card">
      <h2>Invoice {invoice.number ?? '(no number)'}</h2>
      <p class="figure">
        {amount(balance, invoice.currency)} {invoice.currency}
      </p>
      <p>
        open balance of {amount(invoice.totalMinor, invoice.currency)} ·{' '}
        <Standing invoice={invoice} balance={balance} today={books.today(company.id)} />
      </p>
      <dl class="facts">
        <dt>Customer</dt>
        <dd>
          <a href={`/ledger/${company.id}/customers#c-${customer.id}`}>
            <bdi>{customer.name}</bdi>
          </a>
        </dd>
        <dt>Sent to</dt>
        <dd>{invoice.billEmail ?? customer.email ?? 'no e-mail address'}</dd>
        <dt>Date</dt>
        <dd>{dayWords(invoice.date)}</dd>
        <dt>Due</dt>
        <dd>{dayWords(invoice.dueDate)}</dd>
        <dt>Sent</dt>
        <dd>{invoice.sentAt ? momentWords(invoice.sentAt, company.timeZone) : 'never'}</dd>
        {invoice.reference && <dt>Reference</dt>}
        {invoice.reference && <dd>{invoice.reference}</dd>}
        {invoice.privateNote && <dt>Memo</dt>}
        {invoice.privateNote && <dd class="prose">{invoice.privateNote}</dd>}
      </dl>
    </section>
  );
}

function Actions({ books, company, invoice }: Props) {
  const base = `/ledger/${company.id}/invoices/${invoice.id}`;
  const balance = books.balanceMinor(company.id, invoice.id);
  const open = plainAmount(Math.max(0, balance), invoice.currency);
  return (
    <section class="card" aria-label="What happens to it">
      {balance > 0 && (
        <>
          <h2>Record a payment</h2>
          <form method="post" action={`${base}/pay`} class="row">
            <label>
              Amount, {invoice.currency}
              <br />
              <input name="amount" inputMode="decimal" required value={open} size={12} />
            </label>
            <button type="submit">Record payment</button>
          </form>
          <p class="quiet">What is above the balance stays unapplied.</p>
          <h2>Give a credit</h2>
          <form method="post" action={`${base}/credit`} class="row">
            <label>
              Amount, {invoice.currency}
              <br />
              <input name="amount" inputMode="decimal" required value={open} size={12} />
            </label>
            <label>
              <input type="checkbox" name="unapplied" value="yes" /> leave it unapplied
            </label>
            <button type="submit" class="plain">
              Give credit
            </button>
          </form>
          <br />
        </>
      )}
      <div class="row">
        <form method="post" action={`${base}/email`}>
          <button type="submit" class="plain">
            {invoice.sentAt ? 'Mark as sent again' : 'Mark as sent'}
          </button>
        </form>
        <form method="post" action={`${base}/void`}>
          <button type="submit" class="danger">
            Void invoice
          </button>
        </form>
      </div>
    </section>
  );
}

function Lines({ invoice }: Props) {
  return (
    <section class="card">
      <h2>Lines</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Description</th>
              <th class="num">Quantity</th>
              <th class="num">Each</th>
              <th class="num">{invoice.currency}</th>
            </tr>
          </thead>
          <tbody>
            {invoice.lines.map((line) => (
              <tr key={line.description}>
                <td>{line.description}</td>
                <td class="num">{line.quantity}</td>
                <td class="num">{amount(line.unitMinor, invoice.currency)}</td>
                <td class="num">{amount(line.amountMinor, invoice.currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Money({ books, company, invoice }: Props) {
  const parts = books.allocationsTo(company.id, invoice.id);
  const base = `/ledger/${company.id}/invoices/${invoice.id}`;
  const words = (part: SandboxAllocation) => {
    if (part.sourceKind === 'credit') return `Credit ${books.credit(company.id, part.sourceId).number ?? ''}`;
    return `Payment ${books.payment(company.id, part.sourceId).reference ?? ''}`;
  };
  return (
    <section class="card">
      <h2>Payments and credits</h2>
      {parts.length === 0 && <p class="quiet">None.</p>}
      {parts.length > 0 && (
        <div class="scroll">
          <table>
            <tbody>
              {parts.map((part) => (
                <tr key={part.id}>
                  <td class="nowrap">{dayWords(part.date)}</td>
                  <td>{words(part)}</td>
                  <td class="num">
                    {amount(part.amountMinor, invoice.currency)} {invoice.currency}
                  </td>
                  <td>
                    <form
                      method="post"
                      action={
                        part.sourceKind === 'payment'
                          ? `${base}/payments/${part.sourceId}/delete`
                          : `${base}/allocations/${part.id}/remove`
                      }
                    >
                      <button type="submit" class="plain">
                        {part.sourceKind === 'payment' ? 'Delete payment' : 'Take credit off'}
                      </button>
                    </form>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Notes({ books, company, invoice }: Props) {
  const notes = books.notes(company.id, invoice.id).toReversed();
  return (
    <section class="card" id="notes">
      <h2>{company.vendor === 'xero' ? 'History & notes' : 'Notes'}</h2>
      {notes.length === 0 && <p class="quiet">No note on this invoice in {VENDOR_NAMES[company.vendor]}.</p>}
      {notes.map((note) => (
        <article key={note.id}>
          <p class="quiet">
            {momentWords(note.at, company.timeZone)} ·{' '}
            {company.vendor === 'xero' ? 'Note by System Generated' : 'attached note'}
          </p>
          <pre class="prose" data-note={note.id}>
            {note.text}
          </pre>
          <br />
        </article>
      ))}
    </section>
  );
}
