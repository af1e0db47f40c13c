import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inCompany } from '../../src/platform/db.ts';
import type { PolicyDocument } from '../../src/policies/document.ts';
import { addCompany } from '../support/company.ts';
import { seedBook } from './api-seed.ts';
import { type Answer, type TestServer, testServer } from './api-support.ts';

let server: TestServer;
let key: string;
let base: string;
let companyId: string;

beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, {
    country: 'GB',
    currency: 'GBP',
    timeZone: 'Europe/London',
  });
  await seedBook(server.database.db, companyId);
  key = await server.key(companyId);
  base = `/api/v1/companies/${companyId}`;
});
afterAll(() => server.close());

const get = (path: string): Promise<Answer> => server.call({ method: 'GET', url: `${base}${path}`, key });

/** A customer of its own with one invoice of 10,000.00, due on 1 March 2026. */
async function customer(id: string, facts: Record<string, string | null>): Promise<void> {
  await inCompany(server.database.db, companyId, async (tx) => {
    const changed = { changed_at: new Date('2026-03-01T00:00:00Z'), version: '1' };
    await tx
      .insertInto('customer')
      .values({
        company_id: companyId,
        customer_id: id,
        name: id,
        emails: [`ap@${id}.test`],
        contacts: '[]',
        bills_with_parent: false,
        active: true,
        ...changed,
        ...facts,
      })
      .execute();
    const invoice = {
      company_id: companyId,
      customer_id: id,
      issued_on: '2026-02-01',
      currency: 'GBP',
      total_minor: 1_000_000,
      status: 'open',
      sent: 'yes',
      emails: [],
      ...changed,
    };
    await tx
      .insertInto('invoice')
      .values([
        { ...invoice, invoice_id: `${id}-1`, number: '1', due_on: '2026-03-01', open_minor: 600_000 },
        { ...invoice, invoice_id: `${id}-2`, number: '2', due_on: '2027-03-01', open_minor: 1_000_000 },
      ])
      .execute();
    await tx
      .insertInto('payment')
      .values({
        company_id: companyId,
        payment_id: `${id}-p`,
        customer_id: id,
        paid_on: '2026-03-31',
        currency: 'GBP',
        total_minor: 400_000,
        unapplied_minor: 0,
        status: 'valid',
        allocations: JSON.stringify([{ invoiceId: `${id}-1`, amountMinor: 400_000 }]),
        seen_at: new Date('2026-03-31T00:00:00Z'),
        ...changed,
      })
      .execute();
  });
}

describe('the law in the API', () => {
  it('lists every rule with its source, what keeps it, and what is not confirmed', async () => {
    const { status, body } = await get('/law/rules');
    expect(status).toBe(200);
    const rules = new Map((body.items as { id: string }[]).map((rule) => [rule.id, rule]));
    expect(rules.get('us-nyc-frequency')).toMatchObject({
      pack: 'us-nyc',
      packName: 'New York City',
      from: '2026-09-01',
      enforce: 'block',
      forWhom: ['consumer'],
      state: 'on',
    });
    expect(rules.get('house-promotion')).toMatchObject({ state: 'kept', keptBy: 'the tone check' });
    expect(rules.get('us-work-email')).toMatchObject({ state: 'off' });
  });

  it('says for a customer and a day which packs hold, what they leave open, and by which rule', async () => {
    await customer('bea', { country: 'GB', region: 'ENG', debtor_type: 'sole_trader' });
    const { status, body } = await get('/customers/bea/law?day=2026-08-31');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      day: '2026-08-31',
      packs: ['house', 'uk'],
      treatedAs: 'sole_trader',
      zones: ['Europe/London'],
      // the summer bank holiday
      businessDay: false,
      holidays: ['2026-08-31'],
      calendarDoubt: null,
      minGapBusinessDays: { days: 3, rule: 'house-gap' },
      deadlines: [{ stage: 'final', days: 30, rule: 'uk-letter-of-claim-days' }],
      warnings: [{ stage: 'final', rule: 'uk-letter-of-claim-papers' }],
    });
    expect(body.blocked).toContainEqual({ what: 'service_style', rule: 'house-service-style' });
    const named = new Set((body.rules as { id: string }[]).map((rule) => rule.id));
    for (const entry of [...body.caps, ...body.windows, ...body.blocked, ...body.disclosures])
      expect(named).toContain(entry.rule);
  });

  it('takes the strict pack for a customer of whom little is known, and says that holidays are not known', async () => {
    await customer('far', { country: 'XK', debtor_type: 'unknown' });
    const { body } = await get('/customers/far/law');
    expect(body).toMatchObject({
      day: '2026-11-30',
      packs: ['house', 'strict', 'uk'],
      treatedAs: 'consumer',
    });
    expect(body.calendarDoubt).toBe('The public holidays of XK are not known; only weekends are left out.');
  });

  it('refuses a day that does not exist and a customer that the books do not have', async () => {
    expect((await get('/customers/bea/law?day=2026-02-30')).status).toBe(400);
    expect((await get('/customers/nobody/law')).status).toBe(404);
    expect((await get('/customers/nobody/interest')).status).toBe(404);
  });
});

describe('interest in the API (D10: computed and shown)', () => {
  const setLateFee = async (lateFee: PolicyDocument['settings']['lateFee']): Promise<void> => {
    const { version, ...document } = (await get('/policy')).body as PolicyDocument;
    const saved = await server.call({
      method: 'PUT',
      url: `${base}/policy`,
      key,
      body: {
        expectedVersion: version,
        document: { ...document, settings: { ...document.settings, lateFee } },
      },
    });
    expect(saved.status).toBe(200);
  };

  it('is none without a word in the policy', async () => {
    await customer('acme', { country: 'GB', region: 'ENG', debtor_type: 'business' });
    const { body } = await get('/customers/acme/interest?day=2026-04-30');
    expect(body).toMatchObject({ day: '2026-04-30', items: [{ invoiceId: 'acme-1', kind: 'nothing' }] });
  });

  it('follows what was open on each day; an invoice that is not due has none', async () => {
    await setLateFee({
      kind: 'statutory',
      yearlyRateBp: null,
      graceDays: 0,
      attestedBy: 'Ann Lee',
      attestedOn: '2026-01-05',
    });
    const { body } = await get('/customers/acme/interest?day=2026-04-30');
    // 0.1175 / 365 × (30 × 10,000 + 30 × 6,000)
    expect(body.items).toEqual([
      {
        invoiceId: 'acme-1',
        number: '1',
        dueOn: '2026-03-01',
        kind: 'sum',
        interest: { minor: 15_452, currency: 'GBP' },
        fixedSum: { minor: 10_000, currency: 'GBP' },
        words: expect.stringContaining('60 days at 11.75 % a year'),
        reasons: [
          expect.objectContaining({ rule: 'LAW uk-late-payment', source: expect.stringContaining('1998') }),
        ],
        warnings: [],
      },
    ]);
  });

  it('is refused for a sole trader, with the rules and their sources', async () => {
    const { body } = await get('/customers/bea/interest?day=2026-04-30');
    expect(body.items[0]).toMatchObject({ kind: 'refused', interest: null, fixedSum: null });
    const rules = (body.items[0].reasons as { rule: string }[]).map(({ rule }) => rule);
    expect(rules).toEqual(['LAW house-interest-person', 'LAW uk-interest-business-only']);
  });
});
