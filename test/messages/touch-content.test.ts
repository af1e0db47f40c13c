import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { day } from '../../src/domain/day.ts';
import { templateKeys } from '../../src/messages/template.ts';
import { touchContent } from '../../src/messages/touch-content.store.ts';
import { type TouchMessage, touchMessage } from '../../src/messages/touch-message.store.ts';
import { newId } from '../../src/platform/ids.ts';
import { saveConsequence } from '../../src/policies/consequences/catalogue.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { stepTemplates } from '../../src/policies/templates.ts';
import { Agreements } from '../receivables/agreements/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;
let touchId: string;

/** One customer in New York, one invoice eight days late, one touch that stands. */
beforeAll(async () => {
  database = await testDatabase();
  shop = await Workshop.open(database);
  const customer = customerRow('C1', {
    phone: '+1 212 555 0100',
    country: 'US',
    region: 'NY',
    addressLines: ['48 Harbor Street', 'Albany NY 12207'],
  });
  shop.ledger.put({ customers: [customer], invoices: [invoiceRow('I1')] });
  await shop.morning();
  touchId = (await shop.touches())[0]?.touch_id ?? '';
});
afterAll(() => database.drop());

/** Writes the step into the touch as if it had been planned with it. */
async function plan(change: Partial<Step>): Promise<void> {
  const planned = step({ key: 'first', name: 'first reminder', offsetDays: 3, stage: 'first', ...change });
  await shop.within((tx) =>
    tx
      .updateTable('touch')
      .set({ step: JSON.stringify(planned), channel: planned.channel })
      .where('company_id', '=', shop.companyId)
      .where('touch_id', '=', touchId)
      .execute(),
  );
}

async function plannedWith(change: Partial<Step>): Promise<TouchMessage> {
  await plan(change);
  return await shop.within((tx) =>
    touchMessage(tx, shop.companyId, touchId, shop.now(), 'http://localhost:1'),
  );
}

describe('earlier reminders are spoken of', () => {
  /** A contact about the invoice before; says how many there were then. */
  async function earlierAfter(row: Record<string, unknown>): Promise<number> {
    await plan({});
    return await shop.within(async (tx) => {
      const touch = await tx
        .selectFrom('touch')
        .selectAll()
        .where('touch_id', '=', touchId)
        .executeTakeFirstOrThrow();
      const before = newId(shop.now());
      const values = {
        ...touch,
        ...{ touch_id: before, state: 'sent', sent_at: shop.now(), invoice_set: `before ${before}` },
        ...{ step: JSON.stringify(touch.step), outcome: null, announces: null, ...row },
      };
      await tx.insertInto('touch').values(values).execute();
      await sql`insert into touch_invoice (company_id, touch_id, invoice_id, step_key, stage, open_minor, days_late)
        values (${shop.companyId}, ${before}, 'I1', 'first', 'first', 10000, 8)`.execute(tx);
      const { content } = await touchContent(tx, shop.companyId, touchId, shop.now(), 'http://localhost:1');
      // what was said stays on record, so it is made undone, not taken away
      await sql`update touch set state = 'cancelled' where touch_id = ${before}`.execute(tx);
      return content.earlier;
    });
  }
  const called = (result: string) => ({
    channel: 'call',
    recipient_email: '',
    outcome: JSON.stringify({ channel: 'call', result, note: '' }),
  });

  test('where they reached somebody', async () => {
    expect(await earlierAfter({})).toBe(1);
    expect(await earlierAfter(called('reached'))).toBe(1);
    expect(await earlierAfter(called('left_message'))).toBe(1);
  });

  test('not where they came back, nobody answered, or they were a statement', async () => {
    expect(await earlierAfter({ delivery: 'bounced', delivery_at: shop.now() })).toBe(0);
    expect(await earlierAfter(called('no_answer'))).toBe(0);
    expect(await earlierAfter(called('wrong_number'))).toBe(0);
    expect(await earlierAfter({ step_key: 'statement', channel: 'statement' })).toBe(0);
  });
});

