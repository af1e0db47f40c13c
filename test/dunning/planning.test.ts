import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { addTouch } from '../../src/dunning/add-touch.store.ts';
import { approveTouches, cancelTouch } from '../../src/dunning/approval.store.ts';
import { type NewTouch, openTouches } from '../../src/dunning/touch.store.ts';
import { stepOf } from '../../src/dunning/touch-step.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { changeInLedger, owes } from '../delivery/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow, paymentRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  shop = await Workshop.open(database);
});

const cases = () =>
  shop.within((tx) =>
    tx
      .selectFrom('dunning_case')
      .select(['customer_id', 'state', 'close_reason'])
      .orderBy('opened_at')
      .execute(),
  );
const afterThat = async (on: string): Promise<void> => {
  shop.at(`${on}T18:00:00Z`);
  await shop.morning();
  await shop.deliver();
};

describe('planning', () => {
  test('IDM-01: every minute for an hour gives one touch', async () => {
    owes(shop);
    await shop.morning();
    for (let minute = 0; minute < 60; minute += 10) {
      shop.passMinutes(10);
      await shop.reconcileAndPlan();
    }
    expect(await shop.states()).toEqual(['first approved']);
  });

  test('S8: the same touch written twice exists once; a cancelled one may be planned again', async () => {
    owes(shop);
    await shop.morning();
    const [open] = await shop.within((tx) => openTouches(tx, shop.companyId, ['C1']));
    if (open === undefined) throw new Error('nothing was planned');
    const again: NewTouch = {
      caseId: open.case_id,
      customerId: open.customer_id,
      currency: open.currency,
      stepKey: open.step_key,
      stepNumber: open.step_number,
      stepName: 'first reminder',
      step: stepOf(open),
      policyVersion: open.policy_version,
      style: 'own',
      recipientName: open.recipient_name,
      recipientEmail: open.recipient_email,
      recipientAddress: open.recipient_address,
      recipientPhone: open.recipient_phone,
      occasion: null,
      state: 'approved',
      stateReason: null,
      askMinor: open.ask_minor,
      plannedFor: open.planned_for,
      invoices: open.invoices,
    };
    const add = () => shop.within((tx) => addTouch(tx, shop.companyId, again, shop.now()));
    expect(await add()).toBeNull();
    await shop.within((tx) => tx.updateTable('touch').set({ state: 'cancelled' }).execute());
    expect(await add()).not.toBeNull();
    expect(await add()).toBeNull();
  });

  test('SEQ-04: the second step is planned only after the first was sent', async () => {
    owes(shop);
    shop.mailer.outcomes.push({ kind: 'refused', code: '300', reason: 'no', recipientInactive: false });
    await afterThat('2026-11-10');
    await afterThat('2026-11-20');
    expect(await shop.states()).toEqual(['first failed']);
  });

  test('PAR-04, CON-13: a part payment takes the touch back and plans it anew with what remains', async () => {
    owes(shop);
    await shop.morning();
    changeInLedger(shop, 'I1', { openMinor: 4_000 });
    await shop.morning();
    const touches = await shop.touches();
    expect(touches.map((row) => [row.state, row.ask_minor])).toEqual([
      ['cancelled', 10_000],
      ['approved', 4_000],
    ]);
    expect(touches[0]?.state_reason).toContain('figures changed');
  });

  test('R5: a payment seen today rests the case and keeps its step', async () => {
    owes(shop);
    await afterThat('2026-11-10');
    shop.at('2026-11-17T15:00:00Z');
    changeInLedger(shop, 'I1', { openMinor: 4_000 });
    shop.ledger.put({ payments: [paymentRow('P1', { totalMinor: 6_000, paidOn: day('2026-11-16') })] });
    await shop.morning();
    expect(await shop.states()).toEqual(['first sent']);
    await afterThat('2026-11-20');
    expect(await shop.states()).toEqual(['first sent', 'second sent']);
  });

  test('DET-11: a due date moved later takes the pending touch back', async () => {
    owes(shop);
    await shop.morning();
    changeInLedger(shop, 'I1', { dueOn: day('2026-12-01') });
    await shop.morning();
    expect(await shop.states()).toEqual(['first cancelled']);
    expect(await cases()).toMatchObject([{ state: 'closed', close_reason: 'not_due' }]);
  });

  test('R16: an invoice that moved to another customer brings its steps along', async () => {
    owes(shop);
    await afterThat('2026-11-10');
    shop.ledger.put({ customers: [customerRow('C2')] });
    changeInLedger(shop, 'I1', { customerId: 'C2' });
    await afterThat('2026-11-17');
    const touches = await shop.touches();
    expect(touches.map((row) => [row.customer_id, row.step_key])).toEqual([
      ['C1', 'first'],
      ['C2', 'second'],
    ]);
  });

  test('R12: what a sub-customer owes is asked of the parent, once', async () => {
    owes(shop);
    shop.ledger.put({
      customers: [customerRow('C2', { parentId: 'C1', billsWithParent: true })],
      invoices: [invoiceRow('I2', { customerId: 'C2' })],
    });
    await shop.morning();
    expect((await shop.touches()).map((row) => [row.customer_id, row.ask_minor])).toEqual([['C1', 20_000]]);
    for (const id of ['I1', 'I2']) changeInLedger(shop, id, { openMinor: 0, status: 'closed' });
    shop.ledger.put({
      payments: ['I1', 'I2'].map((invoiceId) =>
        paymentRow(`P${invoiceId}`, { allocations: [{ invoiceId, amountMinor: 10_000 }] }),
      ),
    });
    await shop.morning();
    expect(await cases()).toEqual([{ customer_id: 'C1', state: 'closed', close_reason: 'paid' }]);
  });
});

