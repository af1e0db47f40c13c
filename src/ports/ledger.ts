import type {
  CompanyProfile,
  Credit,
  Customer,
  Invoice,
  Payment,
  RejectedRow,
  RemovedRow,
  RowKind,
} from '../domain/books.ts';
import type { Currency } from '../domain/currency.ts';
import type { Day } from '../domain/day.ts';
import type { CallGate, CallLimits } from './call-gate.ts';

/** A note of ours as the ledger shows it now; a note that is gone (`removed`) has an id and nothing else. */
export interface SeenNote {
  readonly noteId: string;
  readonly invoiceId: string | null;
  readonly text: string;
  readonly removed: boolean;
}

/** What a company's profile said last, which rows need to be understood. */
export interface Known {
  /** The currency of rows that name none. */
  readonly baseCurrency: Currency;
  /** Names of payment terms by the ledger's id, and of its customer types: for rows that carry the id alone. */
  readonly terms: ReadonlyMap<string, string>;
}

/** How a change read is done. */
export interface ReadOptions {
  /** Invoices that a touch is about to mention: the answer holds their present state, or `removed` (R9). */
  readonly confirm?: readonly string[];
  /**
   * False: one read may do, if the ledger has one that shows whether invoices moved. When nothing moved, no page comes
   * and the books are as fresh as before. Absent or true: every list is asked.
   */
  readonly thorough?: boolean;
  readonly terms?: Known['terms'];
}

/** Rows of invoices alone. */
export type InvoiceRows = Pick<BooksPage, 'invoices' | 'removed' | 'rejected'>;

/** Rows of customers alone. */
export type CustomerRows = Pick<BooksPage, 'customers' | 'rejected'>;

/** How many rows of a kind the ledger has, those that were voided or made inactive included. */
export interface StatedCount {
  readonly kind: RowKind;
  /** Null: the ledger was asked and didn't say, so nobody knows. */
  readonly rows: number | null;
}

/** One page of what the ledger said. Apply it and store `cursor` in one transaction, or neither. */
export interface BooksPage {
  readonly customers: readonly Customer[];
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly credits: readonly Credit[];
  readonly removed: readonly RemovedRow[];
  readonly rejected: readonly RejectedRow[];
  /** Our own notes that were written, changed or removed since the cursor, where the ledger's changes show them. */
  readonly notes?: readonly SeenNote[];
  /** On the last page, when deletions of these kinds may have stayed unseen: what a whole mirror would hold. */
  readonly stated?: readonly StatedCount[];
  /** For the progress line: what is being read, how many rows so far, how many there are (null: not known). */
  readonly progress: { readonly stage: string; readonly rows: number; readonly total: number | null };
  /** Opaque; only the connector that wrote it can read it. */
  readonly cursor: string;
  /** True on the last page: from here on `cursor` continues with changes. */
  readonly done: boolean;
}

/** What the ledger itself says a customer owes, for the tie-out (R15): open invoices minus unapplied credits. */
export interface LedgerReceivable {
  readonly customerId: string;
  readonly currency: Currency;
  readonly minor: number;
}

/** The ledger's own receivables, as far as they could be read. A customer who is named nowhere owes nothing. */
export interface LedgerReceivables {
  readonly sums: readonly LedgerReceivable[];
  /** Customers with a row that could not be read: of them no sum is known, not even where one is stated. */
  readonly unread: readonly string[];
}

export interface NoteRequest {
  readonly invoiceId: string;
  /** The whole text; the connector cuts it at a word within the vendor's limit and keeps the marker. */
  readonly text: string;
  /** Our marker, contained in `text`, unique per touch and invoice. */
  readonly marker: string;
  /** At most 50 characters: the narrower of the vendors' limits. */
  readonly idempotencyKey: string;
}

export interface NoteReceipt {
  /** The vendor's id of the note, when it gives one. */
  readonly noteId: string | null;
  /** True when the note was already there. */
  readonly existed: boolean;
}

/** An invoice's page for its customer. */
export interface OnlineInvoice {
  /** Exactly as the ledger gave it, fit for a message (domain/web-address.ts). */
  readonly url: string;
  /** The last day on which it opens; null: not stated. */
  readonly expiresOn: Day | null;
}

/** A note as it stands on an invoice in the ledger. */
export interface LedgerNote {
  /** Null: the ledger gives notes no ids. */
  readonly noteId: string | null;
  readonly text: string;
}

/** One set of books, opened with one connection's rights. Every method throws `LedgerError` (platform/errors.ts). */
export interface Ledger {
  profile(): Promise<CompanyProfile>;
  /** R14: whether the ledger's own reminders run, at one read; null without any when it never says. */
  ownReminders(): Promise<boolean | null>;
  /** Everything, whatever its age, streamed; `resumeFrom` is the cursor of the last page that was applied. */
  readAll(resumeFrom: string | null, known: Known): AsyncIterable<BooksPage>;
  /** What changed since the cursor, with overlap (re-reading is harmless). No page at all: nothing did. */
  readChanges(cursor: string, options?: ReadOptions): AsyncIterable<BooksPage>;
  /** Every invoice with something owing, as it is now, page by page; for the weekly sweep. */
  readOpenInvoices(known: Known): AsyncIterable<InvoiceRows>;
  /** These invoices as they are now; one that the ledger no longer has is in `removed`. */
  readInvoices(invoiceIds: readonly string[], known: Known): Promise<InvoiceRows>;
  /** These customers as they are now; one that the ledger no longer has is left out. */
  readCustomers(customerIds: readonly string[], known: Known): Promise<CustomerRows>;
  /** The ledger's own receivables per customer and currency. */
  receivables(known: Known): Promise<LedgerReceivables>;
  writeNote(note: NoteRequest): Promise<NoteReceipt>;
  /** Every note on this invoice, whoever wrote it. */
  notesOn(invoiceId: string): Promise<readonly LedgerNote[]>;
  /** Whether the note of this id (from a receipt) is there now; nobody may have deleted it. */
  noteStands(noteId: string): Promise<boolean>;
  /** Invoices about whose pages one call asks. */
  readonly linksACall: number;
  /**
   * Where customers see and pay these invoices online, the most important first: a ledger may leave out the last ones.
   * Null: it offers none. An id that is missing: not known, ask another time. Throws when it tells of none at all.
   */
  onlineInvoiceUrls(invoiceIds: readonly string[]): Promise<ReadonlyMap<string, OnlineInvoice | null>>;
  /** The invoice as the ledger prints it: a whole PDF of at most `PDF_MAX_BYTES`, or LedgerError. */
  invoicePdf(invoiceId: string): Promise<Uint8Array>;
}

