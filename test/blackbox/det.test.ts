import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { day, daysBetween } from '../../src/domain/day.ts';
import { World } from '../support/world.ts';
import { bring, rawInvoice } from './raw-rows.ts';
import { Books, idAt, type Maker } from './syn-support.ts';

interface Invoice {
  readonly invoiceId: string;
  readonly status: string;
  readonly open: { readonly minor: number };
  readonly daysLate: number | null;
  readonly state: string | null;
  readonly why: readonly { readonly rule: string; readonly words: string }[];
}

interface Touch {
  readonly state: string;
  readonly stateReason: string | null;
  readonly stepKey: string;
  readonly ask: { readonly minor: number };
}

/** What a customer with one invoice looks like through our own interface. */
interface Look {
  readonly invoice: Invoice;
  readonly pastDue: number;
  readonly touches: readonly Touch[];
  readonly standing: readonly Touch[];
}

/** 23:30 on 28 December in Auckland, the morning of that day in London, deep night in New York. */
const BEFORE = '2027-12-28T10:30:00Z';
/** One hour later it is 29 December in Auckland, and 28 December everywhere else. */
const AFTER = '2027-12-28T11:30:00Z';
const NOON = '15:00:00Z';
/** Each invoice is of a customer of its own. Days are the company's. */
const due: Readonly<Record<string, string>> = {
  today: '2027-12-28',
  future: '2028-06-01',
  part: '2027-11-22',
  paid: '2027-11-01',
  moved: '2027-12-10',
  steady: '2027-12-20',
  newYear: '2027-12-31',
  february: '2028-02-28',
  leap: '2028-02-29',
  draft: '2027-11-01',
  voided: '2027-11-01',
};

type Ids = ReadonlyMap<string, { readonly customer: string; readonly invoice: string }>;

/** A company at one ledger, with customers by the name of what they show. */
class Firm {
  readonly books: Books;
  readonly #ids: Ids;

  private constructor(books: Books, ids: Ids) {
    this.books = books;
    this.#ids = ids;
  }

  static async of(
    key: Books['key'],
    fill: (
      make: Maker,
      put: (name: string, amount: number, more: object) => Promise<string>,
    ) => Promise<void>,
  ): Promise<Firm> {
    const ids = new Map<string, { customer: string; invoice: string }>();
    const books = await Books.connect(world, key, async (make) => {
      await fill(make, async (name, amount, more) => {
        const customer = await make.customer(name);
        const invoice = await make.invoice(customer, amount, { date: '2027-10-20', ...more });
        ids.set(name, { customer, invoice });
        return invoice;
      });
    });
    return new Firm(books, ids);
  }

  /** The books' own ids. */
  at(name: string): { readonly customer: string; readonly invoice: string } {
    const found = this.#ids.get(name);
    if (found === undefined) throw new Error(`there is no customer ${name}`);
    return found;
  }

  async look(name: string): Promise<Look> {
    const { customer, invoice } = this.at(name);
    const { api, key } = this.books;
    const customerId = encodeURIComponent(idAt(key, customer));
    const [invoices, positions, touches] = await Promise.all([
      api.get<{ items: Invoice[] }>(`/invoices?invoiceId=${idAt(key, invoice)}`),
      api.get<{ items: { pastDue: { minor: number } }[] }>(`/positions?customerId=${customerId}`),
      api.get<{ items: Touch[] }>(`/touches?customerId=${customerId}`),
    ]);
    const [row] = invoices.items;
    if (row === undefined) throw new Error(`the invoice of ${name} is not in the mirror`);
    const pastDue = positions.items.reduce((sum, position) => sum + position.pastDue.minor, 0);
    const standing = touches.items.filter((touch) => touch.state !== 'cancelled');
    return { invoice: row, pastDue, touches: touches.items, standing };
  }

  /** Days late of every invoice, by the customer's name; past due exactly when there are any. */
  async lateness(): Promise<(name: string) => number | null> {
    const { items } = await this.books.api.get<{ items: Invoice[] }>('/invoices?limit=500');
    return (name) => {
      const invoiceId = idAt(this.books.key, this.at(name).invoice);
      return items.find((row) => row.invoiceId === invoiceId)?.daysLate ?? null;
    };
  }

