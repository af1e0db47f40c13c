import { guid } from '../../sandbox/xero/wire/ids.ts';
import { jobHandlers } from '../../src/app.ts';
import type { Duly } from '../../src/platform/context.ts';
import { inCompany, inSystem } from '../../src/platform/db.ts';
import { addJob, drainJobs, type JobHandlers } from '../../src/platform/jobs.ts';
import { makeLog } from '../../src/platform/log.ts';
import { Api } from '../support/api.ts';
import { emailOnly } from '../support/email-only.ts';
import { composeIn } from '../support/in-process.ts';
import type { World } from '../support/world.ts';
import { companyIn, type Key, newBooks, Person, vendors } from './auth-support.ts';

export interface Problem {
  readonly kind: string;
  readonly subject: string;
  readonly what: string;
}

export interface Position {
  readonly customerId: string;
  readonly customerName: string | null;
  readonly currency: string;
  readonly open: { readonly minor: number };
  readonly credits: { readonly minor: number };
}

export interface Invoice {
  readonly invoiceId: string;
  readonly customerId: string;
  readonly status: string;
  readonly open: { readonly minor: number };
  readonly dueOn: string | null;
}

interface Row {
  readonly id: string;
}

/** A company at one vendor, ours beside the stand-in's: rows are made there and looked for here. */
export class Books {
  readonly world: World;
  readonly key: Key;
  readonly companyId: string;
  readonly booksId: string;
  readonly person: Person;
  readonly api: Api;
  readonly duly: Duly;

  private constructor(
    world: World,
    key: Key,
    ids: { ours: string; theirs: string },
    person: Person,
    api: Api,
  ) {
    this.world = world;
    this.key = key;
    this.companyId = ids.ours;
    this.booksId = ids.theirs;
    this.person = person;
    this.api = api;
    this.duly = composeIn(world);
  }

  /** New books with what `fill` puts into them, connected; nothing is read yet. */
  static async connect(
    world: World,
    key: Key,
    fill: (make: Maker) => Promise<void> = async () => undefined,
  ): Promise<Books> {
    const theirs = await newBooks(world, vendors[key], `Books at ${key}`);
    await fill(new Maker(world, theirs));
    const person = new Person(world, vendors[key]);
    const ours = companyIn(await person.visitor.go(await person.consent(theirs), undefined, /\/companies/));
    const api = await Api.of(world, ours);
    await emailOnly(api);
    // who is of unknown type counts as consumer, and a law for consumers is not what these books are about
    await api.call('PATCH', '', { allBusinesses: true, by: 'Dana Whitfield' });
    return new Books(world, key, { ours, theirs }, person, api);
  }

  get make(): Maker {
    return new Maker(this.world, this.booksId);
  }

  get vendor(): string {
    return vendors[this.key].vendor;
  }

  /** What a tick does, for this company alone. Throws when a job failed. */
  async tick(): Promise<void> {
    const { companyId, duly } = this;
    await inSystem(duly.db, (tx) =>
      addJob(tx, 'sync', { companyId, read: true, quick: true, purpose: 'send' }),
    );
    await this.workOff();
  }

  /** Works off what waits in the queue. Throws when a job failed. */
  async workOff(): Promise<void> {
    const failed: unknown[] = [];
    const counting = Object.entries(jobHandlers(this.duly)).map(([name, handler]) => [
      name,
      async (...job: Parameters<typeof handler>) =>
        await handler(...job).catch((error) => void failed.push(error)),
    ]);
    const handlers = Object.fromEntries(counting) as JobHandlers;
    // a company's queue may still be held for the job that has just ended
    do await drainJobs(this.duly.pool, handlers, makeLog('error'));
    while (await this.#work());
    if (failed.length > 0) throw failed[0];
  }

  async #work(): Promise<boolean> {
    const { rows } = await this.duly.pool.query(
      `select from graphile_worker.jobs
        where attempts < max_attempts and (locked_at is not null or run_at <= now()) limit 1`,
    );
    return rows.length > 0;
  }

  async positions(): Promise<readonly Position[]> {
    return (await this.api.get<{ items: Position[] }>('/positions?limit=500')).items;
  }

  /** Every invoice of ours, page by page. */
  async invoices(): Promise<readonly Invoice[]> {
    const all: Invoice[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: { items: Invoice[]; next: string | null } = await this.api.get(
        `/invoices?limit=500${next === '' ? '' : `&after=${encodeURIComponent(next)}`}`,
      );
      all.push(...page.items);
      next = page.next;
    }
    return all;
  }

  async problems(kind: string): Promise<readonly Problem[]> {
    const { items } = await this.api.get<{ items: Problem[] }>('/problems');
    return items.filter((problem) => problem.kind === kind);
  }

  async fault(order: Record<string, unknown>): Promise<void> {
    await this.world.control('POST', '/faults', {
      vendor: this.vendor,
      companyId: this.booksId,
      times: 0,
      ...order,
    });
  }

  /** An answer of our making, whole, instead of the stand-in's. */
  async answers(match: string, body: unknown, more: Record<string, unknown> = {}): Promise<void> {
    await this.fault({ kind: 'status', status: 200, match, body, times: 1, ...more });
  }

  withdraw(): Promise<void> {
    return this.world.control('DELETE', '/faults');
  }

