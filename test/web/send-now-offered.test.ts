import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inCompany, inSystem } from '../../src/platform/db.ts';
import { addCompany } from '../support/company.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { seedBook } from './api-seed.ts';
import { now, type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let companyId: string;
let person: SignedInPerson;
let touchId: string;
beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, { mode: 'autopilot' });
  ({
    waiting: [touchId],
  } = await seedBook(server.database.db, companyId));
  await inCompany(server.database.db, companyId, (tx) =>
    tx.updateTable('company').set({ books_read_at: now }).where('company_id', '=', companyId).execute(),
  );
  person = await signIn(server, companyId, 'owner');
});
afterAll(() => server.close());

const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);

async function page(state: string, plannedFor: Date, place = `touches/${touchId}`): Promise<string> {
  await inCompany(server.database.db, companyId, (tx) =>
    tx
      .updateTable('touch')
      .set({ state, planned_for: plannedFor, reserved_at: state === 'reserved' ? now : null })
      .where('touch_id', '=', touchId)
      .execute(),
  );
  const { status, html } = await person.get(`/companies/${companyId}/${place}`);
  expect(status).toBe(200);
  return html.replaceAll('&#39;', "'");
}

const form = (html: string): boolean => html.includes(`/touches/${touchId}/send-now`);

describe('“Send now”', () => {
  it('is offered on what waits for a person, and on what leaves later', async () => {
    expect(form(await page('awaiting_approval', minutes(-60)))).toBe(true);
    const later = await page('approved', minutes(6));
    expect(form(later)).toBe(true);
    expect(later).not.toContain('It leaves by itself in');
    expect(form(await page('approved', minutes(6), 'approve'))).toBe(true);
  });

  it('is not offered on what leaves in a few minutes anyway: the page says when it leaves', async () => {
    const soon = await page('approved', minutes(5));
    expect(form(soon)).toBe(false);
    expect(soon).toContain('It leaves by itself in 5 minutes.');
    expect(await page('approved', minutes(0.5))).toContain('It leaves by itself in 1 minute.');
    const due = await page('approved', minutes(-1));
    expect(form(due)).toBe(false);
    expect(due).toContain('It leaves in the next minutes, once the books have been read again.');
    // every other word about it stays
    expect(due).toContain(`/touches/${touchId}/cancel`);
    const list = await page('approved', minutes(-1), 'approve');
    expect(form(list)).toBe(false);
    expect(list).toContain('In the next minutes');
  });

  it('nor on what is being sent, nor promises anything while the books cannot be read', async () => {
    const leaving = await page('reserved', minutes(-1));
    expect(form(leaving)).toBe(false);
    expect(leaving).toContain('It is being sent right now.');
    const connect = (state: string): Promise<unknown> =>
      inSystem(server.database.db, (tx) =>
        tx.updateTable('connection').set({ state }).where('company_id', '=', companyId).execute(),
      );
    await connect('reconnect_needed');
    const waits = await page('approved', minutes(-1));
    expect(waits).toContain('It leaves once the books can be read again.');
    expect(form(waits)).toBe(false);
    await connect('healthy');
  });
});
