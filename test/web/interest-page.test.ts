import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inCompany } from '../../src/platform/db.ts';
import { nothingOwn, saveCustomerPolicy } from '../../src/policies/customer-policy.store.ts';
import { mayHaveLateFee } from '../../src/policies/late-fee.store.ts';
import { type SignedInPerson, signIn } from './agreements-support.ts';
import { now, type TestServer, testServer } from './api-support.ts';
import { byLaw, byTerms, companyIn, owing, paidPart } from './interest-seed.ts';

let server: TestServer;
let uk: string;
const people = new Map<string, SignedInPerson>();

beforeAll(async () => {
  server = await testServer();
  const { db } = server.database;
  uk = await companyIn(db, 'GB');
  people.set(uk, await signIn(server, uk, 'owner'));
  await owing(
    db,
    uk,
    { id: 'mill', name: 'Mill Ltd', country: 'GB' },
    {
      '1001': { dueOn: '2026-10-01', minor: 1_000_000 },
      '1002': { dueOn: '2023-05-01', minor: 50_000 },
      '1003': { dueOn: '2027-01-01', minor: 50_000 },
      '1004': { dueOn: '2026-10-01', minor: 20_000, currency: 'EUR' },
    },
    byLaw,
  );
});
afterAll(() => server.close());

const page = async (customerId: string, query = '', companyId = uk) => {
  const { status, html } = (await people
    .get(companyId)
    ?.get(`/companies/${companyId}/customers/${customerId}${query}`)) ?? { status: 0, html: '' };
  const [, part = ''] = html.split('<h2 id="interest-title">');
  const words = part
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
  const row = (number: string): string => {
    const cells = part.split('<tr>').find((one) => one.includes(`<strong>${number}</strong>`)) ?? '';
    return (
      cells
        .split('</tr>')[0]
        ?.replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim() ?? ''
    );
  };
  return { status, html, words, row };
};