  /** Addresses of the reads that the stand-in received while `work` was done. */
  async readsOf(work: () => Promise<void>): Promise<readonly string[]> {
    await this.world.control('DELETE', '/requests');
    await work();
    const seen = await this.world.control<{ method: string; path: string }[]>(
      'GET',
      `/requests?companyId=${encodeURIComponent(this.booksId)}`,
    );
    return seen.filter(({ method }) => method === 'GET').map(({ path }) => path);
  }

  /** Where the next change read begins, as the database keeps it. */
  async cursor(): Promise<string> {
    return await inCompany(this.duly.db, this.companyId, async (tx) => {
      const row = await tx.selectFrom('sync_cursor').select('cursor').executeTakeFirstOrThrow();
      return row.cursor;
    });
  }

  async mirrored<T>(
    table: 'customer' | 'invoice' | 'payment' | 'credit',
    columns: string,
  ): Promise<readonly T[]> {
    const { rows } = await this.world.database.pool.query(
      `select ${columns} from ${table} where company_id = $1 order by 1`,
      [this.companyId],
    );
    return rows as T[];
  }
}

/** Puts rows into books at a vendor. */
export class Maker {
  readonly #world: World;
  readonly #base: string;

  constructor(world: World, booksId: string) {
    this.#world = world;
    this.#base = `/companies/${booksId}`;
  }

  post<T = Row>(address: string, body: unknown = {}): Promise<T> {
    return this.#world.control<T>('POST', `${this.#base}${address}`, body);
  }

  patch(address: string, body: unknown): Promise<unknown> {
    return this.#world.control('PATCH', `${this.#base}${address}`, body);
  }

  async customer(name: string, more: object = {}): Promise<string> {
    return (await this.post('/customers', { name, email: 'ap@customer.example', ...more })).id;
  }

  async invoice(customerId: string, totalMinor: number, more: object = {}): Promise<string> {
    const row = { customerId, totalMinor, date: '2026-09-01', dueDate: '2026-10-01', ...more };
    const lines = [{ description: 'Work', quantity: 1, unitMinor: totalMinor, amountMinor: totalMinor }];
    return (await this.post('/invoices', { lines, ...row })).id;
  }

  async invoices(customerId: string, count: number): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let done = 0; done < count; done += 50) {
      const some = Array.from({ length: Math.min(50, count - done) }, () => this.invoice(customerId, 100));
      ids.push(...(await Promise.all(some)));
    }
    return ids;
  }
}

export async function pass(world: World, hours: number): Promise<void> {
  await world.setNow(new Date((await world.now()).getTime() + hours * 3_600_000).toISOString());
}

/** The id of a row in our mirror: Xero's stand-in writes the books' own ids as GUIDs. */
export const idAt = (key: Key, id: string): string => (key === 'xero' ? guid(id) : id);
export const open = async (books: Books): Promise<number> =>
  (await books.positions()).reduce((sum, row) => sum + row.open.minor, 0);

/** Books with one customer who owes 100.00, read once. */
export async function small(
  world: World,
  key: Key,
): Promise<{ books: Books; customer: string; invoice: string }> {
  let [customer, invoice] = ['', ''];
  const books = await Books.connect(world, key, async (make) => {
    customer = await make.customer('Ridgeway University');
    invoice = await make.invoice(customer, 10_000);
  });
  await books.tick();
  return { books, customer, invoice };
}

export function emptyList(name: string): object {
  return { [name]: [], pagination: { page: 1, pageSize: 1_000, pageCount: 0, itemCount: 0 } };
}

/** An answer of QuickBooks' change feed with these rows. */
export function changeFeed(rows: Record<string, readonly object[]>): object {
  const slots = ['Customer', 'Invoice', 'CreditMemo', 'Payment', 'Attachable'].map((name) =>
    rows[name] === undefined ? {} : { [name]: rows[name], startPosition: 1, maxResults: rows[name].length },
  );
  return { CDCResponse: [{ QueryResponse: slots }], time: '2026-11-16T18:00:00.000Z' };
}

export function xeroPayment(id: string, invoice: string, customer: string): object {
  const Invoice = {
    InvoiceID: guid(invoice),
    Type: 'ACCREC',
    CurrencyCode: 'GBP',
    Contact: { ContactID: guid(customer) },
  };
  const UpdatedDateUTC = '/Date(1792180800000+0000)/';
  return {
    PaymentID: guid(id),
    PaymentType: 'ACCRECPAYMENT',
    Status: 'AUTHORISED',
    Date: '/Date(1791936000000+0000)/',
    Amount: 5,
    Invoice,
    UpdatedDateUTC,
  };
}

/** An invoice of small QuickBooks books as its service would write it. */
export async function rawInvoice(books: Books, id: string): Promise<Record<string, unknown>> {
  const row = await books.world.control<{ customerId: string; totalMinor: number; balanceMinor: number }>(
    'GET',
    `/companies/${books.booksId}/invoices/${id}`,
  );
  const at = '2026-11-16T18:00:00Z';
  return {
    Id: id,
    SyncToken: '0',
    DocNumber: id,
    TxnDate: '2026-09-01',
    DueDate: '2026-10-01',
    TotalAmt: row.totalMinor / 100,
    Balance: row.balanceMinor / 100,
    EmailStatus: 'EmailSent',
    CustomerRef: { value: row.customerId },
    MetaData: { CreateTime: at, LastUpdatedTime: at },
  };
}
