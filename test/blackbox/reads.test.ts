import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { businessCalendar, nextBusinessDay } from '../../src/domain/calendar.ts';
import { addDays, type Day, day } from '../../src/domain/day.ts';
import type { Duly } from '../../src/platform/context.ts';
import { Api } from '../support/api.ts';
import { emailOnly } from '../support/email-only.ts';
import { composeIn, work } from '../support/in-process.ts';
import { type Mail, mailsOf } from '../support/sandbox.ts';
import { World } from '../support/world.ts';
import { type Books, connectNth, type Seen, seenOf, type Vendor } from './rate-support.ts';
import { beat } from './wh-support.ts';

/** September 2026: 30 days, 21 business days in the United States, 22 in England. */
const FIRST: Day = day('2026-09-01');
const DAYS = 30;
/** At each of these hours (UTC) five things change in the ledger, and its doorbell rings for each: 20 times a day. */
const RINGS = [6, 11, 15, 20];
const CHANGES = 5;
/** 11:00 in New York, 16:00 in London: somebody releases what waits. */
const RELEASE = 15;

const calendars = {
  intuit: businessCalendar('US', null, 'America/New_York'),
  xero: businessCalendar('GB', null, 'Europe/London'),
};

interface Firm {
  readonly books: Books;
  readonly api: Api;
  /** An invoice that somebody works at all month. */
  readonly busy: string;
  readonly days: readonly Day[];
}

let world: World;
let duly: Duly;
const firms = new Map<Vendor, Firm>();

async function at(on: Day, hour: number): Promise<void> {
  await world.setNow(`${on}T${String(hour).padStart(2, '0')}:00:00Z`);
}