/** Tokens as the vendor gives them. Instants are ISO strings in UTC. */
export interface TokenGrant {
  readonly accessToken: string;
  readonly accessExpiresAt: string;
  readonly refreshToken: string;
  /** When the refresh token dies if it is not used; null: not stated. */
  readonly refreshExpiresAt: string | null;
  /** The day beyond which no refresh helps and the person must reconnect; null: none. */
  readonly hardExpiresAt: string | null;
  /** The raw id token, when the vendor sent one. */
  readonly idToken: string | null;
}

/** Who signed in, as the vendor proves it; matched by `subject`, never by e-mail. */
export interface VendorIdentity {
  readonly subject: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
}

/** Books that an authorisation opens. */
export interface AuthorisedBooks {
  /** QuickBooks realm id, Xero tenant id: secret, stored encrypted. */
  readonly ledgerRef: string;
  /** The vendor's own id of the connection, when it has one (needed to disconnect). */
  readonly connectionRef: string | null;
  readonly name: string;
}

export interface AuthorizeRequest {
  readonly purpose: 'connect' | 'sign_in';
  readonly state: string;
  readonly nonce: string;
  /** S256 challenge; a vendor without PKCE ignores it. */
  readonly codeChallenge: string;
  readonly redirectUri: string;
}

export interface CodeExchange {
  readonly code: string;
  readonly redirectUri: string;
  readonly codeVerifier: string;
  readonly nonce: string;
  /** Every query parameter of the callback: some vendors put the books' id there. */
  readonly callback: Readonly<Record<string, string>>;
}

export interface CodeResult {
  readonly grant: TokenGrant;
  readonly identity: VendorIdentity;
  /** What this authorisation opened, and only this one; empty for a sign-in. */
  readonly books: readonly AuthorisedBooks[];
}

/** The current access token of a connection; `after401` names the token that was just refused. */
export type AccessTokenSource = (after401?: string) => Promise<string>;

/** A doorbell ring: these books changed. The content is never trusted, the ledger is read instead. */
export interface Doorbell {
  readonly ledgerRef: string;
  /** The vendor's event id, for deduplication. */
  readonly eventId: string;
  /** Two customers became one, said by a vendor whose reads do not say so. */
  readonly merged?: { readonly from: string; readonly into: string };
}

/** One vendor: what it is called, how one gets in, how its books are read. */
export interface LedgerProvider {
  /** Stored key, also in our addresses: `/connect/{key}`. */
  readonly key: string;
  /** The sign-in address: `/signin/{signInKey}`, `/webhooks/{signInKey}`. */
  readonly signInKey: string;
  /** For people. */
  readonly label: string;
  /** What the vendor calls a set of books: "company", "organisation". */
  readonly booksWord: string;
  /** False when the vendor's client id or secret is not configured. */
  readonly configured: boolean;
  /** True: a person's newest set of tokens serves all books they ever connected. Absent: one set, one set of books. */
  readonly sharesTokens?: boolean;
  authorizeUrl(request: AuthorizeRequest): string;
  /** One attempt only: a code is single use. Throws LedgerError; never carries secrets. */
  exchangeCode(exchange: CodeExchange): Promise<CodeResult>;
  /** One attempt only. Throws LedgerError `reconnect_needed` only for a clear invalid_grant on a 4xx. */
  refresh(refreshToken: string): Promise<TokenGrant>;
  /** Every set of books that a person's tokens open, whenever it was connected; only where tokens are shared. */
  openBooks?(accessToken: string): Promise<readonly AuthorisedBooks[]>;
  /** Ends the right at the vendor; already gone counts as success. */
  disconnect(access: AccessTokenSource, refreshToken: string, books: AuthorisedBooks): Promise<void>;
  /** What the vendor allows, and the budget that we keep below it. */
  readonly limits: CallLimits;
  /** Every call to the books goes through `gate`. */
  open(ledgerRef: string, access: AccessTokenSource, gate: CallGate): Ledger;
  /** Verifies over the raw bytes in constant time; null when the signature is wrong. */
  readWebhook(
    rawBody: Buffer,
    headers: Readonly<Record<string, string | undefined>>,
  ): readonly Doorbell[] | null;
  /** Where a person sees this invoice in the ledger, or null when there is no such address. */
  invoicePageUrl(ledgerRef: string, invoiceId: string): string | null;
}

export type LedgerRegistry = ReadonlyMap<string, LedgerProvider>;