describe('people', () => {
  test('EXC-01, EXC-04, EXC-07: a hold takes the touch back; when it ends the sequence goes on by itself', async () => {
    owes(shop);
    await shop.morning();
    const pause = {
      kind: 'pause',
      scope: 'customer',
      customerId: 'C1',
      reason: 'a week',
      setBy: 'Maria Lopez',
    } as const;
    await shop.within((tx) =>
      setHold(
        tx,
        shop.companyId,
        { ...pause, startsOn: day('2026-11-10'), endsOn: day('2026-11-16') },
        shop.now(),
      ),
    );
    await shop.reconcileAndPlan();
    expect((await shop.touches())[0]).toMatchObject({
      state: 'cancelled',
      state_reason: 'Paused until 2026-11-16: a week (Maria Lopez).',
    });
    shop.at('2026-11-16T18:00:00Z');
    await shop.morning();
    expect(await shop.states()).toEqual(['first cancelled']);
    shop.at('2026-11-17T18:00:00Z');
    await shop.morning();
    expect(await shop.states()).toEqual(['first cancelled', 'first approved']);
  });

  test('EXC-11: what a person took back is never restarted by a machine', async () => {
    owes(shop);
    await shop.morning();
    const [touch] = await shop.touches();
    const take = () =>
      shop.within((tx) =>
        cancelTouch(
          tx,
          shop.companyId,
          touch?.touch_id ?? '',
          'I call them myself',
          'Maria Lopez',
          shop.now(),
        ),
      );
    await take();
    for (const on of ['2026-11-17', '2026-12-15', '2027-03-02']) await afterThat(on);
    expect(await shop.states()).toEqual(['first cancelled']);
    await expect(take()).rejects.toMatchObject({ code: 'conflict' });
  });

  test('S4: release a batch; in preview nothing can be released; a release is spent once', async () => {
    await shop.setMode('approve');
    owes(shop);
    await shop.morning();
    const ids = (await shop.touches()).map((row) => row.touch_id);
    const approve = () =>
      shop.within((tx) => approveTouches(tx, shop.companyId, ids, 'Maria Lopez', shop.now()));
    await shop.setMode('preview');
    await expect(approve()).rejects.toMatchObject({ code: 'conflict' });
    await shop.setMode('approve');
    expect([await approve(), await approve()]).toEqual([1, 0]);
    await shop.setMode('preview');
    await shop.reconcileAndPlan();
    await shop.deliver();
    expect(await shop.states()).toEqual(['first planned']);
    expect(shop.mailer.mails).toEqual([]);
  });

  test('S4: a preview that is too large for a day waits for a person when autopilot is switched on', async () => {
    await shop.setMode('preview');
    const ids = Array.from({ length: 11 }, (_, index) => `D${index}`);
    shop.ledger.put({
      customers: ids.map((id) => customerRow(id)),
      invoices: ids.map((id) => invoiceRow(`I-${id}`, { customerId: id })),
    });
    await shop.morning();
    await shop.setMode('autopilot');
    await shop.reconcileAndPlan();
    expect(new Set(await shop.states())).toEqual(new Set(['first awaiting_approval']));
  });
});
