import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duly } from '../../src/platform/context.ts';
import { Api } from '../support/api.ts';
import type { Browser } from '../support/browser.ts';
import { connect } from '../support/connect.ts';
import { composeIn, work } from '../support/in-process.ts';
import { least } from '../support/took.ts';
import { World } from '../support/world.ts';
import {
  type Answered,
  beat,
  calm,
  type Doorbell,
  HEADERS,
  intuitEvent,
  malformed,
  nobodyWaits,
  pass,
  post,
  reads,
  signatureOf,
  whileShut,
  wrongSignatures,
  xeroBody,
  xeroEvent,
} from './wh-support.ts';

/** How long a doorbell may take until the books are read, in minutes of the world's clock. */
const SOON = 60;

let world: World;
let duly: Duly;
let browser: Browser;
let books: Record<Doorbell, { companyId: string; booksId: string }>;

beforeAll(async () => {
  world = await World.start({ now: '2026-11-16T18:00:00Z', webhooks: true });
  browser = world.browser();
  books = {
    intuit: await connect(world, browser, 'quickbooks'),
    xero: await connect(world, browser, 'xero'),
  };
  duly = composeIn(world);
  await work(world, duly);
});
afterAll(() => world.stop());

const realm = () => books.intuit.booksId;
const tenant = () => books.xero.booksId;
const quiet = (answer: Answered) => ({ status: answer.status, body: answer.body, cookie: answer.cookie });
const answered = (status: number) => ({ status, body: '', cookie: null });
const ring = (vendor: Doorbell): string =>
  vendor === 'intuit' ? JSON.stringify([intuitEvent(realm())]) : xeroBody([xeroEvent(tenant())]);

/** Does something, and counts the reads of these books that follow from it. */
async function readsAfter(vendor: Doorbell, act: () => Promise<unknown>, minutes = SOON): Promise<number> {
  await calm(world);
  const before = await reads(world, vendor, books[vendor].booksId);
  await act();
  await pass(world, duly, minutes);
  return (await reads(world, vendor, books[vendor].booksId)) - before;
}

/** Minor units that are open on the invoice by our mirror. */
async function openOf(api: Api, invoiceId: string): Promise<number | undefined> {
  const found = await api.get<{ items: { open: { minor: number } }[] }>(`/invoices?invoiceId=${invoiceId}`);
  return found.items[0]?.open.minor;
}

