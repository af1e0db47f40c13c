import { createHmac } from 'node:crypto';
import pg from 'pg';
import { jobHandlers } from '../../src/app.ts';
import type { Duly } from '../../src/platform/context.ts';
import { drainJobs } from '../../src/platform/jobs.ts';
import { sandboxKeys } from '../../src/platform/sandbox-config.ts';
import { addDueJobs } from '../../src/platform/scheduler.ts';
import type { World } from '../support/world.ts';

export type Doorbell = 'intuit' | 'xero';

const KEYS = { intuit: sandboxKeys.INTUIT_WEBHOOK_TOKEN, xero: sandboxKeys.XERO_WEBHOOK_KEY };
export const HEADERS = { intuit: 'intuit-signature', xero: 'x-xero-signature' } as const;
/** An address that only a read of changes asks. */
const CHANGES = { intuit: '/cdc?', xero: '/Payments?' };

export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly cookie: string | null;
  /** Milliseconds of real time. */
  readonly took: number;
}

export function signatureOf(vendor: Doorbell, body: string, key: string = KEYS[vendor]): string {
  return createHmac('sha256', key).update(body).digest('base64');
}

/** One call of the vendor's webhook sender, byte for byte. `null` leaves a header out. */
export async function post(
  world: World,
  vendor: Doorbell,
  body: string | Buffer<ArrayBuffer>,
  signature: string | null = signatureOf(vendor, body.toString()),
  contentType: string | null = 'application/json',
): Promise<Answered> {
  const started = performance.now();
  const response = await fetch(`${world.duly}/webhooks/${vendor}`, {
    method: 'POST',
    // a Buffer goes out without a content type of fetch's own choice
    body: Buffer.from(body),
    headers: {
      ...(contentType === null ? {} : { 'content-type': contentType }),
      ...(signature === null ? {} : { [HEADERS[vendor]]: signature }),
    },
  });
  const text = await response.text();
  const took = performance.now() - started;
  return { status: response.status, body: text, cookie: response.headers.get('set-cookie'), took };
}

let events = 0;

/** An event as the vendor words it, new each time, about these books. */
export function intuitEvent(realm: string, type = 'qbo.invoice.updated.v1', change: object = {}): object {
  events += 1;
  return {
    specversion: '1.0',
    id: `5f0c3c5e-0000-4000-8000-${String(events).padStart(12, '0')}`,
    source: 'intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=',
    type,
    datacontenttype: 'application/json',
    time: '2026-11-16T18:00:00.034359333Z',
    intuitentityid: String(events),
    intuitaccountid: realm,
    data: {},
    ...change,
  };
}

export function xeroEvent(tenantId: string, eventCategory = 'INVOICE', change: object = {}): object {
  events += 1;
  const resourceId = `5f0c3c5e-0000-4000-9000-${String(events).padStart(12, '0')}`;
  return {
    resourceUrl: `https://api.xero.com/api.xro/2.0/Invoices/${resourceId}`,
    resourceId,
    tenantId,
    tenantType: 'ORGANISATION',
    eventCategory,
    eventType: 'UPDATE',
    eventDateUtc: '2026-11-16T18:00:00.902',
    ...change,
  };
}

export function xeroBody(list: readonly object[]): string {
  return JSON.stringify({
    events: list,
    firstEventSequence: 1,
    lastEventSequence: Math.max(1, list.length),
    entropy: 'S0m3r4Nd0mt3xt',
  });
}

/** What a running worker does with what is due now, in this process; the real seconds of gathering are over. */
export async function beat(duly: Duly): Promise<void> {
  await duly.pool.query(
    "update graphile_worker._private_jobs set run_at = now() where run_at > now() and key like '%:later'",
  );
  await addDueJobs(duly);
  await drainJobs(duly.pool, jobHandlers(duly), duly.log);
}

/** How many times the changes of these books have been read so far. */
export async function reads(world: World, vendor: Doorbell, companyId: string): Promise<number> {
  const query = new URLSearchParams({ vendor, companyId, match: CHANGES[vendor] });
  return (await world.control<unknown[]>('GET', `/requests?${query}`)).length;
}

