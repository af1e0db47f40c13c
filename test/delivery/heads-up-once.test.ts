import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { rescheduleTouch } from '../../src/dunning/reschedule.store.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { liftHold } from '../../src/receivables/hold-lift.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { paymentRow } from '../support/values.ts';
import type { Workshop } from '../support/workshop.ts';
import { informing, told } from './heads-up-support.ts';
import { changeInLedger } from './support.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** Nobody waits after a payment, so that the step stays on its day. */
const noRest = { restAfterPaymentBusinessDays: 0 };

/** Half of the invoice is paid today. */
async function payHalf(shop: Workshop): Promise<void> {
  changeInLedger(shop, 'I1', { openMinor: 5_000, version: '1' });
  const allocations = [{ invoiceId: 'I1', amountMinor: 5_000 }];
  shop.ledger.put({ payments: [paymentRow('P1', { totalMinor: 5_000, allocations })] });
  await shop.morning();
}

const subjects = async (shop: Workshop): Promise<readonly string[]> =>
  (await told(shop)).map((mail) => mail.subject);
const AHEAD = 'Customer C1: first reminder ahead';
const CHANGED = 'Customer C1: first reminder ahead, changed';

describe('P9: whoever owns the relationship is told once of a step of a case', () => {
  test('a part payment that leaves the step on its day is no news to them; the hour counts from the first word', async () => {
    const shop = await informing(database, 'autopilot', noRest);
    await shop.reconcileAndPlan();
    expect(await subjects(shop)).toEqual([AHEAD]);
    shop.passMinutes(20);
    await payHalf(shop);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first cancelled', 'first approved']);
    expect(await subjects(shop)).toEqual([AHEAD]);
    shop.passMinutes(39);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first cancelled', 'first approved']);
    shop.passMinutes(1);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first cancelled', 'first sent']);
    expect(await subjects(shop)).toEqual([AHEAD]);
  });

  test('the word about what was planned anew leaves although its own touch is gone', async () => {
    const shop = await informing(database, 'approve', noRest);
    await shop.reconcileAndPlan();
    await payHalf(shop);
    expect(await shop.states()).toEqual(['first cancelled', 'first awaiting_approval']);
    expect(await subjects(shop)).toEqual([AHEAD]);
  });

  test('where the case rests after the payment, the step is on another day, and they hear of that', async () => {
    const shop = await informing(database, 'autopilot');
    await shop.reconcileAndPlan();
    await told(shop);
    shop.passMinutes(20);
    await payHalf(shop);
    expect(await shop.states()).toEqual(['first cancelled']);
    shop.at('2026-11-16T08:00:00Z');
    await shop.morning();
    expect(await shop.states()).toEqual(['first cancelled', 'first approved']);
    expect(await subjects(shop)).toEqual([AHEAD, CHANGED]);
    const [, anew] = await told(shop);
    expect(anew?.text).toMatch(/replaces what you were told before, .* 10 Nov.*11:00|Nov 10.*11:00/);
    expect(anew?.text).toMatch(/It is planned for .*16.*, 09:00 at the earliest/);
  });

  test('a touch that somebody moves to another day is told anew, and once', async () => {
    const shop = await informing(database, 'autopilot');
    await shop.reconcileAndPlan();
    await told(shop);
    const [touch] = await shop.touches();
    const wanted = { on: '2026-11-13', time: '10:00' };
    await shop.within((tx) =>
      rescheduleTouch(tx, shop.companyId, touch?.touch_id ?? '', wanted, 'Maria Lopez', shop.now()),
    );
    await shop.reconcileAndPlan();
    expect(await subjects(shop)).toEqual([AHEAD, CHANGED]);
    shop.at('2026-11-13T17:00:00Z');
    await shop.morning();
    await shop.deliver();
    expect(await shop.states()).toEqual(['first approved']);
    shop.passMinutes(60);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first sent']);
    expect(await subjects(shop)).toEqual([AHEAD, CHANGED]);
  });

  test('what waits for a person for days is told once', async () => {
    const shop = await informing(database, 'approve');
    for (const morning of ['2026-11-10T18:00:00Z', '2026-11-12T08:00:00Z', '2026-11-13T08:00:00Z']) {
      shop.at(morning);
      await shop.morning();
      expect(await subjects(shop)).toEqual([AHEAD]);
    }
    expect((await shop.touches()).map((touch) => touch.planned_for.toISOString())).toEqual([
      '2026-11-13T17:00:00.000Z',
    ]);
  });

  test('told that it waits, they hear of it when it leaves by itself after all, an hour before', async () => {
    const shop = await informing(database, 'approve', noRest);
    await shop.reconcileAndPlan();
    await told(shop);
    await shop.setMode('autopilot');
    shop.passMinutes(20);
    await payHalf(shop);
    expect(await shop.states()).toEqual(['first cancelled', 'first approved']);
    expect(await subjects(shop)).toEqual([AHEAD, CHANGED]);
    shop.passMinutes(59);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first cancelled', 'first approved']);
    shop.passMinutes(1);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first cancelled', 'first sent']);
  });

  test('a word that never left, as the step was held, is no word: they hear of it once the hold is over', async () => {
    const shop = await informing(database, 'approve');
    await shop.reconcileAndPlan();
    const pause = {
      kind: 'pause',
      scope: 'customer',
      customerId: 'C1',
      reason: 'on holiday',
      setBy: 'Maria Lopez',
      startsOn: day('2026-11-10'),
      endsOn: day('2026-11-24'),
    } as const;
    const holdId = await shop.within((tx) => setHold(tx, shop.companyId, pause, shop.now()));
    await shop.reconcileAndPlan();
    expect(await subjects(shop)).toEqual([]);
    await shop.within((tx) => liftHold(tx, shop.companyId, holdId, 'Maria Lopez', shop.now()));
    await shop.reconcileAndPlan();
    expect(await shop.states()).toEqual(['first cancelled', 'first awaiting_approval']);
    expect(await subjects(shop)).toEqual([AHEAD]);
  });
});
