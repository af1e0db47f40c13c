import type {
  BooksApi,
  CreditKind,
  SandboxAllocation,
  SandboxCompany,
  SandboxCustomer,
  SandboxInvoice,
  SandboxPayment,
} from '../books/model.ts';
import type { XeroMemory } from './memory.ts';
import type { Payables } from './payables.ts';
import type { ContactBalance } from './wire/contact.ts';
import type { CreditAllocation, CreditFacts } from './wire/credit.ts';
import { guid } from './wire/ids.ts';
import type { AppliedPart, InvoiceFacts } from './wire/invoice.ts';
import { currencyRate, toBaseMinor } from './wire/money.ts';
import type { PaymentFacts } from './wire/payment.ts';

/** One company's books in the shapes of Xero: what the wire mappings are made of. Reads only. */
export class XeroView {
  readonly company: SandboxCompany;

  constructor(
    private readonly books: BooksApi,
    private readonly memory: XeroMemory,
    private readonly payables: Payables,
    readonly companyId: string,
  ) {
    this.company = books.company(companyId);
    memory.learn(companyId);
  }

  /** An invoice's UpdatedDateUTC, without working out the rest of it. */
  stampOf(row: SandboxInvoice): string {
    return this.memory.updatedAt(row);
  }

  invoices(): readonly SandboxInvoice[] {
    return this.books.invoices(this.companyId);
  }

  customers(): readonly SandboxCustomer[] {
    return this.books.customers(this.companyId);
  }

  invoiceFacts(row: SandboxInvoice): InvoiceFacts {
    const parts = this.books.allocationsTo(this.companyId, row.id).map((part) => this.applied(part));
    const sum = (paid: boolean) =>
      parts.filter((p) => (p.kind === 'payment') === paid).reduce((total, p) => total + p.amountMinor, 0);
    return {
      invoice: row,
      customer: this.books.customer(this.companyId, row.customerId),
      parts,
      paidMinor: sum(true),
      creditedMinor: sum(false),
      dueMinor: this.books.balanceMinor(this.companyId, row.id),
      stampedAt: this.stampOf(row),
      rate: this.rate(row.currency),
    };
  }

  /** All payments, the deleted ones too. */
  payments(): PaymentFacts[] {
    const live = this.books
      .payments(this.companyId)
      .flatMap((row) =>
        this.split(row).direct.map((part) => this.paymentFacts(row, part, row.status !== 'open')),
      );
    const gone = this.memory.gone(this.companyId).flatMap((part) => {
      const row = this.books.payment(this.companyId, part.sourceId);
      // a part of an overpayment was never a payment of its own
      if (!isDirect(part, row)) return [];
      const updatedAt = later(row.updatedAt, part.updatedAt);
      return [this.paymentFacts({ ...row, updatedAt }, part, true)];
    });
    return [...live, ...gone, ...this.payables.payments(this.companyId)];
  }

  credits(kind: CreditKind): CreditFacts[] {
    const own = this.books
      .credits(this.companyId)
      .filter((row) => row.kind === kind)
      .map((row): CreditFacts => {
        const open = row.status === 'open';
        return {
          kind,
          wireId: guid(row.id),
          customer: this.books.customer(this.companyId, row.customerId),
          ...(row.number ? { number: row.number } : {}),
          date: row.date,
          currency: row.currency,
          totalMinor: row.totalMinor,
          remainingMinor: open ? this.books.unallocatedMinor(this.companyId, 'credit', row.id) : 0,
          status: row.status,
          allocations: this.parts(this.books.allocationsFrom(this.companyId, 'credit', row.id)),
          updatedAt: row.updatedAt,
          rate: this.rate(row.currency),
        };
      });
    const all = [...own, ...this.payables.credits(this.companyId, kind)];
    return kind === 'overpayment' ? [...all, ...this.overpaid()] : all;
  }

  /** Open invoices less unused credits, in base currency; overdue counts invoices due before today only. */
  balance(customer: SandboxCustomer): ContactBalance {
    const baseCurrency = this.company.baseCurrency;
    const byCurrency = this.books.customerBalanceMinor(this.companyId, customer.id);
    const outstandingMinor = Object.entries(byCurrency).reduce(
      (total, [currency, minor]) => total + toBaseMinor(minor, currency, baseCurrency),
      0,
    );
    const today = this.books.today(this.companyId);
    const overdueMinor = this.books
      .invoicesOf(this.companyId, customer.id)
      .filter((row) => row.status === 'open' && row.dueDate !== undefined && row.dueDate < today)
      .map((row) => toBaseMinor(this.books.balanceMinor(this.companyId, row.id), row.currency, baseCurrency))
      .reduce((total, minor) => total + minor, 0);
    return { outstandingMinor, overdueMinor, baseCurrency };
  }