  async decidedOn(name: string): Promise<readonly string[]> {
    const customerId = encodeURIComponent(idAt(this.books.key, this.at(name).customer));
    const { items } = await this.books.api.get<{ items: { day: string }[] }>(
      `/decisions?customerId=${customerId}&limit=500`,
    );
    return items.map((decision) => decision.day).sort();
  }
}

let world: World;
const firms: Firm[] = [];
const far: Firm[] = [];

async function goTo(instant: string, which = firms): Promise<void> {
  await world.setNow(instant);
  for (const firm of which) await firm.books.tick();
}

beforeAll(async () => {
  world = await World.start({ now: BEFORE });
  // this ledger tells where the business keeps its clock
  const auckland = await Firm.of('xero', async (make, put) => {
    await make.patch('', { timeZone: 'Pacific/Auckland', country: 'NZ' });
    await put('yesterday', 10_000, { dueDate: '2027-12-28' });
  });
  far.push(auckland);
  for (const key of ['quickbooks', 'xero'] as const) {
    const firm = await Firm.of(key, async (make, put) => {
      for (const [name, dueDate] of Object.entries(due)) {
        const status = name === 'draft' ? { status: 'draft' } : {};
        const invoiceId = await put(name, 10_000, { dueDate, ...status });
        const pay = (amountMinor: number) =>
          make.post('/payments', { date: '2027-11-25', applyTo: [{ invoiceId, amountMinor }] });
        if (name === 'part') await pay(4_000);
        if (name === 'paid') await pay(10_000);
        if (name === 'voided') await make.post(`/invoices/${invoiceId}/void`);
      }
      await put('undated', 10_000, { dueDate: null });
      await put('negative', -500, { dueDate: '2027-11-01' });
      if (key === 'xero') await put('submitted', 10_000, { dueDate: '2027-11-01', status: 'submitted' });
    });
    firms.push(firm);
  }
  for (const { books } of [...far, ...firms]) {
    await books.tick();
    await books.api.call('PATCH', '', { mode: 'approve' });
  }
});
afterAll(() => world.stop());

