import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sendNotices } from '../../src/companies/notice.job.ts';
import { day } from '../../src/domain/day.ts';
import { saveDocument } from '../../src/policies/document.store.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { outcomes } from '../support/fakes.ts';
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
  owes(shop);
});

const copies = (): Promise<{ email: string; why: string; state: string }[]> =>
  shop.within((tx) =>
    tx.selectFrom('touch_copy').select(['email', 'why', 'state']).orderBy('email').execute(),
  );
const to = (email: string) => shop.mailer.mails.filter((mail) => mail.to.email === email);

describe('copies of a message', () => {
  beforeEach(async () => {
    await shop.within((tx) =>
      tx
        .updateTable('company')
        .set({ bcc_email: 'us@firm.example' })
        .where('company_id', '=', shop.companyId)
        .execute(),
    );
    await shop.morning();
  });

  test('CON-05: one that may have left is looked up twice before it is sent again, with the same bytes', async () => {
    const accepted = { kind: 'accepted', providerMessageId: 'pm-main' } as const;
    shop.mailer.outcomes.push(accepted, outcomes.uncertain);
    await shop.deliver();
    expect(await copies()).toEqual([{ email: 'us@firm.example', why: 'blind', state: 'uncertain' }]);
    for (const minutes of [5, 5, 10]) {
      expect(to('us@firm.example')).toHaveLength(1);
      shop.passMinutes(minutes);
      await shop.deliver();
    }
    await shop.deliver();
    expect(await copies()).toMatchObject([{ state: 'sent' }]);
    const [main] = to('ap@c1.example');
    expect(to('us@firm.example')).toHaveLength(2);
    for (const copy of to('us@firm.example'))
      expect(copy).toMatchObject({
        kind: 'copy',
        html: main?.html,
        text: main?.text,
        subject: main?.subject,
      });
    expect(await shop.states()).toEqual(['first sent']);
  });

  test('CON-05: one that the provider knows is not sent again; nobody gets a copy of what was refused', async () => {
    shop.mailer.outcomes.push({ kind: 'accepted', providerMessageId: 'pm-main' }, outcomes.uncertain);
    await shop.deliver();
    const [copy] = to('us@firm.example');
    shop.mailer.known.set(copy?.touchId ?? '', 'pm-copy');
    shop.passMinutes(10);
    await shop.deliver();
    expect(await copies()).toMatchObject([{ state: 'sent' }]);
    expect(to('us@firm.example')).toHaveLength(1);
  });

  test('S9: a message that is refused has no copies', async () => {
    shop.mailer.outcomes.push(outcomes.inactive);
    await shop.deliver();
    expect(await copies()).toEqual([]);
    expect(shop.mailer.mails).toHaveLength(1);
  });
});

test('P9, P11: the sales owner hears of a step before it goes out, and the escalation contact gets a copy of it', async () => {
  const recipients = { contacts: false, escalation: true, informSales: true };
  const sequences = emailBody.sequences.map((sequence) => ({
    ...sequence,
    steps: sequence.steps.map((step) => ({ ...step, recipients })),
  }));
  await shop.morning();
  await shop.within(async (tx) => {
    await tx
      .updateTable('customer')
      .set({
        escalation_name: 'The head',
        escalation_email: 'head@c1.example',
        sales_email: 'sam@firm.example',
      })
      .where('company_id', '=', shop.companyId)
      .execute();
    await tx
      .updateTable('touch')
      .set({ state: 'cancelled' })
      .where('company_id', '=', shop.companyId)
      .execute();
    const change = { expectedVersion: 1, document: { ...emailBody, sequences } };
    await saveDocument(tx, shop.companyId, change, 'Maria Lopez', shop.now());
  });
  await shop.morning();
  await sendNotices(shop.duly, { companyId: shop.companyId });
  expect(to('sam@firm.example')).toMatchObject([
    { kind: 'notice', subject: 'Customer C1: first reminder ahead' },
  ]);
  // an hour to say a word, as nobody else looks at it
  shop.passMinutes(60);
  await shop.deliver();
  expect(await copies()).toEqual([{ email: 'head@c1.example', why: 'escalation', state: 'sent' }]);
  await sendNotices(shop.duly, { companyId: shop.companyId });
  expect(to('sam@firm.example')).toHaveLength(1);
});

test('S5: a reply that nobody answered for three business days is a task until the hold is lifted', async () => {
  await shop.morning();
  const startsOn = day('2026-11-10');
  const holdId = await shop.within((tx) =>
    setHold(
      tx,
      shop.companyId,
      {
        kind: 'reply',
        scope: 'customer',
        customerId: 'C1',
        reason: 'asked for a copy',
        setBy: 'Dana',
        startsOn,
      },
      shop.now(),
    ),
  );
  // Wednesday the 11th is a public holiday
  shop.at('2026-11-13T18:00:00Z');
  await shop.reconcileAndPlan();
  expect(await shop.problems()).toEqual([]);
  shop.at('2026-11-16T18:00:00Z');
  await shop.reconcileAndPlan();
  expect(await shop.problems()).toEqual(['reply_waiting']);
  await shop.within((tx) =>
    tx
      .updateTable('hold')
      .set({ lifted_at: shop.now(), lifted_by: 'Dana' })
      .where('hold_id', '=', holdId)
      .execute(),
  );
  await shop.reconcileAndPlan();
  expect(await shop.problems()).toEqual([]);
});