describe('the content of a touch', () => {
  test('is worded by the step that it keeps, whatever the policy says now (S6)', async () => {
    expect((await plannedWith({})).text).toContain('A short note about invoice I1');
    expect((await plannedWith({ template: 'gentle_first' })).text).toContain('I noticed that invoice I1');
    // a wording that is gone gives way to that of the stage
    expect((await plannedWith({ template: 'gone' })).text).toContain('A short note about invoice I1');
    const old = await shop.within(async (tx) => {
      await sql`update touch set step = '{}', channel = 'email' where touch_id = ${touchId}::uuid`.execute(
        tx,
      );
      return await touchMessage(tx, shop.companyId, touchId, shop.now(), 'http://localhost:1');
    });
    expect(old.text).toContain('A short note about invoice I1');
  });

  test('gives the days of the step, and never fewer than the law', async () => {
    const days = async (change: Partial<Step>) => {
      await plan(change);
      const { content } = await shop.within((tx) =>
        touchContent(tx, shop.companyId, touchId, shop.now(), 'http://localhost:1'),
      );
      return content.payBy;
    };
    expect(await days({ payWithinDays: 9 })).toBe('2026-11-19');
    // a company in the UK is given fourteen days with a final notice
    await shop.within((tx) => tx.updateTable('customer').set({ country: 'GB', region: null }).execute());
    expect(await days({ stage: 'final', payWithinDays: 9 })).toBe('2026-11-24');
    await shop.within((tx) => tx.updateTable('customer').set({ country: 'US', region: 'NY' }).execute());
  });

  test('of a letter is the printed page with the customer’s address, of a call the sheet with the number', async () => {
    const letter = await plannedWith({ channel: 'letter', template: 'letter_first' });
    expect(letter.html).toContain('<bdi>48 Harbor Street</bdi><br><bdi>Albany NY 12207</bdi>');
    expect(letter.subject).toBe('Reminder: invoice I1');
    const call = await plannedWith({ channel: 'call', template: 'call' });
    expect(call.html).toContain('+1 212 555 0100');
    expect(call.text).toContain('A day on which $100.00 will be paid');
  });

  test('mentions the letter of its day only when it was about all of these invoices (P3)', async () => {
    const mention = { template: 'letter_mention' };
    expect((await plannedWith(mention)).text).toContain('We are writing about invoice I1.');
    const letterId = await postedLetter('2026-11-06');
    expect((await plannedWith(mention)).text).toContain('We posted a letter about invoice I1 on Nov 6, 2026');
    await shop.within((tx) =>
      tx
        .updateTable('touch')
        .set({ state: 'cancelled' })
        .where('company_id', '=', shop.companyId)
        .where('touch_id', '=', letterId)
        .execute(),
    );
    expect((await plannedWith(mention)).text).not.toContain('We posted');
  });

  test('a call mentions the e-mail before it: the owner’s, or the copy of whoever is called (P3, P10, P11)', async () => {
    const { companyId } = shop;
    const called = (template: string) =>
      plannedWith({
        channel: 'call',
        template,
        recipients: { contacts: false, escalation: template === 'call_head', informSales: false },
      });
    expect((await called('call_after_owner')).text).not.toContain('personal e-mail');
    const mailId = await posted('2026-11-06', { channel: 'email', sender: 'owner' });
    expect((await called('call_after_owner')).text).toContain('you had from us on Nov 10, 2026');
    expect((await called('call_head')).text).not.toContain('a copy of our e-mail');
    await shop.within(async (tx) => {
      await sql`update customer set escalation_name = 'Ruth Hale', escalation_email = 'Ruth@c1.example'`.execute(
        tx,
      );
      await sql`update touch set recipient_name = 'Ruth Hale' where touch_id = ${touchId}::uuid`.execute(tx);
      await sql`insert into touch_copy (company_id, touch_id, email, copy_id, name, why, state, next_attempt_at, created_at)
        values (${companyId}::uuid, ${mailId}::uuid, 'ruth@c1.example', ${newId(shop.now())}::uuid, 'Ruth Hale',
          'escalation', 'sent', ${shop.now()}, ${shop.now()})`.execute(tx);
    });
    const { text } = await called('call_head');
    expect(text).toContain('Am I speaking with Ruth Hale?');
    expect(text).toContain('of which you had a copy of our e-mail of Nov 10, 2026');
    await shop.within(async (tx) => {
      await sql`update customer set escalation_name = null, escalation_email = null`.execute(tx);
      await sql`update touch set state = 'cancelled' where touch_id = ${mailId}::uuid`.execute(tx);
    });
  });

  test('names a promised day and asks for a plan’s instalment from the agreements (R11)', async () => {
    const named = { template: 'promise_broken' };
    expect((await plannedWith(named)).text).toContain('The day you named has passed');
    await expect(plannedWith({ template: 'instalment' })).rejects.toThrow('not that of the instalment');
    const agreements = new Agreements(shop);
    const promiseId = await agreements.promise({ date: day('2026-11-12') });
    await shop.within(async (tx) => {
      await sql`update agreement set state = 'broken', settled_on = '2026-11-17', next_event_on = null
        where company_id = ${shop.companyId}::uuid and agreement_id = ${promiseId}::uuid`.execute(tx);
      await sql`update agreement_invoice set live = false
        where company_id = ${shop.companyId}::uuid and agreement_id = ${promiseId}::uuid`.execute(tx);
    });
    expect((await plannedWith(named)).text).toContain('It was announced for Nov 12, 2026');
    await agreements.plan();
    const asking = (minor: number) =>
      shop.within((tx) =>
        tx.updateTable('touch').set({ ask_minor: minor }).where('touch_id', '=', touchId).execute(),
      );
    await asking(4_000);
    await expect(plannedWith({ template: 'instalment' })).rejects.toThrow('not that of the instalment');
    shop.at('2026-11-17T18:00:00Z');
    const { text } = await plannedWith({ template: 'instalment' });
    expect(text).toContain('Instalment 1 of 2, $40.00, was due on Nov 16, 2026');
    // its grace: the plan ends after it
    expect(text).toContain('Please pay $40.00 by Wed, Nov 18, 2026');
    await asking(3_999);
    await expect(plannedWith({ template: 'instalment' })).rejects.toThrow('not that of the instalment');
    await asking(10_000);
  });

  test('announces interest only to whom it may be charged, as law and policy are when it leaves (P8)', async () => {
    const { companyId } = shop;
    const says = { leadDays: 3, doing: 'Do it.', ownerName: 'Maria Lopez', ownerEmail: null, active: true };
    for (const kind of ['interest', 'stop_supply'] as const)
      await shop.within((tx) => saveConsequence(tx, companyId, kind, says, 'Maria Lopez', shop.now()));
    const announcing = async (consequence: string) => {
      await plan({ stage: 'final', template: 'final', consequence });
      const { announces } = await shop.within((tx) =>
        touchContent(tx, companyId, touchId, shop.now(), 'http://localhost:1'),
      );
      return announces?.kind ?? null;
    };
    expect(await announcing('stop_supply')).toBe('stop_supply');
    expect(await announcing('interest')).toBeNull();
    await shop.within(async (tx) => {
      const { version, ...document } = await getDocument(tx, companyId);
      const stated = { attestedBy: 'Maria Lopez', attestedOn: '2026-11-01' };
      const lateFee = { kind: 'contract', yearlyRateBp: 1_200, graceDays: 0, ...stated } as const;
      const settings = { ...document.settings, lateFee };
      const change = { expectedVersion: version, document: { ...document, settings } };
      await saveDocument(tx, companyId, change, 'Maria Lopez', shop.now());
    });
    expect(await announcing('interest')).toBe('interest');
    const treatAs = (debtor_type: string) =>
      shop.within((tx) => tx.updateTable('customer').set({ debtor_type }).execute());
    await treatAs('sole_trader');
    expect(await announcing('interest')).toBeNull();
    expect(await announcing('stop_supply')).toBe('stop_supply');
    await treatAs('business');
  });

  test('says nothing of a copy that nobody gets (P11)', async () => {
    const recipients = { contacts: false, escalation: true, informSales: false };
    const { text } = await plannedWith({ template: 'manager_copied', recipients });
    expect(text).not.toContain('receives a copy');
  });
});