/** Lets the time pass in steps of twenty minutes, with a worker at work. */
export async function pass(world: World, duly: Duly, minutes: number): Promise<void> {
  for (let gone = 0; gone < minutes; gone += 20) {
    await world.setNow(new Date((await world.now()).getTime() + 20 * 60_000).toISOString());
    await beat(duly);
  }
}

/** As after a quiet time, early in a month: nothing rang, the last read was just now, nothing of the budget is spent. */
export async function calm(world: World): Promise<void> {
  const now = await world.now();
  const { pool } = world.database;
  await pool.query('update call_meter set month_charged = 0');
  await pool.query(
    'update company set rung_at = null, ring_due_at = null, ring_read_at = null, books_read_at = $1',
    [now],
  );
}

/** Waits until this process's own pool holds no dead connection any more. */
async function reconnected(world: World): Promise<void> {
  const { pool } = world.database;
  for (;;) {
    const tried = Array.from({ length: 20 }, () => pool.query('select 1'));
    if ((await Promise.allSettled(tried)).every(({ status }) => status === 'fulfilled')) return;
  }
}

/** Does something while the database ends every connection and takes no new one. */
export async function whileShut(world: World, act: () => Promise<void>): Promise<void> {
  const { url } = world.database;
  const name = new URL(url).pathname.slice(1);
  const admin = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres') });
  await admin.connect();
  try {
    await admin.query(`alter database ${name} with allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await act();
  } finally {
    await admin.query(`alter database ${name} with allow_connections true`);
    await admin.end();
  }
  await reconnected(world);
}

/** Waits until no statement waits for a lock on the webhooks' table any more. */
export async function nobodyWaits(client: {
  query(sql: string): Promise<{ rows: unknown[] }>;
}): Promise<void> {
  const waiting = "select 1 from pg_locks where not granted and relation = 'webhook_event'::regclass";
  while ((await client.query(waiting)).rows.length > 0);
}

/** Bodies that are signed rightly and say nothing that can be understood. */
export function malformed(realm: string): readonly string[] {
  return [
    'not json',
    '{"events":',
    '[]',
    '{}',
    'null',
    '7',
    '"text"',
    '[null, 7, "x", [], {}]',
    '{"events":null}',
    '{"events":[null, 7, {}, {"tenantId":7,"eventCategory":{}}]}',
    '{"eventNotifications":[null,{"realmId":1},{"realmId":"1","dataChangeEvent":{"entities":7}}]}',
    JSON.stringify([{ intuitaccountid: realm }]),
    JSON.stringify([intuitEvent(realm, 'qbo.invoice.updated.v1', { specversion: '0.3' })]),
    JSON.stringify([intuitEvent(realm, 'qbo.invoice.updated.v1', { specversion: undefined })]),
    JSON.stringify([intuitEvent(realm, 'qbo.invoice.updated.v1', { intuitaccountid: undefined })]),
    JSON.stringify([intuitEvent(realm, 'invoice')]),
    JSON.stringify([intuitEvent('1\u0000', 'qbo.invoice.updated.v1', { id: 'x\u0000y' })]),
    JSON.stringify([intuitEvent('1', 'qbo.invoice.updated.v1', { id: 'x'.repeat(100_000) })]),
    xeroBody([xeroEvent('\u0000', 'INVOICE', { resourceId: '\u0000' })]),
    '['.repeat(20_000),
  ];
}

/** Signatures of a body that must all be refused; null: none. */
export function wrongSignatures(vendor: Doorbell, body: string): readonly (string | null)[] {
  const right = signatureOf(vendor, body);
  const last = right.at(-2) === 'A' ? 'B' : 'A';
  return [
    null,
    '',
    'AAAA',
    `${right}AAAA`,
    right.slice(0, -1),
    `${right.slice(0, -2)}${last}=`,
    right.toLowerCase(),
    Buffer.from(right, 'base64').toString('hex'),
    signatureOf(vendor, body, 'another key'),
    'ü'.repeat(22),
  ];
}
