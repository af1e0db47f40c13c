import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import { Api } from '../support/api.ts';
import { connect, type Provider } from '../support/connect.ts';
import { emailOnly } from '../support/email-only.ts';
import { composeIn, work } from '../support/in-process.ts';
import { type Mail, mailsOf, type SandboxInvoice } from '../support/sandbox.ts';
import { World } from '../support/world.ts';

interface Touch {
  readonly touchId: string;
  readonly customerId: string;
  readonly stepKey: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly ask: { readonly minor: number; readonly currency: string };
  readonly recipient: { readonly email: string };
  readonly invoices: readonly {
    readonly invoiceId: string;
    readonly stepKey: string;
    readonly open: { readonly minor: number; readonly currency: string };
  }[];
}

interface Case {
  readonly caseId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly state: string;
  readonly closeReason: string | null;
}

/** A Monday, 10:00 in Portland; Tuesday morning in Wellington: outside New Zealand's window, so its clock differs. */
const MORNING: Readonly<Record<Provider, readonly [string, string, string]>> = {
  quickbooks: ['2026-11-16T18:00:00Z', '2026-11-23T18:00:00Z', '2026-12-01T18:00:00Z'],
  xero: ['2026-11-15T21:00:00Z', '2026-11-22T21:00:00Z', '2026-11-30T21:00:00Z'],
};