  /** Bills: the other direction, on the same endpoint. */
  bills(): InvoiceFacts[] {
    return this.payables.bills(this.companyId);
  }

  isSupplier(customer: SandboxCustomer): boolean {
    return this.payables.isSupplier(this.companyId, customer.id);
  }

  isCustomer(customer: SandboxCustomer): boolean {
    return this.books.invoicesOf(this.companyId, customer.id).length > 0;
  }

  /** A receipt that was not used up at once leaves an overpayment: a document of its own. */
  private overpaid(): CreditFacts[] {
    return this.books.payments(this.companyId).flatMap((row): CreditFacts[] => {
      const { direct, later: parts } = this.split(row);
      // what was freed before, or was set later, is part of the overpayment, which is there to the end
      const gone = this.memory
        .gone(this.companyId, row.id)
        .filter((part) => part.freed !== true && isDirect(part, row));
      const used = [...direct, ...(row.status === 'open' ? [] : gone)].reduce(
        (sum, p) => sum + p.amountMinor,
        0,
      );
      const totalMinor = row.totalMinor - used;
      if (totalMinor <= 0) return [];
      const remaining =
        row.status === 'open' ? this.books.unallocatedMinor(this.companyId, 'payment', row.id) : 0;
      return [
        {
          kind: 'overpayment',
          wireId: guid(row.id),
          customer: this.books.customer(this.companyId, row.customerId),
          ...(row.reference ? { reference: row.reference } : {}),
          date: row.date,
          currency: row.currency,
          totalMinor,
          remainingMinor: remaining,
          status: row.status === 'open' ? 'open' : 'voided',
          allocations: this.parts(parts),
          updatedAt: row.updatedAt,
          rate: this.rate(row.currency),
        },
      ];
    });
  }

  /** Parts set at once are payments of their invoice; parts set later come out of the overpayment. */
  private split(row: SandboxPayment): { direct: SandboxAllocation[]; later: SandboxAllocation[] } {
    const parts = this.books.allocationsFrom(this.companyId, 'payment', row.id);
    return {
      direct: parts.filter((part) => isDirect(part, row)),
      later: parts.filter((part) => !isDirect(part, row)),
    };
  }

  private applied(part: SandboxAllocation): AppliedPart {
    const { amountMinor, date } = part;
    if (part.sourceKind === 'credit') {
      const source = this.books.credit(this.companyId, part.sourceId);
      const number = source.number ? { number: source.number } : {};
      return {
        kind: source.kind,
        wireId: guid(source.id),
        ...number,
        date,
        amountMinor,
        sourceTotalMinor: source.totalMinor,
      }; // prettier-ignore
    }
    const source = this.books.payment(this.companyId, part.sourceId);
    const reference = source.reference ? { reference: source.reference } : {};
    if (this.split(source).later.some((each) => each.id === part.id)) {
      return {
        kind: 'overpayment',
        wireId: guid(source.id),
        ...reference,
        date,
        amountMinor,
        sourceTotalMinor: source.totalMinor,
      }; // prettier-ignore
    }
    return {
      kind: 'payment',
      wireId: guid(part.id),
      ...reference,
      date,
      amountMinor,
      sourceTotalMinor: amountMinor,
    };
  }

  private parts(rows: readonly SandboxAllocation[]): CreditAllocation[] {
    return rows.map((part) => ({
      wireId: guid(part.id),
      invoice: this.books.invoice(this.companyId, part.invoiceId),
      amountMinor: part.amountMinor,
      date: part.date,
    }));
  }

  private paymentFacts(row: SandboxPayment, part: SandboxAllocation, deleted: boolean): PaymentFacts {
    const invoice = this.books.invoice(this.companyId, part.invoiceId);
    return {
      wireId: guid(part.id),
      invoice,
      customer: this.books.customer(this.companyId, invoice.customerId),
      date: part.date,
      amountMinor: part.amountMinor,
      ...(row.reference ? { reference: row.reference } : {}),
      deleted,
      updatedAt: later(row.updatedAt, part.updatedAt),
      rate: this.rate(row.currency),
      baseCurrency: this.company.baseCurrency,
    };
  }

  private rate(currency: string): number {
    return currencyRate(currency, this.company.baseCurrency);
  }
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** Set against its invoice when the money was entered, and not out of what was left of it. */
function isDirect(part: SandboxAllocation, payment: SandboxPayment): boolean {
  return Date.parse(part.createdAt) <= Date.parse(payment.createdAt) + 1000;
}
