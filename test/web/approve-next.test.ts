import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { day, dayAt } from '../../src/domain/day.ts';
import { previewAhead } from '../../src/dunning/preview.store.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import { emailSteps } from '../../src/policies/policy.ts';
import { call } from '../../src/policies/presets/parts.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { readBatch } from '../../src/web/pages/approve/approve.store.ts';
import { withSteps } from '../policies/check-support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { customerRow, invoiceRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** Who is next by the page, and by the preview of all the days ahead. */
async function next(shop: Workshop): Promise<readonly [string, string]> {
  return await shop.within(async (tx) => {
    const company = await getCompany(tx, shop.companyId);
    const { next: found } = await readBatch(tx, shop.companyId, shop.now());
    const [first] = await previewAhead(tx, company, shop.now(), { days: 60 });
    const words = (of: { at: Date; customerName: string; stepName?: string } | null, step = of?.stepName) =>
      of === null ? 'nobody' : `${of.customerName} ${step} ${dayAt(of.at, company.time_zone)}`;
    return [words(found), words(first ?? null, first?.draft.stepName)];
  });
}

const twice = (words: string): readonly string[] => [words, words];

it('an empty page of approvals says who is next: by the cases that wait, or by what falls late before them', async () => {
  const shop = await Workshop.open(database);
  expect(await next(shop)).toEqual(twice('nobody'));

  // nobody is late yet, so there is no case that knows its time
  shop.ledger.put({
    customers: [customerRow('C1', { name: 'Ridgeway' }), customerRow('C2', { name: 'Alder' })],
    invoices: [invoiceRow('I1', { dueOn: day('2026-11-12') })],
  });
  await shop.morning();
  expect(await next(shop)).toEqual(twice('Ridgeway first reminder 2026-11-16'));

  // asked for once, the case waits for its second step; another customer falls late before that
  shop.at('2026-11-16T18:00:00Z');
  shop.ledger.put({ invoices: [invoiceRow('I2', { customerId: 'C2', dueOn: day('2026-11-17') })] });
  await shop.morning();
  await shop.deliver();
  await shop.reconcileAndPlan();
  expect(await shop.states()).toEqual(['first sent']);
  expect(await next(shop)).toEqual(twice('Alder first reminder 2026-11-20'));

  const pause = { kind: 'pause', reason: 'on holiday', setBy: 'Maria', startsOn: day('2026-11-16') } as const;
  await shop.within((tx) =>
    setHold(
      tx,
      shop.companyId,
      { ...pause, scope: 'customer', customerId: 'C2', endsOn: day('2026-12-31') },
      shop.now(),
    ),
  );
  await shop.reconcileAndPlan();
  expect(await next(shop)).toEqual(twice('Ridgeway second reminder 2026-11-23'));
});

it('what stands on the list of what is to do is not announced again, and a call is nothing to approve', async () => {
  const shop = await Workshop.open(database);
  await shop.within(async (tx) => {
    const { version: expectedVersion } = await getDocument(tx, shop.companyId);
    const first = { ...call, offsetDays: 3, stage: 'first' } as const;
    const document = withSteps(first, ...emailSteps.slice(1));
    await saveDocument(tx, shop.companyId, { expectedVersion, document }, 'Maria', shop.now());
  });
  const phone = { phone: '+1 503 555 0101' };
  shop.ledger.put({
    customers: [
      customerRow('C1', { name: 'Ridgeway', ...phone }),
      customerRow('C2', { name: 'Alder', ...phone }),
    ],
    invoices: [invoiceRow('I1'), invoiceRow('I2', { customerId: 'C2', dueOn: day('2026-11-09') })],
  });
  await shop.morning();
  expect(await shop.states()).toEqual(['call approved']);
  const [found, ahead] = await next(shop);
  expect(ahead).toMatch(/^Ridgeway call 2026-11-10/);
  expect(found).toMatch(/^Ridgeway second reminder 2026-11-/);
});

it('so many who are held, and whose invoices only get older, hide nobody who falls late after them', async () => {
  const shop = await Workshop.open(database);
  const many = Array.from({ length: 51 }, (_, place) => `H${place}`);
  shop.ledger.put({
    customers: [
      ...many.map((id) => customerRow(id, { emails: [] })),
      customerRow('C1', { name: 'Ridgeway' }),
    ],
    invoices: [
      ...many.map((id) => invoiceRow(`I${id}`, { customerId: id })),
      invoiceRow('I1', { dueOn: day('2026-12-04') }),
    ],
  });
  await shop.morning();
  expect(await next(shop)).toEqual(twice('Ridgeway first reminder 2026-12-07'));
});
