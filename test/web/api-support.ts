import type { FastifyInstance, InjectOptions } from 'fastify';

import { compose } from '../../src/app.ts';
import { createApiKey } from '../../src/companies/api-key.store.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Duly } from '../../src/platform/context.ts';
import { inSystem } from '../../src/platform/db.ts';
import { makeLog } from '../../src/platform/log.ts';
import { buildServer } from '../../src/web/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** Monday, 30 November 2026, 10:00 in Los Angeles. */
export const now = new Date('2026-11-30T18:00:00Z');
export const today = '2026-11-30';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // the tests know the shape of what they asked for
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape
  readonly body: any;
}

/** The real web server on a database of its own, called without a socket. */
export interface TestServer {
  readonly database: TestDatabase;
  readonly duly: Duly;
  readonly app: FastifyInstance;
  key(companyId: string, label?: string): Promise<string>;
  call(options: Omit<InjectOptions, 'body'> & { key?: string; body?: unknown }): Promise<Answer>;
  close(): Promise<void>;
}

export async function testServer(): Promise<TestServer> {
  const database = await testDatabase();
  const config = readConfig({
    SANDBOX: 'on',
    PORT: '0',
    BASE_URL: 'http://localhost:3000',
    SECRET_KEY: 'a-key-for-tests-and-for-nothing-else-at-all',
    INTUIT_CLIENT_ID: 'intuit-client',
    INTUIT_CLIENT_SECRET: 'intuit-secret',
    INTUIT_WEBHOOK_TOKEN: 'intuit-webhook',
    XERO_CLIENT_ID: 'xero-client',
    XERO_CLIENT_SECRET: 'xero-secret',
    XERO_WEBHOOK_KEY: 'xero-webhook',
  });
  const duly = { ...compose(config, database.pool, makeLog('silent')), clock: { now: () => now } };
  const app = await buildServer(duly);
  await app.ready();
  return {
    database,
    duly,
    app,
    key: (companyId, label = 'test') => inSystem(duly.db, (tx) => createApiKey(tx, companyId, label, now)),
    async call({ key, body, ...options }) {
      const answer = await app.inject({
        ...options,
        headers: { ...options.headers, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      return { status: answer.statusCode, headers: answer.headers, body: readBody(answer.body) };
    },
    async close() {
      await app.close();
      await database.drop();
    },
  };
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
