import { getCompany } from '../../../src/companies/company.store.ts';
import type { Day } from '../../../src/domain/day.ts';
import { day } from '../../../src/domain/day.ts';
import {
  makeOffer,
  makePlan,
  makePromise,
  type NewOffer,
  type NewPlan,
  type NewPromise,
} from '../../../src/receivables/agreements/make.store.ts';
import { withdrawAgreement } from '../../../src/receivables/agreements/withdraw.store.ts';
import { owes } from '../../delivery/support.ts';
import type { TestDatabase } from '../../support/database.ts';
import { creditRow, customerRow, invoiceRow, paymentRow } from '../../support/values.ts';
import { Workshop } from '../../support/workshop.ts';

const common = {
  customerId: 'C1',
  invoiceIds: ['I1'],
  currency: null,
  how: 'phone' as const,
  note: '',
  by: 'Maria Lopez',
};

/** Promises of C1, made in a workshop and judged by what its ledger says. */
export class Agreements {
  readonly #shop: Workshop;

  constructor(shop: Workshop) {
    this.#shop = shop;
  }

  promise(more: Partial<NewPromise> = {}): Promise<string> {
    const promise = { ...common, date: day('2026-11-16'), amountMinor: null, saidBy: 'Jo Park', ...more };
    return this.#with((tx, company) => makePromise(tx, company, promise, this.#shop.now()));
  }

  plan(more: Partial<NewPlan> = {}): Promise<string> {
    const instalments = [
      { on: day('2026-11-16'), amountMinor: 4_000 },
      { on: day('2026-12-14'), amountMinor: 6_000 },
    ];
    const plan = { ...common, instalments, agreedWith: 'Jo Park', ...more };
    return this.#with((tx, company) => makePlan(tx, company, plan, this.#shop.now()));
  }

  offer(more: Partial<NewOffer> = {}): Promise<string> {
    const offer = { ...common, reducedMinor: 8_000, validUntil: day('2026-11-20'), ...more };
    return this.#with((tx, company) => makeOffer(tx, company, offer, this.#shop.now()));
  }

  withdraw(agreementId: string, reason = 'they want to talk'): Promise<void> {
    return this.#with((tx, company) =>
      withdrawAgreement(tx, company, agreementId, 'Maria Lopez', reason, this.#shop.now()),
    );
  }

  #with<T>(
    work: (tx: Parameters<typeof makePromise>[0], company: Parameters<typeof makePromise>[1]) => Promise<T>,
  ) {
    return this.#shop.within(async (tx) => work(tx, await getCompany(tx, this.#shop.companyId)));
  }

  /** Reads the ledger, judges and plans, at that instant; then the states of all agreements, oldest first. */
  async on(instant: string): Promise<string[]> {
    this.#shop.at(instant);
    await this.#shop.morning();
    return await this.states();
  }

  async states(): Promise<string[]> {
    const rows = await this.rows();
    return rows.map((row) => `${row.state} ${row.received_minor}`);
  }

  rows() {
    return this.#shop.within((tx) =>
      tx.selectFrom('agreement').selectAll().orderBy('agreement_id').execute(),
    );
  }

  /** Holds that nobody lifted: what they are on, and until when. */
  holds(): Promise<string[]> {
    return this.#shop.within(async (tx) => {
      const rows = await tx
        .selectFrom('hold')
        .select(['kind', 'scope', 'customer_id', 'invoice_id', 'ends_on'])
        .where('lifted_at', 'is', null)
        .orderBy('hold_id')
        .execute();
      return rows.map((row) => `${row.kind} ${row.invoice_id ?? row.customer_id} ${row.ends_on ?? 'open'}`);
    });
  }

  /** What the record tells of agreements, oldest first. */
  told(): Promise<string[]> {
    return this.#shop.within(async (tx) => {
      const rows = await tx.selectFrom('activity').select('kind').orderBy('activity_id').execute();
      return rows.map((row) => row.kind).filter((kind) => /^(promise|plan|offer)_/.test(kind));
    });
  }

  tasks(): Promise<string[]> {
    return this.#shop.within(async (tx) => {
      const rows = await tx
        .selectFrom('problem')
        .select('kind')
        .where('resolved_at', 'is', null)
        .where('kind', 'in', ['promise_broken', 'plan_breached', 'credit_the_rest'])
        .execute();
      return rows.map((row) => row.kind);
    });
  }

  /** A payment in the ledger, set against invoices, which fall by it. */
  pays(paymentId: string, on: Day, allocations: Readonly<Record<string, number>>, unappliedMinor = 0): void {
    const { ledger } = this.#shop;
    const changedAt = this.#shop.now().toISOString();
    const parts = Object.entries(allocations).map(([invoiceId, amountMinor]) => ({ invoiceId, amountMinor }));
    for (const { invoiceId, amountMinor } of parts) this.change(invoiceId, -amountMinor);
    const totalMinor = parts.reduce((sum, part) => sum + part.amountMinor, unappliedMinor);
    ledger.put({
      payments: [
        paymentRow(paymentId, { paidOn: on, totalMinor, unappliedMinor, allocations: parts, changedAt }),
      ],
    });
  }

  /** A credit note in the ledger, all of it set against an invoice. */
  credits(creditId: string, on: Day, invoiceId: string, amountMinor: number): void {
    this.change(invoiceId, -amountMinor);
    const changedAt = this.#shop.now().toISOString();
    const allocations = [{ invoiceId, amountMinor }];
    const more = { issuedOn: on, totalMinor: amountMinor, remainingMinor: 0, allocations, changedAt };
    this.#shop.ledger.put({ credits: [creditRow(creditId, { ...more, status: 'closed' })] });
  }

  /** The payment is taken back: its invoices are open again. */
  bounces(paymentId: string): void {
    const { ledger } = this.#shop;
    const payment = ledger.payments.get(paymentId);
    if (payment === undefined) throw new Error(`there is no payment ${paymentId}`);
    for (const { invoiceId, amountMinor } of payment.allocations) this.change(invoiceId, amountMinor);
    const changedAt = this.#shop.now().toISOString();
    ledger.put({ payments: [{ ...payment, status: 'void', unappliedMinor: 0, allocations: [], changedAt }] });
  }

  /** The open balance of an invoice in the ledger moves; its total stays. */
  change(invoiceId: string, byMinor: number): void {
    const { ledger } = this.#shop;
    const row = ledger.invoices.get(invoiceId);
    if (row === undefined) throw new Error(`there is no invoice ${invoiceId}`);
    const openMinor = row.openMinor + byMinor;
    const status = openMinor === 0 ? ('closed' as const) : ('open' as const);
    ledger.put({ invoices: [{ ...row, openMinor, status, changedAt: this.#shop.now().toISOString() }] });
  }
}

/**
 * Tuesday, 10 November 2026, ten in the morning in Oregon: C1 owes 100.00 on I1 and 25.00 on I2, C2 100.00 on I3, all
 * past due. A promise for Monday, the 16th, has its grace until Wednesday, the 18th.
 */
export async function openAgreements(database: TestDatabase): Promise<[Workshop, Agreements]> {
  const shop = await Workshop.open(database);
  owes(shop);
  shop.ledger.put({
    customers: [customerRow('C2')],
    invoices: [invoiceRow('I2', { openMinor: 2_500 }), invoiceRow('I3', { customerId: 'C2' })],
  });
  await shop.morning();
  return [shop, new Agreements(shop)];
}