describe.each(['intuit', 'xero'] as const)('the doorbell of %s', (vendor) => {
  it('rings for nothing when nothing happened', async () => {
    expect(await readsAfter(vendor, async () => undefined)).toBe(0);
  });

  it('WH-01: a right signature over the raw bytes is answered 200 and the books are read once; with one byte changed it is refused', async () => {
    const body = ring(vendor);
    const at = body.indexOf(vendor === 'intuit' ? realm() : tenant());
    const changed = `${body.slice(0, at)}${body[at] === '1' ? '2' : '1'}${body.slice(at + 1)}`;
    const spaced = body.replace('":', '": ');
    const seen = await readsAfter(vendor, async () => {
      for (const other of [changed, spaced, `${body}\n`])
        expect(quiet(await post(world, vendor, other, signatureOf(vendor, body)))).toEqual(answered(401));
      expect(quiet(await post(world, vendor, body))).toEqual(answered(200));
    });
    expect(seen).toBe(1);
  });

  it('WH-02: a header that is missing, wrong, of another length or empty, and an empty body, are refused without a crash', async () => {
    const body = ring(vendor);
    const seen = await readsAfter(
      vendor,
      async () => {
        for (const signature of wrongSignatures(vendor, body))
          expect([signature, quiet(await post(world, vendor, body, signature))]).toEqual([
            signature,
            answered(401),
          ]);
        expect(quiet(await post(world, vendor, ''))).toEqual(answered(401));
        expect(quiet(await post(world, vendor, '', null, null))).toEqual(answered(401));
      },
      40,
    );
    expect(seen).toBe(0);
    expect((await fetch(`${world.duly}/healthz`)).status).toBe(200);
  });

  it('WH-06: a company that nobody connected is answered 200 and nothing is read', async () => {
    const body =
      vendor === 'intuit'
        ? JSON.stringify([intuitEvent('999999999999999')])
        : xeroBody([xeroEvent('00000000-0000-4000-8000-000000000000')]);
    const seen = await readsAfter(vendor, async () => {
      expect(quiet(await post(world, vendor, body))).toEqual(answered(200));
    });
    expect(seen).toBe(0);
  });

  it('WH-09: the same event twice, at once and again after a while, has the books read once', async () => {
    const body = ring(vendor);
    const seen = await readsAfter(vendor, async () => {
      const both = await Promise.all([post(world, vendor, body), post(world, vendor, body)]);
      expect(both.map((each) => each.status)).toEqual([200, 200]);
    });
    expect(seen).toBe(1);
    const later = await readsAfter(vendor, async () => {
      expect((await post(world, vendor, body)).status).toBe(200);
    });
    expect(later).toBe(0);
  });

  it('WH-10: what can’t be stored is answered 503 in time, and is taken when it comes again', async () => {
    const body = ring(vendor);
    const { pool } = world.database;
    const blocked = async () => {
      const holder = await pool.connect();
      await holder.query('begin; lock table webhook_event in access exclusive mode');
      const answer = await post(world, vendor, body);
      // answered by our own clock; the database gives up a moment later, and only then was nothing stored
      await nobodyWaits(holder);
      await holder.query('rollback').finally(() => holder.release());
      expect(quiet(answer)).toEqual(answered(503));
      return answer.took;
    };
    expect(await least(2_000, blocked)).toBeLessThan(2_000);
    await whileShut(world, async () => {
      expect(quiet(await post(world, vendor, body))).toEqual(answered(503));
    });
    expect(
      await readsAfter(vendor, async () => {
        expect(quiet(await post(world, vendor, body))).toEqual(answered(200));
      }),
    ).toBe(1);
  });

  it('WH-11: while the ledger is slow, we answer in under a second', async () => {
    const slowest = async () => {
      await world.control('POST', '/faults', {
        vendor,
        companyId: books[vendor].booksId,
        kind: 'delay',
        ms: 2_500,
        times: 1,
      });
      await calm(world);
      await post(world, vendor, ring(vendor));
      const started = performance.now();
      let over = false;
      const reading = pass(world, duly, SOON).finally(() => {
        over = true;
      });
      const times: number[] = [];
      // from before the ledger is asked until after it has answered
      while (!over) times.push((await post(world, vendor, ring(vendor))).took);
      await reading;
      expect(performance.now() - started).toBeGreaterThan(2_500);
      await world.control('DELETE', '/faults');
      return Math.max(...times);
    };
    expect(await least(1_000, slowest)).toBeLessThan(1_000);
    await pass(world, duly, SOON);
  });

  it('WH-13: what is malformed rings nothing, and is not an error of ours that would be sent again and again', async () => {
    const seen = await readsAfter(vendor, async () => {
      for (const body of malformed(realm()))
        expect([body.slice(0, 60), quiet(await post(world, vendor, body))]).toEqual([
          body.slice(0, 60),
          answered(200),
        ]);
      expect((await post(world, vendor, Buffer.from([0xff, 0xfe, 0x00]), 'AAAA')).status).toBe(401);
      // the connection may be closed before all of it was sent
      const large = post(world, vendor, 'x'.repeat(6 * 1024 * 1024)).then(({ status }) => status);
      expect(await large.catch(() => 413)).toBe(413);
    });
    expect(seen).toBe(0);
  });
});

describe('what only Xero does', () => {
  it('WH-03: “intent to receive” is answered 200 for a good signature and exactly 401 for a bad one, with no body and no cookie', async () => {
    const { ok, calls } = await world.control<{ ok: boolean; calls: { signed: boolean; status: number }[] }>(
      'POST',
      '/xero/intent-to-receive',
    );
    expect([ok, calls.length]).toEqual([true, 4]);
    const body = '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"S0m3r4nd0m"}';
    const right = signatureOf('xero', body);
    expect(quiet(await post(world, 'xero', body))).toEqual(answered(200));
    // Xero's test differs in a character or two
    const near = `${right[0] === 'A' ? 'B' : 'A'}${right.slice(1)}`;
    for (const bad of [near, 'nonsense', null])
      expect(quiet(await post(world, 'xero', body, bad))).toEqual(answered(401));
    // the rightly signed body under the other vendor's header proves nothing
    const crossed = await fetch(`${world.duly}/webhooks/xero`, {
      method: 'POST',
      body,
      headers: { [HEADERS.intuit]: signatureOf('intuit', body) },
    });
    expect(crossed.status).toBe(401);
  });
});

