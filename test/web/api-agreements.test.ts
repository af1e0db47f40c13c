import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inCompany } from '../../src/platform/db.ts';
import { addCompany } from '../support/company.ts';
import { seedBook } from './api-seed.ts';
import { type Answer, type TestServer, testServer, today } from './api-support.ts';

const server: TestServer = await testServer();
afterAll(() => server.close());

let companyId: string;
let key: string;
beforeEach(async () => {
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  await seedBook(server.database.db, companyId);
  key = await server.key(companyId);
});

const call = (method: 'GET' | 'POST' | 'PUT', address: string, body?: unknown): Promise<Answer> =>
  server.call({ method, url: `/api/v1/companies/${companyId}${address}`, key, body });
const usd = (minor: number) => ({ minor, currency: 'USD' });
const promise = { customerId: 'ridgeway', date: '2026-12-10', saidBy: 'Jo Park', how: 'phone', by: 'Ann' };
const plan = {
  customerId: 'ridgeway',
  invoiceIds: ['101'],
  instalments: [
    { dueOn: '2026-12-10', amount: usd(45_000) },
    { dueOn: '2027-01-10', amount: usd(45_000) },
  ],
  saidBy: 'Jo Park',
};
const offer = { customerId: 'ridgeway', discountPercent: 10, validUntil: '2026-12-15', by: 'Ann' };

describe('a promise', () => {
  it('says what it covers, what is missing, the next day and where it stands in words', async () => {
    const { status, body } = await call('POST', '/promises', {
      ...promise,
      amount: usd(100_000),
      note: 'Half',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'promise',
      state: 'pending',
      customerId: 'ridgeway',
      customerName: 'Ridgeway Ltd',
      amount: usd(100_000),
      debt: usd(150_000),
      received: usd(0),
      missing: usd(100_000),
      dueOn: '2026-12-10',
      graceUntil: '2026-12-14',
      nextOn: '2026-12-10',
      wholeCustomer: true,
      saidBy: 'Jo Park',
      how: 'phone',
      note: 'Half',
      madeOn: today,
      madeBy: 'Ann',
      settledOn: null,
      instalments: [],
    });
    expect(body.words).toContain('Nothing received so far, $1,000.00 missing');
    expect(body.invoices).toEqual([
      { invoiceId: '101', number: 'N-101', openThen: usd(90_000), open: usd(90_000) },
      { invoiceId: '102', number: 'N-102', openThen: usd(60_000), open: usd(60_000) },
    ]);
    expect((await call('GET', `/promises/${body.agreementId}`)).body).toMatchObject({ words: body.words });
    // a hold of the whole customer is stated in the currency of what was agreed
    const { items } = (await call('GET', `/holds?kind=promise`)).body;
    expect(items).toMatchObject([{ agreementId: body.agreementId, amount: usd(100_000) }]);
    // it is no plan
    expect((await call('GET', `/plans/${body.agreementId}`)).status).toBe(404);
  });

  it('EXC-08: may be late by the days that the policy of whoever is chased says, as it was when it was made', async () => {
    const grace = (days: number, expectedVersion: number) =>
      call('PUT', '/customers/ridgeway/policy', {
        ...{ expectedVersion, segment: null, paused: false, by: 'Ann' },
        settings: { promiseGraceBusinessDays: days },
      });
    expect((await grace(9, 0)).status).toBe(200);
    // its bills go to ridgeway, so its word is ridgeway's
    const made = await call('POST', '/promises', { ...promise, customerId: 'ridgeway-yard' });
    expect(made.body).toMatchObject({ customerId: 'ridgeway', graceUntil: '2026-12-23' });
    expect((await call('GET', `/holds?kind=promise`)).body.items).toMatchObject([{ endsOn: '2026-12-23' }]);
    await grace(0, 1);
    const address = `/promises/${made.body.agreementId}`;
    expect((await call('GET', address)).body).toMatchObject({ graceUntil: '2026-12-23' });
    await call('POST', `${address}/withdraw`, { reason: 'Another day' });
    expect((await call('POST', '/promises', promise)).body).toMatchObject({ graceUntil: '2026-12-10' });
  });

  it('that is withdrawn leaves the list of live ones, with its reason in the record', async () => {
    const { body } = await call('POST', '/promises', promise);
    const address = `/promises/${body.agreementId}/withdraw`;
    expect((await call('POST', address, {})).status).toBe(400);
    expect((await call('POST', `/offers/${body.agreementId}/withdraw`, { reason: 'x' })).status).toBe(404);
    const gone = await call('POST', address, { reason: 'They meant another supplier', by: 'Ann' });
    expect(gone.body).toMatchObject({ state: 'withdrawn', missing: usd(0), nextOn: null, settledOn: today });
    expect((await call('GET', '/promises')).body.items).toEqual([]);
    expect((await call('GET', '/promises?state=all')).body.items).toHaveLength(1);
    expect((await call('POST', address, { reason: 'Again' })).status).toBe(409);
    const activities = (await call('GET', '/activities')).body.items;
    expect(JSON.stringify(activities)).toContain('They meant another supplier');
  });
});

