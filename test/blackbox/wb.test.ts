import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jobHandlers } from '../../src/app.ts';
import type { Duly } from '../../src/platform/context.ts';
import { drainJobs } from '../../src/platform/jobs.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { composeIn } from '../support/in-process.ts';
import { World } from '../support/world.ts';
import { type LedgerNote, type Note, Side, type Touch } from './wb-support.ts';

/** Monday, half past noon in Portland; Tuesday morning in Wellington: both windows are open. */
const START = '2026-11-30T20:30:00Z';
const DAY_MS = 86_400_000;

let world: World;
let duly: Duly;
let sides: readonly Side[];
let quickbooks: Side;

beforeAll(async () => {
  world = await World.start({ now: START, webhooks: true });
  for (const vendor of ['intuit', 'xero']) await world.control('PUT', `/${vendor}/webhooks`, { on: false });
  quickbooks = await Side.connect(world, 'quickbooks');
  sides = [quickbooks, await Side.connect(world, 'xero')];
  duly = composeIn(world);
  await tick();
});
afterAll(() => world.stop());

/** What a worker does for both companies, two minutes later: what a limit by the minute put off is done as well. */
async function tick(): Promise<void> {
  await pass(2);
  const { failedJobs } = await tickOnce(duly);
  if (failedJobs > 0) throw new Error('a job failed');
}
/** The same at both vendors. */
function both<T>(act: (side: Side) => Promise<T>): Promise<readonly T[]> {
  return Promise.all(sides.map(act));
}
function releaseBoth(fits?: (touch: Touch) => boolean): Promise<readonly (readonly [Side, Touch])[]> {
  return both(async (side) => [side, await side.release(fits)] as const);
}

const pass = async (minutes: number): Promise<void> =>
  world.setNow(new Date((await world.now()).getTime() + minutes * 60_000).toISOString());

/** The next day of which both countries have a business day, at the same hour. */
async function nextDay(): Promise<void> {
  const next = new Date((await world.now()).getTime() + DAY_MS);
  next.setUTCHours(20, 30, 0, 0);
  // Friday in Portland is Saturday in Wellington
  while ([0, 5, 6].includes(next.getUTCDay())) next.setTime(next.getTime() + DAY_MS);
  await world.setNow(next.toISOString());
}

async function orderFault(side: Side, fault: Readonly<Record<string, unknown>>): Promise<void> {
  await world.control('POST', '/faults', { ...side.notePlace, companyId: side.booksId, ...fault });
}
const orderBoth = (fault: (side: Side) => Readonly<Record<string, unknown>>): Promise<unknown> =>
  both((side) => orderFault(side, fault(side)));
const noFaults = (): Promise<void> => world.control('DELETE', '/faults');
const oneInvoice = (touch: Touch): boolean => touch.invoices.length === 1;

/** Everything that is about one touch, from our side and from the ledger's and mail service's own. */
async function account(side: Side, touch: Touch) {
  return {
    ours: await side.notes(touch),
    there: await side.notesInLedger(touch),
    mails: await side.mailsOf(touch),
  };
}
const statesOf = (notes: readonly Note[]): readonly string[] => [...new Set(notes.map((note) => note.state))];
const places = (notes: readonly { readonly invoiceId: string }[]): readonly string[] =>
  notes.map((note) => note.invoiceId).sort();

/** Exactly one mail, and exactly one note on each of its invoices. */
async function expectOnce(side: Side, touch: Touch): Promise<readonly LedgerNote[]> {
  const { ours, there, mails } = await account(side, touch);
  expect(statesOf(ours)).toEqual(['written']);
  expect(places(there)).toEqual(places(touch.invoices));
  expect(mails).toBe(1);
  return there;
}

