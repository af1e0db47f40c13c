import type { BooksApi, SandboxCustomer, SandboxInvoice } from '../books/model.ts';
import type { SandboxClock } from '../clock.ts';
import type { DocStore } from '../store.ts';
import type { CreditFacts } from './wire/credit.ts';
import { guid } from './wire/ids.ts';
import type { InvoiceFacts } from './wire/invoice.ts';
import { currencyRate } from './wire/money.ts';
import type { PaymentFacts } from './wire/payment.ts';

/**
 * What the business owes, which the same endpoints serve: a bill, a supplier's credit note, money paid to a supplier
 * too much or too early. `refund`: a credit note of ours that was paid back in cash, with its payment.
 */
export type PayableKind = 'bill' | 'credit_note' | 'overpayment' | 'prepayment' | 'refund';

/** One document of the other direction. Amounts in minor units, days in the organisation's zone, ISO instants. */
export interface Payable {
  readonly id: string;
  readonly companyId: string;
  readonly kind: PayableKind;
  readonly contactId: string;
  readonly number: string;
  readonly date: string;
  readonly dueDate: string;
  readonly currency: string;
  readonly totalMinor: number;
  /** Of a bill: what was paid of it already; one payment. */
  readonly paidMinor: number;
  readonly updatedAt: string;
}

const KIND = 'xero-payable';

/** The documents of the other direction; durable. The books know nothing of them: they are not receivables. */
export class Payables {
  constructor(
    private readonly store: DocStore,
    private readonly books: BooksApi,
    private readonly clock: SandboxClock,
  ) {}

  /** Adds one for a contact of the books; what is left out is made up. */
  add(companyId: string, given: Partial<Payable> & Pick<Payable, 'kind'>): Payable {
    const company = this.books.company(companyId);
    const customers = this.books.customers(companyId);
    const contactId = given.contactId ?? customers[0]?.id ?? '';
    this.books.customer(companyId, contactId);
    const n = this.store.all(KIND).size + 1;
    const today = this.books.today(companyId);
    const payable: Payable = {
      number: `BILL-${n}`,
      date: today,
      dueDate: today,
      currency: company.baseCurrency,
      totalMinor: 10_000,
      paidMinor: 0,
      ...given,
      id: guid(`payable:${companyId}:${n}`),
      companyId,
      contactId,
      updatedAt: this.clock.now().toISOString(),
    };
    this.store.put(KIND, payable.id, payable);
    return payable;
  }

  /** Both directions from the start in books that hold customers: a reader that takes a bill for a debt is found out. */
  seed(companyId: string): void {
    const [first, second] = this.books.customers(companyId);
    if (first === undefined || second === undefined || this.of(companyId).length > 0) return;
    const date = '2026-01-05';
    this.add(companyId, {
      kind: 'bill',
      contactId: first.id,
      date,
      dueDate: '2026-02-04',
      totalMinor: 987_654,
    });
    this.add(companyId, { kind: 'bill', contactId: second.id, date, totalMinor: 25_000, paidMinor: 25_000 });
    this.add(companyId, { kind: 'bill', contactId: second.id, date, totalMinor: 60_000, paidMinor: 10_000 });
    this.add(companyId, { kind: 'credit_note', contactId: second.id, date, totalMinor: 4_000 });
    this.add(companyId, { kind: 'overpayment', contactId: first.id, date, totalMinor: 5_000 });
    this.add(companyId, { kind: 'prepayment', contactId: second.id, date, totalMinor: 6_000 });
    this.add(companyId, { kind: 'refund', contactId: first.id, date, totalMinor: 7_000 });
  }

  of(companyId: string): readonly Payable[] {
    return [...this.store.all<Payable>(KIND).values()].filter((row) => row.companyId === companyId);
  }

  isSupplier(companyId: string, contactId: string): boolean {
    return this.of(companyId).some((row) => row.contactId === contactId && row.kind !== 'refund');
  }

  bills(companyId: string): InvoiceFacts[] {
    return this.of(companyId)
      .filter((row) => row.kind === 'bill')
      .map((row) => ({
        type: 'ACCPAY',
        invoice: invoiceOf(row),
        customer: this.contact(row),
        parts:
          row.paidMinor === 0
            ? []
            : [
                {
                  kind: 'payment',
                  wireId: paymentId(row),
                  date: row.date,
                  amountMinor: row.paidMinor,
                  sourceTotalMinor: row.paidMinor,
                },
              ],
        paidMinor: row.paidMinor,
        creditedMinor: 0,
        dueMinor: row.totalMinor - row.paidMinor,
        stampedAt: row.updatedAt,
        rate: this.rate(row),
      }));
  }

  credits(companyId: string, kind: 'credit_note' | 'overpayment' | 'prepayment'): CreditFacts[] {
    const rows = this.of(companyId).filter(
      (row) => row.kind === kind || (kind === 'credit_note' && row.kind === 'refund'),
    );
    return rows.map((row) => ({
      kind,
      payable: row.kind !== 'refund',
      wireId: row.id,
      customer: this.contact(row),
      number: row.number,
      date: row.date,
      currency: row.currency,
      totalMinor: row.totalMinor,
      remainingMinor: row.kind === 'refund' ? 0 : row.totalMinor,
      status: 'open',
      allocations: [],
      updatedAt: row.updatedAt,
      rate: this.rate(row),
    }));
  }

  payments(companyId: string): PaymentFacts[] {
    return this.of(companyId)
      .filter((row) => (row.kind === 'bill' && row.paidMinor > 0) || row.kind === 'refund')
      .map((row) => ({
        type: row.kind === 'refund' ? 'ARCREDITPAYMENT' : 'ACCPAYPAYMENT',
        wireId: paymentId(row),
        invoice: invoiceOf(row),
        customer: this.contact(row),
        date: row.date,
        amountMinor: row.kind === 'refund' ? row.totalMinor : row.paidMinor,
        deleted: false,
        updatedAt: row.updatedAt,
        rate: this.rate(row),
        baseCurrency: this.books.company(companyId).baseCurrency,
      }));
  }

  private contact(row: Payable): SandboxCustomer {
    return this.books.customer(row.companyId, row.contactId);
  }

  private rate(row: Payable): number {
    return currencyRate(row.currency, this.books.company(row.companyId).baseCurrency);
  }
}

function paymentId(row: Payable): string {
  return guid(`payment of ${row.id}`);
}

function invoiceOf(row: Payable): SandboxInvoice {
  const { id, companyId, number, date, dueDate, currency, totalMinor, updatedAt } = row;
  return {
    id,
    companyId,
    version: 0,
    createdAt: updatedAt,
    updatedAt,
    customerId: row.contactId,
    number,
    date,
    dueDate,
    currency,
    totalMinor,
    status: 'open',
    lines: [{ description: 'Supplies', quantity: 1, unitMinor: totalMinor, amountMinor: totalMinor }],
    disputed: false,
  };
}
