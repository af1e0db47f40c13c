import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { printLetter } from '../../src/delivery/print.job.ts';
import { day } from '../../src/domain/day.ts';
import { approveTouches } from '../../src/dunning/approval.store.ts';
import { notPosted } from '../../src/dunning/printed.store.ts';
import { sendNow } from '../../src/dunning/send-now.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { emailSteps } from '../../src/policies/policy.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { withSteps } from '../policies/check-support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { currency, customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

const by = 'Maria Lopez';
const letter = step({
  key: 'letter',
  name: 'letter',
  offsetDays: 3,
  stage: 'first',
  channel: 'letter',
  template: 'letter_first',
});

async function follows(...steps: readonly Step[]): Promise<void> {
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    await saveDocument(
      tx,
      shop.companyId,
      { expectedVersion, document: withSteps(...steps) },
      by,
      shop.now(),
    );
  });
}

async function morningOf(date: string, time = '18:00'): Promise<void> {
  shop.at(`${date}T${time}:00Z`);
  await shop.morning();
}

async function idOf(code: string): Promise<string> {
  const touch = (await shop.touches()).find((each) => each.state !== 'cancelled' && each.currency === code);
  return touch?.touch_id ?? '';
}

const print = async (code: string) => printLetter(shop.duly, shop.companyId, await idOf(code), by);

async function release(): Promise<void> {
  const waiting = (await shop.touches()).filter(({ state }) => state === 'awaiting_approval');
  const ids = waiting.map((touch) => touch.touch_id);
  await shop.within((tx) => approveTouches(tx, shop.companyId, ids, by, shop.now()));
}

const said = async (): Promise<readonly string[]> =>
  (await shop.touches())
    .filter(({ state }) => state !== 'cancelled')
    .map(({ channel, currency: code, state, planned_for: at, sent_at: sent }) => {
      const when = (sent ?? at).toISOString().slice(0, 10);
      return `${channel} ${code} ${state} ${when}`;
    });

beforeEach(async () => {
  shop = await Workshop.open(database);
  await shop.setMode('approve');
  await follows(letter, ...emailSteps.slice(1));
  const where = {
    addressLines: ['1 Main St', 'Portland, OR 97201'],
    country: 'US',
    region: 'OR',
  };
  // in euros first a letter; the dollars come a day later
  shop.ledger.put({
    customers: [customerRow('C1', where)],
    invoices: [
      invoiceRow('I1', { dueOn: day('2026-11-09') }),
      invoiceRow('E1', { currency: currency('EUR'), dueOn: day('2026-11-06') }),
    ],
  });
  await morningOf('2026-11-10');
  await release();
});

describe('S3: a letter in another currency is printed on the day of an e-mail', () => {
  beforeEach(async () => {
    await follows({ ...emailSteps[0], offsetDays: 3 } as Step, ...emailSteps.slice(1));
    await morningOf('2026-11-12');
    await release();
    expect(await said()).toEqual(['letter EUR approved 2026-11-10', 'email USD approved 2026-11-12']);
  });

  it('a released e-mail waits for the next day, and comes back when the letter was not posted after all', async () => {
    await print('EUR');
    await shop.deliver();
    expect(shop.mailer.mails).toHaveLength(0);
    expect(await said()).toEqual(['letter EUR approved 2026-11-10', 'email USD approved 2026-11-13']);
    await shop.within(async (tx) => notPosted(tx, shop.companyId, await idOf('EUR'), by, shop.now()));
    await shop.reconcileAndPlan();
    await shop.deliver();
    expect(await said()).toContain('email USD sent 2026-11-12');
  });

  it('leaves on the next day, though nobody has said yet whether the letter was posted', async () => {
    await print('EUR');
    await shop.deliver();
    await morningOf('2026-11-13');
    await shop.deliver();
    expect(await said()).toEqual(['letter EUR approved 2026-11-10', 'email USD sent 2026-11-13']);
    expect(await shop.problems()).toEqual([]);
  });

  it('does not leave at once either, and the reason is told', async () => {
    await print('EUR');
    await expect(
      shop.within(async (tx) => sendNow(tx, shop.companyId, await idOf('USD'), by, shop.now())),
    ).rejects.toThrow(/One message a customer a day/);
  });

  it('once the e-mail has left the letter is not printed on that day', async () => {
    await shop.deliver();
    expect(await said()).toContain('email USD sent 2026-11-12');
    await expect(print('EUR')).rejects.toThrow(/not to be posted before/);
  });
});

it('S3: of letters in two currencies one a day is printed, however quickly one prints them', async () => {
  await morningOf('2026-11-12');
  await release();
  await morningOf('2026-11-13');
  expect(await said()).toEqual(['letter EUR approved 2026-11-10', 'letter USD approved 2026-11-12']);
  await print('EUR');
  await expect(print('USD')).rejects.toThrow(/not to be posted before/);
  await shop.reconcileAndPlan();
  expect(await said()).toEqual(['letter EUR approved 2026-11-10', 'letter USD approved 2026-11-16']);
});
