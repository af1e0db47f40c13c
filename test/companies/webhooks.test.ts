import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ledgerRefHash } from '../../src/companies/connection.store.ts';
import { inSystem } from '../../src/platform/db.ts';
import { sandboxKeys } from '../../src/platform/sandbox-config.ts';
import { addCompany } from '../support/company.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
const realm = '934145000000001';

beforeAll(async () => {
  stage = await openStage();
  const companyId = await addCompany(stage.duly.db);
  const now = stage.duly.clock.now();
  await inSystem(stage.duly.db, (tx) =>
    tx
      .insertInto('connection')
      .values({
        company_id: companyId,
        provider: 'quickbooks',
        ledger_ref_hash: ledgerRefHash(stage.duly.crypto, 'quickbooks', realm),
        ledger_ref_enc: stage.duly.crypto.seal(realm),
        state: 'healthy',
        state_since: now,
        connected_at: now,
      })
      .execute(),
  );
});
afterAll(async () => await stage.close());

function event(id: string, company: string): string {
  return JSON.stringify([
    {
      specversion: '1.0',
      id,
      source: 'intuit.x',
      type: 'qbo.invoice.updated.v1',
      datacontenttype: 'application/json',
      time: '2026-11-02T10:00:00.034359333Z',
      intuitentityid: '1',
      intuitaccountid: company,
      data: {},
    },
  ]);
}

async function ring(body: string, signature?: string, type = 'application/cloudevents-batch+json') {
  const right = createHmac('sha256', sandboxKeys.INTUIT_WEBHOOK_TOKEN).update(body).digest('base64');
  const answer = await fetch(`${stage.url}/webhooks/intuit`, {
    method: 'POST',
    headers: { 'content-type': type, 'intuit-signature': signature ?? right },
    body,
  });
  return { status: answer.status, body: await answer.text() };
}

async function jobs(): Promise<number> {
  const { rows } = await stage.database.pool.query<{ count: number }>(
    "select count(*)::int as count from graphile_worker.jobs where task_identifier = 'sync'",
  );
  return rows[0]?.count ?? 0;
}

describe('a vendor’s doorbell', () => {
  test('a wrong signature gets exactly 401 with an empty body, and nothing is queued (WH-01, WH-03)', async () => {
    expect(await ring(event('1', realm), 'AAAA')).toEqual({ status: 401, body: '' });
    expect(await jobs()).toBe(0);
  });

  test('an unknown company gets 200 and queues nothing (WH-06)', async () => {
    expect(await ring(event('2', '999'))).toEqual({ status: 200, body: '' });
    expect(await jobs()).toBe(0);
  });

  test('whatever the content type, a right signature is stored and has the books read once (WH-09)', async () => {
    expect(await ring(event('3', realm))).toEqual({ status: 200, body: '' });
    expect(await ring(event('3', realm), undefined, 'text/plain')).toEqual({ status: 200, body: '' });
    expect(await jobs()).toBe(1);
  });

  test('Xero’s intent to receive is answered 200 for a good and 401 for a bad signature, both empty (WH-03)', async () => {
    const body = '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"S0m3r4nd0m"}';
    const right = createHmac('sha256', sandboxKeys.XERO_WEBHOOK_KEY).update(body).digest('base64');
    for (const [signature, status] of [
      [right, 200],
      ['nonsense', 401],
    ] as const) {
      const answer = await fetch(`${stage.url}/webhooks/xero`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-xero-signature': signature },
        body,
      });
      expect([answer.status, await answer.text()]).toEqual([status, '']);
    }
  });

  test('what cannot be stored is answered 503, so that it is rung again (WH-10)', async () => {
    await stage.database.pool.query('alter table webhook_event rename to gone');
    try {
      expect((await ring(event('4', realm))).status).toBe(503);
    } finally {
      await stage.database.pool.query('alter table gone rename to webhook_event');
    }
  });

  test('mail events need the right user and password', async () => {
    const post = (password: string) =>
      fetch(`${stage.url}/webhooks/postmark`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(`${sandboxKeys.POSTMARK_WEBHOOK_USER}:${password}`).toString('base64')}`,
        },
        body: '{"RecordType":"Open"}',
      });
    expect((await post('wrong')).status).toBe(401);
    expect((await post(sandboxKeys.POSTMARK_WEBHOOK_PASSWORD)).status).toBe(200);
  });
});
