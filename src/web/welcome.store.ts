import type { ConnectedCompany } from '../companies/connect.store.ts';
import { saveBrand } from '../messages/brand.store.ts';
import { defaultBrand } from '../messages/brand.ts';
import type { Tx } from '../platform/db.ts';
import { ensurePolicy } from '../policies/document.store.ts';
import type { VendorIdentity } from '../ports/ledger.ts';

/**
 * What a new company starts with, so that every page has something true to show: its brand and its policy. Not every
 * ledger knows an address of the business: then answers to reminders reach the person who gave access there, under
 * that person's own name, also when somebody else is signed in to Duly.
 */
export async function welcome(
  tx: Tx,
  company: ConnectedCompany,
  person: { personName: string; identity: Pick<VendorIdentity, 'name' | 'email'> },
  now: Date,
): Promise<void> {
  const { personName, identity } = person;
  const brand = company.profile.email
    ? defaultBrand(company.profile, personName)
    : defaultBrand({ ...company.profile, email: identity.email }, identity.name.trim() || personName);
  await saveBrand(tx, company.companyId, brand, personName, now);
  await ensurePolicy(tx, company.companyId, personName, now);
}
