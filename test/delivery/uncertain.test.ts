import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { raiseProblem } from '../../src/activity/problem.store.ts';
import { onMailEvent } from '../../src/delivery/mail-events.store.ts';
import { moveTouch } from '../../src/dunning/touch.store.ts';
import type { MailEvent } from '../../src/ports/mailer.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { outcomes } from '../support/fakes.ts';
import { customerRow } from '../support/values.ts';
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

async function touch() {
  const [only] = await shop.touches();
  if (only === undefined) throw new Error('no touch was planned');
  return only;
}

/** A message that was reserved by a process which then died. */
async function orphan(): Promise<string> {
  owes(shop);
  await shop.morning();
  const { touch_id } = await touch();
  await shop.within((tx) =>
    moveTouch(tx, shop.companyId, touch_id, 'reserved', { reserved_at: shop.now(), attempts: 1 }),
  );
  return touch_id;
}

describe('a process that died while it was sending (IDM-04, IDM-14)', () => {
  test('IDM-04: leaves an uncertain message; the provider has it: sent, without a second mail', async () => {
    const touchId = await orphan();
    shop.mailer.known.set(touchId, 'pm-earlier');
    shop.passMinutes(5);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first uncertain']);
    shop.passMinutes(1);
    await shop.deliver();
    expect(await touch()).toMatchObject({ state: 'sent', provider_message_id: 'pm-earlier' });
    expect((await touch()).sent_at?.toISOString()).toBe('2026-11-10T18:00:00.000Z');
    expect(shop.mailer.mails).toEqual([]);
    const notes = await shop.within((tx) => tx.selectFrom('note').select(['invoice_id', 'state']).execute());
    expect(notes).toEqual([{ invoice_id: 'I1', state: 'pending' }]);
  });

  test('S8: two misses ten minutes apart let a machine send it again, after a fresh read', async () => {
    await orphan();
    await shop.deliver();
    shop.passMinutes(1);
    await shop.deliver();
    expect(await touch()).toMatchObject({ state: 'uncertain', lookups: 1 });
    shop.passMinutes(9);
    await shop.deliver();
    expect(shop.mailer.lookups).toBe(1);
    const reads = shop.ledger.calls.reads;
    shop.passMinutes(1);
    await shop.deliver();
    expect(shop.ledger.calls.reads).toBe(reads + 1);
    expect(shop.mailer.mails).toHaveLength(1);
    expect(await shop.states()).toEqual(['first sent']);
  });

  test('PAR-02: what was paid meanwhile is not sent again', async () => {
    await orphan();
    await shop.deliver();
    changeInLedger(shop, 'I1', { openMinor: 0, status: 'closed' });
    for (const wait of [1, 10]) {
      shop.passMinutes(wait);
      await shop.deliver();
    }
    expect(shop.mailer.mails).toEqual([]);
    expect(await shop.states()).toEqual(['first cancelled']);
  });

  test('counts as contact while nobody knows: nothing else is planned for the customer', async () => {
    await orphan();
    await shop.deliver();
    shop.at('2026-11-20T18:00:00Z');
    shop.mailer.find = async () => {
      throw new Error('the provider cannot be asked');
    };
    await shop.morning();
    expect(await shop.states()).toEqual(['first uncertain']);
    const [decision] = await shop.within((tx) =>
      tx.selectFrom('decision').selectAll().where('decided_on', '=', '2026-11-20').execute(),
    );
    expect(decision).toMatchObject({ verdict: 'held', step_key: null });
    expect(JSON.stringify(decision?.reasons)).toContain('S8');
  });
});