/** A letter of the same case about the same invoice, posted on a day. */
const postedLetter = (postedOn: string): Promise<string> => posted(postedOn, { channel: 'letter' });

/** Something of the same case about the same invoice that left. */
async function posted(
  postedOn: string,
  { channel, sender = 'bookkeeper' }: { readonly channel: string; readonly sender?: string },
): Promise<string> {
  return await shop.within(async (tx) => {
    const letterId = newId(shop.now());
    await sql`
      insert into touch (company_id, touch_id, case_id, customer_id, currency, step_key, step_number, channel, style,
        recipient_name, recipient_email, invoice_set, state, ask_minor, planned_for, created_at, sent_at, outcome, step)
      select company_id, ${letterId}::uuid, case_id, customer_id, currency, 'letter_first', 1, ${channel}, style,
        recipient_name, '', invoice_set, 'sent', ask_minor, planned_for, created_at, ${shop.now()},
        ${JSON.stringify({ channel: 'letter', postedOn: day(postedOn), note: '' })}::jsonb,
        ${JSON.stringify({ key: 'letter_first', sender })}::jsonb
      from touch where company_id = ${shop.companyId}::uuid and touch_id = ${touchId}::uuid`.execute(tx);
    await sql`
      insert into touch_invoice (company_id, touch_id, invoice_id, step_key, open_minor, days_late, stage)
      select company_id, ${letterId}::uuid, invoice_id, 'letter_first', open_minor, days_late, 'first'
      from touch_invoice where company_id = ${shop.companyId}::uuid and touch_id = ${touchId}::uuid`.execute(
      tx,
    );
    return letterId;
  });
}

test('every wording that a policy may name exists', () => {
  expect(
    Object.keys(stepTemplates).filter((key) => !(templateKeys as readonly string[]).includes(key)),
  ).toEqual([]);
});
