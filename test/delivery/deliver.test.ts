import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { outcomes } from '../support/fakes.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';
import { changeInLedger, owes } from './support.ts';

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

describe('a released message', () => {
  test('leaves once, with the figures of the ledger, and counts as a step done', async () => {
    owes(shop);
    await shop.morning();
    expect(await shop.states()).toEqual(['first approved']);
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
    expect(shop.mailer.mails[0]).toMatchObject({
      companyId: shop.companyId,
      to: { email: 'ap@c1.example' },
      inReplyTo: null,
    });
    expect(shop.mailer.mails[0]?.text).toContain('$100.00');
    expect(await shop.states()).toEqual(['first sent']);
    await shop.morning();
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
  });

  test('PAR-02: is taken back when the read right before sending finds the invoice paid', async () => {
    owes(shop);
    await shop.morning();
    changeInLedger(shop, 'I1', { openMinor: 0, status: 'closed' });
    await shop.deliver();
    expect(shop.mailer.mails).toEqual([]);
    expect(await shop.touches()).toMatchObject([
      { state: 'cancelled', state_reason: 'everything that was past due is paid.' },
    ]);
  });

  test('PAR-13: is taken back when that read no longer finds the invoice at all', async () => {
    owes(shop);
    await shop.morning();
    shop.ledger.invoices.delete('I1');
    await shop.deliver();
    expect(shop.mailer.mails).toEqual([]);
    expect(await shop.states()).toEqual(['first cancelled']);
  });

  test('PAR-03: asks for what remains when a part was paid since the plan', async () => {
    owes(shop);
    await shop.morning();
    changeInLedger(shop, 'I1', { openMinor: 4_000 });
    await shop.deliver();
    expect(await shop.states()).toEqual(['first cancelled', 'first sent']);
    expect(shop.mailer.mails[0]?.text).toContain('$40.00');
  });

  test('TOL-08: stays when the ledger answers something that cannot be read about this customer', async () => {
    owes(shop);
    await shop.morning();
    shop.ledger.rejected = [
      { kind: 'invoice', id: 'I9', customerId: 'C1', reason: 'Balance is "abc", not an amount' },
    ];
    await shop.deliver();
    expect(shop.mailer.mails).toEqual([]);
    expect(await shop.problems()).toContain('row_unreadable');
  });

  test('IDM-13: without a fresh read nothing leaves, and the page says why; the next read sets it right', async () => {
    owes(shop);
    await shop.morning();
    shop.ledger.readFaults.push(new LedgerError('unavailable', 'Internal Server Error'));
    await shop.deliver();
    expect(shop.mailer.mails).toEqual([]);
    expect(await shop.states()).toEqual(['first approved']);
    expect(await shop.problems()).toEqual(['sync_failed']);
    shop.passMinutes(5);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first sent']);
    expect(await shop.problems()).toEqual([]);
  });

  test('is answered in the same conversation by its successor', async () => {
    owes(shop);
    await shop.morning();
    await shop.deliver();
    shop.at('2026-11-17T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    const [first, second] = shop.mailer.mails;
    expect(second).toMatchObject({ inReplyTo: first?.messageId, references: [first?.messageId] });
    expect(await shop.states()).toEqual(['first sent', 'second sent']);
  });
});

describe('two workers', () => {
  test('IDM-02: that deliver at once send one mail', async () => {
    owes(shop);
    await shop.morning();
    await Promise.allSettled([shop.deliver(), shop.deliver(), shop.deliver()]);
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
    expect(await shop.states()).toEqual(['first sent']);
  });

  test('IDM-02: of which one begins while the other’s message is under way send one mail', async () => {
    owes(shop);
    await shop.morning();
    shop.mailer.during = async () => {
      shop.mailer.during = async () => undefined;
      await shop.deliver();
    };
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
    expect(await shop.states()).toEqual(['first sent']);
  });
});

describe('a provider that does not take the message', () => {
  test('IDM-06: is asked again, and after five attempts a person is told', async () => {
    owes(shop);
    await shop.morning();
    shop.mailer.outcomes.push(...Array.from({ length: 5 }, () => outcomes.later));
    for (const wait of [0, 5, 10, 20, 40]) {
      shop.passMinutes(wait);
      await shop.deliver();
    }
    expect(shop.mailer.mails).toHaveLength(5);
    expect(await shop.touches()).toMatchObject([
      { state: 'failed', attempts: 5, state_reason: outcomes.later.reason },
    ]);
    expect(await shop.problems()).toEqual(['send_failed']);
  });

  test('IDM-12: an outage does not use up the step: the same step leaves the next day', async () => {
    owes(shop);
    await shop.morning();
    shop.mailer.outcomes.push(...Array.from({ length: 5 }, () => outcomes.later));
    for (const wait of [0, 5, 10, 20, 40]) {
      shop.passMinutes(wait);
      await shop.deliver();
    }
    await shop.morning();
    expect(await shop.states()).toEqual(['first failed']);
    // Wednesday the 11th is a public holiday
    shop.at('2026-11-12T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    expect(await shop.states()).toEqual(['first failed', 'first sent']);
  });

  test('blames nobody’s address when it refuses our own account: all wait half an hour, then the same messages leave', async () => {
    owes(shop);
    shop.ledger.put({
      customers: [customerRow('C2')],
      invoices: [invoiceRow('I2', { customerId: 'C2' })],
    });
    await shop.morning();
    const blocked = { kind: 'blocked', code: '10', reason: 'The server token is not valid.' } as const;
    shop.mailer.outcomes.push(blocked, blocked);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first approved', 'first approved']);
    const [first, second] = await shop.touches();
    for (const touch of [first, second]) {
      expect(touch?.attempts).toBe(0);
      expect(touch?.planned_for.toISOString()).toBe('2026-11-10T18:30:00.000Z');
    }
    expect(first?.state_reason).toContain('own account');
    expect(await shop.problems()).toEqual(['mail_blocked']);
    shop.mailer.outcomes.length = 0;
    shop.passMinutes(29);
    const asked = shop.mailer.mails.length;
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(asked);
    shop.passMinutes(1);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first sent', 'first sent']);
    expect(await shop.problems()).toEqual([]);
  });

  test('IDM-07, IDM-12: a refused recipient is not tried again, the step stays open and waits for another address', async () => {
    owes(shop);
    await shop.morning();
    shop.mailer.outcomes.push(outcomes.inactive);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first failed']);
    expect(await shop.problems()).toEqual(['send_failed']);
    shop.at('2026-11-12T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
    const decisions = await shop.within((tx) =>
      tx.selectFrom('decision').selectAll().where('decided_on', '=', '2026-11-12').execute(),
    );
    expect(decisions).toMatchObject([{ verdict: 'held', next_at: null }]);
    expect(JSON.stringify(decisions[0]?.reasons)).toContain('refused');
    const renamed = customerRow('C1', { emails: ['new@c1.example'], changedAt: shop.now().toISOString() });
    shop.ledger.put({ customers: [renamed] });
    await shop.morning();
    await shop.deliver();
    expect(shop.mailer.mails[1]?.to.email).toBe('new@c1.example');
    expect(await shop.states()).toEqual(['first failed', 'first sent']);
  });
});

describe('a day', () => {
  test('S3: has one message for a customer, even when two currencies are released', async () => {
    await shop.setMode('approve');
    const eur = { invoiceId: 'I2', currency: 'EUR' };
    shop.ledger.put({
      customers: [customerRow('C1')],
      invoices: [
        invoiceRow('I1'),
        invoiceRow('I2', { ...eur, currency: eur.currency as never, dueOn: day('2026-11-03') }),
      ],
    });
    await shop.morning();
    shop.at('2026-11-12T16:00:00Z');
    await shop.morning();
    await shop.within((tx) =>
      tx
        .updateTable('touch')
        .set({ state: 'approved', approved_by: 'Maria Lopez' })
        .where('state', '=', 'awaiting_approval')
        .execute(),
    );
    shop.at('2026-11-12T18:00:00Z');
    await shop.deliver();
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
    shop.at('2026-11-13T18:00:00Z');
    await shop.morning();
    await shop.within((tx) =>
      tx
        .updateTable('touch')
        .set({ state: 'approved', approved_by: 'Maria Lopez' })
        .where('state', '=', 'awaiting_approval')
        .execute(),
    );
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(2);
    expect(new Set(shop.mailer.mails.map((mail) => mail.touchId)).size).toBe(2);
  });

  test('S1: ends with the window: what a person released too late keeps its release and leaves when it opens next', async () => {
    await shop.setMode('approve');
    owes(shop);
    await shop.morning();
    await shop.within((tx) =>
      tx.updateTable('touch').set({ state: 'approved', approved_by: 'Maria Lopez' }).execute(),
    );
    shop.at('2026-11-11T01:30:00Z');
    await shop.morning();
    await shop.deliver();
    expect(await shop.states()).toEqual(['first approved']);
    const [touch] = await shop.touches();
    expect(touch?.planned_for.toISOString()).toBe('2026-11-12T17:00:00.000Z');
    shop.at('2026-11-12T17:00:00Z');
    await shop.deliver();
    expect(await shop.states()).toEqual(['first sent']);
  });
});