describe.each(['quickbooks', 'xero'] as const)('main-job: %s', (provider) => {
  const [start, aWeekLater, twoWeeksLater] = MORNING[provider];
  let world: World;
  let api: Api;
  let booksId: string;
  let duly: Duly;

  beforeAll(async () => {
    world = await World.start({ now: start });
    const connected = await connect(world, world.browser(), provider);
    booksId = connected.booksId;
    api = await Api.of(world, connected.companyId);
    await emailOnly(api);
    duly = composeIn(world);
    const result = await world.tick();
    expect(Object.keys(result)).toEqual([
      'synced',
      'positions',
      'planned',
      'sent',
      'held',
      'failed',
      'uncertain',
      'notes',
      'problems',
    ]);
    expect(result.synced).toBe(1);
  });
  afterAll(() => world.stop());

  const touches = async (state: string): Promise<readonly Touch[]> =>
    (await api.get<{ items: Touch[] }>(`/touches?state=${state}&limit=500`)).items;
  const cases = async (): Promise<readonly Case[]> =>
    (await api.get<{ items: Case[] }>('/cases?limit=500')).items;
  const notes = async (): Promise<readonly string[]> =>
    (await world.control<{ text: string; kind: string }[]>('GET', `/companies/${booksId}/notes`))
      .filter((note) => note.kind === 'app')
      .map((note) => note.text);
  const mails = (): Promise<readonly Mail[]> => mailsOf(world);
  const invoices = (): Promise<readonly SandboxInvoice[]> =>
    world.control('GET', `/companies/${booksId}/invoices`);

  /** Pays what is open on an invoice in the ledger; our books do not know of it yet. */
  async function pay(invoiceId: string, minor?: number): Promise<string> {
    const invoice = (await invoices()).find((row) => row.id === invoiceId);
    if (invoice === undefined) throw new Error(`the sandbox has no invoice ${invoiceId}`);
    const amountMinor = minor ?? invoice.balanceMinor;
    const payment = await world.control<{ id: string }>('POST', `/companies/${booksId}/payments`, {
      customerId: invoice.customerId,
      totalMinor: amountMinor,
      currency: invoice.currency,
      date: (await world.now()).toISOString().slice(0, 10),
      applyTo: [{ invoiceId, amountMinor }],
    });
    return payment.id;
  }

  it('SYN-13 the first sync reads the books by itself and every position is the ledger’s, to the cent', async () => {
    const aged = await world.control<{ currency: string; total: number }[]>(
      'GET',
      `/companies/${booksId}/aged-receivables`,
    );
    const positions = await api.get<{
      items: { currency: string; open: { minor: number }; credits: { minor: number }; tiesOut: boolean }[];
    }>('/positions?limit=500');
    const sums = new Map<string, number>();
    for (const row of aged) sums.set(row.currency, (sums.get(row.currency) ?? 0) + row.total);
    for (const row of positions.items)
      sums.set(row.currency, (sums.get(row.currency) ?? 0) - row.open.minor + row.credits.minor);
    expect(Object.fromEntries(sums)).toEqual(
      Object.fromEntries([...sums.keys()].map((currency) => [currency, 0])),
    );
    expect(positions.items.filter((row) => !row.tiesOut)).toEqual([]);
    expect(positions.items.length).toBeGreaterThan(10);
  });

  it('WB-11 in preview everything is planned, nothing leaves and nothing can be released', async () => {
    expect((await touches('planned')).length).toBeGreaterThan(5);
    await expect(api.call('POST', '/approvals', { touchIds: 'all' })).rejects.toThrow(/409/);
    expect(await mails()).toEqual([]);
    expect(await notes()).toEqual([]);
  });

  it('R13, R1, S9 own faults are shown instead of chased: never sent, no due date, no address', async () => {
    const problems = await api.get<{ items: { kind: string; what: string; action: string }[] }>(
      '/problems?limit=500',
    );
    const kinds = new Set(problems.items.map((problem) => problem.kind));
    for (const kind of ['never_sent', 'no_due_date', 'no_recipient']) expect(kinds).toContain(kind);
    expect(problems.items.every((problem) => problem.what !== '' && problem.action !== '')).toBe(true);
  });

  it('IDM-16 what a person releases is exactly what leaves, each once, with the ledger’s figures', async () => {
    await api.call('PATCH', '', { mode: 'approve' });
    await work(world, duly);
    const waiting = await touches('awaiting_approval');
    expect(waiting.length).toBeGreaterThan(5);
    const { released } = await api.call<{ released: number }>('POST', '/approvals', { touchIds: 'all' });
    expect(released).toBe(waiting.length);
    const result = await work(world, duly);
    expect(result.sent).toBe(waiting.length);
    const sent = await mails();
    expect(sent.map((mail) => mail.touchId).sort()).toEqual(waiting.map((touch) => touch.touchId).sort());
    const open = new Map((await invoices()).map((row) => [row.id, row]));
    for (const touch of waiting) {
      const mail = sent.find((each) => each.touchId === touch.touchId);
      expect(mail?.to).toContain(touch.recipient.email);
      for (const { invoiceId } of touch.invoices) {
        const number = open.get(invoiceId)?.number;
        if (number !== undefined && touch.invoices.length <= 25) expect(mail?.text).toContain(number);
      }
    }
  });

  it('SEQ-06 every old debt begins with the first step, whatever its age', async () => {
    expect(new Set((await touches('sent')).map((touch) => touch.stepKey))).toEqual(new Set(['first']));
  });

  it('WB-01 every sent touch stands as exactly one note on each invoice it names', async () => {
    const expected = (await touches('sent')).flatMap((touch) =>
      touch.invoices.map(({ invoiceId }) => `[duly:${touch.touchId}:${invoiceId}:`),
    );
    const found = (await notes()).map((text) => /\[duly:[^:]+:[^:]+:/.exec(text)?.[0]);
    expect(found.sort()).toEqual(expected.sort());
  });

  it('IDM-01 however often the work is done on one day, nothing leaves twice', async () => {
    const before = { mails: (await mails()).length, notes: (await notes()).length };
    await work(world, duly);
    await work(world, duly);
    expect({ mails: (await mails()).length, notes: (await notes()).length }).toEqual(before);
  });

  it('PAR-02 paid in the ledger but not read yet: the read right before sending finds it and nothing is sent', async () => {
    await world.setNow(aWeekLater);
    await work(world, duly);
    const waiting = await touches('awaiting_approval');
    const target = waiting.find((touch) => touch.invoices.length === 1 && touch.stepKey === 'second');
    if (target === undefined) throw new Error('no second reminder about a single invoice is waiting');
    await api.call('POST', '/approvals', { touchIds: [target.touchId] });
    const [only] = target.invoices;
    if (only === undefined) throw new Error('a touch without an invoice');
    const paymentId = await pay(only.invoiceId);
    const before = (await mails()).length;
    await work(world, duly);
    expect((await mails()).length).toBe(before);
    const taken = (await touches('cancelled')).find((touch) => touch.touchId === target.touchId);
    expect(taken?.stateReason).toMatch(/past due|figures/);
    const closed = (await cases()).filter(
      (row) => row.customerId === target.customerId && row.currency === target.ask.currency,
    );
    expect(closed.map((row) => [row.state, row.closeReason])).toContainEqual(['closed', 'paid']);

    // PAR-11: the payment bounces; the case opens again and the first step is not repeated
    await world.control('POST', `/companies/${booksId}/payments/${paymentId}/delete`);
    await world.setNow(twoWeeksLater);
    await work(world, duly);
    const again = (await touches('awaiting_approval')).find(
      (touch) => touch.customerId === target.customerId,
    );
    expect(again?.invoices).toContainEqual(
      expect.objectContaining({ invoiceId: only.invoiceId, stepKey: 'second' }),
    );
  });

  it('PAR-04 a part payment keeps the step and changes the amount', async () => {
    const target = (await touches('awaiting_approval')).find(
      (touch) => touch.invoices.length === 1 && touch.stepKey === 'second',
    );
    const [only] = target?.invoices ?? [];
    if (target === undefined || only === undefined)
      throw new Error('no second reminder about a single invoice is waiting');
    await pay(only.invoiceId, 1_000);
    await work(world, duly);
    const cancelled = (await touches('cancelled')).map((touch) => touch.touchId);
    expect(cancelled).toContain(target.touchId);
    const decisions = await api.get<{ items: { reasons: { rule: string }[] }[] }>(
      `/decisions?customerId=${target.customerId}`,
    );
    expect(decisions.items.flatMap((row) => row.reasons.map((reason) => reason.rule))).toContain('R5');
    await world.setNow(provider === 'quickbooks' ? '2026-12-07T18:00:00Z' : '2026-12-06T21:00:00Z');
    await work(world, duly);
    const later = (await touches('awaiting_approval')).find(
      (touch) => touch.customerId === target.customerId,
    );
    const before = only.open.minor;
    expect(later?.invoices).toContainEqual(
      expect.objectContaining({
        invoiceId: only.invoiceId,
        stepKey: 'second',
        open: { ...only.open, minor: before - 1_000 },
      }),
    );
  });

  it('EXC-11 a message that a person took back is not planned again until the hold is lifted', async () => {
    const [target] = await touches('awaiting_approval');
    if (target === undefined) throw new Error('nothing is waiting');
    await api.call('POST', `/touches/${target.touchId}/cancel`, { reason: 'they called', by: 'Dana' });
    await work(world, duly);
    expect(
      (await touches('awaiting_approval')).filter((touch) => touch.customerId === target.customerId),
    ).toEqual([]);
    const holds = await api.get<{ items: { holdId: string; kind: string; customerId: string | null }[] }>(
      '/holds',
    );
    const stopped = holds.items.find(
      (hold) => hold.kind === 'stopped' && hold.customerId === target.customerId,
    );
    await api.call('DELETE', `/holds/${stopped?.holdId}`);
    await work(world, duly);
    expect(
      (await touches('awaiting_approval')).filter((touch) => touch.customerId === target.customerId),
    ).toHaveLength(1);
  });

  it('PAR-15 a disputed invoice is held, the customer’s other invoices go on', async () => {
    const target = (await touches('awaiting_approval')).find((touch) => touch.invoices.length > 1);
    const [disputed, ...others] = target?.invoices ?? [];
    if (target === undefined || disputed === undefined)
      throw new Error('no touch about several invoices is waiting');
    await api.call('POST', '/disputes', {
      invoiceId: disputed.invoiceId,
      reason: 'wrong quantity',
      by: 'Dana',
    });
    await work(world, duly);
    const now = (await touches('awaiting_approval')).find((touch) => touch.customerId === target.customerId);
    expect(now?.invoices.map((invoice) => invoice.invoiceId).sort()).toEqual(
      others.map((invoice) => invoice.invoiceId).sort(),
    );
  });

  it('IDM-19 in autopilot ordinary reminders leave by themselves, and the books tie out', async () => {
    await api.call('PATCH', '', { mode: 'autopilot' });
    await work(world, duly);
    await api.call('POST', '/approvals', { touchIds: 'all' });
    const result = await work(world, duly);
    expect(result.failed + result.uncertain).toBe(0);
    const tieOut = await api.get<{ items: { tiesOut: boolean }[] }>('/tie-out?limit=500');
    expect(tieOut.items.filter((row) => !row.tiesOut)).toEqual([]);
    const expected = (await touches('sent')).flatMap((touch) =>
      touch.invoices.map(({ invoiceId }) => `[duly:${touch.touchId}:${invoiceId}:`),
    );
    const found = (await notes()).map((text) => /\[duly:[^:]+:[^:]+:/.exec(text)?.[0]);
    expect(found.sort()).toEqual(expected.sort());
  });
});
