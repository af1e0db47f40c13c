import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addCompany } from '../support/company.ts';
import { type Seeded, seedBook } from './api-seed.ts';
import { type Answer, now, type TestServer, testServer, today } from './api-support.ts';

let server: TestServer;
let companyId: string;
let key: string;
let seeded: Seeded;
beforeAll(async () => {
  server = await testServer();
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  seeded = await seedBook(server.database.db, companyId);
  key = await server.key(companyId);
  // a second book with the same ledger ids: nothing of it may ever show
  await seedBook(server.database.db, await addCompany(server.database.db, { name: 'Another' }));
});
afterAll(() => server.close());

const get = (address: string): Promise<Answer> =>
  server.call({ url: `/api/v1/companies/${companyId}${address}`, key });
const usd = (minor: number) => ({ minor, currency: 'USD' });

describe('the lists of the API', () => {
  it('shows the company with its connection and the state of its books', async () => {
    const { status, body } = await get('');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      companyId,
      name: 'Larkspur Joinery',
      timeZone: 'America/Los_Angeles',
      mode: 'approve',
      attestations: { allBusinesses: null, invoicesSentElsewhere: null },
      connection: { provider: 'quickbooks', state: 'healthy', problem: null },
      books: { state: 'ready', readAt: null },
    });
    const list = await server.call({ url: '/api/v1/companies', key });
    expect(list.body).toEqual({ items: [body] });
  });

  it('shows customers, one by one where wanted', async () => {
    const { body } = await get('/customers');
    expect(body.items.map((row: { customerId: string }) => row.customerId)).toEqual([
      'quill',
      'ridgeway',
      'ridgeway-yard',
    ]);
    expect((await get('/customers/ridgeway-yard')).body).toMatchObject({
      parentId: 'ridgeway',
      billsWithParent: true,
      ledgerBalance: usd(150_000),
      debtorType: 'unknown',
    });
  });

  it('gives long lists page by page, without a gap or a repetition', async () => {
    for (const list of ['/customers', '/invoices', '/positions', '/activities', '/decisions', '/touches']) {
      const whole = (await get(list)).body;
      expect(whole.next).toBeNull();
      const pieces: unknown[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
        const page: Answer = await get(`${list}?limit=1${query}`);
        expect(page.body.items).toHaveLength(1);
        pieces.push(...page.body.items);
        after = page.body.next;
      }
      expect(pieces).toEqual(whole.items);
      expect(pieces.length).toBeGreaterThan(1);
    }
  });

  it('shows positions with the invoices behind each figure', async () => {
    const { body } = await get('/positions?pastDue=true');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      customerId: 'ridgeway',
      customerName: 'Ridgeway Ltd',
      currency: 'USD',
      pastDue: usd(150_000),
      ask: usd(150_000),
      tiesOut: false,
      holds: [{ kind: 'does_not_tie_out', holdId: null, until: null }],
      computedOn: today,
    });
    expect(body.items[0].lines[0]).toEqual({
      invoiceId: '101',
      holds: [],
      customerId: 'ridgeway',
      number: 'N-101',
      issuedOn: '2026-10-01',
      dueOn: '2026-11-20',
      open: usd(90_000),
      total: usd(90_000),
      daysLate: 10,
      state: 'ask',
      reasons: [],
    });
    expect((await get('/positions?pastDue=false')).body.items).toHaveLength(1);
    expect((await get('/positions?customerId=quill')).body.items).toHaveLength(1);
    expect((await get('/positions?customerId=nobody')).body).toEqual({ items: [], next: null });
  });

  it('shows invoices with why, also at the parent who is asked for them', async () => {
    const { body } = await get('/invoices');
    const states = body.items.map((row: Record<string, unknown>) => [row.invoiceId, row.state, row.chasedAt]);
    expect(states).toEqual([
      ['101', 'ask', 'ridgeway'],
      ['102', 'ask', 'ridgeway'],
      ['103', null, null],
      ['201', 'not_due', 'quill'],
    ]);
    expect(body.items[3].why).toEqual([{ rule: 'R1', words: 'Due 2026-12-24; due today is not past due.' }]);
    expect(body.items[0].customerHolds[0].kind).toBe('does_not_tie_out');
    expect((await get('/invoices?open=true')).body.items).toHaveLength(3);
    expect((await get('/invoices?customerId=ridgeway&open=false')).body.items).toHaveLength(1);
  });

  it('compares our sums with the ledger’s own to the cent', async () => {
    const { body } = await get('/tie-out');
    expect(body.totals).toEqual([
      {
        currency: 'USD',
        ours: usd(240_000),
        ledger: usd(239_999),
        difference: usd(1),
        differing: 1,
        notCompared: 0,
      },
    ]);
    const differing = (await get('/tie-out?differing=true')).body.items;
    expect(differing).toEqual([
      {
        customerId: 'ridgeway',
        customerName: 'Ridgeway Ltd',
        ours: usd(150_000),
        ledger: usd(149_999),
        difference: usd(1),
        tiesOut: false,
        differsSince: null,
      },
    ]);
  });

  it('shows cases with their latest decision, and each day’s decision with its reasons', async () => {
    expect((await get('/cases?state=open')).body.items).toEqual([
      expect.objectContaining({
        caseId: seeded.caseId,
        reference: '4K7-2H9',
        currency: 'USD',
        nextStep: 'second',
        nextAt: now.toISOString(),
        decision: {
          day: today,
          verdict: 'touch',
          reasons: [{ rule: 'S1', words: `The second reminder (${today}).` }],
        },
      }),
    ]);
    expect((await get('/cases?state=closed')).body.items).toEqual([]);
    const yesterday = (await get('/decisions?customerId=ridgeway&day=2026-11-29')).body.items;
    expect(yesterday).toHaveLength(1);
    expect(yesterday[0]).toMatchObject({ verdict: 'wait', day: '2026-11-29', policyVersion: 1 });
  });

  it('shows touches with their invoices, and the message as it was sent', async () => {
    expect((await get('/touches?state=awaiting_approval')).body.items).toHaveLength(2);
    const [sent] = (await get('/touches?state=sent')).body.items;
    expect(sent).toMatchObject({
      touchId: seeded.sent,
      ask: usd(90_000),
      recipient: { name: 'Ridgeway Ltd', email: 'ap@ridgeway.test' },
      invoices: [{ invoiceId: '101', number: 'N-101', stepKey: 'first', open: usd(90_000), daysLate: 10 }],
    });
    expect((await get(`/touches/${seeded.sent}`)).body).toEqual({
      ...sent,
      copies: [],
      message: {
        fromName: 'Ann Larkspur',
        fromEmail: 'mail@duly.test',
        replyTo: 'ann@larkspur.test',
        subject: 'Invoice N-101',
        html: '<p>Thank you</p>',
        text: 'Thank you',
        composedAt: now.toISOString(),
      },
    });
    expect((await get(`/touches/${seeded.waiting[0]}`)).body.message).toBeNull();
    expect((await get(`/touches/${seeded.caseId}`)).status).toBe(404);
  });

  it('shows notes, activities, problems and the policy', async () => {
    const [note] = (await get('/notes?state=written')).body.items;
    expect(note).toMatchObject({ touchId: seeded.sent, invoiceId: '101', text: seeded.noteText });
    expect((await get('/notes?state=failed')).body.items).toEqual([]);
    const [activity] = (await get('/activities?customerId=quill')).body.items;
    expect(activity).toMatchObject({ summary: 'Looked.', data: { step: 'first' } });
    const problems = async (query: string) =>
      (await get(`/problems${query}`)).body.items.map((row: { subject: string }) => row.subject).sort();
    expect(await problems('')).toEqual(['open']);
    expect(await problems('?state=resolved')).toEqual(['gone']);
    expect(await problems('?state=all')).toEqual(['gone', 'open']);
    const [policy] = (await get('/policies')).body.items;
    expect(policy).toMatchObject({ version: 1, inForce: true, createdBy: 'Duly' });
    const [sequence] = policy.body.sequences;
    expect(sequence.steps.map((step: { offsetDays: number }) => step.offsetDays)).toEqual([
      -5, 3, 8, 14, 21, 30, 45,
    ]);
  });

  it.each([
    ['/customers?limit=0'],
    ['/customers?limit=501'],
    ['/customers?limit=many'],
    ['/customers?colour=red'],
    ['/customers?after=a,b'],
    ['/customers?after=%2500'],
    ['/touches?after=not-an-id'],
    ['/touches?state=lost'],
    ['/touches/not-an-id'],
    ['/decisions?day=2026-02-30'],
    ['/decisions?after=2026-02-30,a,b'],
    ['/positions?pastDue=perhaps'],
    ['/customers/%00'],
  ])('refuses %s in words', async (address) => {
    const { status, body } = await get(address);
    expect([address, status, body.error?.code]).toEqual([address, 400, 'bad_input']);
    expect(body.error.message).not.toBe('');
    expect(body.error.action).not.toBe('');
  });

  it('answers 404 for a customer that the books do not know', async () => {
    const { status, body } = await get('/customers/nobody');
    expect([status, body.error.code]).toEqual([404, 'not_found']);
  });
});