describe('an answer that never came (IDM-05)', () => {
  test('is uncertain and looked up, never simply repeated', async () => {
    owes(shop);
    await shop.morning();
    shop.mailer.outcomes.push(outcomes.uncertain);
    await shop.deliver();
    await shop.deliver();
    shop.passMinutes(1);
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
    expect(await touch()).toMatchObject({ state: 'uncertain', state_reason: outcomes.uncertain.reason });
  });

  test('S8: a second time needs two misses of its own', async () => {
    owes(shop);
    await shop.morning();
    shop.mailer.outcomes.push(outcomes.uncertain, outcomes.uncertain);
    await shop.deliver();
    for (const wait of [1, 10]) {
      shop.passMinutes(wait);
      await shop.deliver();
    }
    expect(shop.mailer.mails).toHaveLength(2);
    expect(await touch()).toMatchObject({ state: 'uncertain', lookups: 0, last_lookup_at: null });
    shop.passMinutes(1);
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(2);
    shop.passMinutes(10);
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(3);
    expect(await shop.states()).toEqual(['first sent']);
  });

  test('S8: of a final notice a person decides, however often the provider does not know it', async () => {
    owes(shop);
    for (const on of ['2026-11-10', '2026-11-17', '2026-11-30', '2026-12-24']) {
      shop.at(`${on}T18:00:00Z`);
      await shop.morning();
      await shop.deliver();
    }
    const final = (await shop.touches()).find((row) => row.step_key === 'final');
    expect(final?.state).toBe('awaiting_approval');
    await shop.within((tx) =>
      moveTouch(tx, shop.companyId, final?.touch_id ?? '', 'approved', { approved_by: 'Maria Lopez' }),
    );
    shop.mailer.outcomes.push(outcomes.uncertain);
    await shop.deliver();
    for (const wait of [1, 10, 10, 10]) {
      shop.passMinutes(wait);
      await shop.deliver();
    }
    expect(shop.mailer.mails).toHaveLength(4);
    expect(await shop.states()).toContain('final awaiting_approval');
    expect(await shop.problems()).toContain('send_uncertain');
  });
});

type Delivered = Extract<MailEvent, { kind: 'delivered' }>;

