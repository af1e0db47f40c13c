import { randomUUID } from 'node:crypto';
import { quickbooks } from '../../connectors/quickbooks/index.ts';
import { readEverything } from '../../src/books/first-read.job.ts';
import { type Db, inSystem } from '../../src/platform/db.ts';
import type { CallGate } from '../../src/ports/call-gate.ts';
import type { PagesServer } from './quickbooks-pages.ts';

const nowhere = 'http://quickbooks.bench';
const settings = {
  clientId: 'bench',
  clientSecret: 'bench',
  webhookToken: '',
  authorizeUrl: nowhere,
  tokenUrl: nowhere,
  revokeUrl: nowhere,
  userinfoUrl: nowhere,
  jwksUrl: nowhere,
  apiUrl: nowhere,
};

/** The vendor's limits are the vendor's, not ours: nothing waits for them here. */
const openGate: CallGate = { pass: async (_kind, call) => (await call()).value };

/** A connected company whose books were never read. */
export async function addCompany(db: Db): Promise<string> {
  const companyId = randomUUID();
  const accountId = randomUUID();
  await inSystem(db, async (tx) => {
    await tx
      .insertInto('account')
      .values({ account_id: accountId, name: 'Bench', created_at: new Date() })
      .execute();
    await tx
      .insertInto('company')
      .values({
        company_id: companyId,
        account_id: accountId,
        name: 'Bench',
        legal_name: 'Bench Ltd',
        country: 'US',
        time_zone: 'America/Los_Angeles',
        base_currency: 'USD',
        postal_address: '1 Mill Lane, Portland OR 97201',
        created_at: new Date(),
      })
      .execute();
  });
  return companyId;
}

/** The product's first sync of a company, from the first request to the last commit: connector, parser, mirror. */
export async function firstSync(db: Db, companyId: string, server: PagesServer): Promise<void> {
  const clock = { now: () => new Date() };
  const provider = quickbooks(settings, { clock, http: server });
  const ledger = provider.open('9130350000000000', async () => 'token', openGate);
  await readEverything({ db, clock }, companyId, ledger, null);
}
