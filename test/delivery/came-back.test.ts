import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { onMailEvent } from '../../src/delivery/mail-events.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import type { MailEvent } from '../../src/ports/mailer.ts';
import { announcedTo, dayOf, statesOf } from '../dunning/announcements/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';
import { owes } from './support.ts';

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

type Told = Extract<MailEvent, { kind: 'bounced' }>;

/** What the provider tells of a touch or a copy that came back. */
function cameBack(of: { touchId: string } | { copyId: string }, inactive: boolean): Told {
  return {
    kind: 'bounced',
    touchId: null,
    ...of,
    companyId: shop.companyId,
    providerMessageId: 'pm-1',
    recipient: 'x@c1.example',
    at: shop.now().toISOString(),
    eventId: `bounce ${JSON.stringify(of)} ${inactive}`,
    inactive,
    details: inactive ? 'no such mailbox.' : 'mailbox full.',
  };
}

const problems = (kind: string) =>
  shop.within((tx) =>
    tx
      .selectFrom('problem')
      .select(['subject', 'customer_id', 'what', 'meaning', 'action'])
      .where('kind', '=', kind)
      .where('resolved_at', 'is', null)
      .execute(),
  );
const lastTouch = async () => (await shop.touches()).at(-1)?.touch_id ?? '';

test('P8, S9: what a final notice announced that came back for good does not count, and the task says so', async () => {
  await announcedTo(shop);
  await onMailEvent(shop.duly, cameBack({ touchId: await lastTouch() }, true));
  expect(await statesOf(shop)).toEqual(['C1 unheard']);
  const [task] = await problems('address_bounces');
  expect(task?.meaning).toContain('does not count as announced: the customer has not heard of it.');
  await onMailEvent(shop.duly, cameBack({ touchId: await lastTouch() }, true));
  await dayOf(shop, '2026-12-07');
  expect(await problems('consequence_due')).toEqual([]);
  expect(await problems('consequence_broken')).toEqual([]);
  expect(await statesOf(shop)).toEqual(['C1 unheard']);
  // the address is put right: the same step goes out and announces it anew, with a day of its own
  const emails = { emails: ['new@c1.example'], changedAt: shop.now().toISOString() };
  shop.ledger.put({ customers: [customerRow('C1', emails)] });
  await dayOf(shop, '2026-12-08');
  expect((await statesOf(shop)).toSorted()).toEqual(['C1 announced', 'C1 unheard']);
  expect([...shop.mailer.mails].at(-1)?.text).toContain('we make no further deliveries');
});

test('P8: what came back this once still counts, and the task of its day asks to make sure of it', async () => {
  await announcedTo(shop);
  await onMailEvent(shop.duly, cameBack({ touchId: await lastTouch() }, false));
  expect(await statesOf(shop)).toEqual(['C1 announced']);
  await dayOf(shop, '2026-11-27');
  expect((await problems('consequence_due'))[0]?.what).toContain('make sure that the customer has it');
});

test('P8: one that was broken already blocks nobody any more once its message came back', async () => {
  await announcedTo(shop);
  await dayOf(shop, '2026-12-03');
  expect(await statesOf(shop)).toEqual(['C1 broken']);
  await onMailEvent(shop.duly, cameBack({ touchId: await lastTouch() }, true));
  expect(await statesOf(shop)).toEqual(['C1 unheard']);
  expect(await problems('consequence_broken')).toEqual([]);
});

test('CON-05: a blind copy that comes back is told on the customer’s page, is a task, and goes there no more', async () => {
  const bcc = (email: string) =>
    shop.within((tx) => tx.updateTable('company').set({ bcc_email: email }).execute());
  await bcc('us@firm.example');
  owes(shop);
  await shop.morning();
  await shop.deliver();
  const copy = await shop.within((tx) => tx.selectFrom('touch_copy').selectAll().executeTakeFirstOrThrow());
  await onMailEvent(shop.duly, cameBack({ copyId: copy.copy_id }, false));
  expect(await problems('address_bounces')).toEqual([]);
  const bounced = cameBack({ copyId: copy.copy_id }, true);
  for (let times = 0; times < 2; times += 1) await onMailEvent(shop.duly, bounced);
  await onMailEvent(shop.duly, cameBack({ copyId: crypto.randomUUID() }, true));
  expect(await problems('address_bounces')).toMatchObject([
    {
      customer_id: null,
      what: 'The copy to us@firm.example came back: no such mailbox.',
      meaning: expect.stringContaining('The customer’s own messages are not concerned.'),
    },
  ]);
  const told = await shop.within((tx) =>
    tx.selectFrom('activity').select(['customer_id', 'summary']).where('kind', '=', 'copy_bounced').execute(),
  );
  expect(told.map(({ customer_id }) => customer_id)).toEqual(['C1', 'C1']);
  expect(await shop.states()).toEqual(['first sent']);
  shop.at('2026-11-17T18:00:00Z');
  await shop.morning();
  await shop.deliver();
  expect(shop.mailer.mails.map((mail) => mail.to.email)).toEqual([
    'ap@c1.example',
    'us@firm.example',
    'ap@c1.example',
  ]);
});

test('CON-04: the address of a contact that is dead is a task until the books do not have it any more', async () => {
  const contact = (email: string) => ({ name: 'Ben Reyes', email, forInvoices: true });
  const has = (email: string) => {
    const changedAt = shop.now().toISOString();
    shop.ledger.put({
      customers: [customerRow('C1', { emails: ['ap@c1.example'], contacts: [contact(email)], changedAt })],
    });
  };
  owes(shop);
  has('ben@c1.example');
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    const sequences = emailBody.sequences.map((sequence) => ({
      ...sequence,
      steps: sequence.steps.map((step) => ({
        ...step,
        recipients: { contacts: true, escalation: false, informSales: false },
      })),
    }));
    const change = { expectedVersion, document: { ...emailBody, sequences } };
    await saveDocument(tx, shop.companyId, change, 'Maria Lopez', shop.now());
  });
  await shop.morning();
  await shop.deliver();
  const copy = await shop.within((tx) => tx.selectFrom('touch_copy').selectAll().executeTakeFirstOrThrow());
  expect(copy.email).toBe('ben@c1.example');
  await onMailEvent(shop.duly, cameBack({ copyId: copy.copy_id }, true));
  expect(await problems('address_bounces')).toMatchObject([
    { customer_id: 'C1', subject: 'C1 ben@c1.example', action: expect.stringContaining('contact') },
  ]);
  await shop.reconcileAndPlan();
  expect(await problems('address_bounces')).toHaveLength(1);
  shop.passMinutes(30);
  has('benjamin@c1.example');
  await shop.morning();
  expect(await problems('address_bounces')).toEqual([]);
});
