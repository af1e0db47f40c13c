import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { addDays, day, dayAt } from '../../src/domain/day.ts';
import { explain } from '../../src/dunning/explain.store.ts';
import { type PreviewedTouch, previewAhead } from '../../src/dunning/preview.store.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { currency, customerRow, invoiceRow, paymentRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';
import { tracesOf, weekdays } from './rehearsal.ts';

let database: TestDatabase;
/** For those who only look; whoever lives on opens one of its own. */
let workshop: Workshop;
const zone = 'America/Los_Angeles';

beforeAll(async () => {
  database = await testDatabase();
  workshop = await opened();
});
afterAll(() => database.drop());

/** C1 is eight days late and falls late with another invoice later on, C2 owes in two currencies, C3 is held for a while. */
async function opened(): Promise<Workshop> {
  const made = await Workshop.open(database);
  made.ledger.put({
    customers: [customerRow('C1'), customerRow('C2'), customerRow('C3')],
    invoices: [
      invoiceRow('I1'),
      invoiceRow('I2', { dueOn: day('2026-11-20') }),
      invoiceRow('I3', { customerId: 'C2', dueOn: day('2026-11-05') }),
      invoiceRow('I4', { customerId: 'C2', dueOn: day('2026-11-04'), currency: currency('EUR') }),
      invoiceRow('I5', { customerId: 'C3', dueOn: day('2026-10-20') }),
    ],
  });
  await made.morning();
  const pause = {
    kind: 'pause',
    scope: 'customer',
    customerId: 'C3',
    reason: 'on holiday',
    setBy: 'Maria Lopez',
    startsOn: day('2026-11-10'),
    endsOn: day('2026-11-24'),
  } as const;
  await made.within((tx) => setHold(tx, made.companyId, pause, made.now()));
  await made.reconcileAndPlan();
  return made;
}

function ahead(
  days: number,
  customerIds?: readonly string[],
  of = workshop,
): Promise<readonly PreviewedTouch[]> {
  return of.within(async (tx) =>
    previewAhead(tx, await getCompany(tx, of.companyId), of.now(), {
      days,
      ...(customerIds === undefined ? {} : { customerIds }),
    }),
  );
}

function inWords(touches: readonly PreviewedTouch[]): string[] {
  return touches
    .map(({ draft, day: on }) => {
      const about = draft.invoices.map((each) => `${each.invoiceId}:${each.stepKey}`).sort();
      return `${on} ${draft.customerId} ${draft.currency} ${draft.stepKey} ${draft.askMinor} ${about.join(' ')}`;
    })
    .sort();
}

/** A person releases what waits for one. */
async function release(of: Workshop): Promise<void> {
  await of.within((tx) =>
    tx
      .updateTable('touch')
      .set({ state: 'approved', approved_at: of.now(), approved_by: 'Maria Lopez' })
      .where('company_id', '=', of.companyId)
      .where('state', '=', 'awaiting_approval')
      .execute(),
  );
}

/** Everything that left, in the same words. */
async function made(of: Workshop): Promise<string[]> {
  const touches = (await of.touches()).filter((touch) => touch.state === 'sent');
  const invoices = await of.within((tx) =>
    tx.selectFrom('touch_invoice').selectAll().where('company_id', '=', of.companyId).execute(),
  );
  return touches
    .map((touch) => {
      const about = invoices
        .filter((each) => each.touch_id === touch.touch_id)
        .map((each) => `${each.invoice_id}:${each.step_key}`)
        .sort();
      const on = dayAt(touch.sent_at ?? new Date(0), zone);
      return `${on} ${touch.customer_id} ${touch.currency} ${touch.step_key} ${touch.ask_minor} ${about.join(' ')}`;
    })
    .sort();
}

describe('the coming days', () => {
  it('S7: what is told for three weeks comes true, touch by touch, when nobody pays', async () => {
    const lived = await opened();
    const told = inWords(await ahead(21, undefined, lived));
    expect(told.length).toBeGreaterThan(5);
    // nothing leaves on a weekend
    for (const today of weekdays(day('2026-11-10'), 21)) {
      lived.at(`${today}T18:00:00Z`);
      await lived.morning();
      await release(lived);
      await lived.deliver();
    }
    expect(await made(lived)).toEqual(told);
  });

  it('writes nothing, whoever is looked at', async () => {
    const before = await tracesOf(database);
    const [all, one] = [await ahead(30), await ahead(30, ['C2'])];
    expect(await tracesOf(database)).toEqual(before);
    expect(inWords(one)).toEqual(inWords(all.filter((touch) => touch.draft.customerId === 'C2')));
    expect(await ahead(30, ['nobody'])).toEqual([]);
  });

  it('S3: one touch a customer a day over its currencies, and nothing before a hold has ended', async () => {
    const touches = await ahead(30);
    const days = touches.map((touch) => `${touch.draft.customerId} ${touch.day}`);
    expect(new Set(days).size).toBe(days.length);
    const held = touches.filter((touch) => touch.draft.customerId === 'C3');
    expect(held[0]?.day).toBe('2026-11-25');
  });

  it('the last day is the one before the count ends, and one day is today', async () => {
    expect((await ahead(1)).map((touch) => touch.day)).toEqual(['2026-11-10', '2026-11-10']);
    const days = (await ahead(30)).map((touch) => touch.day);
    expect(days.every((each) => each < addDays(day('2026-11-10'), 30))).toBe(true);
  });
});

