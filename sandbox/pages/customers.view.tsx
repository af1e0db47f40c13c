import type { BooksApi, SandboxCompany, SandboxCustomer } from '../books/model.ts';
import { amount } from './format.ts';
import { Message, type Told } from './forms.tsx';
import { CompanyHead } from './ledger.view.tsx';

export function CustomersPage({
  books,
  company,
  told,
}: {
  books: BooksApi;
  company: SandboxCompany;
  told: Told;
}) {
  // names that begin with a letter first: the odd ones are few and stand at the end
  const odd = (row: SandboxCustomer) => (/^\p{L}/u.test(row.name) ? 0 : 1);
  const rows = books
    .customers(company.id)
    .toSorted((a, b) => odd(a) - odd(b) || a.name.localeCompare(b.name));
  return (
    <>
      <CompanyHead company={company} at="customers" />
      <Message told={told} />
      <section class="card" aria-label="Customers">
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>Customer</th>
                <th>E-mail, as typed in the ledger</th>
                <th class="num">Balance</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <CustomerRow key={row.id} books={books} company={company} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
}

function CustomerRow({
  books,
  company,
  row,
}: {
  books: BooksApi;
  company: SandboxCompany;
  row: SandboxCustomer;
}) {
  return (
    <tr id={`c-${row.id}`}>
      <td>
        <bdi>{row.name}</bdi>
        <br />
        <span class="quiet">{particulars(books, row).join(' · ')}</span>
      </td>
      <td>
        <form method="post" action={`/ledger/${company.id}/customers/${row.id}`} class="row tight">
          <input
            name="email"
            value={row.email ?? ''}
            size={34}
            placeholder="no address"
            aria-label={`E-mail of ${row.name}`}
          />
          <button type="submit" class="plain">
            Save
          </button>
        </form>
      </td>
      <td class="num">
        {Object.entries(books.customerBalanceMinor(company.id, row.id)).map(([currency, minor]) => (
          <div key={currency}>
            {amount(minor, currency)} {currency}
          </div>
        ))}
      </td>
    </tr>
  );
}

function particulars(books: BooksApi, row: SandboxCustomer): string[] {
  const words = [[row.firstName, row.lastName].filter(Boolean).join(' '), row.address.city];
  if (!row.active) words.push(row.mergedInto ? 'merged into another' : 'inactive');
  if (row.parentId) {
    const parent = books.customer(row.companyId, row.parentId).name;
    words.push(row.billWithParent ? `billed with ${parent}` : `below ${parent}, billed itself`);
  }
  for (const person of row.contacts)
    words.push(`${person.email}${person.includeInEmails ? ' (in e-mails)' : ''}`);
  return words.filter((word) => word !== '');
}
