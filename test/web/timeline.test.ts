import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { inCompany } from '../../src/platform/db.ts';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { seedBook } from './api-seed.ts';
import { type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let companyId: string;
let owner: SignedInPerson;
let customer: string;
beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  await seedBook(server.database.db, companyId);
  owner = await signIn(server, companyId, 'owner');
  customer = `/companies/${companyId}/customers/ridgeway`;
});
afterAll(() => server.close());

const whatHappened = (html: string): string =>
  (/<ol class="timeline-duly">.*?<\/ol>/s.exec(html)?.[0] ?? '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

it('R12: what happened to those whose bills go to a customer stands on its page, a dispute with its invoice', async () => {
  await inCompany(server.duly.db, companyId, async (tx) => {
    const {
      customer_id: _own,
      name: _name,
      ...ridgeway
    } = await tx
      .selectFrom('customer')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('customer_id', '=', 'ridgeway')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('customer')
      .values({
        ...ridgeway,
        contacts: '[]',
        customer_id: 'ridgeway-north',
        name: 'Ridgeway North',
        parent_id: 'ridgeway',
        bills_with_parent: true,
      })
      .execute();
    await tx
      .updateTable('invoice')
      .set({ customer_id: 'ridgeway-north' })
      .where('company_id', '=', companyId)
      .where('invoice_id', '=', '102')
      .execute();
  });
  const dispute = { invoice: '102', category: 'wrong_amount', amount: '', reason: 'Two boards were split' };
  expect((await owner.post(`${customer}/dispute`, dispute)).status).toBe(303);
  expect(whatHappened((await owner.get(customer)).html)).toContain(
    'Disputed (the amount) until lifted: Two boards were split (invoice N-102).',
  );
  // and nobody else's page tells it
  expect((await owner.get(`/companies/${companyId}/customers/quill`)).html).not.toContain('Two boards');
});

it('an agreement is told once, not again by each hold it sets', async () => {
  const promise = {
    date: '2026-12-10',
    amount: '',
    saidBy: 'Jo Park',
    how: 'phone',
    note: '',
    invoices: ['101'],
  };
  expect((await owner.post(`${customer}/agreements/promise`, promise)).status).toBe(303);
  const told = whatHappened((await owner.get(customer)).html);
  expect(told).toContain('Jo Park');
  expect(told).not.toMatch(/Hold \(promise\)|Promised until/);
});

it('a hold is called in the timeline as it is on the page, when it is set and when it is lifted', async () => {
  const hold = { category: 'insolvency', reason: 'Letter of the administrator' };
  const quill = `/companies/${companyId}/customers/quill`;
  expect((await owner.post(`${quill}/legal`, hold)).status).toBe(303);
  const { html } = await owner.get(quill);
  expect(whatHappened(html)).toContain(
    'In legal hands (insolvency) until lifted: Letter of the administrator',
  );
  const holdId = /name="hold" value="([^"]+)"/.exec(html)?.[1] ?? '';
  expect((await owner.post(`${quill}/lift`, { hold: holdId })).status).toBe(303);
  expect(whatHappened((await owner.get(quill)).html)).toContain('Hold “In legal hands (insolvency)” lifted:');
});

it('R10: a customer on hold as a whole is asked for nothing, and all that is past due counts as held', async () => {
  const pause = { end: 'open', reason: 'Order number' };
  expect((await owner.post(`/companies/${companyId}/customers/quill/hold`, pause)).status).toBe(303);
  const { html } = await owner.get(`/companies/${companyId}/customers/quill`);
  expect(html).toMatch(/<dt>A reminder would ask for<\/dt>\s*<dd><strong>\$0\.00/);
});