describe('what only QuickBooks does', () => {
  const forms: readonly [string, string | null, (event: object) => unknown][] = [
    ['an array', 'application/cloudevents-batch+json; charset=utf-8', (event) => [event]],
    ['a single object', 'application/cloudevents+json', (event) => event],
    ['an array called plain JSON', 'application/json', (event) => [event]],
    ['a single object without a content type', null, (event) => event],
  ];
  it.each(forms)('WH-04: CloudEvents as %s (%s) have the same result', async (_name, contentType, form) => {
    const body = JSON.stringify(form(intuitEvent(realm())));
    const seen = await readsAfter('intuit', async () => {
      expect(quiet(await post(world, 'intuit', body, undefined, contentType))).toEqual(answered(200));
    });
    expect(seen).toBe(1);
  });

  it.each(['deletedId', 'deletedID'])(
    'WH-05: the classic form is still read, with a merge spelled %s',
    async (member) => {
      const lastUpdated = '2026-11-16T14:42:19-0700';
      const customers = await world.control<{ id: string; active: boolean }[]>(
        'GET',
        `/companies/${realm()}/customers`,
      );
      const [into, from] = customers.filter((row) => row.active).map((row) => row.id);
      await world.control('POST', '/faults', { vendor: 'intuit', kind: 'webhook_lose', times: 0 });
      await world.control('POST', `/companies/${realm()}/customers/${from}/merge`, { into });
      await world.control('POST', '/webhooks/flush');
      await world.control('DELETE', '/faults');
      const entities = [
        { name: 'Customer', id: into, operation: 'Merge', lastUpdated, [member]: from },
        { name: 'Invoice', id: '145', operation: 'Update', lastUpdated },
      ];
      const body = JSON.stringify({
        eventNotifications: [{ realmId: realm(), dataChangeEvent: { entities } }],
      });
      const seen = await readsAfter('intuit', async () => {
        expect(quiet(await post(world, 'intuit', body))).toEqual(answered(200));
        expect(quiet(await post(world, 'intuit', body))).toEqual(answered(200));
      });
      expect(seen).toBe(1);
      const { rows } = await world.database.pool.query(
        'select merged_into_id from customer where company_id = $1 and customer_id = $2',
        [books.intuit.companyId, from],
      );
      expect(rows).toEqual([{ merged_into_id: into }]);
    },
  );
});

