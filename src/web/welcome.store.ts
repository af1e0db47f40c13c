import type { ConnectedCompany } from '../companies/connect.store.ts';
import { saveBrand } from '../messages/brand.store.ts';
import { defaultBrand } from '../messages/brand.ts';
import type { Tx } from '../platform/db.ts';
import { ensurePolicy } from '../policies/policy.store.ts';

/**
 * What a new company starts with, so that every page has something true to show: its brand and its policy. Not every
 * ledger knows an address of the business: then answers to reminders reach the person who connected it.
 */
export async function welcome(
  tx: Tx,
  company: ConnectedCompany,
  person: { personName: string; email: string },
  now: Date,
): Promise<void> {
  const profile = { ...company.profile, email: company.profile.email || person.email };
  await saveBrand(tx, company.companyId, defaultBrand(profile, person.personName), person.personName, now);
  await ensurePolicy(tx, company.companyId, person.personName, now);
}
