import type {
  CompanyProfile,
  Credit,
  Customer,
  Invoice,
  Payment,
  RejectedRow,
} from '../../src/domain/books.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import type {
  BooksPage,
  CustomerRows,
  InvoiceRows,
  Ledger,
  LedgerNote,
  LedgerProvider,
  LedgerReceivable,
  LedgerReceivables,
  NoteReceipt,
  NoteRequest,
  OnlineInvoice,
  ReadOptions,
} from '../../src/ports/ledger.ts';
import type { Mailer, OutgoingMail, SendOutcome } from '../../src/ports/mailer.ts';
import { booksPage } from './values.ts';

function unused(): never {
  throw new Error('this fake is not asked for that');
}

/** A ledger over arrays behind the port: change `books`, order what the next calls shall answer. */
export class FakeLedger implements Ledger {
  readonly customers = new Map<string, Customer>();
  readonly invoices = new Map<string, Invoice>();
  readonly payments = new Map<string, Payment>();
  readonly credits = new Map<string, Credit>();
  rejected: readonly RejectedRow[] = [];
  /** Errors for the next reads, in order. */
  readonly readFaults: LedgerError[] = [];
  /** What becomes of the next note writes: refused, written with the answer lost, or simply written. */
  readonly noteFaults: (LedgerError | 'lost' | 'written')[] = [];
  readonly notes: (NoteRequest & { readonly noteId: string })[] = [];
  readonly calls = {
    profiles: 0,
    reminders: 0,
    sweeps: 0,
    reads: 0,
    sums: 0,
    writes: 0,
    searches: 0,
    checks: 0,
  };
  readonly #answers = new Map<string, string>();

  put(rows: Partial<Pick<BooksPage, 'customers' | 'invoices' | 'payments' | 'credits'>>): void {
    for (const row of rows.customers ?? []) this.customers.set(row.customerId, row);
    for (const row of rows.invoices ?? []) this.invoices.set(row.invoiceId, row);
    for (const row of rows.payments ?? []) this.payments.set(row.paymentId, row);
    for (const row of rows.credits ?? []) this.credits.set(row.creditId, row);
  }

  /** What it says of the company, or why it does not; null: it must not be asked. */
  about: CompanyProfile | LedgerError | null = null;

  async profile(): Promise<CompanyProfile> {
    this.calls.profiles += 1;
    if (this.about instanceof LedgerError) throw this.about;
    return this.about ?? unused();
  }

  async *readAll(): AsyncIterable<BooksPage> {
    yield await this.#page([]);
  }

  async ownReminders(): Promise<boolean | null> {
    this.calls.reminders += 1;
    if (this.about instanceof LedgerError) throw this.about;
    return this.about?.ownReminders ?? null;
  }

  async *readChanges(_cursor: string, { confirm = [] }: ReadOptions = {}): AsyncIterable<BooksPage> {
    yield await this.#page(confirm);
  }

  async *readOpenInvoices(): AsyncIterable<InvoiceRows> {
    this.calls.sweeps += 1;
    const open = [...this.invoices.values()].filter((row) => row.openMinor > 0);
    yield { invoices: open, removed: [], rejected: [] };
  }

  async readInvoices(ids: readonly string[]): Promise<InvoiceRows> {
    const invoices = ids.flatMap((id) => this.invoices.get(id) ?? []);
    const gone = ids.filter((id) => !this.invoices.has(id));
    const changedAt = '2026-11-30T00:00:00Z';
    const removed = gone.map((id) => ({ kind: 'invoice' as const, id, changedAt }));
    return { invoices, removed, rejected: [] };
  }

  async readCustomers(ids: readonly string[]): Promise<CustomerRows> {
    return { customers: ids.flatMap((id) => this.customers.get(id) ?? []), rejected: [] };
  }

