import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { resendTouch } from '../../src/dunning/resend.store.ts';
import { saveCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { step } from '../../src/policies/step.ts';
import { setDebtorType } from '../../src/receivables/debtor-type.store.ts';
import { TouchChanges } from '../../src/web/pages/touch/change.view.tsx';
import { readTouch } from '../../src/web/pages/touch/touch.store.ts';
import { owes } from '../delivery/support.ts';
import { withSettings } from '../policies/check-support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { currency, customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';
import { frame } from '../web/frame.ts';

let database: TestDatabase;
let shop: Workshop;

const by = 'Maria Lopez';

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  shop = await Workshop.open(database);
  owes(shop);
  await shop.morning();
  await shop.deliver();
  expect(await shop.states()).toEqual(['first sent']);
});

async function again(reason?: string): Promise<string> {
  const [sent] = await shop.touches();
  const wanted = reason === undefined ? {} : { reason };
  return shop.within((tx) => resendTouch(tx, shop.companyId, sent?.touch_id ?? '', wanted, by, shop.now()));
}

async function stateOf(touchId: string): Promise<string> {
  const touch = (await shop.touches()).find((row) => row.touch_id === touchId);
  return touch === undefined ? 'gone' : `${touch.state} ${touch.state_reason ?? ''}`.trim();
}

const pause = (paused: boolean, expectedVersion: number) =>
  shop.within((tx) =>
    saveCustomerPolicy(
      tx,
      shop.companyId,
      'C1',
      { segment: null, settings: {}, paused, expectedVersion },
      by,
      shop.now(),
    ),
  );

describe('IDM-11: what is sent once more', () => {
  it('S6: is taken back when the customer is paused before it left, and is refused while they are', async () => {
    shop.at('2026-11-12T05:00:00Z');
    const touchId = await again();
    await pause(true, 0);
    await shop.reconcileAndPlan();
    expect(await stateOf(touchId)).toBe('cancelled Reminders to this customer are paused.');
    await expect(again()).rejects.toThrow(/paused/);
    await pause(false, 1);
    await expect(again()).resolves.toEqual(expect.any(String));
  });

  it('section 6: does not go in the service’s style to somebody who turned out to be a private person', async () => {
    await shop.within((tx) => tx.updateTable('touch').set({ style: 'service' }).execute());
    shop.at('2026-11-12T05:00:00Z');
    const touchId = await again();
    await shop.within((tx) => setDebtorType(tx, shop.companyId, 'C1', 'consumer', by, shop.now()));
    await shop.reconcileAndPlan();
    expect(await stateOf(touchId)).toMatch(/^cancelled /);
    await expect(again()).rejects.toThrow(/may not be sent again/);
  });

  describe('where the law warns of a final notice', () => {
    const last = step({ key: 'first', name: 'final notice', offsetDays: 3, stage: 'final' });
    const warning = /prescribed contents.*Pre-Action Protocol for Debt Claims/;
    beforeEach(async () => {
      await shop.within(async (tx) => {
        await tx
          .updateTable('touch')
          .set({ step: JSON.stringify(last) })
          .execute();
        await tx.updateTable('customer').set({ country: 'GB', debtor_type: 'sole_trader' }).execute();
      });
      shop.at('2026-11-12T05:00:00Z');
    });

    it('S4: is released with a reason as the first one was, which is kept with the warning', async () => {
      await expect(again()).rejects.toMatchObject({
        field: 'reason',
        message: expect.stringMatching(warning),
      });
      expect(await shop.states()).toEqual(['first sent']);
      const reason = 'All papers are enclosed.';
      await again(reason);
      const kept = await shop.within((tx) =>
        tx
          .selectFrom('activity')
          .select(['summary', 'data'])
          .where('kind', '=', 'touch_resent')
          .executeTakeFirstOrThrow(),
      );
      expect(kept.summary).toMatch(warning);
      expect(kept.summary).toContain(reason);
      expect(kept.data).toMatchObject({ rules: ['uk-letter-of-claim-papers'], override: reason });
    });

    it('the form says of what, and asks', async () => {
      const [sent] = await shop.touches();
      const page = await shop.within((tx) => readTouch(tx, shop.companyId, sent?.touch_id ?? '', shop.now()));
      expect(page.warnings.map(({ id }) => id)).toEqual(['uk-letter-of-claim-papers']);
      const touch = { ...page, repeats: false };
      const html = renderToString(h(TouchChanges, { frame: frame(), touch, from: 'touch' }));
      expect(html).toMatch(warning);
      expect(html).toMatch(/action="[^"]*\/resend".*name="reason"/s);
      const unwarned = { ...touch, warnings: [] };
      expect(
        renderToString(h(TouchChanges, { frame: frame(), touch: unwarned, from: 'touch' })),
      ).not.toContain('name="reason"');
    });
  });

  it('S3: is the customer’s one message of its day, whatever else falls due in another currency', async () => {
    // the evening before: it waits for the window of the twelfth
    shop.at('2026-11-12T05:00:00Z');
    const touchId = await again();
    shop.ledger.put({ invoices: [invoiceRow('I2', { currency: currency('EUR') })] });
    shop.at('2026-11-12T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    await shop.deliver();
    expect(await stateOf(touchId)).toBe('sent');
    expect((await shop.states()).filter((state) => state === 'first sent')).toHaveLength(2);
    shop.at('2026-11-13T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    expect(await shop.states()).toEqual(['first sent', 'first sent', 'first sent']);
  });

  it('S3: goes on another day when something else left on its own', async () => {
    shop.at('2026-11-12T05:00:00Z');
    const touchId = await again();
    // as if a call in another currency had been made this morning
    await shop.within(async (tx) => {
      const { touch_id: _, ...row } = await tx
        .selectFrom('touch')
        .selectAll()
        .where('state', '=', 'sent')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('touch')
        .values({
          ...row,
          touch_id: '01890000-0000-7000-8000-000000000001',
          step: JSON.stringify(row.step),
          outcome: null,
          announces: null,
          channel: 'call',
          currency: 'EUR',
          sent_at: '2026-11-12T17:00:00Z',
          created_at: '2026-11-12T17:00:00Z',
        })
        .execute();
    });
    shop.at('2026-11-12T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    expect(await stateOf(touchId)).toBe('approved');
    shop.at('2026-11-13T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    expect(await stateOf(touchId)).toBe('sent');
  });
});

it('S3: it is not sent again on a day of the customer’s on which they had it, whatever day the company has', async () => {
  shop.ledger.put({
    customers: [customerRow('C2', { country: 'JP' })],
    invoices: [invoiceRow('I2', { customerId: 'C2' })],
  });
  await shop.within(async (tx) => {
    const document = withSettings({ window: { from: '08:00', to: '18:00' } });
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    await saveDocument(tx, shop.companyId, { expectedVersion, document }, by, shop.now());
  });
  // half past three in the afternoon in Oregon, half past eight on the next morning in Tokyo
  shop.at('2026-11-10T23:30:00Z');
  await shop.morning();
  await shop.deliver();
  const touch = (await shop.touches()).find((row) => row.customer_id === 'C2');
  expect(touch?.state).toBe('sent');
  const once = () =>
    shop.within((tx) => resendTouch(tx, shop.companyId, touch?.touch_id ?? '', {}, by, shop.now()));
  // past midnight in Oregon, half past five in the afternoon of the same day in Tokyo
  shop.at('2026-11-11T08:30:00Z');
  await expect(once()).rejects.toThrow(/one a day is the most/);
  shop.at('2026-11-11T23:30:00Z');
  await expect(once()).resolves.toEqual(expect.any(String));
});