describe('late-payment interest and fees on the customer’s page (D10)', () => {
  it('each past-due invoice has its base, rate with its ground, interest, fixed sum and total', async () => {
    const { status, words, row } = await page('mill', '?asOf=2026-11-30');
    expect(status).toBe(200);
    // 10,000 × 11.75 % × 60 / 365 = 193.15, the government's example
    expect(row('1001')).toBe(
      '1001 1 Oct 2026 60 10,000.00 11.75 % 8 % above the Bank of England base rate of 30 Jun 2026 193.15 100.00 293.15',
    );
    expect(words).toContain('Total, GBP, without 1 invoice that has no sum 193.15 100.00 293.15');
    expect(words).toContain('Late Payment of Commercial Debts (Interest) Act 1998 s. 1, 5A; SI 2002/1675');
    expect(words).toContain('nothing of it is posted to the ledger');
    expect(words).toContain('Nothing that was paid from 1 Dec 2025 to 30 Nov 2026 was paid late.');
    expect(words).toContain('Ann Lee stated on 5 Jan 2026 that nothing else was agreed.');
    // not due yet
    expect(row('1003')).toBe('');
  });

  it('where nothing can be computed it says why, with the source; currencies have tables of their own', async () => {
    const { row, words } = await page('mill');
    expect(row('1002')).toMatch(
      /The reference rate from 1 Jan 2023 is not known to this version of Duly; nothing is computed. Late Payment of Commercial Debts/,
    );
    // 200 × 11.75 % × 60 / 365 = 3.86, and no fixed sum in euros
    expect(row('1004')).toMatch(/ 3\.86$/);
    expect(words).toContain('Total, EUR 3.86');
  });

  it('answers for another day, and a day that cannot be shown with what to do', async () => {
    const later = await page('mill', '?asOf=2027-01-02');
    // 93 days
    expect(later.row('1001')).toMatch(/ 93 10,000\.00 .* 299\.38 100\.00 399\.38$/);
    expect(later.words).toContain('If nothing is paid until 2 Jan 2027.');
    const early = await page('mill', '?asOf=2020-01-01');
    expect([early.status, early.words]).toEqual([
      200,
      expect.stringContaining('Of what is open now, nothing was past due on 1 Jan 2020.'),
    ]);
    for (const [typed, fault] of [
      ['soon', '“soon” is no day.'],
      ['2026-02-30', '“2026-02-30” is no day.'],
      ['0001-06-01', '“0001-06-01” is long ago. Choose a later day.'],
      ['2030-01-01', 'Interest is reckoned a year ahead, until 1 Dec 2027. Choose an earlier day.'],
    ]) {
      const { status, words, html, row } = await page('mill', `?asOf=${typed}`);
      expect(status).toBe(400);
      expect(words).toContain(`${fault}`);
      expect(html).toContain('aria-describedby="as-of-fault"');
      // the page is whole, with the figures of today
      expect(row('1001')).toContain('193.15');
    }
  });

  it('a part payment lowers the base from the day after it, and is laid open', async () => {
    const { db } = server.database;
    await owing(
      db,
      uk,
      { id: 'part', name: 'Part Ltd', country: 'GB', creditsMinor: 5_000 },
      { '2001': { dueOn: '2026-10-01', minor: 1_000_000 } },
      byTerms,
    );
    await paidPart(db, uk, 'part', 'part-2001', '2026-10-31');
    const { words, row } = await page('part');
    // 12 %: 30 days on 10,000 and 30 on 6,000
    expect(row('2001')).toBe(
      '2001 1 Oct 2026 60 6,000.00 12 % your terms How? 2 Oct 2026 to 31 Oct 2026: 30 days on 10,000.00 at 12 % 1 Nov 2026 to 30 Nov 2026: 30 days on 6,000.00 at 12 % 157.81',
    );
    expect(words).toContain('Ann Lee stated on 5 Jan 2026 that the signed terms say so.');
    expect(words).toContain('£50.00 of credits are applied to no invoice yet');
  });

  it('to an individual, or without somebody’s word, nothing is charged, and the reason is said once', async () => {
    const { db } = server.database;
    const invoices = { '3001': { dueOn: '2026-10-01', minor: 10_000 } };
    await owing(db, uk, { id: 'bea', name: 'Bea', country: 'GB', type: 'sole_trader' }, invoices, byLaw);
    const { words, html } = await page('bea');
    expect(words).toContain('Nothing is charged to this customer.');
    expect(words).toContain('No interest and no late fee is named to a consumer or sole trader.');
    expect(words).toContain('Late Payment of Commercial Debts (Interest) Act 1998 s. 2');
    expect(html).toContain(`/customers/bea/law#uk-interest-business-only`);
    expect(html).not.toContain('name="asOf"');
    const far = { id: 'far', name: 'Far SA', country: 'FR' };
    await owing(db, uk, far, { '3002': { dueOn: '2026-10-01', minor: 10_000 } }, byLaw);
    expect((await page('far')).words).toContain(
      'Duly knows no late-payment law for a creditor in GB and a debtor in FR; a person decides.',
    );
  });

  it('in the euro area the rate after June 2026 is not known, and the page says so', async () => {
    const { db } = server.database;
    const fr = await companyIn(db, 'FR');
    people.set(fr, await signIn(server, fr, 'bookkeeper'));
    const invoices = { '4001': { dueOn: '2026-06-01', minor: 10_000, currency: 'EUR' } };
    await owing(db, fr, { id: 'bau', name: 'Bau GmbH', country: 'DE' }, invoices, byLaw);
    expect((await page('bau', '', fr)).row('4001')).toContain(
      'The reference rate from 1 Jul 2026 is not known to this version of Duly; nothing is computed. Up to 30 Jun 2026 the rates are known. Directive 2011/7/EU',
    );
    // 29 days at 10.15 %, and €40
    expect((await page('bau', '?asOf=2026-06-30', fr)).row('4001')).toMatch(/0\.81 40\.00 40\.81$/);
  });

  it('whose bills go to a parent is reckoned with the parent (R12)', async () => {
    const { db } = server.database;
    const us = await companyIn(db, 'US');
    people.set(us, await signIn(server, us, 'sales'));
    await inCompany(db, us, async (tx) => {
      const own = { ...nothingOwn, settings: { lateFee: byTerms } };
      await tx.updateTable('customer').set({ debtor_type: 'business', country: 'US' }).execute();
      await saveCustomerPolicy(tx, us, 'ridgeway', { ...own, expectedVersion: 0 }, 'Ann Lee', now);
    });
    const { row, words } = await page('ridgeway', '', us);
    // 900 × 12 % × 10 / 365 and 600 × 12 % × 5 / 365
    expect(row('N-101')).toMatch(/ 2\.96$/);
    expect(row('N-102')).toMatch(/ 0\.99$/);
    expect(words).toContain('Total, USD 3.95');
  });

  it('a customer without terms has none of it, for one statement', async () => {
    const { db } = server.database;
    const may = (companyId: string, customerId: string) =>
      inCompany(db, companyId, (tx) => mayHaveLateFee(tx, companyId, customerId));
    expect(await may(uk, 'ridgeway')).toBe(false);
    expect(await may(uk, 'mill')).toBe(true);
    const { status, html } = await page('ridgeway');
    expect(status).toBe(200);
    expect(html).not.toContain('Late-payment interest');
  });
});
