/** A loaded book: its invoices appear and are settled on their days, as the sandbox clock moves. */
import type { BookRow } from './csv.ts';
import type { Desk } from './desk.ts';
import { seededUuid } from './ids.ts';
import type { BooksApi, SandboxCompany } from './model.ts';

/** One thing that will happen; kept in the store, in the order in which it happens. */
interface Coming {
  readonly at: string;
  readonly kind: 'appears' | 'settles';
  readonly row: BookRow;
}

/** How far a company's book has come. */
interface Progress {
  done: number;
  /** Invoice ids by number, of those that appeared and are not settled yet. */
  open: Record<string, string>;
}

const COMING = 'book/coming';
const PROGRESS = 'book/progress';

const COMPANIES: readonly Omit<SandboxCompany, 'id'>[] = [
  company('intuit', 'The Real Book (US)', 'US', 'America/New_York'),
  company('xero', 'The Real Book (UK)', 'GB', 'Europe/London'),
];

/** Makes one company per ledger and deals the customers out to them in turn, in sorted order. Nothing appears yet. */
export function loadBook(desk: Desk, books: BooksApi, rows: readonly BookRow[], seed: number): void {
  const names = [...new Set(rows.map((row) => row.customer))].sort();
  const half = new Map(names.map((name, i) => [name, i % COMPANIES.length]));
  desk.write(() => {
    COMPANIES.forEach((template, i) => {
      const id =
        template.vendor === 'xero'
          ? seededUuid(`${seed}/${template.name}`)
          : `93414520${seed}`.padEnd(16, '7');
      books.addCompany({ ...template, id });
      const own = rows.filter((row) => half.get(row.customer) === i);
      const first = own.reduce((least, row) => (row.date < least ? row.date : least), '9999-12-31');
      if (own.length > 0) {
        desk.backdate(startOf(first, template.timeZone), () => {
          for (const name of names) if (half.get(name) === i) addCustomer(books, id, template.country, name);
        });
      }
      desk.store.put(COMING, id, comingOf(own, template.timeZone));
      desk.store.put(PROGRESS, id, { done: 0, open: {} } satisfies Progress);
    });
  });
}

/** Lets happen whatever became due up to `now`, stamped with its own moment. Calling it again changes nothing. */
export function advanceBooks(desk: Desk, books: BooksApi, now: Date): void {
  const until = now.toISOString();
  for (const [companyId, coming] of desk.store.all<readonly Coming[]>(COMING)) {
    const progress = desk.store.all<Progress>(PROGRESS).get(companyId);
    if (progress === undefined) continue;
    const next = coming[progress.done];
    if (next === undefined || next.at > until) continue;
    desk.write(() => {
      const { done, open } = { done: progress.done, open: { ...progress.open } };
      let at = done;
      for (let event = coming[at]; event !== undefined && event.at <= until; event = coming[++at]) {
        happen(desk, books, companyId, event, open);
      }
      desk.store.put(PROGRESS, companyId, { done: at, open } satisfies Progress);
    });
  }
}

/** The truth of a loaded book, for tests; ids only of the invoices that have appeared. */
export function bookTruth(books: BooksApi, companyId: string) {
  return books.invoices(companyId).map((invoice) => ({
    id: invoice.id,
    number: invoice.number,
    customerId: invoice.customerId,
    date: invoice.date,
    due: invoice.dueDate,
    settlesOn: invoice.settlesOn,
    disputed: invoice.disputed,
    totalMinor: invoice.totalMinor,
    currency: invoice.currency,
    status: invoice.status,
    balanceMinor: books.balanceMinor(companyId, invoice.id),
  }));
}

function happen(
  desk: Desk,
  books: BooksApi,
  companyId: string,
  event: Coming,
  open: Record<string, string>,
): void {
  const { row } = event;
  const customerId = desk.shelf(companyId).named(row.customer);
  if (customerId === undefined) return;
  desk.backdate(event.at, () => {
    if (event.kind === 'appears') {
      open[row.number] = books.addInvoice(companyId, {
        customerId,
        number: row.number,
        date: row.date,
        dueDate: row.dueDate,
        currency: 'USD',
        totalMinor: row.totalMinor,
        status: 'open',
        sentAt: event.at,
        lines: [
          { description: 'Services', quantity: 1, unitMinor: row.totalMinor, amountMinor: row.totalMinor },
        ],
        disputed: row.disputed,
        settlesOn: row.settlesOn,
      }).id;
      return;
    }
    const invoiceId = open[row.number];
    delete open[row.number];
    if (invoiceId === undefined) return;
    // somebody may have paid or voided it by hand in the meantime
    const amountMinor = books.balanceMinor(companyId, invoiceId);
    if (amountMinor <= 0) return;
    const payment = {
      date: row.settlesOn,
      currency: 'USD',
      totalMinor: amountMinor,
      status: 'open',
    } as const;
    const payer = books.invoice(companyId, invoiceId).customerId;
    books.addPayment(companyId, { ...payment, customerId: payer }, [{ invoiceId, amountMinor }]);
  });
}

/** Appearing comes before settling on the same day; ties go by invoice number, so that ids never depend on the run. */
function comingOf(rows: readonly BookRow[], timeZone: string): Coming[] {
  const coming = rows.flatMap((row): Coming[] => [
    { at: startOf(row.date, timeZone), kind: 'appears', row },
    { at: startOf(row.settlesOn, timeZone), kind: 'settles', row },
  ]);
  const key = (one: Coming) => `${one.at} ${one.kind} ${one.row.number}`;
  return coming.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function startOf(day: string, timeZone: string): string {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds).toISOString();
}

function addCustomer(books: BooksApi, companyId: string, country: string, name: string): void {
  books.addCustomer(companyId, {
    name,
    companyName: name,
    email: `ap@${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.example`,
    contacts: [],
    address: { line1: '1 Main Street', city: 'Springfield', region: '', postalCode: '10001', country },
    billWithParent: false,
    active: true,
    currency: 'USD',
    termsDays: 30,
  });
}

function company(
  vendor: SandboxCompany['vendor'],
  name: string,
  country: string,
  timeZone: string,
): Omit<SandboxCompany, 'id'> {
  return {
    vendor,
    name,
    legalName: name,
    email: `accounts@${vendor}-book.example`,
    phone: '555 0100',
    country,
    timeZone,
    baseCurrency: 'USD',
    address: { line1: '1 Main Street', city: 'Springfield', region: '', postalCode: '10001', country },
    remindersOn: false,
    suspended: false,
  };
}
