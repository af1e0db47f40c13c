import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { cancelTouch } from '../../src/dunning/approval.store.ts';
import type { Tx } from '../../src/platform/db.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { retryWaitMs } from '../../src/platform/retry.ts';
import { saveCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import { setPaused } from '../../src/policies/document.store.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  shop = await Workshop.open(database);
  for (const id of ['C1', 'C2', 'C3']) {
    shop.ledger.put({
      customers: [customerRow(id)],
      invoices: [invoiceRow(`I-${id}`, { customerId: id })],
    });
  }
  await shop.morning();
});

const printed = { channel: 'letter', recipient_email: '', printed_pay_by: day('2026-11-20') };
const sequence = { part: 'sequences', key: 'email' } as const;

async function pauseAll(tx: Tx): Promise<void> {
  const own = { segment: null, settings: {}, paused: true, expectedVersion: 0 };
  for (const id of ['C1', 'C2', 'C3'])
    await saveCustomerPolicy(tx, shop.companyId, id, own, 'Dana', shop.now());
}

describe('a batch that is leaving', () => {
  test('EXC-02 R10: a hold that a person sets meanwhile stops the rest of it at once', async () => {
    let set = false;
    shop.mailer.during = async (mail) => {
      if (set) return;
      set = true;
      for (const customerId of ['C1', 'C2', 'C3'].filter((id) => !mail.to.email.includes(id.toLowerCase()))) {
        await shop.within((tx) =>
          setHold(
            tx,
            shop.companyId,
            {
              kind: 'pause',
              scope: 'customer',
              customerId,
              reason: 'wrong goods',
              setBy: 'Dana',
              startsOn: day('2026-01-01'),
            },
            shop.now(),
          ),
        );
      }
    };
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
    expect((await shop.states()).filter((state) => state.endsWith('cancelled'))).toHaveLength(2);
  });

  test('R10: a pause of the whole company that a person sets meanwhile stops the rest of it at once', async () => {
    let set = false;
    shop.mailer.during = async () => {
      if (set) return;
      set = true;
      const pause = { kind: 'pause', scope: 'company', reason: 'stocktaking', setBy: 'Dana' } as const;
      await shop.within((tx) =>
        setHold(tx, shop.companyId, { ...pause, startsOn: day('2026-01-01') }, shop.now()),
      );
    };
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
    const states = (await shop.states()).filter((state) => state.endsWith('cancelled'));
    expect(states).toHaveLength(2);
    const reasons = (await shop.touches()).map((touch) => touch.state_reason).filter(Boolean);
    expect(new Set(reasons)).toEqual(new Set(['Paused until it is lifted: stocktaking (Dana).']));
  });

  test('EXC-11: a released message that a person takes back does not leave, and its customer rests', async () => {
    const [touch] = (await shop.touches()).filter((one) => one.state === 'approved');
    if (touch === undefined) throw new Error('nothing was released');
    const takeBack = (reason: string): Promise<void> =>
      shop.within((tx) => cancelTouch(tx, shop.companyId, touch.touch_id, reason, 'Dana', shop.now()));
    await takeBack('they have called');
    await shop.deliver();
    expect(shop.mailer.mails.map((mail) => mail.touchId)).not.toContain(touch.touch_id);
    expect(shop.mailer.mails).toHaveLength(2);
    await expect(takeBack('again')).rejects.toThrow('has left already, or was taken back');
    shop.at('2026-11-17T18:00:00Z');
    await shop.morning();
    const again = (await shop.touches()).filter((one) => one.customer_id === touch.customer_id);
    expect(again.map((one) => one.state)).toEqual(['cancelled']);
  });

  test('P1: nobody takes back a letter that is printed, as it may be in the post', async () => {
    const [touch] = await shop.touches();
    if (touch === undefined) throw new Error('nothing was released');
    await shop.within((tx) =>
      tx
        .updateTable('touch')
        .set({ ...printed, printed_at: shop.now(), printed_by: 'Dana' })
        .where('touch_id', '=', touch.touch_id)
        .execute(),
    );
    const takeBack = shop.within((tx) =>
      cancelTouch(tx, shop.companyId, touch.touch_id, 'they have called', 'Dana', shop.now()),
    );
    await expect(takeBack).rejects.toThrow('This letter is printed and may be in the post.');
  });

  for (const [what, pausing] of [
    [
      'the sequence',
      (tx: Tx) => setPaused(tx, shop.companyId, { ...sequence, paused: true }, 'Dana', shop.now()),
    ],
    ['each customer', (tx: Tx) => pauseAll(tx)],
  ] as const)
    test(`S6: a pause of ${what} that a person sets meanwhile stops the rest of it at once`, async () => {
      let set = false;
      shop.mailer.during = async () => {
        if (set) return;
        set = true;
        await shop.within<unknown>(pausing);
      };
      await shop.deliver();
      expect(shop.mailer.mails).toHaveLength(1);
      expect((await shop.states()).filter((state) => state.endsWith('cancelled'))).toHaveLength(2);
    });

  test('S6: preview stops it at once', async () => {
    shop.mailer.during = () => shop.setMode('preview');
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
  });

  test('R9: a read older than fifteen minutes does not vouch for it; the ledger is read again', async () => {
    let reads = 0;
    const read = shop.ledger.readChanges.bind(shop.ledger);
    shop.ledger.readChanges = (cursor, confirm) => {
      reads += 1;
      return read(cursor, confirm);
    };
    let moved = false;
    shop.mailer.during = async () => {
      if (moved) return;
      moved = true;
      shop.at(new Date(shop.now().getTime() + 16 * 60_000));
    };
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(3);
    expect(reads).toBe(2);
  });

  test('RATE-01: a ledger that refuses the read is asked again no sooner than it says, and the release stays', async () => {
    let reads = 0;
    shop.ledger.readChanges = () => {
      reads += 1;
      throw new LedgerError('rate_limited', 'slow down', { retryAfterSeconds: 1_200 });
    };
    await shop.deliver();
    await shop.deliver();
    expect(reads).toBe(1);
    expect(new Set(await shop.states())).toEqual(new Set(['first approved']));
    const [touch] = await shop.touches();
    expect(touch?.planned_for.getTime()).toBe(shop.now().getTime() + 1_200_000);
  });
});

test('waits grow with the time that something has been failing, from five minutes to an hour', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
  const minutes = (since: Date | null, asked: number | null = null): number =>
    retryWaitMs(since, now, asked) / 60_000;
  expect([minutes(null), minutes(ago(4)), minutes(ago(40)), minutes(ago(600))]).toEqual([5, 5, 20, 60]);
  expect(minutes(ago(4), 7_200)).toBe(120);
});