describe('notes in QuickBooks and in Xero', () => {
  it('WB-11: in preview nothing leaves, nothing is written and the ledger is not asked to write', async () => {
    const silent = async (side: Side): Promise<void> => {
      expect(await side.noteRequests()).toEqual([]);
      expect(await side.notesInLedger()).toEqual([]);
    };
    await both(async (side) => {
      expect(await side.touches('planned')).not.toHaveLength(0);
      await silent(side);
      await side.setMode('approve');
    });
    await tick();
    await both(async (side) => {
      // a plan that waits for a person is no contact either
      expect(await side.touches('awaiting_approval')).not.toHaveLength(0);
      await silent(side);
    });
  });

  it('WB-01: one mail, and exactly one note on each invoice: who, what, to whom, how much, how late, where', async () => {
    const sent = await releaseBoth();
    await tick();
    for (const [side, touch] of sent) {
      const [note] = await expectOnce(side, touch);
      expect(note?.text).toMatch(/^\S.* sent by e-mail on .* to .+ <.+@.+>, from /i);
      expect(note?.text).toMatch(/Open on this invoice: \S+[\d.,]+, \d+ days? past due\./);
      expect(note?.text).toMatch(/Accepted for delivery\. Read it: http\S+ \[duly:[^\]]+\]$/);
      expect(/http\S+\/touches\/\S+/.exec(note?.text ?? '')?.[0]).toContain(touch.touchId);
    }
    await tick();
    for (const [side, touch] of sent) await expectOnce(side, touch);
  });

  it('WB-02: an answer that was lost, and one that came too late for the vendor’s memory: still one note', async () => {
    const first = await releaseBoth();
    await orderBoth(() => ({ kind: 'drop_after_commit', times: 1 }));
    await tick();
    const second = await releaseBoth();
    await tick();
    for (const [side, touch] of first) await expectOnce(side, touch);
    await noFaults();
    const third = await releaseBoth();
    await orderBoth(() => ({ kind: 'drop_after_commit', times: 1 }));
    await tick();
    await pass(30);
    await tick();
    for (const [side, touch] of [...second, ...third]) await expectOnce(side, touch);
  });

  it('WB-02: a ledger that takes no note for a day gets each of them once, and was one problem meanwhile', async () => {
    await nextDay();
    const sent = await releaseBoth();
    await orderBoth(() => ({ kind: 'html', status: 502, times: 0 }));
    await tick();
    await both(async (side) => expect(await side.problems('note_failed')).toHaveLength(1));
    await pass(90);
    await tick();
    await nextDay();
    await tick();
    for (const [side, touch] of sent) expect(statesOf(await side.notes(touch))).toEqual(['pending']);
    await noFaults();
    await pass(61);
    await tick();
    for (const [side, touch] of sent) await expectOnce(side, touch);
    await both(async (side) => expect(await side.problems('note_failed')).toEqual([]));
  });

  it('WB-03: a note that is refused for good is a problem, and the mail is not sent again', async () => {
    const sent = await releaseBoth();
    await orderBoth((side) => side.refusal);
    await tick();
    await noFaults();
    await nextDay();
    await tick();
    for (const [side, touch] of sent) {
      const { ours, there, mails } = await account(side, touch);
      expect(statesOf(ours)).toEqual(['failed']);
      expect(there).toEqual([]);
      expect(mails).toBe(1);
      const problems = await side.problems('note_failed');
      expect(problems).toHaveLength(touch.invoices.length);
      expect(problems[0]?.action).toMatch(/by hand/);
    }
  });

  it('WB-04: a write that came in between is refused (5010, 409), and the next one harms nobody’s edit', async () => {
    const sent = await releaseBoth();
    await orderBoth((side) => side.conflict);
    const before = new Map<Side, { id: string; version: number }>();
    for (const [side, touch] of sent) {
      const invoice = await side.invoice(touch.invoices[0]?.invoiceId);
      before.set(side, invoice);
      await side.change(`invoices/${invoice.id}`, { privateNote: 'call Ann' });
    }
    await tick();
    await tick();
    for (const [side, touch] of sent) {
      await expectOnce(side, touch);
      const { id = '', version = 0 } = before.get(side) ?? {};
      // one version for the person's edit and none for our note
      expect(await side.invoice(id)).toMatchObject({ privateNote: 'call Ann', version: version + 1 });
    }
  });

  it('WB-06: a text longer than the limit is cut at a word with “…”, keeps its marker and is found again', async () => {
    const sent = await releaseBoth(oneInvoice);
    await orderBoth(() => ({ kind: 'status', status: 503, times: 1 }));
    await tick();
    // no name is that long; so the text that waits is made longer where it is kept
    for (const [, touch] of sent)
      await world.database.pool.query(
        `update note set text = replace(text, marker, repeat('wording ', 600) || marker) where touch_id = $1`,
        [touch.touchId],
      );
    await orderBoth(() => ({ kind: 'drop_after_commit', times: 1 }));
    await pass(10);
    await tick();
    await pass(10);
    await tick();
    for (const [side, touch] of sent) {
      const [note] = await expectOnce(side, touch);
      expect(note?.text.length).toBeLessThanOrEqual(side.limit);
      expect(note?.text.length).toBeGreaterThan(side.limit - 20);
      expect(note?.text).toMatch(/ wording… \[duly:[^\]]+\]$/);
    }
  });

  it('WB-08: an invoice that was voided or deleted between mail and note ends without an error and without a loop', async () => {
    await nextDay();
    const voided = await releaseBoth(oneInvoice);
    const deleted = await releaseBoth(oneInvoice);
    await orderBoth(() => ({ kind: 'status', status: 503, times: 1 }));
    await tick();
    for (const [side, touch] of voided) await side.act(`invoices/${touch.invoices[0]?.invoiceId}/void`);
    for (const [side, touch] of deleted) await side.act(`invoices/${touch.invoices[0]?.invoiceId}/delete`);
    await pass(61);
    await tick();
    const asked = await both(async (side) => (await side.noteRequests()).length);
    for (const [side, touch] of voided) await expectOnce(side, touch);
    for (const [side, touch] of deleted) {
      const { ours, there, mails } = await account(side, touch);
      expect(statesOf(ours)).toEqual(['skipped']);
      expect(there).toEqual([]);
      expect(mails).toBe(1);
    }
    await pass(61);
    await tick();
    expect(await both(async (side) => (await side.noteRequests()).length)).toEqual(asked);
    for (const [side, touch] of [...voided, ...deleted]) expect(await side.problemsOf(touch)).toEqual([]);
  });

  it('WB-08: so does one that the ledger no longer knows although our books still do', async () => {
    const sent = await releaseBoth(oneInvoice);
    await orderBoth((side) => side.goneInvoice);
    await tick();
    for (const [side, touch] of sent) {
      // QuickBooks says it by its code; Xero only by words, so the invoice is asked: it is there, the refusal stands
      expect(statesOf(await side.notes(touch))).toEqual([side === quickbooks ? 'skipped' : 'failed']);
      expect(await side.mailsOf(touch)).toBe(1);
    }
    await noFaults();
  });

  it('WB-12: a person’s text that looks like our marker, or quotes it, takes over no note', async () => {
    await nextDay();
    const sent = await releaseBoth(oneInvoice);
    for (const [side, touch] of sent)
      await side.change(`customers/${touch.customerId}`, {
        name: `Ada [duly:${touch.touchId}:${touch.invoices[0]?.invoiceId}:000000000000]`,
      });
    await orderBoth(() => ({ kind: 'status', status: 503, times: 1 }));
    await tick();
    const waiting = new Map<Side, Note>();
    for (const [side, touch] of sent) {
      const [note] = await side.notes(touch);
      if (note?.state !== 'pending') throw new Error('the note should wait');
      waiting.set(side, note);
      for (const text of [`Duly says ${note.marker}`, `${note.text} I doubt it.`, note.marker])
        await side.writeByHand(note.invoiceId, text);
    }
    await pass(61);
    await tick();
    await nextDay();
    await tick();
    for (const [side, touch] of sent) {
      const there = await side.notesInLedger(touch);
      expect(there.filter((note) => note.author === undefined)).toHaveLength(1);
      expect(there.map((note) => note.text)).toContain(waiting.get(side)?.text);
      expect(await side.mailsOf(touch)).toBe(1);
      expect(await side.problems('note_differs')).toEqual([]);
    }
  });

  it('WB-10: our own note rings no second time: at most one read, no note, nothing decided anew', async () => {
    await world.control('PUT', '/xero/settings', { noteRings: true });
    for (const vendor of ['intuit', 'xero']) await world.control('PUT', `/${vendor}/webhooks`, { on: true });
    const sent = await releaseBoth();
    await tick();
    await world.control('POST', '/webhooks/flush');
    const before = await both((side) => side.record());
    await world.control('DELETE', '/requests');
    await pass(20);
    // what a worker does with whatever rang
    for (let looks = 0; looks < 30; looks += 1) {
      await drainJobs(duly.pool, jobHandlers(duly), duly.log);
      const left = await duly.pool.query('select 1 from graphile_worker.jobs where attempts < max_attempts');
      if (left.rowCount === 0) break;
      await pause(200);
    }
    for (const [side, touch] of sent) {
      const requests = await side.requests();
      expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      const paths = requests.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      await expectOnce(side, touch);
    }
    // a note in QuickBooks rings nothing at all
    expect(await quickbooks.requests()).toEqual([]);
    expect(await both((side) => side.record())).toEqual(before);
    for (const vendor of ['intuit', 'xero']) await world.control('PUT', `/${vendor}/webhooks`, { on: false });
  });

  it('promise 3: every note that stands is confirmed by the ledger itself, and a copy is noticed', async () => {
    await nextDay();
    const sent = await releaseBoth(oneInvoice);
    await tick();
    // Xero: a note by hand, of the same words, before the ledger was compared
    const xero = sent.find(([side]) => side !== quickbooks);
    for (const [side, touch] of xero === undefined ? [] : [xero])
      for (const note of await expectOnce(side, touch)) await side.writeByHand(note.invoiceId, note.text);
    await nextDay();
    await tick();
    for (const [side, touch] of sent) {
      expect((await side.notes(touch)).map((note) => note.seenInLedgerAt)).not.toContain(null);
      expect(await side.problems('note_missing')).toEqual([]);
      if (side === quickbooks)
        for (const note of await expectOnce(side, touch)) await side.writeByHand(note.invoiceId, note.text);
    }
    await tick();
    for (const [side, touch] of sent) {
      expect((await side.notes(touch)).map((note) => note.differs)).toEqual(['twice']);
      expect((await side.problemsOf(touch)).map((problem) => problem.what)).toEqual([
        expect.stringMatching(/stands in (QuickBooks Online|Xero) more than once/),
      ]);
      expect(await side.mailsOf(touch)).toBe(1);
    }
  });
});

