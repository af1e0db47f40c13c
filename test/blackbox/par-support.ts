import { type Mail, mailsOf } from '../support/sandbox.ts';
import type { World } from '../support/world.ts';
import type { Key } from './auth-support.ts';
import { Books, idAt } from './syn-support.ts';

export interface Case {
  readonly caseId: string;
  readonly customerId: string;
  readonly reference: string;
  readonly state: string;
  readonly closeReason: string | null;
}

export interface Touch {
  readonly touchId: string;
  readonly caseId: string;
  readonly customerId: string;
  readonly stepKey: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly invoices: readonly { readonly invoiceId: string }[];
}

interface Activity {
  readonly kind: string;
  readonly customerId: string | null;
  readonly summary: string;
}

interface Position {
  readonly customerId: string;
  readonly pastDue: { readonly minor: number };
  readonly ask: { readonly minor: number };
}

/** All that one customer's page could show at a moment, by our own interface; mails by the mail service. */
export interface Shot {
  readonly cases: readonly Case[];
  readonly touches: readonly Touch[];
  readonly activities: readonly Activity[];
  readonly positions: readonly Position[];
  readonly mails: readonly Mail[];
}

/** A company whose customers are one case each, and what was seen of it at the moments that a test names. */
export class Shop {
  readonly books: Books;
  readonly #ids = new Map<string, string>();
  readonly #shots = new Map<string, Shot>();

  private constructor(books: Books, ids: ReadonlyMap<string, string>) {
    this.books = books;
    this.#ids = new Map(ids);
  }

  /** Customers by name, each with invoices over these sums (minor units), all long past due; not read yet. */
  static async open(
    world: World,
    key: Key,
    customers: Readonly<Record<string, readonly number[]>>,
  ): Promise<Shop> {
    const ids = new Map<string, string>();
    const books = await Books.connect(world, key, async (make) => {
      for (const [name, sums] of Object.entries(customers)) {
        const customerId = await make.customer(`${name} at ${key}`, { email: address(name, key) });
        ids.set(name, customerId);
        for (const [at, sum] of sums.entries())
          ids.set(`${name}/${at + 1}`, await make.invoice(customerId, sum, { number: `${name}-${at + 1}` }));
      }
    });
    return new Shop(books, ids);
  }

  /** The books' own id of a customer (`paid`) or of its nth invoice (`paid/1`). */
  there(name: string): string {
    const id = this.#ids.get(name);
    if (id === undefined) throw new Error(`nothing is called ${name}`);
    return id;
  }

  /** The id of the same in our mirror. */
  here(name: string): string {
    return idAt(this.books.key, this.there(name));
  }

  name(name: string, id: string): void {
    this.#ids.set(name, id);
  }

  /** A payment against the nth invoice; its id in the books. */
  async pay(invoice: string, amountMinor: number): Promise<string> {
    const applyTo = [{ invoiceId: this.there(invoice), amountMinor }];
    return (await this.books.make.post('/payments', { applyTo })).id;
  }

  /** A credit note, set against the invoice if one is named; its id in the books. */
  async credit(customer: string, totalMinor: number, invoice?: string, more: object = {}): Promise<string> {
    const customerId = this.there(customer);
    const { id } = await this.books.make.post('/credits', { customerId, totalMinor, ...more });
    if (invoice !== undefined) await this.allocate(id, invoice, totalMinor);
    return id;
  }

  async allocate(sourceId: string, invoice: string, amountMinor: number): Promise<void> {
    const part = { sourceKind: 'credit', sourceId, invoiceId: this.there(invoice), amountMinor };
    await this.books.make.post('/allocations', part);
  }

  /** A person does something with a row in the ledger, for example `invoices/7/void`. */
  async act(what: string, body: object = {}): Promise<void> {
    await this.books.make.post(`/${what}`, body);
  }

  async change(what: string, to: object): Promise<void> {
    await this.books.make.patch(`/${what}`, to);
  }

  async releaseAll(): Promise<void> {
    await this.books.api.call('POST', '/approvals', { touchIds: 'all', by: 'Dana' });
  }

  async #all<Row>(address: string): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
      const page = await this.books.api.get<{ items: Row[]; next: string | null }>(
        `${address}?limit=500${after}`,
      );
      rows.push(...page.items);
      next = page.next;
    }
    return rows;
  }

  /** Keeps everything as it can be seen now. */
  async shoot(moment: string): Promise<void> {
    const [cases, touches, activities, positions, mails] = await Promise.all([
      this.#all<Case>('/cases'),
      this.#all<Touch>('/touches'),
      this.#all<Activity>('/activities'),
      this.#all<Position>('/positions'),
      mailsOf(this.books.world),
    ]);
    this.#shots.set(moment, { cases, touches, activities, positions, mails });
  }

  /** What was seen of one customer then. */
  seen(moment: string, name: string) {
    const shot = this.#shots.get(moment);
    if (shot === undefined) throw new Error(`nobody looked at ${moment}`);
    const id = this.here(name);
    const own = <Row extends { readonly customerId: string | null }>(rows: readonly Row[]): readonly Row[] =>
      rows.filter((row) => row.customerId === id);
    const touches = own(shot.touches);
    return {
      cases: own(shot.cases),
      /** State and reason of the customer's cases, oldest first. */
      ends: own(shot.cases).map((row) => row.closeReason ?? row.state),
      touches,
      sent: touches.filter((touch) => touch.state === 'sent').map((touch) => touch.stepKey),
      activities: own(shot.activities),
      told: own(shot.activities).map((row) => row.kind),
      askMinor: own(shot.positions)[0]?.ask.minor ?? 0,
      pastDueMinor: own(shot.positions)[0]?.pastDue.minor ?? 0,
      mails: shot.mails.filter((mail) => mail.to.includes(address(name, this.books.key))),
    };
  }
}

function address(name: string, key: Key): string {
  return `${name}@${key}.example`;
}
