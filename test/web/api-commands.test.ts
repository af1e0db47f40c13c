import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inCompany } from '../../src/platform/db.ts';
import { step } from '../../src/policies/step.ts';
import { readBatch } from '../../src/web/pages/approve/approve.store.ts';
import { readTouch } from '../../src/web/pages/touch/touch.store.ts';
import { addCompany } from '../support/company.ts';
import { connect, type Seeded, seedBook } from './api-seed.ts';
import { type Answer, now, type TestServer, testServer, today } from './api-support.ts';

const server: TestServer = await testServer();
afterAll(() => server.close());

let companyId: string;
let key: string;
let seeded: Seeded;
beforeEach(async () => {
  companyId = await addCompany(server.database.db, { mode: 'approve' });
  seeded = await seedBook(server.database.db, companyId);
  key = await server.key(companyId);
});

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const call = (method: Method, address: string, body?: unknown): Promise<Answer> =>
  server.call({ method, url: `/api/v1/companies/${companyId}${address}`, key, body });
const holds = async (query = ''): Promise<Record<string, unknown>[]> =>
  (await call('GET', `/holds${query}`)).body.items;

async function jobs(): Promise<string[]> {
  const { rows } = await server.database.pool.query<{ name: string }>(
    `select task_identifier as name from graphile_worker.jobs where key like '%' || $1 || '%' order by 1`,
    [companyId],
  );
  return rows.map((row) => row.name);
}

describe('the company', () => {
  it('changes its mode, writes down who did it, and has the effects worked out', async () => {
    const { status, body } = await call('PATCH', '', { mode: 'autopilot', by: 'Ann' });
    expect([status, body.mode]).toEqual([200, 'autopilot']);
    const activities = (await call('GET', '/activities')).body.items;
    expect(activities).toContainEqual(expect.objectContaining({ kind: 'mode_changed', actor: 'Ann' }));
    expect(await jobs()).toContain('reconcile');
  });

  it('keeps a statement with the name and instant of who made it', async () => {
    const { body } = await call('PATCH', '', { allBusinesses: true, invoicesSentElsewhere: true, by: 'Ann' });
    const stated = { by: 'Ann', at: now.toISOString() };
    expect(body.attestations).toEqual({ allBusinesses: stated, invoicesSentElsewhere: stated });
  });

  it('takes back that all customers are businesses, in a name, and keeps both in the record', async () => {
    await call('PATCH', '', { allBusinesses: true, invoicesSentElsewhere: true, by: 'Ann' });
    const { status, body } = await call('PATCH', '', { allBusinesses: false, by: 'Ben' });
    expect([status, body.attestations.allBusinesses]).toEqual([200, null]);
    expect(body.attestations.invoicesSentElsewhere).not.toBeNull();
    const { items } = (await call('GET', '/activities')).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        kind: 'statement_taken_back',
        actor: 'Ben',
        summary: expect.stringContaining('which Ann had stated on'),
      }),
    );
    // what is not stated cannot be taken back
    expect((await call('PATCH', '', { allBusinesses: false, by: 'Ben' })).status).toBe(200);
    expect((await call('GET', '/activities')).body.items).toHaveLength(items.length);
  });

  it.each([
    [{ allBusinesses: true }],
    [{ allBusinesses: false }],
    [{ allBusinesses: null, by: 'Ann' }],
    [{ allBusinesses: true, by: '  ' }],
    [{ mode: 'loud' }],
    [{ mod: 'approve' }],
    [{ timeZone: 'Mars/Olympus' }],
    [{ mode: 'approve', by: 'a\0b' }],
    [{}],
  ])('refuses %j and changes nothing', async (change) => {
    const before = (await call('GET', '')).body;
    const { status, body } = await call('PATCH', '', change);
    expect([status, body.error.code]).toEqual([400, 'bad_input']);
    expect((await call('GET', '')).body).toEqual(before);
  });

  it('has its books read now, if it is connected', async () => {
    const { status, body } = await call('POST', '/read');
    expect([status, body]).toEqual([202, { queued: true }]);
    expect(await jobs()).toContain('sync');
    const broken = await addCompany(server.database.db);
    await connect(server.database.db, broken, 'reconnect_needed');
    const answer = await server.call({
      method: 'POST',
      url: `/api/v1/companies/${broken}/read`,
      key: await server.key(broken),
    });
    expect([answer.status, answer.body.error.code]).toEqual([409, 'conflict']);
  });

  it('says what kind of debtor a customer is', async () => {
    const { status, body } = await call('PATCH', '/customers/quill', { debtorType: 'business', by: 'Ann' });
    expect([status, body.debtorType, body.debtorTypeBy]).toEqual([200, 'business', 'Ann']);
    expect((await call('PATCH', '/customers/quill', { debtorType: 'shop' })).status).toBe(400);
    expect((await call('PATCH', '/customers/nobody', { debtorType: 'business' })).status).toBe(404);
  });
});

