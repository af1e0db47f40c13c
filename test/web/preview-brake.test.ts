import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { inCompany } from '../../src/platform/db.ts';
import { ensurePolicy } from '../../src/policies/document.store.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { connect } from './api-seed.ts';
import { now, type TestServer, testServer } from './api-support.ts';

/** Of so many invoices the first reminder falls on Monday, 7 December 2026, of one on the Thursday after it. */
const MANY = 12;

let server: TestServer;
let companyId: string;
let person: SignedInPerson;
let key: string;
beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, { mode: 'autopilot' });
  await connect(server.database.db, companyId);
  await inCompany(server.database.db, companyId, async (tx) => {
    await ensurePolicy(tx, companyId, 'Duly', now, emailBody);
    const row = { company_id: companyId, changed_at: now, version: '1', emails: [] as string[] };
    const owing = { issued_on: '2026-10-01', currency: 'USD', total_minor: 9_000, open_minor: 9_000 };
    const ids = Array.from({ length: MANY + 1 }, (_, place) => `c${place}`);
    for (const [place, id] of ids.entries()) {
      await tx
        .insertInto('customer')
        .values({
          ...{ ...row, emails: [`${id}@customer.test`], customer_id: id, name: `Customer ${id}` },
          ...{ contacts: '[]', bills_with_parent: false, active: true },
        })
        .execute();
      const due_on = place < MANY ? '2026-12-04' : '2026-12-07';
      const of = { ...row, ...owing, customer_id: id, invoice_id: `i${place}`, due_on };
      await tx
        .insertInto('invoice')
        .values({ ...of, status: 'open', sent: 'yes' })
        .execute();
      await tx
        .insertInto('position')
        .values({
          ...{ company_id: companyId, customer_id: id, currency: 'USD', open_minor: 9_000 },
          ...{ not_due_minor: 9_000, past_due_minor: 0, held_minor: 0, credits_minor: 0, ask_minor: 0 },
          ...{ holds: '[]', ties_out: true, computed_on: '2026-11-30', computed_at: now },
        })
        .execute();
    }
  });
  await company({ books_read_at: now, all_businesses_at: now, all_businesses_by: 'Maria' });
  person = await signIn(server, companyId, 'owner');
  key = await server.key(companyId);
});
afterAll(() => server.close());

async function company(to: Readonly<Record<string, unknown>>): Promise<void> {
  await inCompany(server.database.db, companyId, (tx) =>
    tx.updateTable('company').set(to).where('company_id', '=', companyId).execute(),
  );
}

/** The calendar's rows in words: first those of the days. */
async function days(query = ''): Promise<readonly string[]> {
  const { html } = await person.get(`/companies/${companyId}/preview${query}`);
  return html
    .split('<tr data-row')
    .slice(1)
    .map((row) => row.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' '));
}

it('S4: the calendar marks the day that plans more than usual, by the words of the mode', async () => {
  const [first, second] = await days();
  expect(first).toContain('Mon, Dec 7, 2026 12 e-mails');
  expect(first).toContain('On this day more is planned than usual: a person releases it.');
  expect(second).toContain('1 e-mail ');
  expect(second).not.toContain('more is planned than usual');
  await company({ mode: 'preview' });
  expect((await days())[0]).toContain('more is planned than usual: on autopilot, too, a person would');
  // every batch waits for a person
  await company({ mode: 'approve' });
  expect((await days()).join()).not.toContain('more is planned than usual');
});

it('S4: the calendar of one customer says nothing of the brake, which is the whole company’s', async () => {
  await company({ mode: 'autopilot' });
  const [first] = await days('?customer=c1');
  expect(first).toContain('1 e-mail ');
  expect(first).not.toContain('more is planned than usual');
});

it('S4: the API names the days that the calendar marks', async () => {
  await company({ mode: 'autopilot' });
  const braked = async (query = ''): Promise<unknown> => {
    const { status, body } = await server.call({
      url: `/api/v1/companies/${companyId}/preview${query}`,
      key,
    });
    return status === 200 ? body.brakedDays : status;
  };
  const marked = (await days()).filter((row) => row.includes('more is planned than usual'));
  expect(marked.map((row) => /Dec \d+, 2026/.exec(row)?.[0])).toEqual([
    'Dec 7, 2026',
    'Dec 14, 2026',
    'Dec 28, 2026',
  ]);
  const those = ['2026-12-07', '2026-12-14', '2026-12-28'];
  expect(await braked()).toEqual(those);
  await company({ mode: 'preview' });
  expect(await braked()).toEqual(those);
  await company({ mode: 'approve' });
  expect(await braked()).toEqual([]);
  expect(await braked('?customerId=c1')).toBeNull();
});
