import { randomUUID } from 'node:crypto';
import { connectBooks } from '../../src/companies/connect.store.ts';
import { hearDoorbell } from '../../src/companies/doorbell-heard.store.ts';
import { type Currency, parseCurrency } from '../../src/domain/currency.ts';
import type { Duly } from '../../src/platform/context.ts';
import { inCompany, inSystem } from '../../src/platform/db.ts';

/** Where each connector goes on after a first reading that ended now. */
const cursors: Readonly<Record<string, (since: string) => object>> = {
  quickbooks: (since) => ({ at: 'changes', home: 'USD', since }),
  xero: (since) => ({ v: 1, kind: 'changes', since }),
};

/** A company that was connected and read to its end a moment ago, and whose ledger rings when something changes. */
export async function connectedCompany(duly: Duly, key: string): Promise<string> {
  const provider = duly.ledgers.get(key);
  if (provider === undefined) throw new Error(`${key} is no ledger`);
  const now = duly.clock.now();
  const later = new Date(now.getTime() + 86_400_000).toISOString();
  const grant = {
    accessToken: `token ${randomUUID()}`,
    accessExpiresAt: later,
    refreshToken: `refresh ${randomUUID()}`,
    refreshExpiresAt: later,
    hardExpiresAt: null,
    idToken: null,
  };
  const identity = {
    subject: randomUUID(),
    email: 'owner@bench.example',
    emailVerified: true,
    name: 'Owner',
  };
  const books = { ledgerRef: randomUUID(), connectionRef: null, name: 'Bench' };
  const input = {
    provider,
    grant,
    grantedAt: now,
    identity,
    chosen: [{ books, profile }],
    signedIn: null,
  };
  const { companies } = await inSystem(duly.db, async (tx) => {
    await hearDoorbell(tx, key, now);
    return await connectBooks(tx, duly.crypto, input, now, async () => undefined);
  });
  const companyId = companies[0]?.companyId ?? '';
  await markRead(duly, companyId, JSON.stringify(cursors[key]?.(now.toISOString())), now);
  return companyId;
}

async function markRead(duly: Duly, companyId: string, cursor: string, now: Date): Promise<void> {
  await inCompany(duly.db, companyId, async (tx) => {
    await tx
      .insertInto('sync_cursor')
      .values({ company_id: companyId, cursor, complete: true, full_read_at: now, updated_at: now })
      .execute();
    await tx
      .updateTable('company')
      .set({ sync_state: 'ready', books_read_at: now, profile_read_at: now, reminders_read_at: now })
      .where('company_id', '=', companyId)
      .execute();
  });
}

const profile = {
  name: 'Bench',
  legalName: 'Bench Ltd',
  email: null,
  phone: null,
  country: 'US',
  region: null,
  timeZone: 'America/Los_Angeles',
  baseCurrency: parseCurrency('USD') as Currency,
  postalAddress: '1 Mill Lane, Portland OR 97201',
  lockedUntil: null,
  ownReminders: false,
};