describe('what is past due, in the company’s own day', () => {
  it('DET-02: due yesterday in Auckland, while UTC is still on that day, is past due there and nowhere else', async () => {
    for (const firm of far)
      expect(await firm.look('yesterday')).toMatchObject({
        pastDue: 0,
        invoice: { state: 'not_due', daysLate: 0 },
      });
    await goTo(AFTER, [...far, ...firms]);
    for (const firm of far)
      expect(await firm.look('yesterday')).toMatchObject({
        pastDue: 10_000,
        invoice: { state: 'ask', daysLate: 1 },
      });
    for (const firm of firms) expect((await firm.look('today')).pastDue).toBe(0);
  });

  it('DET-01: due today is not past due, until the last minute of the day', async () => {
    await goTo(`2027-12-28T${NOON}`);
    for (const firm of firms) {
      await world.setNow(firm.books.key === 'xero' ? '2027-12-28T23:50:00Z' : '2027-12-29T04:50:00Z');
      await firm.books.tick();
      const look = await firm.look('today');
      expect(look).toMatchObject({ pastDue: 0, standing: [], invoice: { state: 'not_due', daysLate: 0 } });
      expect(look.invoice.why).toContainEqual({ rule: 'R1', words: expect.stringContaining('due today') });
    }
  });

  it('DET-15: due in the future is not past due', async () => {
    for (const firm of firms)
      expect(await firm.look('future')).toMatchObject({
        pastDue: 0,
        standing: [],
        invoice: { state: 'not_due' },
      });
  });

  it('DET-04: without a due date it is never reminded of, and stands among the problems', async () => {
    for (const firm of firms) {
      const look = await firm.look('undated');
      expect(look).toMatchObject({ pastDue: 0, standing: [], invoice: { state: 'left_out' } });
      const said = await firm.books.problems('no_due_date');
      expect(said.map((problem) => problem.subject)).toEqual([
        idAt(firm.books.key, firm.at('undated').customer),
      ]);
    }
  });

  it('DET-05: a draft, or what still waits for approval, is not reminded of', async () => {
    for (const firm of firms) {
      const { books } = firm;
      // one ledger has no drafts in its lists; should it ever send one, it says so
      if (books.key === 'quickbooks') {
        const raw = await rawInvoice(books, firm.at('draft').invoice, { status: 'Draft', Balance: 100 });
        await bring(books, { invoices: [raw] });
        await books.tick();
      }
      expect(await firm.look('draft')).toMatchObject({
        pastDue: 0,
        touches: [],
        invoice: { status: 'draft' },
      });
      if (books.key === 'xero')
        expect(await firm.look('submitted')).toMatchObject({
          pastDue: 0,
          touches: [],
          invoice: { status: 'draft' },
        });
    }
  });

  it('DET-06: nothing open is not past due', async () => {
    for (const firm of firms)
      expect(await firm.look('paid')).toMatchObject({
        pastDue: 0,
        touches: [],
        invoice: { open: { minor: 0 } },
      });
  });

  it('DET-07: below zero is not past due', async () => {
    for (const firm of firms)
      expect(await firm.look('negative')).toMatchObject({
        pastDue: 0,
        touches: [],
        invoice: { open: { minor: -500 } },
      });
  });

  it('DET-08: voided is closed, whatever its balance says', async () => {
    for (const firm of firms) {
      const { books } = firm;
      const said =
        books.key === 'xero' ? { Status: 'VOIDED', AmountDue: 50 } : { status: 'Voided', Balance: 50 };
      await bring(books, { invoices: [await rawInvoice(books, firm.at('voided').invoice, said)] });
      await books.tick();
      expect(await firm.look('voided')).toMatchObject({
        pastDue: 0,
        touches: [],
        invoice: { status: 'void', open: { minor: 5_000 } },
      });
    }
  });

  it('DET-10: it becomes past due on the next local morning, with no webhook and no change in the ledger', async () => {
    for (const firm of firms) {
      const { books } = firm;
      const rows = () => books.mirrored('invoice', 'invoice_id, changed_at, open_minor, due_on');
      const before = await rows();
      await world.setNow(books.key === 'xero' ? '2027-12-29T00:30:00Z' : '2027-12-29T05:30:00Z');
      await books.tick();
      expect(await firm.look('today')).toMatchObject({
        pastDue: 10_000,
        invoice: { state: 'ask', daysLate: 1 },
      });
      expect(await rows()).toEqual(before);
    }
  });

  it('DET-09: paid in part and late is past due, and asked for with what remains', async () => {
    for (const firm of firms)
      expect(await firm.look('part')).toMatchObject({
        pastDue: 6_000,
        standing: [{ state: 'awaiting_approval', stepKey: 'first', ask: { minor: 6_000 } }],
      });
  });

  it('DET-11: a due date that is moved on takes the waiting reminder back; a new one follows the new day', async () => {
    for (const firm of firms) {
      expect((await firm.look('moved')).standing).toMatchObject([{ state: 'awaiting_approval' }]);
      await firm.books.make.patch(`/invoices/${firm.at('moved').invoice}`, { dueDate: '2028-01-10' });
    }
    await goTo(`2027-12-29T${NOON}`);
    for (const firm of firms) {
      const look = await firm.look('moved');
      expect(look).toMatchObject({ pastDue: 0, standing: [], invoice: { state: 'not_due' } });
      expect(look.touches).toMatchObject([
        { state: 'cancelled', stateReason: 'nothing is past due any more.' },
      ]);
    }
  });

  it('DET-13: over 31 December, 29 February and 1 March no day is lost and none comes twice', async () => {
    const days = [
      '2027-12-30',
      '2027-12-31',
      '2028-01-01',
      '2028-01-25',
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ].map(day);
    for (const today of days) {
      await goTo(`${today}T${NOON}`);
      const daysLate = (name: string) => Math.max(0, daysBetween(day(due[name] ?? ''), today));
      for (const firm of firms) {
        const late = await firm.lateness();
        for (const name of ['steady', 'newYear', 'february', 'leap'])
          expect([today, name, late(name)]).toEqual([today, name, daysLate(name)]);
        if (today === '2028-01-25')
          expect((await firm.look('moved')).standing).toMatchObject([{ stepKey: 'first' }]);
      }
    }
    for (const firm of firms) {
      const decided = await firm.decidedOn('steady');
      expect(new Set(decided).size).toBe(decided.length);
      expect(decided.filter((on) => on >= '2027-12-30')).toEqual(days);
      // one reminder waits, however many mornings passed
      expect((await firm.look('steady')).standing).toHaveLength(1);
    }
  });
});
