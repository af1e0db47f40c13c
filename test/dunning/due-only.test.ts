import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyPage } from '../../src/books/mirror.store.ts';
import { markEverybody } from '../../src/companies/plan-due.store.ts';
import { addDays, day } from '../../src/domain/day.ts';
import { approveTouches, cancelTouch } from '../../src/dunning/approval.store.ts';
import { plan, planCompany } from '../../src/dunning/plan.job.ts';
import { skipStep } from '../../src/dunning/skip.store.ts';
import { moveTouch } from '../../src/dunning/touch.store.ts';
import type { Tx } from '../../src/platform/db.ts';
import { UserError } from '../../src/platform/errors.ts';
import { saveCustomerPolicy, storedCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import type { PolicyBody } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { gentle } from '../../src/policies/presets/gentle.ts';
import { letterFirst } from '../../src/policies/presets/letter-first.ts';
import { standard } from '../../src/policies/presets/standard.ts';
import type { BooksPage } from '../../src/ports/ledger.ts';
import { setDebtorType } from '../../src/receivables/debtor-type.store.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { liftHold } from '../../src/receivables/hold-lift.store.ts';
import { reconcileCompany } from '../../src/receivables/reconcile.job.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { booksPage, currency, customerRow, invoiceRow, paymentRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

const RUNS = Number(process.env.DUE_ONLY_RUNS ?? 8);
const start = day('2026-11-10');
const customers = ['C1', 'C2', 'C3', 'C4', 'C5'];
const by = 'Maria Lopez';

type Change = (shop: Workshop, tx: Tx, stamp: string) => Promise<unknown>;
const customer = fc.constantFrom(...customers);
const invoiceId = fc.integer({ min: 1, max: 9 }).map((id) => `I${id}`);
const nth = fc.nat(5);

function rows(page: Partial<BooksPage>): Change {
  return (shop, tx, changedAt) => {
    const stamped = <Row extends object>(some: readonly Row[] = []) =>
      some.map((row) => ({ ...row, changedAt }));
    const all = booksPage({
      customers: stamped(page.customers),
      invoices: stamped(page.invoices),
      payments: stamped(page.payments),
    });
    return applyPage(tx, shop.companyId, all, { now: shop.now(), first: false });
  };
}

const invoice = fc
  .record({
    id: invoiceId,
    customerId: customer,
    currency: fc.constantFrom(currency('USD'), currency('USD'), currency('EUR')),
    dueOn: fc.integer({ min: -60, max: 30 }).map((offset) => addDays(start, offset)),
    openMinor: fc.constantFrom(10_000, 10_000, 4_000, 0),
    status: fc.constantFrom('open' as const, 'open' as const, 'open' as const, 'void' as const),
  })
  .map(({ id, ...row }) => rows({ invoices: [invoiceRow(id, row)] }));
const whoElse = fc
  .record({
    customerId: customer,
    parentId: fc.option(customer, { freq: 4 }),
    billsWithParent: fc.boolean(),
    country: fc.constantFrom('US', 'NZ', null),
    emails: fc.constantFrom(['ap@a.example'], ['ap@b.example'], []),
  })
  .map(({ customerId, ...row }) => rows({ customers: [customerRow(customerId, row)] }));
const payment = fc
  .record({ id: fc.nat(3), customerId: customer, paidOn: fc.constantFrom(start, addDays(start, 5)) })
  .map(({ id, ...row }) => rows({ payments: [paymentRow(`P${id}`, { ...row, unappliedMinor: 500 })] }));

const hold = fc
  .record({
    scope: fc.constantFrom('customer' as const, 'invoice' as const, 'company' as const),
    customerId: customer,
    invoiceId,
    from: fc.integer({ min: -2, max: 12 }),
    days: fc.option(fc.nat(9)),
  })
  .map(
    ({ scope, customerId, invoiceId: id, from, days }): Change =>
      async (shop, tx) => {
        const known = await tx
          .selectFrom('invoice')
          .select('invoice_id')
          .where('invoice_id', '=', id)
          .execute();
        if (scope === 'invoice' && known.length === 0) return;
        const startsOn = addDays(day(shop.now().toISOString().slice(0, 10)), from);
        const wanted = {
          kind: 'pause' as const,
          scope,
          customerId: scope === 'customer' ? customerId : null,
          invoiceId: scope === 'invoice' ? id : null,
          reason: 'a while',
          setBy: by,
          startsOn,
          endsOn: days === null ? null : addDays(startsOn, days),
        };
        await setHold(tx, shop.companyId, wanted, shop.now());
      },
  );
const lift: Change = async (shop, tx) => {
  const some = await tx.selectFrom('hold').select('hold_id').where('lifted_at', 'is', null).execute();
  for (const row of some) await liftHold(tx, shop.companyId, row.hold_id, by, shop.now());
};

/** The nth touch in one of these states, in the order in which they were planned. */
function touch(
  states: readonly string[],
  change: (shop: Workshop, tx: Tx, touchId: string) => Promise<unknown>,
): fc.Arbitrary<Change> {
  return nth.map((at) => async (shop, tx) => {
    const found = await tx
      .selectFrom('touch')
      .select('touch_id')
      .where('state', 'in', [...states])
      .orderBy('touch_id')
      .execute();
    const one = found[at % Math.max(1, found.length)];
    if (one !== undefined) await change(shop, tx, one.touch_id);
  });
}

/** What becomes of everything that may leave now, or of one that hangs in the air. */
const send = fc.constantFrom('sent', 'sent', 'sent', 'failed', 'uncertain').map(
  (to): Change =>
    async (shop, tx) => {
      const ready = await tx
        .selectFrom('touch')
        .select('touch_id')
        .where('state', '=', 'approved')
        .where('planned_for', '<=', shop.now())
        .execute();
      for (const { touch_id: id } of ready) {
        await moveTouch(tx, shop.companyId, id, 'reserved', { reserved_at: shop.now(), attempts: 1 });
        await moveTouch(tx, shop.companyId, id, to as 'sent', to === 'sent' ? { sent_at: shop.now() } : {});
      }
    },
);
const settled = touch(['uncertain'], (shop, tx, id) =>
  moveTouch(tx, shop.companyId, id, 'sent', { sent_at: shop.now() }),
);
const released = touch(['awaiting_approval'], (shop, tx, id) =>
  approveTouches(tx, shop.companyId, [id], by, shop.now()),
);
const takenBack = touch(['awaiting_approval', 'approved'], (shop, tx, id) =>
  cancelTouch(tx, shop.companyId, id, 'not now', by, shop.now()),
);
const skipped = touch(['awaiting_approval', 'approved'], (shop, tx, id) =>
  skipStep(tx, shop.companyId, id, 'not needed', by, shop.now()),
);

const withStatements: PolicyBody = {
  ...emailBody,
  settings: { ...emailBody.settings, statement: { forWhom: 'everybody', businessDay: 12 } },
};
const policy = fc
  .constantFrom<PolicyBody>(
    emailBody,
    standard,
    gentle,
    letterFirst,
    withStatements,
    { ...emailBody, settings: { ...emailBody.settings, minimumBalance: { USD: 5_000 } } },
    { ...emailBody, sequences: emailBody.sequences.map((one) => ({ ...one, paused: true })) },
  )
  .map(
    (document): Change =>
      async (shop, tx) => {
        const { version: expectedVersion } = await getDocument(tx, shop.companyId);
        await saveDocument(tx, shop.companyId, { expectedVersion, document }, by, shop.now());
      },
  );
const ownPolicy = fc.record({ id: customer, paused: fc.boolean() }).map(
  ({ id, paused }): Change =>
    async (shop, tx) => {
      const { version: expectedVersion } = await storedCustomerPolicy(tx, shop.companyId, id);
      const own = { segment: null, settings: {}, paused, expectedVersion };
      await saveCustomerPolicy(tx, shop.companyId, id, own, by, shop.now());
    },
);
const debtor = fc
  .record({ id: customer, type: fc.constantFrom('business' as const, 'consumer' as const) })
  .map(
    ({ id, type }): Change =>
      (shop, tx) =>
        setDebtorType(tx, shop.companyId, id, type, by, shop.now()),
  );
const mode = fc.constantFrom('autopilot' as const, 'approve' as const, 'preview' as const).map(
  (to): Change =>
    (shop) =>
      shop.setMode(to),
);

const change = fc.oneof(
  { weight: 8, arbitrary: invoice },
  { weight: 3, arbitrary: whoElse },
  { weight: 2, arbitrary: payment },
  { weight: 3, arbitrary: hold },
  { weight: 1, arbitrary: fc.constant<Change>(lift) },
  { weight: 6, arbitrary: send },
  { weight: 1, arbitrary: settled },
  { weight: 2, arbitrary: released },
  { weight: 1, arbitrary: takenBack },
  { weight: 1, arbitrary: skipped },
  { weight: 1, arbitrary: policy },
  { weight: 1, arbitrary: ownPolicy },
  { weight: 1, arbitrary: debtor },
  { weight: 1, arbitrary: mode },
);
/** A few changes, then time passes: hours, or days until half past midnight, and the company is planned. */
const history = fc.array(
  fc.record({
    changes: fc.array(change, { maxLength: 4 }),
    days: fc.constantFrom(0, 1, 1, 1, 2, 3, 6),
    morning: fc.boolean(),
  }),
  { minLength: 3, maxLength: 9 },
);

async function make(shop: Workshop, what: Change, stamp: string): Promise<void> {
  try {
    await shop.within((tx) => what(shop, tx, stamp));
  } catch (error) {
    // a person was told no, and nothing changed
    if (!(error instanceof UserError)) throw error;
  }
}

/** Everything that a plan decides. An instant that has passed means now; identities of rows do not matter. */
async function planned(shop: Workshop, tx: Tx): Promise<readonly string[]> {
  const now = shop.now();
  const instant = (at: Date | null): string => (at === null ? '-' : at <= now ? 'now' : at.toISOString());
  const cases = await tx.selectFrom('dunning_case').selectAll().execute();
  const touches = await tx.selectFrom('touch').selectAll().execute();
  const named = await tx.selectFrom('touch_invoice').selectAll().orderBy('invoice_id').execute();
  const about = Map.groupBy(named, (row) => row.touch_id);
  return [
    ...cases.map((row) =>
      ['case', row.customer_id, row.currency, row.state, row.close_reason, instant(row.next_at)].join(' '),
    ),
    ...touches.map((row) =>
      [
        ...[
          'touch',
          row.customer_id,
          row.currency,
          row.step_key,
          row.state,
          row.recipient_email,
          row.ask_minor,
        ],
        ...[row.style, row.policy_version, row.state_reason, instant(row.planned_for)],
        ...(about.get(row.touch_id) ?? []).map(
          (line) => `${line.invoice_id}:${line.step_key}:${line.open_minor}`,
        ),
      ].join(' '),
    ),
  ].sort();
}

class Undone extends Error {}

/** What a plan of everybody would make of it now; nothing of it stays. */
async function asIfEverybody(shop: Workshop): Promise<readonly string[]> {
  let found: readonly string[] = [];
  await shop
    .within(async (tx) => {
      await markEverybody(tx, shop.companyId);
      await planCompany(tx, shop.companyId, shop.now(), shop.duly);
      found = await planned(shop, tx);
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  return found;
}

test(
  'S1, S11: planning only who is due gives exactly what planning everybody gives, whatever happened and whenever',
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const shop = await Workshop.open(database);
        shop.at('2026-11-10T08:30:00Z');
        await make(
          shop,
          rows({ customers: customers.map((id) => customerRow(id, { country: 'US' })) }),
          start,
        );
        let today = start;
        for (const [index, { changes, days, morning }] of steps.entries()) {
          for (const [at, what] of changes.entries())
            await make(
              shop,
              what,
              `2026-11-10T00:${String(index).padStart(2, '0')}:${String(at).padStart(2, '0')}Z`,
            );
          today = addDays(today, days);
          const next = new Date(`${today}T${morning ? '08:30' : '18:00'}:00Z`);
          if (next > shop.now()) shop.at(next);
          await reconcileCompany(shop.duly, { companyId: shop.companyId });
          const everybody = await asIfEverybody(shop);
          await plan(shop.duly, { companyId: shop.companyId });
          expect(await shop.within((tx) => planned(shop, tx))).toEqual(everybody);
          // and planning everybody after that changes nothing more
          expect(await asIfEverybody(shop)).toEqual(everybody);
        }
        const due = await shop.within((tx) =>
          tx.selectFrom('plan_due').select('customer_id').where('look_at', '<=', shop.now()).execute(),
        );
        expect(due).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  },
  60_000 + RUNS * 8_000,
);