  async #page(confirm: readonly string[]): Promise<BooksPage> {
    this.calls.reads += 1;
    const fault = this.readFaults.shift();
    if (fault !== undefined) throw fault;
    return booksPage({
      customers: [...this.customers.values()],
      invoices: [...this.invoices.values()],
      payments: [...this.payments.values()],
      credits: [...this.credits.values()],
      rejected: this.rejected,
      removed: confirm
        .filter((id) => !this.invoices.has(id))
        .map((id) => ({ kind: 'invoice', id, changedAt: '2026-11-30T00:00:00Z' })),
    });
  }

  /** Its own sums: of its open invoices less unapplied credit, unless `says` states others. */
  says: readonly LedgerReceivable[] | null = null;
  /** Customers of whom it could not read a row when asked for its sums. */
  unread: readonly string[] = [];
  /** Errors for the next questions after its sums, in order. */
  readonly sumFaults: LedgerError[] = [];

  async receivables(): Promise<LedgerReceivables> {
    this.calls.sums += 1;
    const fault = this.sumFaults.shift();
    if (fault !== undefined) throw fault;
    return { sums: this.says ?? this.#sums(), unread: this.unread };
  }

  #sums(): readonly LedgerReceivable[] {
    const parts = [
      ...[...this.invoices.values()].map((row) => ({ ...row, minor: row.openMinor })),
      ...[...this.credits.values()].map((row) => ({ ...row, minor: -row.remainingMinor })),
    ];
    const groups = Map.groupBy(parts, (row) => `${row.customerId} ${row.currency}`);
    return [...groups.values()].flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : {
            customerId: first.customerId,
            currency: first.currency,
            minor: others.reduce((sum, row) => sum + row.minor, first.minor),
          },
    );
  }

  /** Every request for a note, as it came. */
  readonly asked: NoteRequest[] = [];

  #notesEver = 0;

  async writeNote(note: NoteRequest): Promise<NoteReceipt> {
    this.calls.writes += 1;
    const { invoiceId, text, marker, idempotencyKey } = note;
    this.asked.push({ invoiceId, text, marker, idempotencyKey });
    const before = this.#answers.get(note.idempotencyKey);
    if (before !== undefined) return { noteId: before, existed: true };
    const fault = this.noteFaults.shift();
    if (fault instanceof LedgerError) throw fault;
    this.#notesEver += 1;
    const noteId = `n-${this.#notesEver}`;
    this.notes.push({ ...note, noteId });
    this.#answers.set(note.idempotencyKey, noteId);
    if (fault === 'lost') throw new LedgerError('unavailable', 'no answer in time', { outcomeUnknown: true });
    return { noteId, existed: false };
  }

  /** The vendor forgets which idempotency keys it has seen. */
  forgetKeys(): void {
    this.#answers.clear();
  }

  /** Errors for the next looks at notes, in order. */
  readonly searchFaults: LedgerError[] = [];

  async notesOn(invoiceId: string): Promise<readonly LedgerNote[]> {
    this.calls.searches += 1;
    const fault = this.searchFaults.shift();
    if (fault !== undefined) throw fault;
    return this.notes.filter((note) => note.invoiceId === invoiceId);
  }

  async noteStands(noteId: string): Promise<boolean> {
    this.calls.checks += 1;
    return this.notes.some((note) => note.noteId === noteId);
  }

  /** Where it shows its invoices online; an invoice that is missing here has no page. */
  readonly online = new Map<string, OnlineInvoice>();
  /** What it was asked for: ids of each question after links, and of each PDF. */
  readonly linksAsked: (readonly string[])[] = [];
  readonly pdfsAsked: string[] = [];
  /** Errors for the next questions after links or PDFs, in order. */
  readonly paperFaults: LedgerError[] = [];

  linksACall = 100;

  async onlineInvoiceUrls(invoiceIds: readonly string[]): Promise<ReadonlyMap<string, OnlineInvoice | null>> {
    this.linksAsked.push(invoiceIds);
    const fault = this.paperFaults.shift();
    if (fault !== undefined) throw fault;
    return new Map(invoiceIds.map((id) => [id, this.online.get(id) ?? null]));
  }

  async invoicePdf(invoiceId: string): Promise<Uint8Array> {
    this.pdfsAsked.push(invoiceId);
    const fault = this.paperFaults.shift();
    if (fault !== undefined) throw fault;
    return new TextEncoder().encode(`%PDF-1.4 of ${invoiceId}, print ${this.pdfsAsked.length} %%EOF`);
  }

  provider(): LedgerProvider {
    return {
      key: 'fake',
      signInKey: 'fake',
      label: 'Fake Books',
      booksWord: 'company',
      configured: true,
      limits: {
        atOnce: 10,
        perMinute: 100_000,
        perDay: [],
        appPerMinute: null,
        appReadsPerMonth: null,
        readsPerMonth: null,
        readsPerDay: null,
      },
      open: () => this,
      authorizeUrl: unused,
      exchangeCode: unused,
      refresh: unused,
      disconnect: unused,
      readWebhook: unused,
      invoicePageUrl: () => null,
    };
  }
}

/** A mail provider that answers as ordered, and accepts when nothing was ordered. */
export class FakeMailer implements Mailer {
  readonly mails: OutgoingMail[] = [];
  readonly outcomes: SendOutcome[] = [];
  /** What a look-up by touch id finds. */
  readonly known = new Map<string, string>();
  lookups = 0;
  /** Runs while a message is under way. */
  during: (mail: OutgoingMail) => Promise<void> = async () => undefined;

  async send(mail: OutgoingMail): Promise<SendOutcome> {
    this.mails.push(mail);
    await this.during(mail);
    const outcome = this.outcomes.shift() ?? {
      kind: 'accepted',
      providerMessageId: `pm-${this.mails.length}`,
    };
    if (outcome.kind === 'accepted') this.known.set(mail.touchId, outcome.providerMessageId);
    return outcome;
  }

  async find(touchId: string): Promise<string | null> {
    this.lookups += 1;
    return this.known.get(touchId) ?? null;
  }
}

export const outcomes = {
  later: { kind: 'later', code: '500', reason: 'The mail provider has a problem.' },
  uncertain: { kind: 'uncertain', code: 'timeout', reason: 'The mail provider gave no answer.' },
  inactive: { kind: 'refused', code: '406', reason: 'Inactive recipient.', recipientInactive: true },
} as const satisfies Record<string, SendOutcome>;
