import { readFileSync } from 'node:fs';
import { readBook } from '../../sandbox/books/csv.ts';
import { type Day, day } from '../../src/domain/day.ts';
import type { BooksPage, ReadOptions } from '../../src/ports/ledger.ts';
import { FakeLedger } from '../support/fakes.ts';
import { booksPage, currency, customerRow, invoiceRow, paymentRow } from '../support/values.ts';

const states = [null, 'NY', 'TX', 'CA', 'OR'];

/** The real book as a ledger that tells what changed since it was last asked. */
export class RealLedger extends FakeLedger {
  readonly #rows;
  #told: Day | null = null;
  #today: Day;

  constructor(file: string, firstDay: Day) {
    super();
    this.#rows = readBook(readFileSync(file, 'utf8'));
    this.#today = firstDay;
  }

  advance(today: Day): void {
    this.#today = today;
  }

  /** Invoices that are disputed and were written in these days. */
  disputed(after: Day | null, until: Day): readonly string[] {
    return this.#rows
      .filter(
        (row) =>
          row.disputed && row.date <= until && row.settlesOn > until && (after === null || row.date > after),
      )
      .map((row) => row.number);
  }

  override async *readChanges(_cursor: string, _options?: ReadOptions): AsyncIterable<BooksPage> {
    const [from, to] = [this.#told, this.#today];
    this.#told = to;
    const isNew = (on: string): boolean => on <= to && (from === null || on > from);
    const changed = this.#rows.filter((row) => isNew(row.date) || isNew(row.settlesOn));
    const names = from === null ? [...new Set(this.#rows.map((row) => row.customer))] : [];
    yield booksPage({
      customers: names.map((name, index) =>
        customerRow(name, {
          phone: '+1 503 555 0100',
          addressLines: ['1 Quay Street'],
          city: 'Portland',
          postcode: '97201',
          country: states[index % 5] == null ? null : 'US',
          region: states[index % 5] ?? null,
        }),
      ),
      invoices: changed.map((row) => {
        const settled = row.settlesOn <= to;
        return invoiceRow(row.number, {
          customerId: row.customer,
          issuedOn: day(row.date),
          dueOn: day(row.dueDate),
          totalMinor: row.totalMinor,
          openMinor: settled ? 0 : row.totalMinor,
          status: settled ? 'closed' : 'open',
          version: to,
        });
      }),
      payments: changed
        .filter((row) => isNew(row.settlesOn))
        .map((row) =>
          paymentRow(`P${row.number}`, {
            customerId: row.customer,
            paidOn: day(row.settlesOn),
            currency: currency('USD'),
            totalMinor: row.totalMinor,
            allocations: [{ invoiceId: row.number, amountMinor: row.totalMinor }],
            version: to,
          }),
        ),
    });
  }
}
