import type {
  BooksApi,
  SandboxAllocation,
  SandboxCompany,
  SandboxCredit,
  SandboxCustomer,
  SandboxInvoice,
  SandboxPayment,
} from '../books/model.ts';
import type { SandboxContext } from '../context.ts';
import { type RemovedApplication, removedApplications } from './applications.store.ts';
import { type AttachableRow, attachableRows } from './attachables.store.ts';
import { type IntuitSettings, settingsOf } from './settings.ts';

/** One look at a company's books in QuickBooks' terms; made for one request. */
export class BookView {
  readonly books: BooksApi;
  readonly company: SandboxCompany;
  readonly settings: IntuitSettings;
  /** The sandbox's address, for the links it hands out. */
  readonly publicUrl: string;
  /** Whether invoices show where they are online: only when the request asks for it. */
  links = false;
  private childIndex: Map<string, SandboxCustomer[]> | undefined;
  private foreign: boolean | undefined;

  /** Throws BooksError `not_found` for a company that does not exist. */
  constructor(
    private readonly ctx: SandboxContext,
    readonly companyId: string,
  ) {
    this.books = ctx.books;
    this.company = ctx.books.company(companyId);
    this.settings = settingsOf(ctx.store, companyId);
    this.publicUrl = ctx.config.publicUrl;
  }

  get zone(): string {
    return this.company.timeZone;
  }

  get home(): string {
    return this.company.baseCurrency;
  }

  /** Today's day in the company's zone. */
  get today(): string {
    return this.books.today(this.companyId);
  }

  /** Whether any customer is billed in another currency than the company's own. */
  get multiCurrency(): boolean {
    this.foreign ??= this.books.customers(this.companyId).some((customer) => customer.currency !== this.home);
    return this.foreign;
  }

  /** Payments of nothing that once set a credit memo against an invoice and are gone. */
  get removedApplications(): readonly RemovedApplication[] {
    return removedApplications(this.ctx.store, this.companyId);
  }

  /** The notes of connected apps. */
  get attachables(): readonly AttachableRow[] {
    return attachableRows(this.ctx.store, this.books, this.companyId);
  }

  /** Allocations against an invoice, or out of a payment or credit. */
  allocations(key: 'invoice' | 'payment' | 'credit', id: string): readonly SandboxAllocation[] {
    if (key === 'invoice') return this.books.allocationsTo(this.companyId, id);
    return this.books.allocationsFrom(this.companyId, key, id);
  }

  customer(id: string): SandboxCustomer {
    return this.books.customer(this.companyId, id);
  }

  /** Sub-customers whose parent is `id`. */
  children(id: string): readonly SandboxCustomer[] {
    this.childIndex ??= Map.groupBy(
      this.books.customers(this.companyId).filter((one) => one.parentId !== undefined),
      (one) => one.parentId ?? '',
    );
    return this.childIndex.get(id) ?? [];
  }

  balanceMinor(invoice: SandboxInvoice): number {
    return this.books.balanceMinor(this.companyId, invoice.id);
  }

  restMinor(kind: 'payment' | 'credit', row: SandboxPayment | SandboxCredit): number {
    return this.books.unallocatedMinor(this.companyId, kind, row.id);
  }

  /** What the customer owes in its own currency, credits taken off, as `Customer.Balance` says it. */
  customerBalanceMinor(customer: SandboxCustomer): number {
    return this.books.customerBalanceMinor(this.companyId, customer.id)[customer.currency] ?? 0;
  }
}
