import type { ConnectedCompany } from '../companies/connect.store.ts';
import { saveBrand } from '../messages/brand.store.ts';
import { defaultBrand } from '../messages/brand.ts';
import type { Tx } from '../platform/db.ts';
import { ensurePolicy } from '../policies/policy.store.ts';

/** What a new company starts with, so that every page has something true to show: its brand and its policy. */
export async function welcome(
  tx: Tx,
  company: ConnectedCompany,
  person: { personName: string },
  now: Date,
): Promise<void> {
  await saveBrand(
    tx,
    company.companyId,
    defaultBrand(company.profile, person.personName),
    person.personName,
    now,
  );
  await ensurePolicy(tx, company.companyId, person.personName, now);
}