describe('what the mail provider tells', () => {
  const event = (more: Partial<Delivered>): Delivered => ({
    kind: 'delivered',
    touchId: null,
    companyId: shop.companyId,
    providerMessageId: 'pm-9',
    recipient: 'ap@c1.example',
    at: '2026-11-10T18:01:00Z',
    eventId: 'e-1',
    details: 'ok',
    ...more,
  });

  test('settles a message of which nobody knew whether it left', async () => {
    const touchId = await orphan();
    await shop.deliver();
    await onMailEvent(shop.duly, event({ touchId }));
    expect(await touch()).toMatchObject({
      state: 'sent',
      provider_message_id: 'pm-9',
      delivery: 'delivered',
    });
    expect(shop.mailer.mails).toEqual([]);
  });

  test('S8: proves, however late, that a message which waits to be sent again had left: no second mail, and its notes', async () => {
    const touchId = await orphan();
    await shop.deliver();
    await shop.within((tx) =>
      moveTouch(tx, shop.companyId, touchId, 'approved', { reserved_at: null, planned_for: shop.now() }),
    );
    shop.passMinutes(20);
    await onMailEvent(shop.duly, event({ touchId }));
    expect(await touch()).toMatchObject({
      state: 'sent',
      provider_message_id: 'pm-9',
      delivery: 'delivered',
      sent_at: new Date('2026-11-10T18:01:00Z'),
    });
    await shop.deliver();
    await shop.writeNotes();
    expect(shop.mailer.mails).toEqual([]);
    expect(shop.ledger.notes.map((note) => note.invoiceId)).toEqual(['I1']);
  });

  test('proves the same of a final notice that a person was asked about, and the question goes', async () => {
    const touchId = await orphan();
    await shop.deliver();
    await shop.within(async (tx) => {
      await moveTouch(tx, shop.companyId, touchId, 'awaiting_approval', { reserved_at: null });
      await raiseProblem(tx, shop.companyId, shop.now(), {
        kind: 'send_uncertain',
        subject: touchId,
        what: '',
        meaning: '',
        action: '',
      });
    });
    await onMailEvent(shop.duly, event({ touchId }));
    expect(await shop.states()).toEqual(['first sent']);
    expect(await shop.problems()).toEqual([]);
  });

  test('proves nothing of a message that was never attempted', async () => {
    owes(shop);
    await shop.morning();
    await onMailEvent(shop.duly, event({ touchId: (await touch()).touch_id }));
    expect(await shop.states()).toEqual(['first approved']);
  });

  test('EML-07, EML-08: changes nothing when it is repeated, unknown or not a name of ours', async () => {
    const touchId = await orphan();
    await shop.deliver();
    const told = event({ touchId });
    await onMailEvent(shop.duly, told);
    const before = await shop.within((tx) => tx.selectFrom('activity').select('activity_id').execute());
    await onMailEvent(shop.duly, told);
    for (const id of [crypto.randomUUID(), 'x', null]) await onMailEvent(shop.duly, event({ touchId: id }));
    await onMailEvent(shop.duly, event({ touchId, companyId: crypto.randomUUID() }));
    expect(await shop.within((tx) => tx.selectFrom('activity').select('activity_id').execute())).toEqual(
      before,
    );
  });

  const bounce = (touchId: string, inactive: boolean) => ({
    ...event({ touchId }),
    kind: 'bounced' as const,
    inactive,
    details: inactive ? 'no such mailbox' : 'mailbox full',
  });

  test('EML-01, EML-02: an address that is dead is a problem, one that is full for a while is not', async () => {
    const touchId = await orphan();
    await shop.deliver();
    await onMailEvent(shop.duly, bounce(touchId, false));
    expect(await shop.problems()).toEqual([]);
    expect(await touch()).toMatchObject({ state: 'sent', delivery: 'returned' });
    await onMailEvent(shop.duly, bounce(touchId, true));
    expect(await shop.problems()).toEqual(['address_bounces']);
    expect(await touch()).toMatchObject({ delivery: 'bounced' });
    await onMailEvent(shop.duly, bounce(touchId, false));
    await onMailEvent(shop.duly, event({ touchId }));
    expect(await touch()).toMatchObject({ delivery: 'bounced' });
  });

  test('EML-01, S9: what came back for good used up no step: the same one goes to another address, after the gap', async () => {
    owes(shop);
    await shop.morning();
    await shop.deliver();
    await onMailEvent(shop.duly, bounce((await touch()).touch_id, true));
    shop.at('2026-11-17T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    expect(await shop.states()).toEqual(['first sent']);
    expect(await shop.problems()).toEqual(['address_bounces']);
    const emails = { emails: ['new@c1.example'], changedAt: shop.now().toISOString() };
    shop.ledger.put({ customers: [customerRow('C1', emails)] });
    await shop.morning();
    expect(await shop.problems()).toEqual([]);
    await shop.deliver();
    expect(await shop.states()).toEqual(['first sent', 'first sent']);
    expect(shop.mailer.mails.map((mail) => mail.to.email)).toEqual(['ap@c1.example', 'new@c1.example']);
  });

  test('S3: a message that came back still counts as contact: the next one keeps its distance', async () => {
    owes(shop);
    await shop.morning();
    await shop.deliver();
    await onMailEvent(shop.duly, bounce((await touch()).touch_id, true));
    const emails = { emails: ['new@c1.example'], changedAt: shop.now().toISOString() };
    shop.ledger.put({ customers: [customerRow('C1', emails)] });
    shop.at('2026-11-12T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
  });

  test('S9: the same address is tried again a month after the message came back', async () => {
    owes(shop);
    await shop.morning();
    await shop.deliver();
    await onMailEvent(shop.duly, bounce((await touch()).touch_id, true));
    shop.at('2026-12-14T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    expect(await shop.states()).toEqual(['first sent', 'first sent']);
  });

  test('EML-03: a complaint holds the customer until a person lifts it, once however often it is told', async () => {
    owes(shop);
    await shop.morning();
    await shop.deliver();
    const told = { ...event({ touchId: (await touch()).touch_id }), kind: 'complained' as const };
    await onMailEvent(shop.duly, told);
    await onMailEvent(shop.duly, told);
    expect(await shop.problems()).toEqual(['send_failed']);
    const holds = await shop.within((tx) =>
      tx
        .selectFrom('hold')
        .select(['kind', 'scope', 'customer_id', 'set_by', 'starts_on', 'ends_on'])
        .execute(),
    );
    expect(holds).toEqual([
      {
        kind: 'do_not_contact',
        scope: 'customer',
        customer_id: 'C1',
        set_by: 'Duly',
        starts_on: '2026-11-10',
        ends_on: null,
      },
    ]);
    shop.at('2026-11-20T18:00:00Z');
    await shop.morning();
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(1);
  });
});