describe('holds', () => {
  it('a dispute holds its invoice from today until it is lifted', async () => {
    const amount = { minor: 5_000, currency: 'USD' };
    const { status, body } = await call('POST', '/disputes', { invoiceId: '101', reason: 'Damaged', amount });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'dispute',
      scope: 'invoice',
      customerId: 'ridgeway',
      invoiceId: '101',
      setBy: 'API',
      amount,
      startsOn: today,
      endsOn: null,
      inForce: true,
    });
    expect(await holds('?invoiceId=101')).toEqual([body]);
    expect(await jobs()).toContain('reconcile');
    const lifted = await call('DELETE', `/holds/${body.holdId}?by=Ann`);
    expect(lifted.body).toMatchObject({ liftedBy: 'Ann', inForce: false });
    expect(await holds()).toEqual([]);
    expect(await holds('?state=all')).toHaveLength(1);
    expect((await call('DELETE', `/holds/${body.holdId}`)).status).toBe(404);
  });

  it('a promise holds until its day plus 2 business days', async () => {
    // Thursday 24 December; Friday is a public holiday, then a weekend: Monday 28, Tuesday 29
    const { status, body } = await call('POST', '/promises', {
      customerId: 'ridgeway',
      date: '2026-12-24',
      reason: 'Said on the telephone',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'promise',
      scope: 'customer',
      startsOn: today,
      endsOn: '2026-12-29',
      amount: { minor: 150_000, currency: 'USD' },
      inForce: true,
    });
    expect(await holds()).toContainEqual(
      expect.objectContaining({ holdId: body.holdId, kind: 'promise', agreementId: body.agreementId }),
    );
    expect(body.reason).toContain('2026-12-24');
    expect(body.reason).toContain('Said on the telephone');
    // an invoice is in one promise at a time, so that no payment keeps two
    const another = { invoiceId: '102', date: today, reason: 'Today' };
    expect((await call('POST', '/promises', another)).status).toBe(409);
    await call('POST', `/promises/${body.agreementId}/withdraw`, { reason: 'Only one invoice was meant' });
    const ofInvoice = await call('POST', '/promises', another);
    expect(ofInvoice.body).toMatchObject({
      scope: 'invoice',
      invoiceId: '102',
      customerId: 'ridgeway',
      endsOn: '2026-12-02',
    });
  });

  it('a pause of the whole company, and one that is over tomorrow', async () => {
    await call('POST', '/holds', { kind: 'pause', scope: 'company', reason: 'Stocktaking' });
    const later = { kind: 'pause', scope: 'customer', customerId: 'quill', reason: 'Asked for it' };
    await call('POST', '/holds', { ...later, startsOn: '2026-12-05', endsOn: '2026-12-10', by: 'Ann' });
    const all = (await holds()).map((hold) => [hold.scope, hold.setBy, hold.inForce]);
    // set in the same instant, so in no order
    expect(all.sort()).toEqual([
      ['company', 'API', true],
      ['customer', 'Ann', false],
    ]);
  });

  it.each<[string, object, number]>([
    ['/disputes', { invoiceId: 'none', reason: 'Damaged' }, 404],
    ['/disputes', { invoiceId: '101', reason: '' }, 400],
    ['/disputes', { invoiceId: '101', reason: '   ' }, 400],
    ['/disputes', { invoiceId: '101' }, 400],
    ['/disputes', { invoiceId: '101', reason: 'x', amount: { minor: 1, currency: 'EUR' } }, 400],
    ['/disputes', { invoiceId: '101', reason: 'x', amount: { minor: 1.5, currency: 'USD' } }, 400],
    ['/disputes', { invoiceId: '101', reason: 'x', amount: '5.00' }, 400],
    ['/disputes', { invoiceId: 101, reason: 'x' }, 400],
    ['/promises', { date: '2026-12-24', reason: 'x' }, 400],
    ['/promises', { invoiceId: '101', customerId: 'ridgeway', date: '2026-12-24', reason: 'x' }, 400],
    ['/promises', { invoiceId: '101', date: '2026-11-29', reason: 'x' }, 400],
    ['/promises', { invoiceId: '101', date: '2027-02-29', reason: 'x' }, 400],
    ['/promises', { invoiceId: '101', date: 'soon', reason: 'x' }, 400],
    ['/promises', { customerId: 'nobody', date: '2026-12-24', reason: 'x' }, 404],
    ['/holds', { kind: 'pause', scope: 'customer', reason: 'x' }, 404],
    ['/holds', { kind: 'pause', scope: 'company', customerId: 'quill', reason: 'x' }, 400],
    ['/holds', { kind: 'pause', scope: 'company', reason: 'x', endsOn: '2026-11-01' }, 400],
    ['/holds', { kind: 'grudge', scope: 'company', reason: 'x' }, 400],
  ])('refuses %s %j and stores nothing', async (address, body, status) => {
    const answer = await call('POST', address, body);
    expect([answer.status, answer.body.error.code]).toEqual([
      status,
      status === 404 ? 'not_found' : 'bad_input',
    ]);
    expect(await holds('?state=all')).toEqual([]);
  });

  it('takes JSON and nothing else', async () => {
    const url = `/api/v1/companies/${companyId}/disputes`;
    for (const type of ['application/x-www-form-urlencoded', 'text/plain']) {
      const answer = await server.call({
        method: 'POST',
        url,
        key,
        headers: { 'content-type': type },
        payload: 'invoiceId=101&reason=x',
      });
      expect(answer.status).toBe(415);
    }
    const broken = await server.call({
      method: 'POST',
      url,
      key,
      headers: { 'content-type': 'application/json' },
      payload: '{"invoiceId":',
    });
    expect([broken.status, broken.body.error.code]).toEqual([400, 'bad_input']);
  });
});