describe('what only QuickBooks does', () => {
  it('WB-05 (QuickBooks): a request id that is answered with a note that was deleted since gets a successor', async () => {
    const side = quickbooks;
    await nextDay();
    const touch = await side.release(oneInvoice);
    await orderFault(side, { kind: 'drop_after_commit', times: 1 });
    await tick();
    const [lost] = await side.notesInLedger(touch);
    await world.control('DELETE', `/companies/${side.booksId}/notes/${lost?.id}`);
    await pass(61);
    await tick();
    const [stands] = await expectOnce(side, touch);
    expect(stands?.id).not.toBe(lost?.id);
    const ids = (await side.noteRequests()).map(({ query }) => query.requestid);
    expect(ids.filter((id) => id?.startsWith(touch.touchId.replaceAll('-', ''))).at(-1)).toMatch(/-2$/);
  });

  it('promise 3 (QuickBooks): what a person removes there is said in words, and not written again', async () => {
    const side = quickbooks;
    await nextDay();
    const touch = await side.release(oneInvoice);
    await tick();
    const [note] = await expectOnce(side, touch);
    await world.control('DELETE', `/companies/${side.booksId}/notes/${note?.id}`);
    await nextDay();
    await tick();
    expect(await side.notesInLedger(touch)).toEqual([]);
    expect((await side.notes(touch)).map((row) => row.differs)).toEqual(['removed']);
    const said = (await side.problemsOf(touch))[0];
    expect(said?.what).toMatch(/was removed from QuickBooks Online by somebody/);
    expect(said?.action).toMatch(/doesn’t write/);
  });

  it('WB-03 (QuickBooks): a closed period (6210) fails in words, a suspended company (6190) only waits', async () => {
    const side = quickbooks;
    await nextDay();
    const closed = await side.release();
    await orderFault(side, { kind: 'closed_period', times: 0 });
    await tick();
    await noFaults();
    expect(statesOf(await side.notes(closed))).toEqual(['failed']);
    const suspended = await side.release();
    await orderFault(side, { kind: 'suspended', times: 0 });
    await tick();
    await pass(61);
    await tick();
    expect(statesOf(await side.notes(suspended))).toEqual(['pending']);
    await noFaults();
    await pass(61);
    await tick();
    await expectOnce(side, suspended);
    expect(await side.mailsOf(closed)).toBe(1);
  });
});