describe('why', () => {
  const why = (customerId: string, on: string, of = workshop) =>
    of.within((tx) => explain(tx, of.companyId, { customerId, day: day(on) }, of.now()));

  it('today: the decision that was kept, every question answered in order', async () => {
    const [explained] = await why('C1', '2026-11-10');
    expect(explained).toMatchObject({
      source: 'decided',
      verdict: 'touch',
      stepKey: 'first',
      currency: 'USD',
    });
    expect(explained?.branches.map((branch) => branch.question)).toEqual([
      'figures',
      'holds',
      'policy',
      'step',
      'conditions',
      'law',
      'time',
    ]);
    const answers = (question: string): string =>
      (explained?.branches.find((branch) => branch.question === question)?.answers ?? [])
        .map((each) => each.words)
        .join(' ');
    expect(answers('figures')).toMatch(/Past due .*100\.00/);
    expect(answers('holds')).toBe('Nothing holds this customer.');
    expect(answers('policy')).toMatch(/Version 1 of the policy/);
    expect(answers('step')).toMatch(/first reminder/);
  });

  it('a hold settles it, and nothing after it was asked', async () => {
    const [explained] = await why('C3', '2026-11-10');
    expect(explained?.verdict).toBe('held');
    expect(explained?.branches.find((branch) => branch.settles)?.question).toBe('holds');
    expect(explained?.branches.find((branch) => branch.question === 'law')?.answers[0]?.words).toBe(
      'Not asked any more.',
    );
  });

  it('a later day: as it would be if nobody paid', async () => {
    const [explained] = await why('C3', '2026-11-25');
    expect(explained).toMatchObject({ source: 'ahead', verdict: 'touch', stepKey: 'first' });
    await expect(why('C3', '2027-11-25')).rejects.toThrow(/more than 90 days ahead/);
    await expect(why('nobody', '2026-11-10')).rejects.toThrow(/no such customer/);
  });

  it('a day without a decision of its own: the last one, and what ended it; before the first: that it is so', async () => {
    const later = await opened();
    later.at('2026-11-12T18:00:00Z');
    later.ledger.put({
      invoices: [
        invoiceRow('I5', {
          customerId: 'C3',
          dueOn: day('2026-10-20'),
          openMinor: 0,
          status: 'closed',
          version: '1',
        }),
      ],
      payments: [
        paymentRow('P5', {
          customerId: 'C3',
          paidOn: day('2026-11-12'),
          allocations: [{ invoiceId: 'I5', amountMinor: 10_000 }],
        }),
      ],
    });
    await later.morning();
    later.at('2026-11-16T18:00:00Z');
    const [paid] = await why('C3', '2026-11-14', later);
    expect(paid?.about).toMatch(/Decided on 2026-11-10\. After that .*paid/);
    const [before] = await why('C3', '2026-11-02', later);
    expect(before).toMatchObject({ source: 'not_yet', verdict: null, branches: [] });
    expect(before?.about).toMatch(/The first decision is of 2026-11-10/);
  });
});

it('S7, S8: of whoever it is not known whether the last message left, the coming days are told all the same', async () => {
  const shop = await Workshop.open(database);
  shop.ledger.put({ customers: [customerRow('C1')], invoices: [invoiceRow('I1')] });
  await shop.morning();
  shop.mailer.outcomes.push({ kind: 'uncertain', code: 'timeout', reason: 'no answer' });
  await shop.deliver();
  expect(await shop.states()).toEqual(['first uncertain']);
  const told = await ahead(30, undefined, shop);
  // due on the 2nd: the second reminder after 8 days and three business days, the third after 21
  expect(told.map(({ day: on, step }) => `${on} ${step.key}`)).toEqual([
    '2026-11-16 second',
    '2026-11-30 third',
  ]);
});
