import type pg from 'pg';
import { parsePostmarkEvent, postmarkMailer } from '../connectors/postmark/index.ts';
import { quickbooks } from '../connectors/quickbooks/index.ts';
import { xero } from '../connectors/xero/index.ts';
import { watched } from './activity/watched.job.ts';
import { sync } from './books/sync.job.ts';
import { finishDisconnect } from './companies/disconnect-company.store.ts';
import { sendNotices } from './companies/notice.job.ts';
import { deliver } from './delivery/deliver.job.ts';
import { plan } from './dunning/plan.job.ts';
import { writeNotes } from './notes/write-notes.job.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { type Duly, newTally } from './platform/context.ts';
import { makeCrypto } from './platform/crypto.ts';
import { openDb, openPreparedDb } from './platform/db.ts';
import { httpClient } from './platform/http.ts';
import type { JobHandlers } from './platform/jobs.ts';
import type { Log } from './platform/log.ts';
import { secretKeysOf } from './platform/secret-key.ts';
import type { LedgerRegistry } from './ports/ledger.ts';
import { reconcileCompany } from './receivables/reconcile.job.ts';

/** The composition: which connector serves which port. The only file of `src` that knows the connectors. */
export function compose(config: Config, pool: pg.Pool, log: Log): Duly {
  const clock = systemClock(config.clockFile);
  const { intuit, xero: xeroSettings, postmark } = config;
  const http = httpClient({
    allowedOrigins: [
      intuit.tokenUrl,
      intuit.revokeUrl,
      intuit.userinfoUrl,
      intuit.jwksUrl,
      intuit.apiUrl,
      xeroSettings.tokenUrl,
      xeroSettings.revokeUrl,
      xeroSettings.jwksUrl,
      xeroSettings.apiUrl,
    ],
    userAgent: 'Duly/0.1',
    log,
  });
  const providers = [quickbooks(intuit, { clock, http }), xero(xeroSettings, { clock, http })];
  const ledgers: LedgerRegistry = new Map(providers.map((provider) => [provider.key, provider]));
  return {
    config,
    clock,
    db: openDb(pool),
    preparedDb: openPreparedDb(pool),
    pool,
    crypto: makeCrypto(secretKeysOf(config)),
    log,
    ledgers,
    mailer: postmarkMailer(postmark),
    mailFrom: postmark.from,
    readMailEvent: parsePostmarkEvent,
    tally: newTally(),
  };
}

/** The stages of a company's work, each as the job that does it; one that breaks off is shown to the company. */
export function jobHandlers(duly: Duly): JobHandlers {
  return watched(duly, {
    sync: (payload) => sync(duly, payload),
    reconcile: (payload) => reconcileCompany(duly, payload),
    plan: (payload) => plan(duly, payload),
    deliver: (payload) => deliver(duly, payload),
    write_notes: (payload) => writeNotes(duly, payload),
    notices: (payload) => sendNotices(duly, payload),
    finish_disconnect: ({ companyId }) => finishDisconnect(duly, companyId),
  });
}