describe('approvals', () => {
  // nothing is released for a customer who is held (R10): this one ties out
  beforeEach(async () => {
    await inCompany(server.database.db, companyId, (tx) =>
      tx
        .updateTable('position')
        .set({ holds: '[]', ties_out: true })
        .where('company_id', '=', companyId)
        .execute(),
    );
  });

  it('can be looked at first: the message as it would leave now', async () => {
    const address = `/touches/${seeded.waiting[0]}/preview`;
    const without = await call('GET', address);
    expect([without.status, without.body.error.code]).toEqual([409, 'conflict']);
    await inCompany(server.database.db, companyId, (tx) =>
      tx
        .insertInto('brand')
        .values({
          company_id: companyId,
          name: 'Larkspur Joinery',
          colour: '#0b6b63',
          service_name: 'Larkspur Receivables',
          contact_name: 'Ann Larkspur',
          contact_email: 'ann@larkspur.test',
          postal_address: '1 Mill Lane, Portland OR 97201',
          updated_at: now,
        })
        .execute(),
    );
    const { status, body } = await call('GET', address);
    expect([status, body.replyTo]).toEqual([200, 'ann@larkspur.test']);
    // mail leaves from the service's own address, and the preview says so
    expect(body.fromEmail).toBe(server.duly.mailFrom);
    for (const part of [body.html, body.text]) {
      expect(part).toContain('N-101');
      expect(part).toContain('$900.00');
    }
  });

  it('releases what is named, and passes over what does not wait', async () => {
    const [first] = seeded.waiting;
    const touchIds = [first, seeded.sent];
    expect((await call('POST', '/approvals', { touchIds, by: 'Ann' })).body).toEqual({ released: 1 });
    expect((await call('GET', `/touches/${first}`)).body).toMatchObject({
      state: 'approved',
      approvedBy: 'Ann',
      approvedAt: now.toISOString(),
    });
    expect(await jobs()).toContain('deliver');
  });

  it('releases all that wait, and nothing the second time', async () => {
    expect((await call('POST', '/approvals', { touchIds: 'all' })).body).toEqual({ released: 2 });
    expect((await call('POST', '/approvals', { touchIds: 'all' })).body).toEqual({ released: 0 });
  });

  it.each([
    ['a final notice', { stage: 'final', consequence: null }],
    ['one that announces a consequence', { stage: 'third', consequence: 'agency' }],
  ] as const)('S4: %s is not among all that wait; it is released by its own id', async (_what, part) => {
    const [, second] = seeded.waiting;
    await inCompany(server.database.db, companyId, (tx) =>
      tx
        .updateTable('touch')
        .set({ step: JSON.stringify(step({ key: 'third', name: 'last word', offsetDays: 21, ...part })) })
        .where('company_id', '=', companyId)
        .where('touch_id', '=', second)
        .execute(),
    );
    const all = await call('POST', '/approvals', { touchIds: 'all', by: 'Ann' });
    expect(all.body).toEqual({ released: 1 });
    expect((await call('GET', `/touches/${second}`)).body.state).toBe('awaiting_approval');
    const named = await call('POST', '/approvals', { touchIds: [second], by: 'Ann' });
    expect(named.body).toEqual({ released: 1 });
  });

  describe('where the law warns', () => {
    const warning = /prescribed contents.*Pre-Action Protocol for Debt Claims/;
    beforeEach(async () => {
      await inCompany(server.database.db, companyId, async (tx) => {
        const of = tx
          .updateTable('customer')
          .set({ country: 'GB', region: null, debtor_type: 'sole_trader' });
        await of.where('company_id', '=', companyId).where('customer_id', '=', 'ridgeway').execute();
        const made = step({ key: 'final', name: 'final notice', offsetDays: 45, stage: 'final' });
        const last = tx.updateTable('touch').set({ step_key: 'final', step: JSON.stringify(made) });
        await last.where('company_id', '=', companyId).where('touch_id', '=', seeded.waiting[1]).execute();
      });
    });

    it('nothing is released without a reason, and the answer says of what it warns', async () => {
      const [first, last] = seeded.waiting;
      const { status, body } = await call('POST', '/approvals', { touchIds: [first, last], by: 'Ann' });
      expect([status, body.error.code]).toEqual([400, 'bad_input']);
      expect(body.error.message).toMatch(warning);
      expect((await call('GET', '/touches?state=awaiting_approval')).body.items).toHaveLength(2);
    });

    it('the reason is kept in the activity, with the warning and its source', async () => {
      const reason = 'All papers are enclosed.';
      const touchIds = [seeded.waiting[1]];
      const { body } = await call('POST', '/approvals', { touchIds, by: 'Ann', reason });
      expect(body).toEqual({ released: 1 });
      const activities: Record<string, unknown>[] = (await call('GET', '/activities')).body.items;
      const kept = activities.find(({ kind }) => kind === 'touch_approved');
      expect(kept).toMatchObject({ actor: 'Ann', summary: expect.stringMatching(warning) });
      expect(kept).toMatchObject({
        summary: expect.stringContaining(reason),
        data: { rules: ['uk-letter-of-claim-papers'], override: reason },
      });
    });

    it('the page of the batch and the touch’s own page are told', async () => {
      const [first, last] = seeded.waiting;
      await inCompany(server.database.db, companyId, async (tx) => {
        const { waiting } = await readBatch(tx, companyId, now);
        const told = new Map(waiting.map(({ touchId, warnings }) => [touchId, warnings.map(({ id }) => id)]));
        expect([told.get(first), told.get(last)]).toEqual([[], ['uk-letter-of-claim-papers']]);
        const { warnings } = await readTouch(tx, companyId, last, now);
        expect(warnings.map(({ id }) => id)).toEqual(['uk-letter-of-claim-papers']);
      });
    });
  });

  it('releases nothing in preview', async () => {
    await call('PATCH', '', { mode: 'preview' });
    const { status, body } = await call('POST', '/approvals', { touchIds: 'all' });
    expect([status, body.error.code]).toEqual([409, 'conflict']);
    expect((await call('GET', '/touches?state=awaiting_approval')).body.items).toHaveLength(2);
  });

  it.each([[{ touchIds: [] }], [{ touchIds: 'some' }], [{ touchIds: ['x'] }], [{}]])(
    'refuses %j',
    async (body) => {
      const answer = await call('POST', '/approvals', body);
      expect([answer.status, answer.body.error.code]).toEqual([400, 'bad_input']);
    },
  );

  it('takes a touch back with its reason, but not one that has left', async () => {
    const [first] = seeded.waiting;
    const reason = 'They called';
    const { status, body } = await call('POST', `/touches/${first}/cancel`, { reason });
    expect([status, body.state, body.stateReason]).toEqual([200, 'cancelled', reason]);
    const late = await call('POST', `/touches/${seeded.sent}/cancel`, { reason });
    expect([late.status, late.body.error.code]).toEqual([409, 'conflict']);
    expect((await call('POST', `/touches/${first}/cancel`, { reason: '' })).status).toBe(400);
  });
});
