import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { approveTouches } from '../../src/dunning/approval.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { type Step, step } from '../../src/policies/step.ts';
import { withSteps } from '../policies/check-support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { currency, customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let shop: Workshop;

const by = 'Maria Lopez';
const letter = step({
  key: 'letter',
  name: 'letter',
  offsetDays: 3,
  stage: 'first',
  channel: 'letter',
  template: 'letter_first',
});
const call = step({
  key: 'call',
  name: 'call',
  offsetDays: 3,
  stage: 'first',
  channel: 'call',
  template: 'call',
});
const changedAt = '2026-11-10T18:00:30Z';

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  shop = await Workshop.open(database, 'approve');
});

async function begins(
  first: Step,
  customer: Parameters<typeof customerRow>[1],
  invoice = invoiceRow('I1'),
): Promise<void> {
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    await saveDocument(tx, shop.companyId, { expectedVersion, document: withSteps(first) }, by, shop.now());
  });
  shop.ledger.put({ customers: [customerRow('C1', customer)], invoices: [invoice] });
  await shop.morning();
}

describe('S9: whom no e-mail reaches', () => {
  it('gets the letter, which can be released, and the call', async () => {
    await begins(letter, { emails: [], addressLines: ['1 Road'] });
    expect(await shop.states()).toEqual(['letter awaiting_approval']);
    const [touch] = await shop.touches();
    const released = await shop.within((tx) =>
      approveTouches(tx, shop.companyId, [touch?.touch_id ?? ''], by, shop.now()),
    );
    expect(released).toBe(1);
    await shop.reconcileAndPlan();
    expect(await shop.states()).toEqual(['letter approved']);
  });

  it('is called', async () => {
    await begins(call, { emails: [], phone: '555 0100' });
    expect(await shop.states()).toEqual(['call approved']);
  });

  it('is sent no e-mail, and the decision says why', async () => {
    await begins(step({ ...letter, key: 'mail', channel: 'email', template: 'first' }), { emails: [] });
    expect(await shop.states()).toEqual([]);
    const [decision] = await shop.within((tx) => tx.selectFrom('decision').selectAll().execute());
    expect(decision).toMatchObject({ verdict: 'held' });
    expect(JSON.stringify(decision?.reasons)).toContain('no usable e-mail address');
  });
});

describe('S9: whom no e-mail reaches about what is due, while another invoice has an address', () => {
  const late = invoiceRow('I1', { emails: [] });
  const far = invoiceRow('I2', { dueOn: day('2027-02-01'), emails: ['ap@other.example'] });

  it('CON-03: is a task until the ledger has an address; then the e-mail goes', async () => {
    shop.ledger.put({ invoices: [far] });
    await begins(step({ ...letter, key: 'mail', channel: 'email', template: 'first' }), { emails: [] }, late);
    expect(await shop.states()).toEqual([]);
    expect(await shop.problems()).toEqual(['no_email_address']);
    shop.ledger.put({ customers: [customerRow('C1', { emails: ['ap@c1.example'], changedAt })] });
    await shop.morning();
    expect((await shop.states()).map((state) => state.split(' ')[0])).toEqual(['mail']);
    expect(await shop.problems()).toEqual([]);
  });

  it('CON-03: an address on an invoice in another currency is none for this one', async () => {
    const other = invoiceRow('I2', { currency: currency('EUR'), emails: ['ap@other.example'] });
    shop.ledger.put({ invoices: [other] });
    await begins(step({ ...letter, key: 'mail', channel: 'email', template: 'first' }), { emails: [] }, late);
    expect(await shop.problems()).toEqual(['no_email_address']);
  });
});

describe('S9: whom no letter reaches', () => {
  it('is a task until the ledger has an address; then the letter goes', async () => {
    await begins(letter, { addressLines: [] });
    expect(await shop.states()).toEqual([]);
    expect(await shop.problems()).toEqual(['no_postal_address']);
    shop.ledger.put({ customers: [customerRow('C1', { addressLines: ['1 Road'], changedAt })] });
    await shop.morning();
    expect(await shop.states()).toEqual(['letter awaiting_approval']);
    expect(await shop.problems()).toEqual([]);
  });

  it('is no task any more once it is paid', async () => {
    await begins(letter, { addressLines: [] });
    shop.ledger.put({ invoices: [invoiceRow('I1', { openMinor: 0, status: 'closed', changedAt })] });
    await shop.morning();
    expect(await shop.problems()).toEqual([]);
  });
});
