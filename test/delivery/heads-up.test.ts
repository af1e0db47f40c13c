import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readChanges } from '../../src/books/changes.job.ts';
import { sendNotices } from '../../src/companies/notice.job.ts';
import { approveTouches, cancelTouch } from '../../src/dunning/approval.store.ts';
import { sendNow } from '../../src/dunning/send-now.store.ts';
import { AUTOPILOT } from '../../src/dunning/touch-state.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { outcomes } from '../support/fakes.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import type { Workshop } from '../support/workshop.ts';
import { informing } from './heads-up-support.ts';

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

const by = 'Maria Lopez';
/** A customer with a sales owner, whose steps all inform them; the plan runs while the window is open. */
async function begin(mode: 'preview' | 'approve' | 'autopilot'): Promise<void> {
  shop = await informing(database, mode);
  await shop.reconcileAndPlan();
}

const mails = (): readonly string[] => shop.mailer.mails.map((mail) => mail.to.email);
const told = () => shop.mailer.mails.filter((mail) => mail.to.email === 'sam@firm.example');
const notify = () => sendNotices(shop.duly, { companyId: shop.companyId });
const onlyTouch = async (): Promise<string> => (await shop.touches())[0]?.touch_id ?? '';
const release = async (): Promise<void> => {
  const touchId = await onlyTouch();
  await shop.within((tx) => approveTouches(tx, shop.companyId, [touchId], by, shop.now()));
};

describe('P9: the sales owner hears of a step before it goes out', () => {
  describe('when nobody looks at it before', () => {
    beforeEach(() => begin('autopilot'));

    test('an hour before, although the window is open already; the page says when it leaves', async () => {
      await shop.deliver();
      expect(mails()).toEqual([]);
      const leaves = new Date(shop.now().getTime() + 3_600_000);
      expect((await shop.touches()).map((touch) => touch.planned_for)).toEqual([leaves]);
      await notify();
      expect(told().map((mail) => mail.text)).toEqual([
        expect.stringMatching(
          /It is planned for .*, 11:00 at the earliest, unless what is open is paid before\./,
        ),
      ]);
      expect(told()[0]?.text).not.toContain('approval');
      shop.passMinutes(30);
      await shop.reconcileAndPlan();
      await shop.deliver();
      expect((await shop.touches()).map((touch) => touch.planned_for)).toEqual([leaves]);
      shop.passMinutes(30);
      await shop.deliver();
      await notify();
      expect(mails()).toEqual(['sam@firm.example', 'ap@c1.example']);
    });

    test('a mail to them that cannot leave does not hold the step for longer than that', async () => {
      shop.mailer.outcomes.push(outcomes.uncertain);
      await notify();
      await shop.deliver();
      shop.passMinutes(60);
      await shop.deliver();
      expect(await shop.states()).toEqual(['first sent']);
    });

    test('what is due behind a whole batch that waits for it leaves in the same run', async () => {
      const ids = Array.from({ length: 60 }, (_, at) => `C${at + 2}`);
      shop.ledger.put({
        customers: ids.map((id) => customerRow(id)),
        invoices: ids.map((customerId) => invoiceRow(`I${customerId}`, { customerId })),
      });
      await readChanges(shop.duly, shop.companyId, shop.ledger);
      const [last, ...waiting] = ids.toReversed();
      await shop.within(async (tx) => {
        const sales = { sales_name: 'Sam', sales_email: 'sam@firm.example' };
        await tx.updateTable('customer').set(sales).where('customer_id', 'in', waiting).execute();
      });
      await shop.reconcileAndPlan();
      // so many at once are held for a person; here they are not, and the one nobody is told of comes last
      await shop.within(async (tx) => {
        const released = { state: 'approved', approved_by: AUTOPILOT };
        await tx.updateTable('touch').set(released).execute();
        const planned_for = new Date(shop.now().getTime() - 60_000);
        const others = tx.updateTable('touch').set({ planned_for });
        await others.where('customer_id', '<>', last ?? '').execute();
      });
      const reads = shop.ledger.calls.reads;
      await shop.deliver();
      expect(mails()).toEqual([`ap@${last?.toLowerCase()}.example`]);
      expect((await shop.states()).filter((state) => state === 'first approved')).toHaveLength(60);
      expect(shop.ledger.calls.reads).toBe(reads + 1);
    });

    test('what a person lets go at once does not wait', async () => {
      await shop.deliver();
      const touchId = await onlyTouch();
      await shop.within((tx) => sendNow(tx, shop.companyId, touchId, by, shop.now()));
      await shop.deliver();
      expect(await shop.states()).toEqual(['first sent']);
    });
  });

  test('where a person releases it, as soon as it is written down, saying that it waits; once', async () => {
    await begin('approve');
    await notify();
    expect(told()).toMatchObject([{ subject: 'Customer C1: first reminder ahead' }]);
    expect(told()[0]?.text).toContain('It waits for approval: nothing goes out before somebody at');
    shop.passMinutes(5);
    await release();
    await shop.reconcileAndPlan();
    await shop.deliver();
    await notify();
    expect(mails()).toEqual(['sam@firm.example', 'ap@c1.example']);
  });

  test('released in the very minute it waits until they were told', async () => {
    await begin('approve');
    await release();
    await shop.deliver();
    expect(mails()).toEqual([]);
    await notify();
    shop.passMinutes(1);
    await shop.deliver();
    expect(mails()).toEqual(['sam@firm.example', 'ap@c1.example']);
  });

  test('never in preview; what is taken back before the mail left is not told, and after it nothing was false', async () => {
    await begin('preview');
    await notify();
    expect(told()).toEqual([]);
    await begin('approve');
    const touchId = await onlyTouch();
    await shop.within((tx) => cancelTouch(tx, shop.companyId, touchId, 'no', by, shop.now()));
    await notify();
    expect(told()).toEqual([]);
  });
});
