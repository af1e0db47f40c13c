import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { markPlanDue } from '../../src/companies/plan-due.store.ts';
import { addDays, day } from '../../src/domain/day.ts';
import { resendTouch } from '../../src/dunning/resend.store.ts';
import { touchMessage } from '../../src/messages/touch-message.store.ts';
import { saveConsequence } from '../../src/policies/consequences/catalogue.store.ts';
import { clauseOf } from '../../src/policies/consequences/consequence.ts';
import { getDocument } from '../../src/policies/document.store.ts';
import type { LateFee } from '../../src/policies/policy.ts';
import { step } from '../../src/policies/step.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { currency, customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

const stated = { graceDays: 0, attestedBy: 'Maria Lopez', attestedOn: '2026-11-01' };
const statutory: LateFee = { kind: 'statutory', yearlyRateBp: null, ...stated };
const ownTerms: LateFee = { kind: 'contract', yearlyRateBp: 1_200, ...stated };

const finalStep = step({
  ...{ key: 'final', name: 'final notice', offsetDays: 3, stage: 'final', template: 'final' },
  ...{ consequence: 'interest', needsPerson: true, payWithinDays: 14 },
});

let database: TestDatabase;
let shop: Workshop;
let touchId: string;

/**
 * Two invoices in pounds at their last step, on 11 November 2026: one of £10,000, 60 days late, as in the government's
 * example (the base rate of 30 June 2026 is that of 31 December 2025), and one of £100, a day late.
 */
beforeAll(async () => {
  database = await testDatabase();
  shop = await Workshop.open(database, 'approve');
  shop.at('2026-11-11T10:00:00Z');
  await companyIn('GB', 'Europe/London');
  const pounds = { currency: currency('GBP') };
  shop.ledger.put({
    customers: [customerRow('C1', { country: 'GB', addressLines: ['1 Mill Road', 'Leeds'] })],
    invoices: [
      invoiceRow('I1', { ...pounds, dueOn: day('2026-09-12'), openMinor: 1_000_000 }),
      invoiceRow('I2', { ...pounds, dueOn: day('2026-11-02'), openMinor: 10_000 }),
    ],
  });
  await shop.within(async (tx) => {
    const says = { leadDays: 3, doing: 'Do it.', ownerName: 'Maria Lopez', ownerEmail: null, active: true };
    await saveConsequence(tx, shop.companyId, 'interest', says, 'Maria Lopez', shop.now());
  });
  await terms(statutory);
  await shop.morning();
  touchId = (await shop.touches())[0]?.touch_id ?? '';
});
afterAll(() => database.drop());

/**
 * The policy: one step, a final notice that announces interest, under these terms. Written as it is: to save it, there
 * would have to be earlier steps.
 */
async function terms(lateFee: LateFee | null): Promise<void> {
  await shop.within(async (tx) => {
    const { version, ...document } = await getDocument(tx, shop.companyId);
    const sequences = document.sequences.map((sequence) => ({ ...sequence, steps: [finalStep] }));
    const body = JSON.stringify({ ...document, sequences, settings: { ...document.settings, lateFee } });
    const row = { company_id: shop.companyId, version: version + 1, body, created_at: shop.now() };
    await tx
      .insertInto('policy')
      .values({ ...row, created_by: 'Maria Lopez' })
      .execute();
  });
}

async function companyIn(country: string, zone: string): Promise<void> {
  await shop.within((tx) =>
    tx
      .updateTable('company')
      .set({ country, time_zone: zone })
      .where('company_id', '=', shop.companyId)
      .execute(),
  );
}

/** What was planned is never changed by the product, so the test does it in its stead. */
async function stageOf(stage: string, invoiceId = '%'): Promise<void> {
  await database.pool.query('update touch_invoice set stage = $1 where invoice_id like $2', [
    stage,
    invoiceId,
  ]);
}

const message = () =>
  shop.within((tx) => touchMessage(tx, shop.companyId, touchId, shop.now(), 'http://localhost:1'));

/** What the message announces, to the end of the paragraph; null: nothing. */
async function said(): Promise<string | null> {
  const { text } = await message();
  return text.split('\n').find((line) => line.startsWith('If we have neither')) ?? null;
}

async function inMoney(code: string, debtor: string): Promise<void> {
  await shop.within(async (tx) => {
    for (const table of ['touch', 'invoice', 'position', 'dunning_case'] as const)
      await tx.updateTable(table).set({ currency: code }).execute();
    await tx.updateTable('customer').set({ country: debtor }).execute();
  });
}