describe('what the books do', () => {
  it('WH-08: changes of what is not read are ignored; invoices, payments, credits and customers ring, whatever was done to them', async () => {
    const others = [
      'bill',
      'vendor',
      'estimate',
      'term',
      'preferences',
      'class',
      'purchase',
      'item',
      'refundreceipt',
    ];
    const ignored = others.map((entity) => intuitEvent(realm(), `qbo.${entity}.updated.v1`));
    const elsewhere = [
      xeroEvent(tenant(), 'SUBSCRIPTION', { tenantType: 'APPLICATION' }),
      xeroEvent(tenant(), 'MANUALJOURNAL'),
      xeroEvent(tenant(), 'CREDITNOTE', { data: { Type: 'ACCPAYCREDIT', Status: 'AUTHORISED' } }),
    ];
    expect(
      await readsAfter('intuit', async () => {
        expect((await post(world, 'intuit', JSON.stringify(ignored))).status).toBe(200);
        expect((await post(world, 'xero', xeroBody(elsewhere))).status).toBe(200);
      }),
    ).toBe(0);
    const kept = async () =>
      Number((await world.database.pool.query('select count(*) from webhook_event')).rows[0].count);
    const before = await kept();
    const ours = ['invoice', 'payment', 'creditmemo', 'customer'].flatMap((entity) =>
      ['created', 'updated', 'deleted', 'voided', 'merged', 'emailed'].map((verb) =>
        intuitEvent(realm(), `qbo.${entity}.${verb}.v1`),
      ),
    );
    const categories = ['INVOICE', 'CONTACT', 'CREDITNOTE', 'PREPAYMENT', 'OVERPAYMENT'];
    const theirs = categories.map((category) => xeroEvent(tenant(), category));
    // twenty-four events of one call are one read
    expect(
      await readsAfter('intuit', async () => {
        expect((await post(world, 'intuit', JSON.stringify(ours))).status).toBe(200);
        expect((await post(world, 'xero', xeroBody(theirs))).status).toBe(200);
      }),
    ).toBe(1);
    expect((await kept()) - before).toBe(ours.length + theirs.length);
  });

  it('WH-06: one call about several companies rings each that is ours', async () => {
    const events = [intuitEvent('999999999999999'), intuitEvent(realm()), intuitEvent('123')];
    expect(await readsAfter('intuit', () => post(world, 'intuit', JSON.stringify(events)))).toBe(1);
  });

  it.each(['intuit', 'xero'] as const)(
    'WH-14: all webhooks of %s lost for a day: the daily read repairs it',
    async (vendor) => {
      const { companyId, booksId } = books[vendor];
      const api = await Api.of(world, companyId);
      await world.control('POST', '/faults', { vendor, kind: 'webhook_lose', times: 0 });
      const invoices = await world.control<{ id: string; balanceMinor: number; customerId: string }[]>(
        'GET',
        `/companies/${booksId}/invoices`,
      );
      const open = invoices.find((row) => row.balanceMinor > 1_000);
      if (open === undefined) throw new Error('no open invoice');
      await world.control('POST', `/companies/${booksId}/payments`, {
        applyTo: [{ invoiceId: open.id, amountMinor: open.balanceMinor }],
      });
      expect(await openOf(api, open.id)).toBe(open.balanceMinor);
      await beat(duly);
      expect(await openOf(api, open.id)).toBe(open.balanceMinor);
      for (let hours = 0; hours < 26; hours += 2) {
        await world.setNow(new Date((await world.now()).getTime() + 2 * 3_600_000).toISOString());
        await beat(duly);
      }
      await world.control('DELETE', '/faults');
      expect(await openOf(api, open.id)).toBe(0);
    },
  );

  it.each(['intuit', 'xero'] as const)(
    'WH-09: events of %s out of order and twice leave the books as they are in the ledger',
    async (vendor) => {
      const { companyId, booksId } = books[vendor];
      const api = await Api.of(world, companyId);
      await calm(world);
      for (const kind of ['webhook_reverse', 'webhook_duplicate'])
        await world.control('POST', '/faults', { vendor, kind });
      const [customer] = await world.control<{ id: string }[]>('GET', `/companies/${booksId}/customers`);
      const made = await world.control<{ id: string }>('POST', `/companies/${booksId}/invoices`, {
        customerId: customer?.id,
        totalMinor: 12_300,
      });
      await world.control('POST', `/companies/${booksId}/payments`, {
        applyTo: [{ invoiceId: made.id, amountMinor: 2_300 }],
      });
      await world.control('POST', '/webhooks/flush');
      await world.control('POST', `/companies/${booksId}/payments`, {
        applyTo: [{ invoiceId: made.id, amountMinor: 3_000 }],
      });
      await world.control('POST', '/webhooks/flush');
      await pass(world, duly, SOON);
      expect(await openOf(api, made.id)).toBe(7_000);
    },
  );
});

describe('the end of a connection', () => {
  it.each(['intuit', 'xero'] as const)(
    'WH-07: a company disconnected from %s is not read, and its vendor is still answered 200',
    async (vendor) => {
      const body = ring(vendor);
      const { companyId } = books[vendor];
      const page = await browser.get(`/companies/${companyId}/connection`);
      await browser.submit(page, 'disconnect');
      const seen = await readsAfter(vendor, async () => {
        expect(quiet(await post(world, vendor, body))).toEqual(answered(200));
      });
      expect(seen).toBe(0);
    },
  );
});

it('nothing of a webhook is kept that names the books', async () => {
  const { rows } = await world.database.pool.query<{ event_id: string }>(
    'select event_id from webhook_event',
  );
  const kept = JSON.stringify(rows);
  expect(rows.length).toBeGreaterThan(10);
  expect([kept.includes(realm()), kept.includes(tenant())]).toEqual([false, false]);
});
