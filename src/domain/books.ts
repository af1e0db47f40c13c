import type { Currency } from './currency.ts';
import type { Day } from './day.ts';

/**
 * What the mirror holds of a ledger: values as the ledger states them, ids as the ledger writes them (text, never
 * numbers). `changedAt` is the ledger's own stamp (ISO instant, UTC); `version` its change token, if it has one.
 */
interface LedgerRow {
  readonly changedAt: string;
  readonly version: string;
}

export interface Contact {
  readonly name: string;
  readonly email: string;
  /** Whether the ledger itself would send invoices to this person. */
  readonly forInvoices: boolean;
}

export interface Customer extends LedgerRow {
  readonly customerId: string;
  readonly name: string;
  /** How a person there is greeted: their first name when the ledger has one. */
  readonly firstName: string | null;
  /** Addresses as read from a field that may hold several; unusable ones are left out. */
  readonly emails: readonly string[];
  readonly contacts: readonly Contact[];
  readonly phone: string | null;
  readonly parentId: string | null;
  readonly billsWithParent: boolean;
  readonly active: boolean;
  readonly mergedIntoId: string | null;
  /** ISO 3166-1 alpha-2, or null when the ledger does not say. */
  readonly country: string | null;
  readonly region: string | null;
  /** Street, house, box: the lines above the town, as typed. Empty: the ledger has none. */
  readonly addressLines: readonly string[];
  readonly city: string | null;
  readonly postcode: string | null;
  /** The groups, types or tags the ledger puts the customer under, by name. */
  readonly groups: readonly string[];
  /** The ledger's own sum owed, minor units of `balanceCurrency`, for the tie-out (R15). Null: not stated. */
  readonly ledgerBalanceMinor: number | null;
  readonly balanceCurrency: Currency | null;
  /** The usual payment terms as people say them, for example "Net 30". Null: not stated. */
  readonly terms: string | null;
}

/** `open` may still have nothing owing; `closed` is paid in full. */
export type InvoiceStatus = 'draft' | 'open' | 'closed' | 'void' | 'deleted';

export interface Invoice extends LedgerRow {
  readonly invoiceId: string;
  readonly number: string | null;
  readonly customerId: string;
  readonly issuedOn: Day;
  /** Null: the ledger has none; such an invoice is never chased (R1). */
  readonly dueOn: Day | null;
  readonly currency: Currency;
  readonly totalMinor: number;
  /** What the ledger says is still owed (R2). */
  readonly openMinor: number;
  readonly status: InvoiceStatus;
  /** Whether the business sent it to its customer, as far as the ledger knows (R13). */
  readonly sent: 'yes' | 'no' | 'unknown';
  /** When the ledger last sent it, as an ISO instant (UTC). Null: not sent, or the ledger does not say when. */
  readonly sentAt: string | null;
  /** The customer's own order number or reference. */
  readonly reference: string | null;
  /** The payment terms as people say them, for example "Net 30". Null: not stated. */
  readonly terms: string | null;
  /** Where the ledger sends this invoice; empty: the customer's addresses. */
  readonly emails: readonly string[];
}

export interface Allocation {
  readonly invoiceId: string;
  readonly amountMinor: number;
}

export interface Payment extends LedgerRow {
  readonly paymentId: string;
  readonly customerId: string | null;
  readonly paidOn: Day;
  readonly currency: Currency;
  readonly totalMinor: number;
  /** The part not yet set against an invoice: counts as a credit (R4). */
  readonly unappliedMinor: number;
  readonly status: 'valid' | 'void' | 'deleted';
  readonly allocations: readonly Allocation[];
  /** What of the allocations other documents bring, credit memos for one, besides the payment's own money. Absent: nothing. */
  readonly creditsMinor?: number;
}

export interface Credit extends LedgerRow {
  readonly creditId: string;
  readonly kind: 'credit_note' | 'overpayment' | 'prepayment';
  readonly customerId: string;
  readonly issuedOn: Day;
  readonly currency: Currency;
  readonly totalMinor: number;
  readonly remainingMinor: number;
  readonly status: 'draft' | 'open' | 'closed' | 'void' | 'deleted';
  readonly allocations: readonly Allocation[];
}

export type RowKind = 'customer' | 'invoice' | 'payment' | 'credit';

/** A row that could not be read: rejected alone, the stored one stays, its customer is held (R8). */
export interface RejectedRow {
  readonly kind: RowKind;
  /** The ledger's id, or null when even that is missing. */
  readonly id: string | null;
  readonly customerId: string | null;
  /** What is wrong, in words for the problems page, for example `Balance is "abc", not an amount`. */
  readonly reason: string;
}

/** The ledger says that the row is gone; nothing else of it is known and nothing else may be overwritten. */
export interface RemovedRow {
  readonly kind: RowKind;
  readonly id: string;
  readonly changedAt: string;
}

/** What a company is, as its ledger states it. */
export interface CompanyProfile {
  readonly name: string;
  readonly legalName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly country: string;
  readonly region: string | null;
  /** IANA name. Null: the ledger does not say, so the person is asked. */
  readonly timeZone: string | null;
  readonly baseCurrency: Currency;
  readonly postalAddress: string;
  readonly lockedUntil: Day | null;
  /** Whether the ledger's own automatic reminders run; null: it does not say (R14). */
  readonly ownReminders: boolean | null;
  /** Names of the company's payment terms by the ledger's id. Absent: not known, or written out with each row. */
  readonly terms?: Readonly<Record<string, string>>;
}