describe('a plan', () => {
  it('shows its instalments, filled oldest first by what was received', async () => {
    const { status, body } = await call('POST', '/plans', plan);
    expect([status, body.state, body.amount]).toEqual([201, 'active', usd(90_000)]);
    await inCompany(server.database.db, companyId, (tx) =>
      tx
        .updateTable('agreement')
        .set({ received_minor: 60_000 })
        .where('company_id', '=', companyId)
        .execute(),
    );
    const shown = (await call('GET', `/plans/${body.agreementId}`)).body;
    expect(shown).toMatchObject({ received: usd(60_000), missing: usd(30_000), nextOn: '2027-01-10' });
    expect(shown.instalments.map((one: Record<string, unknown>) => [one.state, one.received])).toEqual([
      ['paid', usd(45_000)],
      ['part_paid', usd(15_000)],
    ]);
    expect(shown.words).toContain('Next: $300.00 on Jan 10, 2027.');
  });
});

describe('an offer', () => {
  it('is a reduced sum, or a discount on what is open', async () => {
    const { status, body } = await call('POST', '/offers', offer);
    expect([status, body.state, body.amount, body.debt]).toEqual([201, 'open', usd(135_000), usd(150_000)]);
    await call('POST', `/offers/${body.agreementId}/withdraw`, { reason: 'Another sum' });
    const { discountPercent: _, ...rest } = offer;
    const other = await call('POST', '/offers', { ...rest, invoiceIds: ['102'], reduced: usd(50_000) });
    expect([other.status, other.body.amount, other.body.debt]).toEqual([201, usd(50_000), usd(60_000)]);
  });
});

describe('the lists', () => {
  it('give live ones of a customer, page by page', async () => {
    for (const invoiceId of ['101', '102'])
      await call('POST', '/promises', { invoiceId, date: '2026-12-10' });
    const whole = (await call('GET', '/promises?customerId=ridgeway')).body;
    expect(whole.items).toHaveLength(2);
    const first = (await call('GET', '/promises?limit=1')).body;
    const second = (await call('GET', `/promises?limit=1&after=${encodeURIComponent(first.next)}`)).body;
    expect([...first.items, ...second.items]).toEqual(whole.items);
    expect(second.next).toBeNull();
    expect((await call('GET', '/promises?customerId=quill')).body.items).toEqual([]);
    expect((await call('GET', '/plans')).body).toEqual({ items: [], next: null });
  });

  it('show nothing of another company', async () => {
    const { body } = await call('POST', '/promises', promise);
    const other = await addCompany(server.database.db, { name: 'Other' });
    const answer = await server.call({
      url: `/api/v1/companies/${other}/promises/${body.agreementId}`,
      key: await server.key(other),
    });
    expect(answer.status).toBe(404);
  });
});

