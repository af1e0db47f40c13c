import { randomUUID } from 'node:crypto';
import { type Db, inSystem } from '../../src/platform/db.ts';

interface CompanyFacts {
  readonly name?: string;
  readonly timeZone?: string;
  readonly country?: string;
  readonly currency?: string;
  readonly mode?: 'preview' | 'approve' | 'autopilot';
}

/** An account with one company, as connecting would have made them; returns the company's id. */
export async function addCompany(db: Db, facts: CompanyFacts = {}): Promise<string> {
  const companyId = randomUUID();
  const accountId = randomUUID();
  const now = new Date('2026-11-01T00:00:00Z');
  const name = facts.name ?? 'Larkspur Joinery';
  await inSystem(db, async (tx) => {
    await tx.insertInto('account').values({ account_id: accountId, name, created_at: now }).execute();
    await tx
      .insertInto('company')
      .values({
        company_id: companyId,
        account_id: accountId,
        name,
        legal_name: `${name} LLC`,
        country: facts.country ?? 'US',
        time_zone: facts.timeZone ?? 'America/Los_Angeles',
        base_currency: facts.currency ?? 'USD',
        postal_address: '1 Mill Lane, Portland OR 97201',
        mode: facts.mode ?? 'preview',
        sync_state: 'ready',
        created_at: now,
      })
      .execute();
  });
  return companyId;
}