/** A business of its own in the sandbox: on every business day of the month one more invoice is three days late. */
async function found(vendor: Vendor, place: number): Promise<Firm> {
  const { id } = await world.control<{ id: string }>('POST', '/companies', {
    vendor,
    name: 'Harrow & Finch',
  });
  const days = Array.from({ length: DAYS }, (_, index) => addDays(FIRST, index)).filter(
    (each) => nextBusinessDay(each, calendars[vendor]) === each,
  );
  const customer = async (name: string): Promise<string> => {
    const row = { name, email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com` };
    return (await world.control<{ id: string }>('POST', `/companies/${id}/customers`, row)).id;
  };
  const invoice = async (customerId: string, dueDate: string, amountMinor: number): Promise<string> => {
    const lines = [{ description: 'Work', quantity: 1, unitMinor: amountMinor, amountMinor }];
    const row = { customerId, date: '2026-08-01', dueDate, lines, sentAt: '2026-08-01T12:00:00Z' };
    return (await world.control<{ id: string }>('POST', `/companies/${id}/invoices`, row)).id;
  };
  for (const [index, each] of days.entries())
    await invoice(await customer(`Customer ${index}`), addDays(each, -3), 12_000);
  const busy = await invoice(await customer('Busy'), '2026-12-01', 9_000_000);
  const books = await connectNth(world, world.browser(), vendor, place);
  if (books.booksId !== id) throw new Error('another company was connected');
  const api = await Api.of(world, books.companyId);
  await emailOnly(api);
  // who is of unknown type counts as a consumer, whom New York City lets nobody e-mail without consent
  await api.call('PATCH', '', { allBusinesses: true, by: 'Dana Whitfield' });
  return { books, api, busy, days };
}

/** A change in the ledger: every fourth is a payment, the others are edits. */
async function change({ books, busy }: Firm, on: Day, nth: number): Promise<void> {
  const company = `/companies/${books.booksId}`;
  if (nth === 0) {
    const applyTo = [{ invoiceId: busy, amountMinor: 100 }];
    await world.control('POST', `${company}/payments`, { applyTo });
  } else {
    const dueDate = addDays(day('2026-12-01'), Number(on.slice(8)) + nth);
    await world.control('PATCH', `${company}/invoices/${busy}`, { dueDate });
  }
}

async function release({ api }: Firm): Promise<void> {
  const { items } = await api.get<{ items: { touchId: string }[] }>(
    '/touches?state=awaiting_approval&limit=500',
  );
  if (items.length > 0) await api.call('POST', '/approvals', { touchIds: items.map((row) => row.touchId) });
}

beforeAll(async () => {
  world = await World.start({ now: '2026-08-31T14:00:00Z', webhooks: true });
  duly = composeIn(world);
  for (const vendor of ['intuit', 'xero'] as const) {
    const all = await world.control<{ vendor: Vendor }[]>('GET', '/companies');
    firms.set(vendor, await found(vendor, all.filter((row) => row.vendor === vendor).length));
  }
  await work(world, duly);
  for (const { api } of firms.values()) await api.call('PATCH', '', { mode: 'approve' });
  await work(world, duly);
  await world.control('DELETE', '/requests');
  for (let count = 0; count < DAYS; count += 1) {
    const on = addDays(FIRST, count);
    for (const hour of RINGS) {
      await at(on, hour);
      for (const firm of firms.values())
        for (let nth = 0; nth < CHANGES; nth += 1) await change(firm, on, nth);
      await world.control('POST', '/webhooks/flush');
      await beat(duly);
      if (hour !== RELEASE) continue;
      for (const firm of firms.values()) await release(firm);
      await beat(duly);
    }
  }
}, 600_000);
afterAll(() => world.stop());

/** The reads of the month by what they asked for. */
function kindsOf(seen: readonly Seen[]): Readonly<Record<string, number>> {
  const kinds: Record<string, number> = {};
  for (const { path } of seen) {
    const asked = new URL(path, 'http://x').searchParams.get('query') ?? '';
    const room = /(?:company\/\d+|api\.xro\/2\.0)\/([A-Za-z]+)/.exec(path)?.[1] ?? 'other';
    const kind = `${room}${asked === '' ? '' : ` ${/from (\w+)/i.exec(asked)?.[1] ?? ''}`}`;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}

async function monthOf(
  vendor: Vendor,
): Promise<{ reads: readonly Seen[]; mails: readonly Mail[]; firm: Firm }> {
  const firm = firms.get(vendor);
  if (firm === undefined) throw new Error('not connected');
  const reads = (await seenOf(world, firm.books)).filter((request) => request.method === 'GET');
  const touches = await firm.api.get<{ items: { touchId: string }[] }>('/touches?state=sent&limit=500');
  const own = new Set(touches.items.map((row) => row.touchId));
  const mails = (await mailsOf(world)).filter((mail) => own.has(mail.touchId));
  return { reads, mails, firm };
}

describe('a month of daily sending and 20 webhooks a day', () => {
  it('costs at most 120 reads in QuickBooks, and something was sent on every business day', async () => {
    const { reads, mails, firm } = await monthOf('intuit');
    const kinds = kindsOf(reads);
    process.stdout.write(`QuickBooks: ${reads.length} reads in a month: ${JSON.stringify(kinds)}\n`);
    const sentOn = new Set(mails.map((mail) => mail.at.slice(0, 10)));
    expect(firm.days.filter((each) => !sentOn.has(each))).toEqual([]);
    expect(reads.length).toBeLessThanOrEqual(120);
    expect(new Set(reads.map((request) => request.status))).toEqual(new Set([200]));
    const { items } = await firm.api.get<{ items: { kind: string }[] }>('/problems?limit=500');
    expect(items.filter((row) => row.kind === 'sync_failed')).toEqual([]);
  });

  it('costs Xero bytes, and few of them', async () => {
    const { reads, mails, firm } = await monthOf('xero');
    const bytes = reads.reduce((sum, request) => sum + request.bytesOut, 0);
    const kinds = JSON.stringify(kindsOf(reads));
    process.stdout.write(`Xero: ${reads.length} reads, ${bytes} bytes in a month: ${kinds}\n`);
    const sentOn = new Set(mails.map((mail) => mail.at.slice(0, 10)));
    expect(firm.days.filter((each) => !sentOn.has(each))).toEqual([]);
    expect(new Set(reads.map((request) => request.status))).toEqual(new Set([200]));
  });
});