const byWhen =
  'If we have neither the payment nor an agreement with you by Wed, 25 Nov 2026, then from Sat, 28 Nov 2026';

describe('a message that announces interest names its terms, and what it comes to by its day (P8, D10)', () => {
  const uk = (fixed: string) =>
    `we charge interest at 8 % a year above the Bank of England base rate, counted from the day after the due date, and fixed compensation${fixed}, under the Late Payment of Commercial Debts (Interest) Act 1998.`;
  const [ukTerms, ukReckoned] = [uk(' of £40, £70 or £100 for each invoice by its size'), uk('')];

  test('UK, by law: the government’s example, £193.15 and £100, and £0.29 and £40 for the other invoice', async () => {
    expect(await said()).toBe(
      // 10,000 × 11.75 % × 60 / 365 = 193.15; 100 × 11.75 % × 9 / 365 = 0.29
      `${byWhen} ${ukReckoned} By 11 Nov 2026 this comes to £193.44 interest and £140.00 fixed compensation.`,
    );
  });

  test('only the invoices that went through the earlier steps are announced for, and counted (S2)', async () => {
    await stageOf('first', 'I2');
    expect(await said()).toBe(
      `${byWhen.replace('with you', 'with you for invoice I1')} ${ukReckoned} By 11 Nov 2026 this comes to £193.15 interest and £100.00 fixed compensation.`,
    );
    await stageOf('final');
  });

  test('a letter says the same', async () => {
    const sums = 'By 11 Nov 2026 this comes to £193.44 interest and £140.00 fixed compensation.';
    const posted = async (channel: 'letter' | 'email', template: string) => {
      const planned = { ...finalStep, channel, template };
      await shop.within((tx) =>
        tx
          .updateTable('touch')
          .set({ step: JSON.stringify(planned), channel })
          .execute(),
      );
    };
    await posted('letter', 'letter_last_chance');
    expect((await message()).text.replaceAll(/\s+/g, ' ')).toContain(sums);
    await posted('email', 'final');
  });

  test('a half-year of one invoice that is not known: the terms, and no sum at all', async () => {
    const due = (on: string) =>
      shop.within((tx) =>
        tx.updateTable('invoice').set({ due_on: on }).where('invoice_id', '=', 'I1').execute(),
      );
    await due('2023-09-12');
    expect(await said()).toBe(`${byWhen} ${ukTerms}`);
    await due('2026-09-12');
  });

  test('a credit that is not applied yet: no sum', async () => {
    const credit = (minor: number) =>
      shop.within(async (tx) => {
        await tx.updateTable('position').set({ credits_minor: minor }).execute();
        await tx
          .updateTable('touch')
          .set({ ask_minor: 1_010_000 - minor })
          .execute();
      });
    await credit(5_000);
    expect(await said()).toBe(`${byWhen} ${ukTerms}`);
    await credit(0);
  });

  test('own terms, counted after the days of grace: an invoice within them adds nothing', async () => {
    await terms({ ...ownTerms, graceDays: 10 });
    // 10,000 × 12 % × 50 / 365 = 164.38
    expect(await said()).toBe(
      `${byWhen} we charge interest at 12 % a year under our terms with you, counted from 11 days after the due date. By 11 Nov 2026 this comes to £164.38 interest.`,
    );
    await terms(statutory);
  });

  test('to a consumer or a sole trader nothing is announced', async () => {
    for (const type of ['consumer', 'sole_trader']) {
      await shop.within((tx) => tx.updateTable('customer').set({ debtor_type: type }).execute());
      // a letter of claim to an individual has rules of its own; what matters here is that nothing is announced
      expect(await said()).toBeNull();
      expect((await message()).announces).toBeNull();
    }
    await shop.within((tx) => tx.updateTable('customer').set({ debtor_type: 'business' }).execute());
  });

  test('nor without somebody’s word, or by a law that Duly does not know', async () => {
    await terms({ ...statutory, attestedBy: null, attestedOn: null });
    expect(await said()).toBeNull();
    await terms(statutory);
    await inMoney('GBP', 'US');
    expect(await said()).toBeNull();
    await inMoney('GBP', 'GB');
  });

  test('in another currency than the law’s: interest, and nothing is converted (R3)', async () => {
    await inMoney('USD', 'GB');
    expect(await said()).toBe(
      `${byWhen} we charge interest at 8 % a year above the Bank of England base rate, counted from the day after the due date, under the Late Payment of Commercial Debts (Interest) Act 1998. By 11 Nov 2026 this comes to US$193.44 interest.`,
    );
    await inMoney('GBP', 'GB');
  });

  test('the euro area, whose rate after June 2026 is not known: the terms alone', async () => {
    await companyIn('FR', 'Europe/Paris');
    await inMoney('EUR', 'DE');
    expect(await said()).toBe(
      `${byWhen} we charge interest at 8 % a year above the reference rate of the European Central Bank, counted from the day after the due date, and fixed compensation of €40 for each invoice, under the law on late payment (Directive 2011/7/EU).`,
    );
  });

  test('the United States, by own terms', async () => {
    await companyIn('US', 'America/New_York');
    await inMoney('USD', 'US');
    expect(await said()).toBeNull();
    await terms(ownTerms);
    // 10,000 × 12 % × 60 / 365 = 197.26; 100 × 12 % × 9 / 365 = 0.30
    expect(await said()).toBe(
      'If we have neither the payment nor an agreement with you by Wed, Nov 25, 2026, then from Sat, Nov 28, 2026 we charge interest at 12 % a year under our terms with you, counted from the day after the due date. By Nov 11, 2026 this comes to $197.56 interest.',
    );
    await companyIn('GB', 'Europe/London');
    await inMoney('GBP', 'GB');
    await terms(statutory);
  });
});