describe('what is refused', () => {
  it.each<[string, object, number]>([
    ['/promises', { ...promise, date: '2026-11-29' }, 400],
    ['/promises', { ...promise, date: '2026-02-30' }, 400],
    ['/promises', { ...promise, amount: usd(150_001) }, 400],
    ['/promises', { ...promise, amount: usd(0) }, 400],
    ['/promises', { ...promise, amount: { minor: 1.5, currency: 'USD' } }, 400],
    ['/promises', { ...promise, amount: { minor: 100, currency: 'EUR' } }, 400],
    ['/promises', { ...promise, amount: { minor: 100, currency: 'XQX' } }, 400],
    ['/promises', { ...promise, currency: 'EUR', amount: usd(1) }, 400],
    ['/promises', { ...promise, how: 'pigeon' }, 400],
    ['/promises', { ...promise, invoiceIds: [] }, 400],
    ['/promises', { ...promise, invoiceIds: ['201'] }, 400],
    ['/promises', { ...promise, invoiceIds: ['101', '101'] }, 400],
    ['/promises', { ...promise, invoiceIds: ['none'] }, 404],
    ['/promises', { ...promise, invoiceIds: ['103'] }, 409],
    ['/promises', { ...promise, customerId: 'quill' }, 400],
    ['/promises', { ...promise, saidBy: 'x'.repeat(201) }, 400],
    ['/promises', { ...promise, sum: 1 }, 400],
    ['/plans', { ...plan, instalments: [] }, 400],
    ['/plans', { ...plan, instalments: plan.instalments.slice(1) }, 400],
    ['/plans', { ...plan, instalments: plan.instalments.toReversed() }, 400],
    ['/plans', { ...plan, instalments: [{ dueOn: '2026-12-10', amount: usd(90_001) }] }, 400],
    [
      '/plans',
      {
        ...plan,
        instalments: [...plan.instalments, { dueOn: '2027-02-10', amount: { minor: 1, currency: 'EUR' } }],
      },
      400,
    ],
    ['/plans', { ...plan, graceBusinessDays: 21 }, 400],
    ['/offers', { ...offer, discountPercent: 100 }, 400],
    ['/offers', { ...offer, discountPercent: 12.345 }, 400],
    ['/offers', { ...offer, reduced: usd(1) }, 400],
    ['/offers', { customerId: 'ridgeway', validUntil: '2026-12-15' }, 400],
    ['/offers', { ...offer, validUntil: '2026-11-01' }, 400],
  ])('%s %j: it says what to do, and nothing is stored', async (address, body, status) => {
    const answer = await call('POST', address, body);
    expect([answer.status, typeof answer.body.error?.action]).toEqual([status, 'string']);
    expect(answer.body.error.action).not.toBe('');
    expect((await call('GET', `${address}?state=all`)).body.items).toEqual([]);
    expect((await call('GET', '/holds?state=all')).body.items).toEqual([]);
  });
});

describe('a customer', () => {
  it('comes with the facts of how it has paid (P15, P32)', async () => {
    await inCompany(server.database.db, companyId, (tx) =>
      tx
        .insertInto('payment')
        .values({
          company_id: companyId,
          payment_id: 'p1',
          customer_id: 'ridgeway',
          paid_on: '2026-10-30',
          currency: 'USD',
          total_minor: 90_000,
          unapplied_minor: 0,
          status: 'valid',
          allocations: JSON.stringify([{ invoiceId: '103', amountMinor: 90_000 }]),
          seen_at: new Date('2026-10-30T12:00:00Z'),
          changed_at: new Date('2026-10-30T12:00:00Z'),
          version: '1',
        })
        .execute(),
    );
    await call('POST', '/disputes', { invoiceId: '101', reason: 'Damaged' });
    const { body } = await call('GET', '/customers/ridgeway');
    expect(body.behaviour).toEqual({
      since: '2024-11-30',
      settled: {
        settled: 1,
        withDueDate: 1,
        settledLate: 1,
        averageDaysLate: 10,
        medianDaysLate: 10,
        longestDaysLate: 10,
        dayNotKnown: 0,
      },
      lastPaymentOn: '2026-10-30',
      daysSinceLastPayment: 31,
      promises: { pending: 0, kept: 0, partKept: 0, broken: 0 },
      plans: { active: 0, completed: 0, breached: 0 },
      offers: { open: 0, accepted: 0, lapsed: 0 },
      disputes: 1,
      pastDue: [
        {
          total: usd(150_000),
          over90: usd(0),
          oldest: { invoiceId: '101', number: 'N-101', dueOn: '2026-11-20', daysLate: 10 },
        },
      ],
    });
    const list = (await call('GET', '/customers')).body.items;
    expect(list[0]).not.toHaveProperty('behaviour');
  });
});