test('what is previewed is what is sent, and stays as it was sent (S7)', async () => {
  const previewed = await message();
  expect(previewed.announces).toMatchObject({
    kind: 'interest',
    on: '2026-11-28',
    accrued: { interestMinor: 19_344, fixedMinor: 14_000, on: '2026-11-11' },
  });
  await shop.within((tx) =>
    tx.updateTable('touch').set({ state: 'approved', approved_by: 'Maria Lopez' }).execute(),
  );
  await shop.deliver();
  expect(await shop.states()).toEqual(['final sent']);
  const [mail] = shop.mailer.mails;
  expect(mail?.text).toBe(previewed.text);
  const sums = 'By 11 Nov 2026 this comes to £193.44 interest and £140.00 fixed compensation.';
  expect(mail?.html).toContain(sums);
  shop.at(`${addDays(day('2026-11-11'), 30)}T18:00:00Z`);
  const kept = await shop.within((tx) => tx.selectFrom('message').select(['text', 'html']).execute());
  expect(kept.map(({ text, html }) => [text === previewed.text, html.includes(sums)])).toEqual([
    [true, true],
  ]);
  const [announcement] = await shop.within((tx) => tx.selectFrom('announcement').selectAll().execute());
  expect(announcement?.words).toContain('under the Late Payment of Commercial Debts (Interest) Act 1998');
});

describe('the same message once more, by its kept bytes (IDM-11)', () => {
  const by = 'Maria Lopez';
  const again = () => shop.within((tx) => resendTouch(tx, shop.companyId, touchId, {}, by, shop.now()));
  const stateOf = async (id: string) => {
    const touch = (await shop.touches()).find((row) => row.touch_id === id);
    return `${touch?.state} ${touch?.state_reason ?? ''}`.trim();
  };
  const plannedAnew = async () => {
    // as saving the policy does
    await shop.within((tx) => markPlanDue(tx, shop.companyId, ['C1']));
    await shop.reconcileAndPlan();
  };
  const changed = /^cancelled It says that we charge .*Its terms of interest have changed\.$/;

  test('does not repeat terms of interest that were changed since, be it already on its way', async () => {
    // before the window opens: it waits
    shop.at('2026-11-12T05:00:00Z');
    const first = await again();
    await plannedAnew();
    expect(await stateOf(first)).toBe('approved');
    await terms({ ...statutory, graceDays: 5 });
    await plannedAnew();
    expect(await stateOf(first)).toMatch(changed);
    await expect(again()).rejects.toThrow('Its terms of interest have changed.');
    await terms(ownTerms);
    await expect(again()).rejects.toThrow('Its terms of interest have changed.');
    await terms(statutory);
    const second = await again();
    await plannedAnew();
    expect(await stateOf(second)).toBe('approved');
    await terms(ownTerms);
    await plannedAnew();
    expect(await stateOf(second)).toMatch(changed);
  });

  test('an older one that names no terms can be repeated under any', async () => {
    const old = { kind: 'interest', words: clauseOf('interest'), on: '2026-11-28' };
    await shop.within((tx) =>
      tx
        .updateTable('touch')
        .set({ announces: JSON.stringify(old) })
        .where('touch_id', '=', touchId)
        .execute(),
    );
    const third = await again();
    await plannedAnew();
    expect(await stateOf(third)).toBe('approved');
  });
});
